#include "suites/state_trace.h"

#include <algorithm>

#include "base/text.h"

namespace flowlog {
namespace {

using std::chrono::milliseconds;

constexpr Duration kWatched = milliseconds(1500);
// Of two places that answer in turn, one that lags behind, so many in a row come from it once in
// some thousand times.
constexpr int kProof = 12;
constexpr Duration kBetweenProofs = milliseconds(8);

// True iff so many looks in a row show another state than `state`; the last one shown goes to
// `other`. Nothing where it could not be read.
std::optional<bool> left_for_good(CheckContext& context, const std::string& id,
                                  const std::string& state, std::string& other) {
  for (int look = 0; look < kProof; ++look) {
    context.pause(kBetweenProofs);
    const auto [read, found] = context.look_up(id);
    if (!read) return std::nullopt;
    const std::string now = found ? found->status : "";
    if (now == state) return false;
    other = now;
  }
  return true;
}

}  // namespace

StateTrace trace_states(CheckContext& context, const std::string& id, const std::string& until) {
  StateTrace trace;
  const auto limit = std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(context.profile().active_timeout_s));
  const Instant start = context.now();
  const Instant end = start + limit;
  for (;;) {
    const auto [read, found] = context.look_up(id);
    trace.read = trace.read && read;
    if (!read) return trace;
    const std::string state = found ? found->status : "";
    if (trace.states.empty() || trace.states.back() != state) trace.states.push_back(state);
    trace.done = state == until;
    if (trace.done || context.now() >= end) return trace;
    // Twice as late each time: a state that lasts half of the time is never missed.
    const Duration wait =
        std::clamp<Duration>(context.now() - start, milliseconds(5), std::chrono::seconds(2));
    context.pause(std::min<Duration>(wait, end - context.now()));
  }
}

Stays stays(CheckContext& context, const std::string& id, StateTrace& trace) {
  const std::string state = trace.states.empty() ? "" : trace.states.back();
  const Instant end = context.now() + kWatched;
  bool wavered = false;
  for (Duration wait = milliseconds(15); context.now() < end; wait *= 2) {
    context.pause(std::min<Duration>(wait, end - context.now()));
    const auto [read, found] = context.look_up(id);
    if (!read) return Stays::unread;
    std::string other = found ? found->status : "";
    if (other == state) continue;
    const auto left = left_for_good(context, id, state, other);
    if (!left) return Stays::unread;
    wavered = true;
    if (!*left) continue;
    trace.states.push_back(other);
    return Stays::no;
  }
  return wavered ? Stays::wavers : Stays::yes;
}

std::string ready_state(const Service& service) {
  const std::vector<std::string>& ends = service.creator().states.to;
  return ends.empty() ? "" : ends.front();
}

std::string trace_text(const std::vector<std::string>& states) {
  std::vector<std::string> words;
  for (const std::string& state : states) words.push_back(state.empty() ? "(gone)" : state);
  return join(words, ", ");
}

}  // namespace flowlog

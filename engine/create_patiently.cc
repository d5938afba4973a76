// CheckContext::create(): what stands in the way for a while is waited out, and what this endpoint
// wants beside the smallest request is learned, before an answer is judged.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check_context.h"
#include "engine/strangers.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

constexpr Duration kFirstWait = std::chrono::milliseconds(50);
constexpr Duration kLongestWait = std::chrono::seconds(2);

// The error rows of the action and the common ones that have this code and HTTP status.
std::vector<const ErrorRow*> rows_of_answer(const Service& service, const Response& answer) {
  std::vector<const ErrorRow*> found;
  if (answer.kind != Response::Kind::error) return found;
  for (const std::vector<ErrorRow>* table : {&service.creator().contract.errors, &service.common}) {
    for (const ErrorRow& row : *table) {
      if (row.code == answer.code && std::ranges::find(row.http, answer.http) != row.http.end()) {
        found.push_back(&row);
      }
    }
  }
  return found;
}

bool triggered(const std::vector<const ErrorRow*>& rows,
               const std::function<bool(const Trigger&)>& wanted) {
  return std::ranges::any_of(
      rows, [&](const ErrorRow* row) { return std::ranges::any_of(row->triggers, wanted); });
}

std::string first_value(const Parameter& parameter) {
  if (parameter.default_value) return *parameter.default_value;
  const Rule* values = parameter.rule("values");
  return values == nullptr || values->words.empty() ? parameter.example : values->words.front();
}

}  // namespace

CheckContext::Obstacle CheckContext::obstacle(const Reply& reply) {
  const auto rows = rows_of_answer(service(), reply.answer);
  const bool bound =
      triggered(rows, [](const Trigger& t) { return t.condition == "resource.bound"; });
  const bool racing = triggered(rows, [](const Trigger& t) { return !t.race.empty(); });
  const Expectation expectation =
      expect(service(), reply.sent, inventory(reply.account), situation());
  const Judgement judgement = judge(expectation, reply.answer, false);
  if (judgement.verdict == Verdict::conformant || judgement.verdict == Verdict::finding) {
    return Obstacle::none;
  }
  if (racing && !bound) return Obstacle::busy;
  const bool excused = judgement.excuse == Excuse::bound || judgement.excuse == Excuse::quota;
  const auto answered = judgeable(reply);
  if (!excused || !answered) return Obstacle::none;
  const bool stands = ground(judgement.excuse, *answered) == Ground::true_or_unknown;
  return stands ? Obstacle::none : Obstacle::late;
}

bool CheckContext::hindered(const Reply& reply, const Situation& situation) {
  const Expectation expectation =
      expect(service(), reply.sent, inventory(reply.account), situation);
  if (judge(expectation, reply.answer, false).verdict == Verdict::conformant) return false;
  if (run_context_.waiting_is_vain || obstacle(reply) == Obstacle::none) return false;
  pause(4 * kFirstWait);
  return true;
}

Reply CheckContext::create(Params params, const std::string& account, bool patient) {
  return patient ? create_patiently(params, {}, account)
                 : create_with(std::move(params), {}, account);
}

Reply CheckContext::create_patiently(const Params& params, const RequestOverrides& overrides,
                                     const std::string& account) {
  Reply reply = create_with(params, overrides, account);
  if (reply.answer.kind == Response::Kind::alien && !overrides.change) {
    return arriving(std::move(reply), true);
  }
  if (reply.created() || reply.answer.kind != Response::Kind::error) return reply;
  if (learn_required(reply)) reply = create_with(params, overrides, account);
  const Instant start = now();
  const std::chrono::duration<double> granted(profile().active_timeout_s);
  const Instant end = start + std::chrono::duration_cast<Duration>(granted);
  Duration wait = kFirstWait;
  Obstacle seen = Obstacle::none;
  while (!reply.created() && !run_context_.waiting_is_vain) {
    const Obstacle now_seen = obstacle(reply);
    if (now_seen == Obstacle::none) break;
    seen = now_seen;
    if (now() >= end) {
      run_context_.waiting_is_vain = true;
      break;
    }
    pause(std::min<Duration>(wait, end - now()));
    wait = std::min<Duration>(2 * wait, kLongestWait);
    reply = create_with(params, overrides, account);
  }
  if (reply.created()) tell_obstacle(seen, now() - start);
  return reply;
}

void CheckContext::tell_obstacle(Obstacle seen, Duration waited) {
  const double seconds = std::chrono::duration<double>(waited).count();
  if (seen == Obstacle::late && !run_context_.late_told.exchange(true)) {
    note(
        fmt::format("A resource was free, or the quota had room, only {:.1f} s after the flow log "
                    "was no longer shown.",
                    seconds));
  }
  if (seen == Obstacle::busy && !run_context_.busy_told.exchange(true)) {
    note(
        fmt::format("The endpoint refused a creation for {:.1f} s because of another one that was "
                    "under way.",
                    seconds));
  }
}

// A parameter that the page calls optional and other official texts required.
bool CheckContext::learn_required(const Reply& reply) {
  const auto rows = rows_of_answer(service(), reply.answer);
  if (!triggered(rows, [](const Trigger& t) { return t.rule_kind == "required"; })) return false;
  // Where something else is missing, that is what the refusal is about.
  const Expectation expectation =
      expect(service(), reply.sent, inventory(reply.account), situation());
  const Verdict verdict = judge(expectation, reply.answer, false).verdict;
  if (verdict == Verdict::conformant || verdict == Verdict::finding) return false;
  bool learned = false;
  for (const Parameter& parameter : service().creator().contract.parameters) {
    if (!parameter.required_elsewhere || find(reply.sent, parameter.name)) continue;
    const std::lock_guard lock(run_context_.learned_mutex);
    learned = true;
    if (!run_context_.learned.emplace(parameter.name, first_value(parameter)).second) continue;
    const auto answered = judgeable(reply);
    if (!answered) continue;
    finding(
        *answered, "a success without " + parameter.name, observed(reply),
        fmt::format("The endpoint requires {}, which the page calls optional and other official "
                    "texts required; every request carries it from now on.",
                    parameter.name));
  }
  return learned;
}

// A name that is only an example gets this run's mark, by which another run knows it.
Params CheckContext::completed(Params params) {
  params = filled(std::move(params));
  add_learned(params);
  const Action& creator = service().creator();
  const Parameter* name = creator.contract.parameter(creator.parameter(Role::name));
  for (auto& [key, value] : params) {
    const bool example = name != nullptr && key == name->name && value == name->example;
    if (!example) continue;
    std::string marked = marked_name(value, run_context_.run);
    if (ValidText(*name).allows(marked)) value = std::move(marked);
  }
  return params;
}

void CheckContext::add_learned(Params& params) const {
  const std::lock_guard lock(run_context_.learned_mutex);
  for (const auto& [name, value] : run_context_.learned) {
    if (!find(params, name)) params.emplace_back(name, value);
  }
}

}  // namespace flowlog

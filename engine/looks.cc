// CheckContext: what is shown of flow logs, waited for where it comes late.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/check_context.h"
#include "engine/shared_requests.h"
#include "engine/strangers.h"
#include "generators/indexed_group.h"

namespace flowlog {
namespace {

// In a row, that show what was made.
constexpr int kLooksAtReplicas = 4;
constexpr int kLooksAtReplicasThatDiffer = 12;

Lookup lookup(const std::optional<std::vector<FlowLog>>& found, const std::string& id) {
  if (!found) return {};
  const auto it = std::ranges::find(*found, id, &FlowLog::id);
  return {true, it == found->end() ? std::nullopt : std::optional(*it)};
}

// What asks for one id alone; nothing where the service has no such filter.
Params by_id(const Service& service, const std::string& id) {
  const Action& lister = service.lister();
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  if (ids == nullptr) return {};
  return {{ids->indexed() ? IndexedGroup::sent_name(*ids, 1) : ids->name, id}};
}

}  // namespace

std::optional<std::vector<FlowLog>> CheckContext::list(const Params& filter,
                                                       const std::string& account) {
  Listing listing = run_context_.tracker.list(session_, account_of(account), filter, check_.id);
  ++requests_;
  if (listing.complete) {
    note_strangers(listing, account_of(account));
    return std::move(listing.flow_logs);
  }
  const Failure* failure = listing.last ? listing.last->failure() : nullptr;
  if (failure != nullptr && failure->kind == Failure::Kind::reset) ++lost_;
  inconclusive("What stands could not be read: " + listing.trouble);
  return std::nullopt;
}

Duration CheckContext::patience() const {
  const std::chrono::duration<double> granted(profile().active_timeout_s);
  return std::min<Duration>(std::chrono::duration_cast<Duration>(granted), kLongestUnseen);
}

std::optional<std::vector<FlowLog>> CheckContext::list_until(
    const Params& filter, const std::string& account,
    const std::function<bool(const Flows&)>& enough) {
  const Instant start = now();
  const Instant end = start + patience();
  Duration wait = std::chrono::milliseconds(20);
  for (int looks = 1;; ++looks) {
    auto found = list(filter, account);
    if (!found) return std::nullopt;
    if (enough(*found)) {
      if (looks == 1) return found;
      const Duration lag = now() - start;
      run_context_.tracker.saw_lag(lag);
      note(fmt::format("DescribeFlowLogs showed a flow log only {:.1f} s after the answer.",
                       std::chrono::duration<double>(lag).count()));
      return found;
    }
    if (now() >= end) return found;
    pause(std::min<Duration>(wait, end - now()));
    wait = std::min<Duration>(2 * wait, std::chrono::milliseconds(500));
  }
}

std::optional<std::vector<FlowLog>> CheckContext::standing(std::size_t index,
                                                           const std::string& account,
                                                           std::size_t at_least) {
  const std::string& id = leases_.at(index).id();
  const auto elsewhere = [&](const FlowLog& f) { return f.resource_id != id; };
  auto found = list_until(by_target(service(), id), account, [&](const Flows& all) {
    return all.size() - static_cast<std::size_t>(std::ranges::count_if(all, elsewhere)) >= at_least;
  });
  // An endpoint that ignores the filter is not our matter here.
  if (found) std::erase_if(*found, elsewhere);
  return found;
}

Lookup CheckContext::look_up(const std::string& id, const std::string& account) {
  return lookup(list(by_id(service(), id), account), id);
}

Lookup CheckContext::await(const std::string& id, const std::string& account) {
  return lookup(
      list_until(by_id(service(), id), account,
                 [&](const Flows& found) { return lookup(found, id).flow_log.has_value(); }),
      id);
}

void CheckContext::learn_lag(const Reply& created) {
  if (run_context_.lag_known) return;
  cleaning_up_ = true;
  const Instant start = now();
  if (await(created.id(), created.account).flow_log) learn_replicas(created, start);
  cleaning_up_ = false;
  run_context_.lag_known = true;
}

// Of several replicas one may have shown what another does not know yet.
void CheckContext::learn_replicas(const Reply& created, Instant start) {
  Duration lag{};
  int enough = kLooksAtReplicas;
  for (int in_a_row = 0; in_a_row < enough && now() < start + patience();) {
    const Lookup look = look_up(created.id(), created.account);
    if (!look.read) break;
    if (look.flow_log) {
      ++in_a_row;
      continue;
    }
    in_a_row = 0;
    enough = kLooksAtReplicasThatDiffer;
    pause(std::chrono::milliseconds(50));
    lag = now() - start;
  }
  if (lag == Duration{}) return;
  run_context_.tracker.saw_lag(lag);
  note(fmt::format("DescribeFlowLogs did not show a flow log {:.1f} s after it had shown it.",
                   std::chrono::duration<double>(lag).count()));
}

bool CheckContext::remove(const std::string& id, const std::string& account) {
  const Deletion deletion = run_context_.tracker.remove(session_, account_of(account), id);
  if (!deletion) {
    inconclusive(fmt::format("The flow log {} could not be deleted: {}", id, deletion.why));
  }
  return deletion.gone;
}

std::optional<std::pair<AnsweredReply, FlowLog>> CheckContext::stored_before(
    const Params& params, const Params& base) const {
  const std::string name = difference_name(params, base);
  const auto known = name.empty() ? nullptr : run_context_.shown_values.find(name);
  if (known == nullptr) return std::nullopt;
  const auto answered = judgeable(known->reply);
  if (!answered) return std::nullopt;
  return std::pair(*answered, known->flow_log);
}

void CheckContext::remember_stored(const Params& params, const Params& base, const Reply& reply,
                                   const FlowLog& flow_log) {
  const std::string name = difference_name(params, base);
  if (name.empty()) return;
  run_context_.shown_values.add(name,
                                std::make_shared<const ShownValue>(ShownValue{reply, flow_log}));
}

Assessment CheckContext::left_behind(const FlowLog& flow_log, const std::vector<FlowLog>& shown) {
  Assessment assessment(Verdict::deviating, shown);
  assessment.expected = "a refused request leaves nothing behind";
  assessment.observed = fmt::format("flow log {} stands on {}", flow_log.id, flow_log.resource_id);
  assessment.message = "The request was refused, and yet a flow log was created.";
  assessment.symptom = "left";
  return assessment;
}

std::optional<std::vector<FlowLog>> CheckContext::left_standing(std::size_t index) {
  auto found = standing(index);
  const Instant end = now() + patience();
  while (found && !found->empty() && now() < end && !run_context_.leftovers_seen) {
    pause(std::min<Duration>(std::chrono::milliseconds(300), end - now()));
    found = standing(index);
  }
  if (found && !found->empty()) run_context_.leftovers_seen = true;
  return found;
}

void CheckContext::nothing_left(std::size_t index) {
  // Without a target of its own nothing tells what the request made from what others made.
  if (leases_.empty()) return;
  const auto found = left_standing(index);
  if (!found || found->empty()) return;
  for (const FlowLog& flow_log : *found) {
    const bool deleting = std::ranges::any_of(
        made_, [&](const Creation& made) { return made.flow_log_id == flow_log.id; });
    // What stood before, or what somebody else made, is not the request's doing.
    if (deleting || is_stranger(flow_log) || was_stranger(flow_log)) continue;
    Assessment assessment = left_behind(flow_log, *found);
    for (const Assessment& earlier : assessments()) assessment.example = earlier.example;
    assessment.steps = steps_from(0);  // any of the cases may have made it
    rule(std::move(assessment));
    if (!run_context_.tracker.remove(session_, account_of(""), flow_log)) leases_.at(index).burn();
  }
}

bool CheckContext::is_stranger(const FlowLog& flow_log) const {
  return marked_by_another(flow_log.name, run_context_.run) ||
         made_before(flow_log, began_, run_context_.tracker.skew());
}

// They may be gone by the time that somebody asks. Where another run was seen at work, what the
// journal does not prove to be this run's is the other's, however it is called.
void CheckContext::note_strangers(const Listing& listing, const Account& account) {
  std::vector<FlowLog> here;
  std::ranges::copy_if(listing.flow_logs, std::back_inserter(here), [&](const FlowLog& one) {
    return std::ranges::find(leases_, one.resource_id, &Lease::id) != leases_.end();
  });
  const auto marked = [&](const FlowLog& one) {
    return marked_by_another(one.name, run_context_.run);
  };
  if (std::ranges::any_of(here, marked)) run_context_.another_run = true;
  if (here.empty() || !run_context_.another_run) return;
  const auto ours = run_context_.tracker.ours(listing, account);
  for (const FlowLog& one : here) {
    const bool own = std::ranges::find(ours, one.id, &FlowLog::id) != ours.end();
    if ((marked(one) || !own) && !was_stranger(one)) strangers_.push_back(one);
  }
}

bool CheckContext::was_stranger(const FlowLog& flow_log) const {
  return std::ranges::find(strangers_, flow_log.id, &FlowLog::id) != strangers_.end();
}

std::vector<FlowLog> CheckContext::strangers() {
  std::vector<FlowLog> found = strangers_;
  for (std::size_t i = 0; i < leases_.size(); ++i) {
    const Account& account = account_of(leases_[i].account());
    const Listing listing = run_context_.tracker.list(
        session_, account, by_target(service(), leases_[i].id()), check_.id);
    ++requests_;
    const std::vector<FlowLog> ours = run_context_.tracker.ours(listing, account);
    for (const FlowLog& one : listing.flow_logs) {
      const bool here = one.resource_id == leases_[i].id();
      const bool own = std::ranges::find(ours, one.id, &FlowLog::id) != ours.end() &&
                       !marked_by_another(one.name, run_context_.run);
      const bool told = std::ranges::find(found, one.id, &FlowLog::id) != found.end();
      if (here && !own && !told && is_stranger(one)) found.push_back(one);
    }
  }
  return found;
}

}  // namespace flowlog

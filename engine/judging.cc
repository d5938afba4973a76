// CheckContext: what is made of an answer, and what is noted.
#include <fmt/format.h>

#include <algorithm>

#include "engine/check_context.h"

namespace flowlog {
namespace {

constexpr int kLooksThatDisprove = 5;  // over more than a second

std::string symptom_of(const Response& answer) {
  if (answer.kind == Response::Kind::alien || answer.kind == Response::Kind::none) {
    return fmt::format("{} {}", answer.http, answer.trouble);
  }
  return fmt::format("{} {}", answer.http, answer.code);
}

}  // namespace

Situation CheckContext::situation(const std::string& condition) const {
  Situation situation;
  if (check_.account != "default" && check_.account != "other") {
    situation.conditions.insert("account." + check_.account);
  }
  if (!condition.empty()) situation.conditions.insert(condition);
  return situation;
}

Inventory CheckContext::inventory(const std::string& account) const {
  Inventory inventory;
  const Resources& resources = run_context_.profile.resources_of(account_of(account));
  for (const auto& [type, ids] : resources.free) {
    for (const std::string& id : ids) inventory.resources[id] = type;
  }
  for (const auto& [condition, resource] : resources.conditions) {
    inventory.resources[resource.id] = resource.type;
  }
  for (const Creation& made : made_) inventory.instances.insert(made.flow_log_id);
  inventory.projects.insert(run_context_.profile.projects.begin(),
                            run_context_.profile.projects.end());
  if (const Parameter* project =
          service().creator().contract.parameter(service().creator().parameter(Role::project))) {
    if (project->default_value) inventory.projects.insert(*project->default_value);
  }
  return inventory;
}

std::optional<AnsweredReply> CheckContext::judgeable(const Reply& reply) const {
  if (!Judgeable::of(service(), reply.answer)) return std::nullopt;
  return AnsweredReply(reply);
}

std::optional<AnsweredReply> CheckContext::answered(const Reply& reply) {
  auto answered = judgeable(reply);
  if (answered) return answered;
  if (is_lost(service(), reply)) ++lost_;
  inconclusive(why_not_judgeable(reply.answer), &reply);
  return std::nullopt;
}

std::optional<AnsweredReply> CheckContext::accepted(const Reply& reply) {
  answers(reply, situation());
  return reply.created() && !reply.id().empty() ? judgeable(reply) : std::nullopt;
}

Verdict CheckContext::answers(const Reply& reply, const Situation& situation) {
  return judged(reply,
                expect(contract_of(reply.sent), reply.sent, inventory(reply.account), situation));
}

CheckContext::Ground CheckContext::ground(Excuse excuse, const AnsweredReply& reply,
                                          int least_looks) {
  if (excuse != Excuse::bound && excuse != Excuse::quota) return Ground::true_or_unknown;
  Params filter;
  const std::string id =
      find(reply.sent, service().creator().parameter(Role::target_id)).value_or("");
  if (excuse == Excuse::bound) filter = by_target(service(), id);
  const int own = run_context_.profile.flow_log_quota;
  const int quota = std::max(own > 0 ? own : service().quota(), 0);
  // Where flow logs are shown late, or by one of several replicas only, what is said may be true
  // before it is seen.
  const Instant end = now() + std::min<Duration>(2 * run_context_.tracker.lag(), kLongestUnseen);
  for (int looks = 1;; ++looks) {
    const Listing listing =
        run_context_.tracker.list(session_, account_of(reply.account), filter, check_.id);
    ++requests_;
    if (!listing.complete) return Ground::true_or_unknown;
    const bool holds = excuse == Excuse::quota
                           ? listing.flow_logs.size() >= static_cast<std::size_t>(quota)
                           : std::ranges::find(listing.flow_logs, id, &FlowLog::resource_id) !=
                                 listing.flow_logs.end();
    if (holds) {
      return excuse == Excuse::bound && given_up(listing, id, reply) ? Ground::given_up
                                                                     : Ground::true_or_unknown;
    }
    if (now() >= end && looks >= least_looks) return Ground::untrue;
    pause(std::chrono::milliseconds(300));
  }
}

// What stands on the resource was deleted and seen to be gone, where another replica, or a moment
// later, does not know of it yet.
bool CheckContext::given_up(const Listing& listing, const std::string& resource,
                            const AnsweredReply& reply) const {
  return std::ranges::any_of(listing.flow_logs, [&](const FlowLog& flow_log) {
    return flow_log.resource_id == resource &&
           run_context_.tracker.seen_gone(flow_log, account_of(reply.account));
  });
}

Assessment CheckContext::assess(const Reply& reply, const Expectation& expectation) {
  const Judgement judgement = judge(expectation, reply.answer, run_context_.strict);
  const auto answered = judgeable(reply);
  if (!answered && is_lost(service(), reply)) ++lost_;
  Assessment assessment = answered ? assess_answer(*answered, judgement) : Assessment();
  assessment.expected = judgement.expected;
  assessment.observed = observed(reply);
  if (assessment.message.empty()) assessment.message = run_context_.redactor(judgement.message);
  if (assessment.symptom.empty()) assessment.symptom = symptom_of(reply.answer);
  assessment.proof = reply.created();
  if (assessment.verdict() != Verdict::conformant) assessment.steps = steps();
  assessment.example = evidence_of(reply);
  return assessment;
}

Assessment CheckContext::assess_answer(const AnsweredReply& reply, const Judgement& judgement) {
  const bool creating = find(reply.sent, "Action") == service().creator().name;
  if (ground(judgement.excuse, reply, kLooksThatDisprove) == Ground::untrue) {
    Assessment assessment(Verdict::deviating, reply);
    assessment.message = judgement.excuse == Excuse::bound ? kSaidToBeBound : kSaidToBeUsedUp;
    return assessment;
  }
  if (creating && reply.created() && reply.id().empty() &&
      judgement.verdict != Verdict::deviating) {
    Assessment assessment(Verdict::deviating, reply);
    assessment.message = fmt::format("The request was accepted, and the answer gives no {}.",
                                     reply.answer.thing_member);
    assessment.symptom = "no id";
    return assessment;
  }
  return {judgement.too_long ? Verdict::skipped : judgement.verdict, reply};
}

Verdict CheckContext::judged(const Reply& reply, const Expectation& expectation) {
  Assessment assessment = assess(reply, expectation);
  const Verdict verdict = assessment.verdict();
  rule(std::move(assessment));
  return verdict;
}

bool CheckContext::claim(bool holds, Standing standing, const AnsweredReply& reply,
                         std::string expected, std::string observed, std::string message) {
  const Verdict broken = standing == Standing::inferred ? Verdict::finding : Verdict::deviating;
  Assessment assessment(holds ? Verdict::conformant : broken, reply);
  assessment.expected = std::move(expected);
  assessment.observed = std::move(observed);
  if (!holds) assessment.message = std::move(message);
  assessment.symptom = assessment.message;
  assessment.example = evidence_of(reply);
  if (!holds) assessment.steps = steps();
  rule(std::move(assessment));
  return holds;
}

void CheckContext::finding(const AnsweredReply& reply, std::string expected, std::string observed,
                           std::string message) {
  Assessment assessment(Verdict::finding, reply);
  assessment.expected = std::move(expected);
  assessment.observed = std::move(observed);
  assessment.message = std::move(message);
  assessment.example = evidence_of(reply);
  assessment.steps = steps();
  rule(std::move(assessment));
}

void CheckContext::inconclusive(std::string message, const Reply* reply) {
  Assessment assessment;
  assessment.message = std::move(message);
  if (reply != nullptr) {
    assessment.observed = observed(*reply);
    assessment.example = evidence_of(*reply);
  }
  assessment.steps = steps();
  rule(std::move(assessment));
}

void CheckContext::note(std::string remark) {
  if (!remark.empty()) notes_.push_back(std::move(remark));
}

}  // namespace flowlog

#include "engine/case_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "generators/requests.h"

namespace flowlog {
namespace {

constexpr int kMoreTries = 2;
constexpr int kMoreTriesOfChance = 3;

// "502 the body is an HTML page", "500 InternalError".
bool is_server_error(const std::string& symptom) {
  const auto digit = [&](std::size_t i) { return symptom[i] >= '0' && symptom[i] <= '9'; };
  return symptom.size() > 3 && symptom[0] == '5' && digit(1) && digit(2) && symptom[3] == ' ';
}

// Which rules the request breaks: what must not change while it is made smaller.
std::set<std::string> broken(const Expectation& expectation) {
  return {expectation.broken.begin(), expectation.broken.end()};
}

class Trial {
 public:
  Trial(CheckContext& context, const Case& one) : context_(context), case_(one) {}

  // Returns false when the check should go no further.
  bool run() {
    context_.begin_case();
    if (!context_.prepare(case_.params)) return false;
    const Reply first = perform(case_.params);
    if (creating() && first.created() && !first.id().empty()) context_.learn_lag(first);
    if (is_reset(first) && ends_connection()) return false;
    Assessment assessment = assess(first);
    const bool stopped = stops(first);
    if (assessment.verdict() == Verdict::deviating && context_.check().confirm && !stopped)
      confirm(assessment);
    const bool deviates = assessment.verdict() == Verdict::deviating;
    context_.rule(std::move(assessment));
    if (first.created() || creating()) used();
    return !deviates && !stopped;
  }

 private:
  Assessment assess(const Reply& reply) {
    expectation_ = expectation_of(reply.sent);
    return context_.assess(reply, expectation_);
  }

  Expectation expectation_of(const Params& sent) const {
    return expect(context_.contract_of(sent), sent, context_.inventory(), situation());
  }

  bool creating() const { return context_.action().effect == Effect::create; }

  // What was made, or is gone or going, serves no other case.
  void used() {
    const Effect effect = context_.action().effect;
    if (effect == Effect::create || effect == Effect::remove) context_.forget_created();
  }

  Situation situation() const {
    Situation situation = case_.situation;
    if (situation.conditions.empty()) situation.conditions = context_.situation().conditions;
    return situation;
  }

  static bool stops(const Reply& reply) {
    const Failure* failure = reply.exchange.failure();
    return failure != nullptr &&
           (failure->kind == Failure::Kind::cancelled || failure->kind == Failure::Kind::exhausted);
  }

  static bool is_reset(const Reply& reply) {
    const Failure* failure = reply.exchange.failure();
    return failure != nullptr && failure->kind == Failure::Kind::reset;
  }

  // The connection ends each time this is sent, while the smallest valid request of the action is
  // answered: noted as deviating. Where that ends it as well, it is not this input.
  bool ends_connection() {
    for (int i = 0; i < kMoreTries; ++i) {
      used();
      if (!context_.prepare(case_.params) || !is_reset(perform(case_.params))) return false;
    }
    used();
    const Params smallest = context_.filled(context_.smallest_of_action());
    if (!context_.prepare(smallest)) return false;
    const Reply valid = perform(smallest);
    if (is_reset(valid)) return false;
    const auto other = context_.answered(valid);
    if (!other) return false;
    return !context_.claim(
        false, Standing::documented, *other, "an answer",
        fmt::format("the connection ended, {} of {} times", kMoreTries + 1, kMoreTries + 1),
        "This request ends the connection, and others are answered.");
  }

  // A condition that the case is about is no obstacle to be waited out.
  Reply perform(const Params& params) {
    return context_.perform(params, case_.situation.conditions.empty());
  }

  Assessment send_again(const Params& params) {
    used();
    context_.begin_case();
    if (!context_.prepare(params)) return {};
    return assess(perform(params));
  }

  void confirm(Assessment& assessment) {
    const std::set<std::string> rules = broken(expectation_);
    const Repeated repeated = repeat(assessment.symptom, [&]() -> std::optional<std::string> {
      const Assessment again = send_again(case_.params);
      return again.verdict() == Verdict::deviating ? again.symptom : "";
    });
    if (!repeated.repeats()) {
      not_repeated(repeated, assessment);
    } else if (case_.origin) {
      shrink(assessment, rules);
    }
  }

  // Walks down the tree of smaller values, keeping one only if it breaks the same rules and
  // deviates in the same way.
  void shrink(Assessment& assessment, const std::set<std::string>& rules) {
    const Assessment original = assessment;
    auto shrinks = case_.origin->shrinks();
    int left = context_.run_context().max_shrinks;
    while (left > 0) {
      const auto next = shrinks.next();
      if (!next) break;
      const Params params = context_.filled(flowlog::apply(next->value(), case_.base));
      const Expectation smaller = expectation_of(params);
      if (broken(smaller) != rules) continue;
      --left;
      Assessment again = send_again(params);
      if (again.verdict() != Verdict::deviating || again.symptom != assessment.symptom) continue;
      assessment = std::move(again);
      assessment.original = original.example;
      shrinks = next->shrinks();
    }
  }

  CheckContext& context_;
  const Case& case_;
  Expectation expectation_;
};

}  // namespace

bool Repeated::repeats() const {
  return by_chance ? seen == tried && tried > kMoreTriesOfChance : seen > 1 || tried == 1;
}

Repeated repeat(const std::string& symptom,
                const std::function<std::optional<std::string>()>& again) {
  Repeated repeated;
  repeated.by_chance = is_server_error(symptom);
  const int most = repeated.by_chance ? kMoreTriesOfChance : kMoreTries;
  for (int i = 0; i < most; ++i) {
    const std::optional<std::string> way = again();
    if (!way) continue;
    ++repeated.tried;
    repeated.seen += *way == symptom ? 1 : 0;
    if (!repeated.by_chance && repeated.repeats()) break;
    if (repeated.by_chance && repeated.seen < repeated.tried && repeated.tried > kMoreTries) break;
  }
  return repeated;
}

void not_repeated(const Repeated& repeated, Assessment& assessment) {
  const std::string rate =
      fmt::format("Not repeatable: it came {} of {} times.", repeated.seen, repeated.tried);
  if (assessment.proof) {
    assessment.message = fmt::format("{} {}", rate, assessment.message);
  } else {
    assessment.excuse(rate);
  }
}

CasesTried try_cases(CheckContext& context, const CasesAsked& asked) {
  const bool creating = context.action().effect == Effect::create;
  bool all_refused = true;
  for (std::size_t i = asked.first; i < std::min(asked.last, context.check().cases.size()); ++i) {
    if (asked.superseded && asked.superseded()) return {};
    if (asked.known != nullptr && asked.known->contains(i)) {
      context.rule(asked.known->at(i));
      all_refused = false;
      continue;
    }
    const Case one = context.check().cases[i];
    const int accepted = context.accepted_count();
    if (!Trial(context, one).run()) return {.whole = false};
    all_refused = all_refused && context.accepted_count() == accepted;
  }
  // What may as well be accepted is no refusal to be proven.
  if (!all_refused || context.check().grey) return {};
  if (!asked.look) return {.to_be_looked = true};
  if (creating) {
    context.nothing_left();
  } else {
    context.instance_unchanged();
  }
  return {};
}

}  // namespace flowlog

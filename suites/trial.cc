#include "suites/trial.h"

#include <fmt/format.h>

#include <set>

#include "generators/requests.h"

namespace flowlog {
namespace {

constexpr int kMoreTries = 2;

// Which rules the request breaks: what must not change while it is made smaller.
std::set<std::string> broken(const Expectation& expectation) {
  return {expectation.broken.begin(), expectation.broken.end()};
}

class Trial {
 public:
  Trial(Scene& scene, const Case& one) : scene_(scene), case_(one) {}

  // Returns false when the check should go no further.
  bool run() {
    scene_.begin_case();
    const Reply first = scene_.create(case_.params);
    if (first.created() && !first.id().empty()) scene_.learn_lag(first);
    Ruling ruling = assess(first);
    const bool stopped = stops(first);
    if (ruling.verdict == Verdict::deviating && scene_.check().confirm && !stopped) confirm(ruling);
    const bool deviates = ruling.verdict == Verdict::deviating;
    scene_.rule(std::move(ruling));
    scene_.forget_created();
    return !deviates && !stopped;
  }

 private:
  Ruling assess(const Reply& reply) {
    expectation_ = expect(scene_.api(), reply.sent, scene_.world(), situation());
    return scene_.assess(reply, expectation_);
  }

  Situation situation() const {
    Situation situation = case_.situation;
    if (situation.conditions.empty()) situation.conditions = scene_.situation().conditions;
    return situation;
  }

  static bool stops(const Reply& reply) {
    const Failure* failure = reply.exchange.failure();
    return failure != nullptr &&
           (failure->kind == Failure::Kind::cancelled || failure->kind == Failure::Kind::exhausted);
  }

  Ruling send_again(const Params& params) {
    scene_.forget_created();
    scene_.begin_case();
    return assess(scene_.create(params));
  }

  void confirm(Ruling& ruling) {
    const std::set<std::string> rules = broken(expectation_);
    const Repeated repeated = repeat(ruling.way, [&] {
      const Ruling again = send_again(case_.params);
      return again.verdict == Verdict::deviating ? again.way : std::string();
    });
    if (!repeated.repeats()) {
      ruling.verdict = Verdict::finding;
      ruling.message = fmt::format("Not repeatable: it came {} of {} times. {}", repeated.seen,
                                   repeated.tried, ruling.message);
    } else if (case_.origin) {
      shrink(ruling, rules);
    }
  }

  // Walks down the tree of smaller values, keeping one only if it breaks the same rules and
  // deviates in the same way.
  void shrink(Ruling& ruling, const std::set<std::string>& rules) {
    const Ruling original = ruling;
    auto shrinks = case_.origin->shrinks();
    int left = scene_.bench().max_shrinks;
    while (left > 0) {
      const auto next = shrinks.next();
      if (!next) break;
      const Params params = scene_.filled(flowlog::apply(next->value(), case_.base));
      const Expectation smaller = expect(scene_.api(), params, scene_.world(), situation());
      if (broken(smaller) != rules) continue;
      --left;
      Ruling again = send_again(params);
      if (again.verdict != Verdict::deviating || again.way != ruling.way) continue;
      ruling = std::move(again);
      ruling.original = original.example;
      shrinks = next->shrinks();
    }
  }

  Scene& scene_;
  const Case& case_;
  Expectation expectation_;
};

}  // namespace

Repeated repeat(const std::string& way, const std::function<std::string()>& again) {
  Repeated repeated;
  while (repeated.tried <= kMoreTries && !repeated.repeats()) {
    ++repeated.tried;
    if (again() == way) ++repeated.seen;
  }
  return repeated;
}

void try_cases(Scene& scene) {
  bool all_refused = true;
  for (const Case& one : scene.check().cases) {
    const int created = scene.created();
    if (!Trial(scene, one).run()) return;
    all_refused = all_refused && scene.created() == created;
  }
  // What may as well be accepted is no refusal to be proven.
  if (all_refused && !scene.check().grey) scene.nothing_left();
}

}  // namespace flowlog

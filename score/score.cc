#include "score/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "mock/deviations.h"
#include "mock/variants.h"
#include "reports/ending.h"
#include "score/crew.h"
#include "score/fact_trial.h"
#include "score/table.h"
#include "specs/load.h"

namespace flowlog::score {
namespace {

// What a deviation may cost to be caught. Where most checks deviate and are tried again, the last
// of a run are left out; cleaning up must fit in as well.
constexpr long kMostRequests = 3000;
constexpr long kForCleaningUp = 50;
constexpr long kForWhatRefusalsLeave = 200;
// Where the endpoint throttles, the suite would sit and wait.
constexpr int kHaste = 20;
constexpr double kHastyRate = 200;  // requests a second of the suite's clock

bool matches(const std::vector<std::string>& globs, const std::string& id) {
  return globs.empty() ||
         std::ranges::any_of(globs, [&](const std::string& one) { return glob(one, id); });
}

Sight sight_of(const ScoreOptions& options) {
  Sight sight;
  sight.seed = options.seed;
  return sight;
}

template <class Item>
std::vector<Item> chosen(const std::vector<Item>& all, const ScoreOptions& options) {
  std::vector<Item> some;
  std::ranges::copy_if(all, std::back_inserter(some),
                       [&](const Item& item) { return matches(options.ids, item.id); });
  return some;
}

// One mark for each item, in order.
template <class Item>
std::vector<Mark> mark_all(const std::vector<Item>& items, const ScoreOptions& options,
                           const std::function<Mark(const Item&)>& mark) {
  std::vector<Mark> marks(items.size());
  std::mutex mutex;
  share_out(items.size(), options.at_once, [&](std::size_t i) {
    Mark made = mark(items[i]);
    const std::lock_guard lock(mutex);
    marks[i] = std::move(made);
    if (options.on_mark) options.on_mark(marks[i]);
  });
  return marks;
}

Mark mark_of(const Verdicts& before, const Report& report) {
  Mark mark;
  mark.turned = turned(before, report);
  mark.requests = report.requests;
  mark.seconds = report.seconds;
  return mark;
}

// The checks that must turn, and some beside: what looks at every answer needs answers.
std::vector<std::string> concerned(const Expected& expected) {
  std::vector<std::string> only = expected.must;
  only.insert(only.end(), {"request.*", "lifecycle.creation/*"});
  return only;
}

// How the checks that these deviations concern come out against the honest mock.
Verdicts honest_about(const std::vector<mock::Choice>& choices, const ScoreOptions& options) {
  Sight sight = sight_of(options);
  for (const mock::Choice& choice : choices) {
    const std::vector<std::string> only = concerned(expected_of(choice.id));
    sight.only.insert(sight.only.end(), only.begin(), only.end());
  }
  return verdicts(sit({}, sight));
}

Mark mark_deviation(const mock::Choice& choice, const Verdicts& before,
                    const ScoreOptions& options) {
  Sight sight = sight_of(options);
  sight.max_shrinks = 0;
  sight.max_requests =
      kMostRequests - (choice.id.starts_with("rejected.") ? kForWhatRefusalsLeave : kForCleaningUp);
  // Where it matters which request comes first, or whose deletion takes what.
  if (choice.id.starts_with("disorder.first-") || choice.id == "life.delete-takes-all") {
    sight.concurrency = 1;
  }
  const Expected expected = expected_of(choice.id);
  if (!options.whole) sight.only = concerned(expected);
  Mark mark = mark_of(before, sit({.deviation = choice.id}, sight));
  mark.id = choice.id;
  mark.text = choice.text;
  mark.reason = unmet(expected, mark.turned);
  if (mark.reason.empty() && mark.requests > kMostRequests) {
    mark.reason = fmt::format("it took more than {} requests", kMostRequests);
  }
  mark.good = mark.reason.empty();
  return mark;
}

Mark mark_variant(const mock::Choice& choice, const ScoreOptions& options) {
  Sight sight = sight_of(options);
  if (choice.id.starts_with("throttled.")) {
    sight.haste = kHaste;
    sight.requests_per_second = kHastyRate;
    sight.timeout *= kHaste;
  }
  const Report report = sit({.variant = choice.id}, sight);
  Mark mark = mark_of({}, report);
  mark.turned.finding.clear();  // findings are lawful
  mark.id = choice.id;
  mark.text = choice.text;
  const int status = static_cast<int>(ending(report));
  mark.good = status == 0;
  if (!mark.good) mark.reason = fmt::format("the run ends in {}: {}", status, verdict_line(report));
  return mark;
}

// `accused`: what speaks against the fact's being equivalent.
void judge_fact(const Fact& fact, const std::string& accused, Mark& mark) {
  mark.id = fact.id;
  mark.text = fact.row;
  mark.good = mark.turned.seen();
  mark.equivalent = !mark.good && !fact.equivalent.empty() && accused.empty();
  mark.unreachable = mark.equivalent && fact.unreachable;
  if (!mark.good) mark.reason = fact.equivalent.empty() ? "nothing turned" : fact.equivalent;
  if (!accused.empty()) mark.reason += "; but " + accused;
}

// Against the whole suite.
Mark mark_fact(const Fact& fact, const Verdicts& before, const ScoreOptions& options) {
  Api served = built_in_api();
  fact.change(served);
  Sight sight = sight_of(options);
  sight.max_shrinks = 0;
  Mark mark = mark_of(before, sit({.served = &served}, sight));
  judge_fact(fact, "", mark);
  return mark;
}

// Against the checks that cite its row, without sockets.
Mark mark_fact(const Fact& fact, const FactTrial& trial) {
  const Instant start = system_clock().now();
  const Noticed noticed = trial(fact);
  Mark mark;
  mark.turned = noticed.turned;
  mark.requests = noticed.requests;
  mark.seconds = std::chrono::duration<double>(system_clock().now() - start).count();
  judge_fact(fact, noticed.accused, mark);
  return mark;
}

}  // namespace

Verdicts honest(const ScoreOptions& options) {
  return verdicts(sit({}, sight_of(options)));
}

std::vector<Mark> score_deviations(const ScoreOptions& options) {
  const std::vector<mock::Choice> choices = chosen(mock::deviations(), options);
  const Verdicts before = options.whole ? honest(options) : honest_about(choices, options);
  return mark_all<mock::Choice>(choices, options, [&](const mock::Choice& choice) {
    return mark_deviation(choice, before, options);
  });
}

std::vector<Mark> score_variants(const ScoreOptions& options) {
  return mark_all<mock::Choice>(
      chosen(mock::variants(), options), options,
      [&](const mock::Choice& choice) { return mark_variant(choice, options); });
}

std::vector<Mark> score_facts(const ScoreOptions& options) {
  const std::vector<Fact> all = chosen(facts(built_in_api()), options);
  if (all.empty()) return {};
  if (options.whole) {
    const Verdicts before = honest(options);
    return mark_all<Fact>(all, options,
                          [&](const Fact& fact) { return mark_fact(fact, before, options); });
  }
  const FactTrial trial({.seed = options.seed});
  return mark_all<Fact>(all, options, [&](const Fact& fact) { return mark_fact(fact, trial); });
}

std::size_t good(const std::vector<Mark>& marks) {
  return static_cast<std::size_t>(
      std::ranges::count_if(marks, [](const Mark& mark) { return mark.good || mark.equivalent; }));
}

}  // namespace flowlog::score

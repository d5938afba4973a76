#include "score/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "mock/deviations.h"
#include "mock/mock.h"
#include "mock/variants.h"
#include "reports/ending.h"
#include "score/crew.h"
#include "score/table.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog::score {
namespace {

constexpr int kHaste = 20;  // where the suite would sit and wait

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

Mark mark_deviation(const mock::Choice& choice, const Verdicts& before,
                    const ScoreOptions& options) {
  Sight sight = sight_of(options);
  const Expected expected = expected_of(choice.id);
  if (!options.whole) {
    sight.only = expected.must;
    sight.only.emplace_back("request.*");  // what looks at every answer needs answers
  }
  Mark mark = mark_of(before, sit({.deviation = choice.id}, sight));
  mark.id = choice.id;
  mark.text = choice.text;
  mark.reason = unmet(expected, mark.turned);
  mark.good = mark.reason.empty();
  return mark;
}

Mark mark_variant(const mock::Choice& choice, const ScoreOptions& options) {
  Sight sight = sight_of(options);
  if (choice.id.starts_with("throttled.")) sight.haste = kHaste;
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

// Ids of the checks that cite the row.
std::vector<std::string> citing(const std::vector<Check>& checks, const std::string& row) {
  std::vector<std::string> ids;
  for (const Check& check : checks) {
    if (std::ranges::find(check.rows, row) != check.rows.end()) ids.push_back(check.id);
  }
  return ids;
}

std::vector<Check> all_checks(const ScoreOptions& options) {
  const mock::Mock mock(built_in_api(), {});
  const Profile profile = load_profile(mock.profile().dump(), "the mock's profile");
  return catalog({&built_in_api(), &profile, options.seed, Sight{}.random_cases});
}

Mark mark_fact(const Fact& fact, const std::vector<Check>& checks, const Verdicts& before,
               const ScoreOptions& options) {
  Api served = built_in_api();
  fact.change(served);
  Sight sight = sight_of(options);
  sight.max_shrinks = 0;
  Mark mark;
  // First the checks that are about nothing else, then all that cite its row.
  for (const std::vector<std::string>& only : {fact.near, citing(checks, fact.row)}) {
    if (only.empty() && !options.whole) continue;
    if (!options.whole) sight.only = only;
    mark = mark_of(before, sit({.served = &served}, sight));
    if (options.whole || mark.turned.seen()) break;
  }
  mark.id = fact.id;
  mark.text = fact.row;
  mark.good = mark.turned.seen();
  mark.equivalent = !mark.good && !fact.equivalent.empty();
  mark.reason = mark.good ? "" : mark.equivalent ? fact.equivalent : "nothing turned";
  return mark;
}

}  // namespace

Verdicts honest(const ScoreOptions& options) {
  return verdicts(sit({}, sight_of(options)));
}

std::vector<Mark> score_deviations(const ScoreOptions& options) {
  const Verdicts before = honest(options);
  return mark_all<mock::Choice>(
      chosen(mock::deviations(), options), options,
      [&](const mock::Choice& choice) { return mark_deviation(choice, before, options); });
}

std::vector<Mark> score_variants(const ScoreOptions& options) {
  return mark_all<mock::Choice>(
      chosen(mock::variants(), options), options,
      [&](const mock::Choice& choice) { return mark_variant(choice, options); });
}

std::vector<Mark> score_facts(const ScoreOptions& options) {
  const Verdicts before = honest(options);
  const std::vector<Check> checks = all_checks(options);
  return mark_all<Fact>(chosen(facts(built_in_api()), options), options,
                        [&](const Fact& fact) { return mark_fact(fact, checks, before, options); });
}

std::size_t good(const std::vector<Mark>& marks) {
  return static_cast<std::size_t>(
      std::ranges::count_if(marks, [](const Mark& mark) { return mark.good || mark.equivalent; }));
}

}  // namespace flowlog::score

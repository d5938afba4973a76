#include "mutation/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "mock/action_deviations.h"
#include "mock/deviations.h"
#include "mock/variants.h"
#include "mutation/action_score.h"
#include "mutation/expected_kills.h"
#include "mutation/mutant_trial.h"
#include "mutation/parallel.h"
#include "mutation/simulated_score.h"
#include "reports/exit_status.h"
#include "specs/load.h"

namespace flowlog::mutation {
namespace {

// What a deviation may cost to be caught. Where most checks deviate and are tried again, the last
// of a run are left out; cleaning up must fit in as well.
constexpr long kMostRequests = 3000;
constexpr long kForCleaningUp = 50;
constexpr long kForWhatRefusalsLeave = 200;
// Where the endpoint throttles, the suite would slow down and wait.
constexpr int kHaste = 20;
constexpr double kHastyRate = 200;  // requests a second of the suite's clock

bool matches(const std::vector<std::string>& globs, const std::string& id) {
  return globs.empty() ||
         std::ranges::any_of(globs, [&](const std::string& one) { return glob(one, id); });
}

SuiteSettings sight_of(const ScoreOptions& options) {
  SuiteSettings settings;
  settings.seed = options.seed;
  return settings;
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
std::vector<ScoreEntry> mark_all(const std::vector<Item>& items, const ScoreOptions& options,
                                 const std::function<ScoreEntry(const Item&)>& entry) {
  std::vector<ScoreEntry> entries(items.size());
  std::mutex mutex;
  parallel_for(items.size(), options.at_once, [&](std::size_t i) {
    ScoreEntry made = entry(items[i]);
    const std::lock_guard lock(mutex);
    entries[i] = std::move(made);
    if (options.on_mark) options.on_mark(entries[i]);
  });
  return entries;
}

ScoreEntry mark_of(const Verdicts& before, const Report& report) {
  ScoreEntry entry;
  entry.changes = changes(before, report);
  entry.requests = report.requests;
  entry.seconds = report.seconds;
  return entry;
}

// How the checks that these deviations concern come out against the honest mock.
Verdicts honest_about(const std::vector<mock::Choice>& choices, const ScoreOptions& options) {
  SuiteSettings settings = sight_of(options);
  for (const mock::Choice& choice : choices) {
    const std::vector<std::string> only = concerned(expected_of(choice.id));
    settings.only.insert(settings.only.end(), only.begin(), only.end());
  }
  return verdicts(run_on_mock({}, settings));
}

ScoreEntry mark_deviation(const mock::Choice& choice, const Verdicts& before,
                          const ScoreOptions& options) {
  SuiteSettings settings = sight_of(options);
  settings.max_shrinks = 0;
  settings.max_requests =
      kMostRequests - (choice.id.starts_with("rejected.") ? kForWhatRefusalsLeave : kForCleaningUp);
  // Where it matters which request comes first, or whose deletion takes what.
  if (choice.id.starts_with("disorder.first-") || choice.id == "life.delete-takes-all") {
    settings.concurrency = 1;
  }
  const Expected expected = expected_of(choice.id);
  if (!options.whole) settings.only = concerned(expected);
  ScoreEntry entry = mark_of(before, run_on_mock({.deviation = choice.id}, settings));
  entry.id = choice.id;
  entry.text = choice.text;
  entry.reason = unmet(expected, entry.changes);
  if (entry.reason.empty() && entry.requests > kMostRequests) {
    entry.reason = fmt::format("it took more than {} requests", kMostRequests);
  }
  entry.good = entry.reason.empty();
  return entry;
}

ScoreEntry mark_variant(const mock::Choice& choice, const ScoreOptions& options) {
  SuiteSettings settings = sight_of(options);
  if (choice.id.starts_with("throttled.")) {
    settings.speedup = kHaste;
    settings.requests_per_second = kHastyRate;
    settings.timeout *= kHaste;
  }
  const Report report = run_on_mock({.variant = choice.id}, settings);
  ScoreEntry entry = mark_of({}, report);
  entry.changes.finding.clear();  // findings are lawful
  entry.id = choice.id;
  entry.text = choice.text;
  const int status = static_cast<int>(exit_status(report));
  entry.good = status == 0;
  if (!entry.good)
    entry.reason = fmt::format("the run ends in {}: {}", status, verdict_line(report));
  return entry;
}

// `accused`: what speaks against the fact's being equivalent.
void judge_fact(const Mutant& mutant, const std::string& accused, ScoreEntry& entry) {
  entry.id = mutant.id;
  entry.text = mutant.row;
  const bool seen = entry.changes.seen();
  const bool said_equivalent = !mutant.equivalent.empty();
  entry.good = seen && !said_equivalent;
  entry.equivalent = !seen && said_equivalent && accused.empty();
  entry.unreachable = entry.equivalent && mutant.unreachable;
  if (seen && said_equivalent) entry.reason = "it is noticed, so it is not equivalent";
  if (!seen) entry.reason = said_equivalent ? mutant.equivalent : "nothing turned";
  if (!accused.empty()) entry.reason += "; but " + accused;
}

// Against the whole suite.
ScoreEntry mark_fact(const Mutant& mutant, const Verdicts& before, const ScoreOptions& options) {
  Service served = built_in_service();
  mutant.change(served);
  SuiteSettings settings = sight_of(options);
  settings.max_shrinks = 0;
  ScoreEntry entry = mark_of(before, run_on_mock({.served = &served}, settings));
  judge_fact(mutant, "", entry);
  return entry;
}

// Against the checks that cite its row, without sockets.
ScoreEntry mark_fact(const Mutant& mutant, const MutantTrial& trial) {
  const Instant start = system_clock().now();
  const Noticed noticed = trial(mutant);
  ScoreEntry entry;
  entry.changes = noticed.changes;
  entry.requests = noticed.requests;
  entry.seconds = std::chrono::duration<double>(system_clock().now() - start).count();
  judge_fact(mutant, noticed.accused, entry);
  return entry;
}

}  // namespace

Verdicts honest(const ScoreOptions& options) {
  return verdicts(run_on_mock({}, sight_of(options)));
}

std::vector<ScoreEntry> score_deviations(const ScoreOptions& options) {
  const std::vector<mock::Choice> choices = chosen(mock::deviations(), options);
  if (choices.empty()) return {};
  if (options.whole) {
    const Verdicts before = honest(options);
    return mark_all<mock::Choice>(choices, options, [&](const mock::Choice& choice) {
      return mark_deviation(choice, before, options);
    });
  }
  const SimulatedScore simulated(options.seed);
  std::once_flag once;
  Verdicts before;
  return mark_all<mock::Choice>(choices, options, [&](const mock::Choice& choice) {
    if (auto entry = simulated.mark(choice, expected_of(choice.id))) return *std::move(entry);
    std::call_once(once, [&] { before = honest_about(choices, options); });
    return mark_deviation(choice, before, options);
  });
}

std::vector<ScoreEntry> score_action_deviations(const ScoreOptions& options) {
  ActionScore score(options);
  return mark_all<mock::Choice>(
      chosen(mock::action_deviations(built_in_service()), options), options,
      [&](const mock::Choice& choice) { return score.mark_deviation(choice); });
}

std::vector<ScoreEntry> score_action_variants(const ScoreOptions& options) {
  ActionScore score(options);
  return mark_all<mock::Choice>(
      chosen(mock::action_variants(built_in_service()), options), options,
      [&](const mock::Choice& choice) { return score.mark_variant(choice); });
}

std::vector<ScoreEntry> score_variants(const ScoreOptions& options) {
  return mark_all<mock::Choice>(
      chosen(mock::variants(), options), options,
      [&](const mock::Choice& choice) { return mark_variant(choice, options); });
}

std::vector<ScoreEntry> score_mutants(const ScoreOptions& options) {
  const std::vector<Mutant> all = chosen(mutants(built_in_service()), options);
  if (all.empty()) return {};
  if (options.whole) {
    const Verdicts before = honest(options);
    return mark_all<Mutant>(
        all, options, [&](const Mutant& mutant) { return mark_fact(mutant, before, options); });
  }
  const MutantTrial trial({.seed = options.seed});
  return mark_all<Mutant>(all, options,
                          [&](const Mutant& mutant) { return mark_fact(mutant, trial); });
}

std::size_t good(const std::vector<ScoreEntry>& entries) {
  return static_cast<std::size_t>(std::ranges::count_if(
      entries, [](const ScoreEntry& entry) { return entry.good || entry.equivalent; }));
}

}  // namespace flowlog::mutation

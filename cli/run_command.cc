#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>

#include "base/fault.h"
#include "base/json_node.h"
#include "base/text.h"
#include "cli/against.h"
#include "cli/commands.h"
#include "cli/console_writer.h"
#include "cli/setup.h"
#include "cli/signals.h"
#include "reports/chinese.h"
#include "reports/console.h"
#include "reports/ending.h"
#include "reports/events.h"
#include "reports/files.h"
#include "reports/github.h"
#include "reports/history.h"
#include "reports/known.h"
#include "reports/markdown.h"
#include "reports/progress.h"
#include "reports/write_all.h"
#include "suites/catalog.h"

namespace flowlog::cli {
namespace {

// One check as a GoogleTest test: its body waits for the verdict that the engine reaches.
class CheckTest : public testing::Test {
 public:
  CheckTest(flowlog::Run& run, std::size_t index) : run_(run), index_(index) {}

  void TestBody() override {
    const CheckResult result = run_.wait(index_);
    RecordProperty("verdict", std::string(name(result.verdict)));
    switch (result.verdict) {
      case Verdict::deviating:
        ADD_FAILURE() << result.id << "\n  documented: " << result.expected
                      << "\n  came back:  " << result.observed;
        break;
      case Verdict::inconclusive:
        ADD_FAILURE() << result.id << ": " << result.message;
        break;
      case Verdict::skipped:
        GTEST_SKIP() << result.message;
      default:
        break;
    }
  }

 private:
  flowlog::Run& run_;
  std::size_t index_;
};

// GoogleTest's filters give a colon a meaning of its own.
std::string without_colons(std::string id) {
  std::ranges::replace(id, ':', '.');
  return id;
}

// "param.FlowLogName.length/over-max" gives suite "param.FlowLogName.length".
void register_tests(Run& run) {
  const Plan& plan = run.plan();
  for (std::size_t i = 0; i < plan.checks.size(); ++i) {
    const std::string id = without_colons(plan.checks[i].check.id);
    const std::size_t slash = id.rfind('/');
    testing::RegisterTest(id.substr(0, slash).c_str(), id.substr(slash + 1).c_str(), nullptr,
                          nullptr, __FILE__, __LINE__,
                          [&run, i]() -> testing::Test* { return new CheckTest(run, i); });
  }
}

void start_gtest(const RunFlags& flags) {
  std::vector<std::string> words{"flowlog-conformance"};
  words.insert(words.end(), flags.gtest.begin(), flags.gtest.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);  // GoogleTest moves it along
  testing::InitGoogleTest(&argc, argv.data());
  if (argc > 1) throw InputError(fmt::format("'{}' is no option of GoogleTest.", argv[1]));
  // The console is ours.
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (flags.gtest.empty()) delete listeners.Release(listeners.default_result_printer());
}

// GoogleTest's filter ("A*:B*-C*", over "suite.name") as ids, so that nothing else is planned.
std::vector<std::string> filtered(const std::string& filter, const RunOptions& options) {
  const std::size_t dash = filter.find('-');
  const auto matches = [](const std::string& patterns, const std::string& name) {
    const std::vector<std::string> all = split(patterns, ':');
    return std::ranges::any_of(all, [&](const std::string& p) { return glob(p, name); });
  };
  const std::string positive = filter.substr(0, dash);
  const std::string negative = dash == std::string::npos ? "" : filter.substr(dash + 1);
  std::vector<std::string> ids;
  for (const Check& check : checks_of(options)) {
    std::string name = without_colons(check.id);
    name[name.rfind('/')] = '.';
    if (matches(positive.empty() ? "*" : positive, name) && !matches(negative, name)) {
      ids.push_back(check.id);
    }
  }
  return ids;
}

void narrow(const RunFlags& flags, RunOptions& run) {
  constexpr std::string_view kFilter = "--gtest_filter=";
  for (const std::string& word : flags.gtest) {
    if (!word.starts_with(kFilter)) continue;
    run.plan.only = filtered(word.substr(kFilter.size()), run);
    if (run.plan.only.empty()) {
      throw InputError(word +
                       " matches no check; in a filter, a dash begins what is to be left out.");
    }
  }
}

Intent intent_of(const RunFlags& flags, const Run& run) {
  const RunOptions& options = run.options();
  const Report heading = run.heading();
  Intent intent;
  intent.program_version = options.version;
  intent.endpoint = heading.endpoint;
  intent.embedded = heading.embedded;
  intent.contract = heading.contract;
  intent.profile = flags.profile.empty() ? options.profile.name : flags.profile;
  intent.region = heading.region;
  intent.seed = heading.seed;
  intent.shard = heading.shard;
  intent.selection = join(flags.only, ",");
  std::set<std::string> rows;
  for (const PlannedCheck& one : run.plan().checks) {
    ++intent.checks;
    if (one.skipped.empty()) rows.insert(one.check.rows.begin(), one.check.rows.end());
  }
  intent.rows = static_cast<int>(rows.size());
  intent.requests = run.plan().requests;
  intent.creations = run.plan().creations;
  const auto either = [](auto own, auto profile) { return own > 0 ? own : profile; };
  intent.max_requests = either(options.max_requests, options.profile.max_requests);
  intent.max_creates = either(options.max_creates, options.profile.max_creates);
  intent.concurrency = run.concurrency();
  intent.requests_per_second =
      either(options.requests_per_second, options.profile.requests_per_second);
  intent.may_create = options.profile.may_create;
  intent.strict = options.strict;
  intent.known = flags.known;
  intent.warnings = options.profile.warnings;
  return intent;
}

void print_plan(const Run& run) {
  const Plan& plan = run.plan();
  std::fputs(describe(plan).c_str(), stdout);
  long skipped = 0;
  for (const PlannedCheck& one : plan.checks) skipped += one.skipped.empty() ? 0 : 1;
  fmt::print("{} checks, {} of them skipped; about {} requests and {} creations.\n",
             plan.checks.size(), skipped, plan.requests, plan.creations);
}

void check_known(const Known& known, const Run& run) {
  std::vector<std::string> ids;
  for (const Check& check : checks_of(run.options())) {
    ids.push_back(check.id);
  }
  require_known_ids(known, ids);
}

std::string today() {
  return iso_time(system_clock().wall()).substr(0, 10);
}

// Where a run is told while it runs; neither keeps it from ending.
struct Consoles {
  ConsoleWriter out{STDOUT_FILENO};
  ConsoleWriter err{STDERR_FILENO};
  void complain(const std::string& sentence) {
    if (!sentence.empty()) err.write(fmt::format("flowlog-conformance: {}\n", sentence));
  }
  // What comes after the run is told of, and ends with it.
  void attempt(const char* what, const std::function<void()>& act) {
    const std::string fault = fault_of(act);
    if (!fault.empty()) complain(fmt::format("{}: {}", what, fault));
  }
};

// Before anything is sent: a run without reports would be in vain.
void make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw InputError(fmt::format("--out: cannot make the folder {}: {}", folder, error.message()));
  }
  const std::string trial = folder + "/.flowlog-conformance";
  const std::string failure = write_whole_file(trial, "");
  if (!failure.empty()) throw InputError("--out: " + failure);
  std::filesystem::remove(trial, error);
}

// Returns false iff one could not be written; the console still tells everything.
bool write_reports(const RunFlags& flags, const Report& report, Consoles& consoles) {
  bool written = false;
  consoles.attempt("the reports", [&] {
    const std::vector<std::string> failures = write_all(report, flags.out, flags.lang).failures;
    for (const std::string& failure : failures) consoles.complain(failure);
    written = failures.empty();
  });
  consoles.attempt("the summary", [&] {
    const Language say(flags.lang);
    Report kept;
    const Report& told = as_told(report, say, kept);
    consoles.complain(append_step_summary(markdown(told, say)));
    if (in_github_actions()) consoles.out.write(annotations(told, say));
  });
  return written;
}

// A gate that goes by the status must not pass what it has no report of.
int status_of(const Report& report, bool written) {
  const Ending end = ending(report);
  return static_cast<int>(end == Ending::conformant && !written ? Ending::no_verdict : end);
}

void remember(const RunFlags& flags, const Report& report, Consoles& consoles) {
  if (flags.no_history) return;
  const std::string fault = fault_of([&] { History(history_file(flags.state)).record(report); });
  consoles.complain(fault);
}

// Reports, history and the last lines; the exit status.
int conclude(const RunFlags& flags, const Style& style, const Report& report, bool events_written,
             Consoles& consoles) {
  const bool written = write_reports(flags, report, consoles) && events_written;
  remember(flags, report, consoles);
  const int status = status_of(report, written);
  consoles.attempt("the last lines", [&] {
    Report kept;
    const Report& told = as_told(report, style.say, kept);
    consoles.out.write(closing(told, style, status, written ? flags.out : ""));
  });
  return status;
}

// The first signal ends the run, whatever the consoles are waiting for.
void watch_signals(Run& run, Consoles& consoles, std::optional<SignalWatch>& signals) {
  consoles.attempt("signals end the run at once", [&] {
    signals.emplace([&run, &consoles] {
      consoles.out.give_up();
      consoles.err.give_up();
      run.interrupt();
    });
  });
  if (!signals) release_signals();
}

// Carries the run out; every check in the report, and in the events.
Report carry_out(const Style& style, const std::optional<Known>& known, Run& run,
                 EventWriter& events, Consoles& consoles) {
  Progress progress([&](const std::string& text) { consoles.out.write(text); }, style,
                    run.plan().checks.size(), system_clock());
  const std::string trouble = run.begin([&](const CheckResult& result) {
    events.check(result);
    progress.ended(result);
  });
  // The tests' own result says no more than the verdicts, from which the exit status is made.
  if (trouble.empty()) static_cast<void>(RUN_ALL_TESTS() == 0);
  Report report = run.finish();
  progress.finish();
  if (known) apply(*known, today(), report);
  for (const CheckResult& check : report.checks) {
    if (!trouble.empty()) events.check(check);
  }
  events.end(report);
  consoles.complain(events.failure());
  return report;
}

}  // namespace

int run(const RunFlags& flags) {
  check_against(flags);
  Setup setup = set_up(flags);
  std::optional<Known> known;
  if (!flags.known.empty()) known = load_known(flags.known);
  narrow(flags, setup.run);
  Run run(std::move(setup.run));
  if (run.plan().selected == 0) {
    throw InputError(
        fmt::format("--only '{}' matches no check; 'flowlog-conformance list' names "
                    "them all.",
                    join(flags.only, ",")));
  }
  if (known) check_known(*known, run);
  if (flags.plan_only) {
    print_plan(run);
    return 0;
  }
  start_gtest(flags);
  register_tests(run);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();

  make_folder(flags.out);
  clear(flags.out);
  const Style style = detect_style(STDOUT_FILENO, flags.lang);
  Consoles consoles;
  std::optional<SignalWatch> signals;
  watch_signals(run, consoles, signals);
  consoles.out.write(opening(intent_of(flags, run), style));
  EventWriter events(flags.out + "/events.ndjson", run.heading());
  const Report report = carry_out(style, known, run, events, consoles);
  const int status = conclude(flags, style, report, events.failure().empty(), consoles);
  if (flags.against.empty()) return status;
  signals.reset();
  return run_against(flags, run, report, status, style);
}

}  // namespace flowlog::cli

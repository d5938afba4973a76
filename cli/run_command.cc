#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>

#include "base/fault.h"
#include "base/json_node.h"
#include "base/text.h"
#include "base/trace.h"
#include "cli/against.h"
#include "cli/check_tests.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/console_writer.h"
#include "cli/plan_view.h"
#include "cli/setup.h"
#include "cli/signals.h"
#include "reports/chinese.h"
#include "reports/console.h"
#include "reports/events.h"
#include "reports/exit_status.h"
#include "reports/files.h"
#include "reports/github.h"
#include "reports/history.h"
#include "reports/known.h"
#include "reports/markdown.h"
#include "reports/progress.h"
#include "reports/write_all.h"

namespace flowlog::cli {
namespace {

// "--only 'a,b' --exclude 'c'".
std::string selection_of(const RunFlags& flags) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& option, const std::vector<std::string>& patterns) {
    if (!patterns.empty()) parts.push_back(option + join(patterns, ","));
  };
  add("", flags.only);
  add("rows ", flags.rows);
  add("without ", flags.exclude);
  return join(parts, ", ");
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
  intent.selection = selection_of(flags);
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
    if (!sentence.empty()) err.write(complaint(sentence));
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
    Written all = write_all(report, flags.out, flags.lang);
    write_single(report, flags.single, flags.lang, all);
    for (const std::string& failure : all.failures) consoles.complain(failure);
    written = all.failures.empty();
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
  const ExitStatus end = exit_status(report);
  return static_cast<int>(end == ExitStatus::conformant && !written ? ExitStatus::no_verdict : end);
}

void remember(const RunFlags& flags, const Report& report, Consoles& consoles) {
  if (flags.no_history) return;
  const std::string fault = fault_of([&] { History(history_file(flags.state)).record(report); });
  consoles.complain(fault);
}

// One run on its way to its reports. They are written once: at its end, or by the second signal.
class Conduct {
 public:
  Conduct(const RunFlags& flags, const std::optional<Known>& known, Run& run)
      : flags_(flags),
        known_(known),
        style_(detect_style(STDOUT_FILENO, flags.lang)),
        run_(run),
        events_(flags.out + "/events.ndjson", run.heading()),
        left_out_(controls_of_others(run.options(), run.plan())) {}

  int to_the_end() {
    if (!flags_.quiet) consoles_.out.write(opening(intent_of(flags_, run_), style_));
    const SignalScope signals([this] { first_signal(); }, [this] { second_signal(); });
    Report report = carry_out();
    if (concluding_.exchange(true)) wait_for_the_end();
    return conclude(std::move(report));
  }

  // REQUIRES: the end was reached.
  const Report& report() const { return report_; }
  const Style& style() const { return style_; }

 private:
  void first_signal() {
    consoles_.out.give_up();
    consoles_.err.give_up();
    run_.interrupt();
  }

  // What there is, while clean-up is still under way.
  void second_signal() {
    if (concluding_.exchange(true)) return wait_for_the_end();
    conclude(run_.so_far());
  }

  // Another thread ends the process.
  [[noreturn]] static void wait_for_the_end() {
    for (;;) pause();
  }

  bool is_known(const CheckResult& result) const {
    const KnownEntry* entry = known_ ? known_->entry(result.id) : nullptr;
    return entry != nullptr && today() <= entry->expires;
  }

  void ended(const CheckResult& result, Progress& progress) {
    if (left_out_.contains(result.id)) return;
    events_.check(result);
    CheckResult told = result;
    if (result.verdict == Verdict::deviating && is_known(result)) told.verdict = Verdict::known;
    progress.ended(told);
    if (flags_.max_failures <= 0 || told.verdict != Verdict::deviating) return;
    if (++failures_ != flags_.max_failures) return;
    run_.end(fmt::format("The run ended after {} deviation{} (--max-failures).",
                         flags_.max_failures, flags_.max_failures == 1 ? "" : "s"));
  }

  // Carries the run out; every check in the report, and in the events.
  Report carry_out() {
    const auto quiet = [](const std::string&) {};
    const auto loud = [this](const std::string& text) { consoles_.out.write(text); };
    Progress progress(flags_.quiet ? Progress::Out(quiet) : Progress::Out(loud), style_,
                      run_.plan().checks.size() - left_out_.size(), system_clock(), flags_.verbose);
    const std::string trouble =
        run_.begin([&](const CheckResult& result) { ended(result, progress); });
    // The tests' own result says no more than the verdicts, from which the exit status is made.
    if (trouble.empty()) static_cast<void>(RUN_ALL_TESTS() == 0);
    Report report = run_.finish();
    progress.finish();
    if (trouble.empty()) return report;
    for (const CheckResult& check : report.checks) events_.check(check);
    return report;
  }

  // Reports, history and the last lines; the exit status.
  int conclude(Report report) {
    report.require = flags_.require;
    if (known_) apply(*known_, today(), report);
    events_.end(report);
    const std::string untraced = Trace::on() == nullptr ? "" : Trace::on()->failure();
    for (const std::string& failure : {events_.failure(), untraced}) consoles_.complain(failure);
    const bool written =
        write_reports(flags_, report, consoles_) && events_.failure().empty() && untraced.empty();
    remember(flags_, report, consoles_);
    const int status = status_of(report, written);
    consoles_.attempt("the last lines", [&] { tell(report, status, written); });
    report_ = std::move(report);
    return heard(status);
  }

  // What nobody could read ends no run well.
  int heard(int status) {
    const int error = consoles_.out.error();
    if (error == 0) return status;
    const int lost = unwritten(error);
    return status == 0 ? lost : status;
  }

  void tell(const Report& report, int status, bool written) {
    Report kept;
    const Report& told = as_told(report, style_.say, kept);
    consoles_.out.write(flags_.quiet ? verdict_line(told, style_.say) + "\n"
                                     : closing(told, style_, status, written ? flags_.out : ""));
  }

  const RunFlags& flags_;
  const std::optional<Known>& known_;
  const Style style_;
  Run& run_;
  Consoles consoles_;
  EventWriter events_;
  const std::set<std::string> left_out_;
  Report report_;
  std::atomic<long> failures_{0};
  std::atomic<bool> concluding_{false};
};

// A profile that cannot be meant ends the run before anything else.
void refuse_placeholders(const RunFlags& flags, Profile& profile) {
  const std::string hole = placeholder_in(profile);
  if (hole.empty()) return;
  if (!flags.plan_only) throw InputError(hole + ".");
  profile.warnings.push_back(hole);
}

int tell_plan(const RunFlags& flags, RunOptions& options) {
  const bool may_create = options.profile.may_create;
  options.profile.may_create = true;  // of the copy that is planned with
  const Plan planned = plan_of(options);
  options.profile.may_create = may_create;
  require_matches(planned);
  std::fputs(plan_view(planned, options, flags.verbose, flags.lang).c_str(), stdout);
  return 0;
}

}  // namespace

int run(const RunFlags& flags) {
  check_against(flags);
  Setup setup = set_up(flags, flags.plan_only ? Keys::optional : Keys::required);
  refuse_placeholders(flags, setup.run.profile);
  std::optional<Known> known;
  if (!flags.known.empty()) known = load_known(flags.known);
  narrow(flags, setup.run);
  if (flags.plan_only) return tell_plan(flags, setup.run);
  std::optional<Trace> trace;  // outlives the workers
  Run run(std::move(setup.run));
  require_matches(run.plan());
  if (known) check_known(*known, run);
  start_gtest(flags);
  register_tests(run);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();

  make_folder(flags.out);
  clear(flags.out);
  if (!flags.trace.empty()) trace.emplace(flags.trace, system_clock());
  Conduct conduct(flags, known, run);
  const int status = conduct.to_the_end();
  if (flags.against.empty()) return status;
  return run_against(flags, run, conduct.report(), status, conduct.style());
}

}  // namespace flowlog::cli

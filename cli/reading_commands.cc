// Commands that read reports and make others of them.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "base/clock.h"
#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "reports/chinese.h"
#include "reports/diff.h"
#include "reports/events.h"
#include "reports/exit_status.h"
#include "reports/files.h"
#include "reports/github.h"
#include "reports/known.h"
#include "reports/merge.h"
#include "reports/printable.h"
#include "reports/write_all.h"

namespace flowlog::cli {
namespace {

// What `report` and `merge` share. Returns the exit status that the report stands for; where not
// all could be written, never that of a good one.
template <class Flags>
int write(Report report, const Flags& flags) {
  if (!flags.require.empty()) report.require = flags.require;
  Written written = write_all(report, flags.out, flags.lang);
  write_single(report, flags.single, flags.lang, written);
  Report kept;
  const std::string summary = tell_github(as_told(report, flags.lang, kept), flags.lang, stdout);
  if (!summary.empty()) written.failures.push_back(summary);
  for (const std::string& failure : written.failures) complain(failure);
  for (const std::string& file : written.files) fmt::print("{}\n", file);
  for (const std::string& notice : report.notices) fmt::print("{}\n", printable(notice));
  fmt::print("{}\n", verdict_line(report, flags.lang));
  const ExitStatus end = exit_status(report);
  const bool green = end == ExitStatus::conformant && !written.failures.empty();
  return static_cast<int>(green ? ExitStatus::no_verdict : end);
}

}  // namespace

int report(const ReportFlags& flags) {
  return write(load_report(flags.file), flags);
}

int diff(const DiffFlags& flags) {
  const Diff found = flowlog::diff(load_report(flags.before), load_report(flags.after));
  std::fputs(text(found, detect_style(STDOUT_FILENO, {})).c_str(), stdout);
  return found.worse() ? 1 : 0;
}

int merge(const MergeFlags& flags) {
  std::vector<std::pair<std::string, Report>> shards;
  for (const std::string& file : flags.files) shards.emplace_back(file, load_report(file));
  return write(flowlog::merge(shards), flags);
}

int known(const KnownFlags& flags) {
  const Report report = load_report(flags.report);
  const std::string today = iso_time(system_clock().wall()).substr(0, 10);
  if (flags.expires < today) {
    throw InputError(fmt::format("--expires: {} is over; today is {} (UTC)", flags.expires, today));
  }
  const std::string text = known_file(report, flags.expires, flags.ticket);
  (void)parse_known(text, flags.write);  // what is written can be read
  const std::string trouble = write_whole_file(flags.write, text);
  if (!trouble.empty()) throw InputError(trouble);
  fmt::print("{}\n", flags.write);
  return 0;
}

}  // namespace flowlog::cli

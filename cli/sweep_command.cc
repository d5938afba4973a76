#include <fmt/format.h>

#include <filesystem>

#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "reports/printable.h"
#include "resources/journal.h"
#include "resources/sweep.h"

namespace flowlog::cli {
namespace {

void print(const char* what, const std::vector<Leftover>& list) {
  for (const Leftover& one : list) {
    fmt::print(
        "{}: {} on {} (account {}, name {}){}{}\n", what,
        one.flow_log_id.empty() ? "a flow log without a known id" : printable(one.flow_log_id),
        printable(one.resource_id), printable(one.account), printable(one.name),
        one.reason.empty() ? "" : ": ", printable(one.reason));
  }
}

std::string no_journal(const std::string& dir) {
  return fmt::format(
      "There is no journal in {}: nothing can be proved to be of an earlier run. Runs that kept "
      "theirs elsewhere are named by --state.",
      dir);
}

// What may stand, by endpoint, without asking any.
int tell_all(const std::string& dir) {
  const auto journal = Journal::look(dir, system_clock());
  if (journal == nullptr) {
    fmt::print("{}\n", no_journal(dir));
    return 0;
  }
  fmt::print("Journal: {}/journal.db\n", dir);
  const auto entries = journal->open_entries();
  for (const JournalEntry& entry : entries) {
    fmt::print(
        "{} region {} account {}: {} on {}, asked for at {}\n", printable(entry.owner.endpoint),
        printable(entry.owner.region), printable(entry.owner.account),
        entry.flow_log_id.empty() ? "a flow log without a known id" : printable(entry.flow_log_id),
        printable(entry.resource_id), iso_time(entry.intended));
  }
  fmt::print("{} that stand or may stand; sweep each endpoint with its profile.\n", entries.size());
  return 0;
}

int sweep_endpoint(const SweepFlags& flags, const std::string& dir) {
  const Setup setup = set_up(flags.run);
  const RunOptions& run = setup.run;
  const Endpoint endpoint = parse_endpoint(run.profile.endpoint);
  Clock& clock = system_clock();
  const auto journal = flags.dry_run || !std::filesystem::exists(dir + "/journal.db")
                           ? Journal::look(dir, clock)
                           : Journal::open(dir, clock, run.on_wait);
  if (journal == nullptr) {
    fmt::print("{}\n", no_journal(dir));
    return 0;
  }
  fmt::print("Journal: {}/journal.db\n", dir);
  Pacer pacer(rate_of(run), clock);
  Budget budget({}, clock);
  Client client(
      client_options(run, endpoint), [&] { return make_http_transport(endpoint, run.transport); },
      clock, pacer, budget);
  const auto session = client.open();
  SweepOptions options;
  options.dry_run = flags.dry_run;
  const Swept swept = flowlog::sweep(run.service, run.profile, *journal, *session, clock, options);
  print(flags.dry_run ? "would delete" : "ours", swept.found);
  if (!flags.dry_run) print("deleted", swept.deleted);
  print(flags.dry_run ? "may stand" : "left behind", swept.left);
  fmt::print(
      "{} found, {} deleted, {} left; {} belong to runs that are under way, {} to other "
      "endpoints or accounts{}.\n",
      swept.found.size(), swept.deleted.size(), swept.left.size(), swept.in_use, swept.elsewhere,
      swept.elsewhere > 0 ? " (sweep --all --dry-run lists them)" : "");
  return !flags.dry_run && !swept.left.empty() ? 4 : 0;
}

}  // namespace

int sweep(const SweepFlags& flags) {
  const std::string dir = state_dir(flags.run.state);
  if (flags.all) {
    if (!flags.dry_run) {
      throw InputError("--all is for --dry-run: to delete, name each endpoint by its profile.");
    }
    return tell_all(dir);
  }
  if (flags.run.profile.empty() && flags.run.endpoint.empty()) {
    throw InputError(
        "sweep needs --profile or --endpoint: the embedded mock leaves nothing behind.");
  }
  return sweep_endpoint(flags, dir);
}

}  // namespace flowlog::cli

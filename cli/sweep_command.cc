#include <fmt/format.h>

#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "resources/journal.h"
#include "resources/sweep.h"

namespace flowlog::cli {
namespace {

void print(const char* what, const std::vector<Leftover>& list) {
  for (const Leftover& one : list) {
    fmt::print("{}: {} on {} (account {}, name {}){}{}\n", what,
               one.flow_log_id.empty() ? "a flow log without a known id" : one.flow_log_id,
               one.resource_id, one.account, one.name, one.reason.empty() ? "" : ": ", one.reason);
  }
}

}  // namespace

int sweep(const SweepFlags& flags) {
  if (flags.run.profile.empty() && flags.run.endpoint.empty()) {
    throw InputError(
        "sweep needs --profile or --endpoint: the embedded mock leaves nothing behind.");
  }
  const Setup setup = set_up(flags.run);
  const RunOptions& run = setup.run;
  const Endpoint endpoint = parse_endpoint(run.profile.endpoint);
  Clock& clock = system_clock();
  Pacer pacer(rate_of(run), clock);
  Budget budget({}, clock);
  Client client(
      client_options(run, endpoint), [&] { return make_http_transport(endpoint, run.transport); },
      clock, pacer, budget);
  const auto journal = Journal::open(state_dir(run.state_dir), clock);
  const auto session = client.open();
  SweepOptions options;
  options.dry_run = flags.dry_run;
  const Swept swept = flowlog::sweep(run.api, run.profile, *journal, *session, clock, options);
  print(flags.dry_run ? "would delete" : "ours", swept.found);
  if (!flags.dry_run) print("deleted", swept.deleted);
  print("left behind", swept.left);
  fmt::print(
      "{} found, {} deleted, {} left; {} belong to runs that are under way, {} to other "
      "endpoints or accounts.\n",
      swept.found.size(), swept.deleted.size(), swept.left.size(), swept.in_use, swept.elsewhere);
  return !flags.dry_run && !swept.left.empty() ? 4 : 0;
}

}  // namespace flowlog::cli

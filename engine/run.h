// One run from options to report: preflight, plan, engine, clean-up.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "client/client.h"
#include "client/transport.h"
#include "engine/engine.h"
#include "engine/plan.h"
#include "profiles/profile.h"
#include "reports/report.h"
#include "resources/journal.h"
#include "specs/contract.h"
#include "specs/load.h"
#include "specs/service.h"

namespace flowlog {

struct RunOptions {
  Profile profile;
  Service service = built_in_service();
  std::vector<std::string> actions;  // of the service, that are judged; empty: the creating one
  Catalog catalog;                   // what the plan chooses from
  PlanOptions plan;
  std::function<void(Plan&)> change_plan;  // before anything is sent; or none
  std::uint64_t seed = 0;
  int random_cases = 1;
  int max_shrinks = 60;
  int concurrency = 0;             // 0: the profile's, else 8
  double requests_per_second = 0;  // 0: the profile's
  long max_requests = 0;           // 0: the profile's
  long max_creates = 0;
  Duration time_budget{0};
  Duration timeout = std::chrono::seconds(10);  // of one request
  bool strict = false;
  bool embedded = false;    // the endpoint ends with the process: no journal on disk
  std::string state_dir;    // override of where the journal lives
  Journal::OnWait on_wait;  // hears that the journal is locked by another process; or none
  TransportOptions transport;
  TransportFactory factory;                         // instead of HTTP; for tests
  std::string version;                              // of the program
  std::string command = "flowlog-conformance run";  // begins the commands that repeat a check
  std::string curl_options;  // of the lines that repeat a request: "--cacert 'ca.pem'"
};

// Names of the actions that are judged, in the service's order.
std::vector<std::string> actions_of(const RunOptions& options);

// The checks of one action, which `options.service` has. Ids and rows of other actions than the
// creating one begin with the action: "DeleteFlowLog:param.FlowLogId.exists/unknown-id". Throws
// std::logic_error when two have one id. They refer to the options' service, which outlives them.
std::vector<Check> checks_of(const Catalog& catalog, CatalogOptions options,
                             const std::string& action);
// Those of all actions that are judged, in their order.
std::vector<Check> checks_of(const RunOptions& options);
// What a run with these options will do; requests that checks share are counted once.
Plan plan_of(const RunOptions& options);
// Every shard runs the controls that it leans on; only the one they belong to tells of them. The
// ids of those that this one does not.
std::set<std::string> controls_of_others(const RunOptions& options, const Plan& plan);
// "CreateFlowLog 2020-04-01 (page …)"; of several actions "A, B 2020-04-01 (page of A; page of B)".
std::string contracts_of(const RunOptions& options);

// How a run, and whatever follows one, speaks to the profile's endpoint.
ClientOptions client_options(const RunOptions& options, const Endpoint& endpoint);
double rate_of(const RunOptions& options);  // requests a second; 0: as many as there are

// Not thread-safe but for interrupt(), end() and so_far().
class Run {
 public:
  // Throws InputError: an endpoint that is none, a journal that cannot be opened.
  explicit Run(RunOptions options, Clock& clock = system_clock());
  ~Run();

  const Plan& plan() const;
  const RunOptions& options() const;
  int concurrency() const;
  // A report with everything known beforehand: what events and consoles begin with.
  Report heading() const;

  // Returns the trouble that keeps the run from beginning, or "". Throws nothing.
  std::string begin(std::function<void(const CheckResult&)> on_result);
  // Waits for one check of the plan. REQUIRES: begin() returned "".
  CheckResult wait(std::size_t index);
  // Stops sending; clean-up and report still follow. From any thread.
  void interrupt();
  // From any thread: no check begins any more, for this reason; the run is whole all the same.
  void end(const std::string& why);
  // What finish() would tell if it were over now: clean-up is under way, and what stands is told as
  // left behind. From any thread.
  Report so_far();
  // Waits for the rest, cleans up, and tells all, whatever failed on the way. To be called once,
  // also after trouble.
  Report finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace flowlog

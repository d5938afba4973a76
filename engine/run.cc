#include "engine/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

#include "base/counted.h"
#include "base/fault.h"
#include "engine/common_cause.h"
#include "engine/coverage.h"
#include "engine/preflight.h"
#include "engine/result.h"
#include "engine/run_context.h"
#include "resources/journal.h"
#include "resources/service_client.h"
#include "resources/sweep.h"

namespace flowlog {
namespace {

constexpr int kDefaultConcurrency = 8;
constexpr const char* kNothingKnown =
    "Nothing is created where it cannot be read what stands: DescribeFlowLogs must answer as "
    "documented.";

std::vector<std::string> secrets_of(const Profile& profile) {
  std::vector<std::string> secrets;
  for (const auto& [name, account] : profile.accounts) {
    const Credentials& c = account.credentials;
    for (const std::string& secret : {c.secret_key, c.session_token, c.access_key}) {
      secrets.push_back(secret);
    }
  }
  return secrets;
}

Limits limits_of(const RunOptions& options) {
  const auto either = [](long own, long profile) { return own > 0 ? own : profile; };
  return {either(options.max_requests, options.profile.max_requests),
          either(options.max_creates, options.profile.max_creates), options.time_budget};
}

TrackerOptions tracker_options(const RunOptions& options) {
  TrackerOptions tracker;
  // What the profile grants a creation, a deletion gets as well.
  const std::chrono::duration<double> granted(options.profile.active_timeout_s);
  tracker.patience =
      std::max<Duration>(std::chrono::seconds(5), std::chrono::duration_cast<Duration>(granted));
  return tracker;
}

int places_of(const RunOptions& options) {
  const int own = options.profile.flow_log_quota;
  const int documented = options.service.quota();
  if (own > 0) return own;
  return documented > 0 ? documented : 10;
}

// Keeps every resource that the suite may create on; a sentence when another run has one.
std::string keep_resources(const Profile& profile, const Journal& journal,
                           std::vector<std::unique_ptr<FileLock>>& kept) {
  std::set<std::string> seen;
  for (const auto& [name, account] : profile.accounts) {
    for (const auto& [type, ids] : profile.resources_of(account).free) {
      for (const std::string& id : ids) {
        if (!seen.insert(id).second) continue;
        kept.push_back(journal.keep(owner_of(profile, account), id));
        if (kept.back() != nullptr) continue;
        return fmt::format(
            "Another run on this machine is using {} at {}: wait until it has ended, or give this "
            "run a profile with resources of its own.",
            id, profile.endpoint);
      }
    }
  }
  return "";
}

std::string short_run(const std::string& run) {
  std::string out;
  for (const char c : run) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  return out.size() > 10 ? out.substr(out.size() - 10) : out;
}

}  // namespace

ClientOptions client_options(const RunOptions& options, const Endpoint& endpoint) {
  ClientOptions client;
  set_service(client, options.service);
  client.endpoint = endpoint;
  client.scope = {options.profile.region, options.profile.service};
  client.user_agent = "flowlog-conformance/" + options.version;
  client.timeout = options.timeout;
  return client;
}

double rate_of(const RunOptions& options) {
  return options.requests_per_second > 0 ? options.requests_per_second
                                         : options.profile.requests_per_second;
}

struct Run::Parts {
  Parts(RunOptions given, Clock& the_clock)
      : options(std::move(given)),
        clock(the_clock),
        endpoint(parse_endpoint(options.profile.endpoint)),
        redactor(secrets_of(options.profile)),
        pacer(rate_of(options), clock),
        budget(limits_of(options), clock),
        client(client_options(options, endpoint), factory(), clock, pacer, budget),
        journal(options.embedded || !options.profile.may_create
                    ? Journal::in_memory(clock)
                    : Journal::open(flowlog::state_dir(options.state_dir), clock, options.on_wait)),
        tracker(options.service, options.profile, *journal, clock, tracker_options(options)),
        lease_pool(options.profile, places_of(options)),
        monitor(options.service, {options.profile.region, options.profile.service}, redactor),
        run_context{.service = options.service,
                    .profile = options.profile,
                    .client = client,
                    .tracker = tracker,
                    .lease_pool = lease_pool,
                    .monitor = monitor,
                    .redactor = redactor,
                    .clock = clock,
                    .seed = options.seed,
                    .max_shrinks = options.max_shrinks,
                    .strict = options.strict,
                    .run = short_run(journal->run()),
                    .profile_is_certain = options.embedded},
        plan(plan_of(options)),
        started(clock.wall()),
        start(clock.now()) {
    if (options.change_plan) options.change_plan(plan);
    client.observer = [this](Exchange& exchange, const Call& call) {
      exchange.understood = monitor.see(call, exchange);
    };
  }

  TransportFactory factory() const {
    if (options.factory) return options.factory;
    return [this] { return make_http_transport(endpoint, options.transport); };
  }

  int concurrency() const {
    if (options.concurrency > 0) return options.concurrency;
    return options.profile.concurrency > 0 ? options.profile.concurrency : kDefaultConcurrency;
  }

  void begin(std::function<void(const CheckResult&)> on_result);
  void launch(std::unique_ptr<Engine> made);
  void finish_checks(Report& report);
  void clean_up(Report& report);
  void tell_traffic(Report& report) const;

  RunOptions options;
  Clock& clock;
  Endpoint endpoint;
  Redactor redactor;
  Pacer pacer;
  Budget budget;
  Client client;
  std::unique_ptr<Journal> journal;
  std::vector<std::unique_ptr<FileLock>> kept;
  Tracker tracker;
  LeasePool lease_pool;
  ResponseMonitor monitor;
  RunContext run_context;
  Plan plan;
  std::unique_ptr<Client::Session> session;
  std::mutex birth;  // of the engine, against interrupt()
  std::unique_ptr<Engine> engine;
  Preflight before;
  WallTime started;
  Instant start;
  std::atomic<bool> interrupted{false};
};

namespace {

void drop(const std::set<std::string>& ids, std::vector<CheckResult>& results) {
  std::erase_if(results, [&](const CheckResult& result) { return ids.contains(result.id); });
}

CheckResult result_of(const Preflight& before) {
  CheckResult result;
  result.id = "run.preflight";
  result.title = {"The endpoint answers a signed call", "终端节点应答已签名的请求"};
  result.message = before.trouble;
  result.example = before.exchange;
  if (before.trouble.empty()) {
    result.verdict = Verdict::deviating;
    result.standing = std::string(name(Standing::related));
    result.expected = "an answer as documented";
    result.observed = before.deviation;
    result.message = "The answer is this API's, but not of the documented shape.";
  }
  return result;
}

}  // namespace

Run::Run(RunOptions options, Clock& clock)
    : parts_(std::make_unique<Parts>(std::move(options), clock)) {}
Run::~Run() = default;

const Plan& Run::plan() const {
  return parts_->plan;
}
const RunOptions& Run::options() const {
  return parts_->options;
}
int Run::concurrency() const {
  return parts_->concurrency();
}

Report Run::heading() const {
  const RunOptions& options = parts_->options;
  Report report;
  report.program_version = options.version;
  report.endpoint = parts_->endpoint.url();
  report.embedded = options.embedded;
  report.profile = options.profile.name;
  report.region = options.profile.region;
  report.contract = contracts_of(options);
  report.seed = std::to_string(options.seed);
  if (options.plan.shards > 1) {
    report.shard = fmt::format("{}/{}", options.plan.shard, options.plan.shards);
  }
  report.started = iso_time(parts_->started);
  report.planned =
      static_cast<int>(std::ranges::count(parts_->plan.checks, false, &PlannedCheck::added));
  report.strict = options.strict;
  report.curl_options = options.curl_options;
  report.notices = options.profile.warnings;
  report.rows = rows(options.service, actions_of(options));
  return report;
}

// Returns with `trouble` set, or with the engine at work.
void Run::Parts::begin(std::function<void(const CheckResult&)> on_result) {
  session = client.open();
  if (options.profile.account("default") != nullptr && options.profile.may_create &&
      !options.embedded) {
    before.trouble = keep_resources(options.profile, *journal, kept);
    if (!before.trouble.empty()) return;
    // What an earlier run left behind is in the way of this one.
    SweepOptions sweeping;
    sweeping.tracker = tracker_options(options);
    sweep(options.service, options.profile, *journal, *session, clock, sweeping);
  }
  before = preflight(run_context, *session);
  if (!before.trouble.empty()) return;
  if (!before.may_create) {
    for (PlannedCheck& planned : plan.checks) {
      if (planned.check.creates && planned.skipped.empty()) planned.skipped = kNothingKnown;
    }
  }
  EngineOptions engine_options;
  engine_options.concurrency = concurrency();
  engine_options.command = options.command;
  engine_options.on_result = std::move(on_result);
  launch(std::make_unique<Engine>(run_context, plan, std::move(engine_options)));
}

// An interruption meets the engine, or the engine meets the interruption.
void Run::Parts::launch(std::unique_ptr<Engine> made) {
  {
    const std::lock_guard lock(birth);
    engine = std::move(made);
    if (interrupted) engine->stop();
  }
  engine->start();
}

std::string Run::begin(std::function<void(const CheckResult&)> on_result) {
  Parts& p = *parts_;
  const std::string fault = fault_of([&] { p.begin(std::move(on_result)); });
  if (!fault.empty()) p.before.trouble = fmt::format("The run could not begin: {}.", fault);
  return p.before.trouble;
}

CheckResult Run::wait(std::size_t index) {
  return parts_->engine->wait(index);
}

void Run::interrupt() {
  parts_->interrupted = true;
  parts_->journal->hurry();
  {
    const std::lock_guard lock(parts_->birth);
    if (parts_->engine != nullptr) parts_->engine->stop();
  }
  const Instant now = parts_->clock.now();
  parts_->client.cancel(now + tracker_options(parts_->options).after_stop);
}

void Run::end(const std::string& why) {
  const std::lock_guard lock(parts_->birth);
  if (parts_->engine != nullptr) parts_->engine->end(why);
}

// Every check that was begun has ended when this returns.
void Run::Parts::finish_checks(Report& report) {
  if (engine != nullptr) {
    report.checks = engine->finish();
    drop(controls_of_others(options, plan), report.checks);
    name_common_causes(
        options.service,
        [this](const std::string& id) { return run_context.claims.never_accepted(id); },
        report.checks);
    for (const std::string& said : {engine->fewer_workers(), engine->grouped()}) {
      if (!said.empty()) report.notices.push_back(said);
    }
  }
  if (engine == nullptr || !before.deviation.empty()) report.checks.push_back(result_of(before));
}

void Run::Parts::clean_up(Report& report) {
  const std::string fault = fault_of([&] {
    if (session != nullptr) tracker.clean_up(*session);
  });
  if (!fault.empty()) report.notices.push_back(fmt::format("Clean-up ended early: {}.", fault));
  report.leftover = tracker.leftovers();
}

void Run::Parts::tell_traffic(Report& report) const {
  const Traffic traffic = client.traffic();
  report.requests = traffic.requests;
  report.created = tracker.made();
  report.throttled = traffic.throttled;
  if (traffic.throttled > 0) {
    report.notices.push_back(
        fmt::format("The endpoint throttled {}; the run slowed down to {:.1f} a second.",
                    counted(traffic.throttled, "request"), traffic.paced_to));
  }
  // What deviated before stays proven.
  const bool deviates = std::ranges::find(report.checks, Verdict::deviating,
                                          &CheckResult::verdict) != report.checks.end();
  const auto end_with = [&](const std::string& why) {
    (deviates || !report.trouble.empty() ? report.notices.emplace_back() : report.trouble) = why;
  };
  const std::string fault = run_context.claims.fault();
  if (!fault.empty()) end_with(fault);
  if (client.gone() && report.trouble.empty()) {
    end_with(fmt::format(
        "{} stopped answering: {} times in a row no connection came about, and nothing more was "
        "sent.",
        endpoint.url(), Client::kUnreachedUntilGone));
  }
  if (const auto spent = budget.spent()) report.notices.push_back(*spent);
  if (!journal->trouble().empty()) report.notices.push_back(journal->trouble());
}

Report Run::so_far() {
  Parts& p = *parts_;
  Report report = heading();
  {
    const std::lock_guard lock(p.birth);
    if (p.engine != nullptr) {  // and the preflight is over
      report.checks = p.engine->so_far();
      drop(controls_of_others(p.options, p.plan), report.checks);
    }
  }
  report.leftover = p.tracker.leftovers();
  p.tell_traffic(report);
  report.complete = false;
  report.seconds = std::chrono::duration<double>(p.clock.now() - p.start).count();
  tally_rows(report);
  return report;
}

Report Run::finish() {
  Parts& p = *parts_;
  Report report = heading();
  report.trouble = p.before.trouble;
  for (const std::string& notice : p.before.notices) report.notices.push_back(notice);
  p.finish_checks(report);
  p.clean_up(report);
  p.kept.clear();  // the next run in this process may have them
  p.tell_traffic(report);
  report.complete = !p.interrupted;
  report.seconds = std::chrono::duration<double>(p.clock.now() - p.start).count();
  tally_rows(report);
  return report;
}

}  // namespace flowlog

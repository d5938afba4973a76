#include "mutation/simulation.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/engine.h"
#include "engine/run.h"
#include "generators/placeholders.h"
#include "generators/requests.h"
#include "mock/action_deviations.h"
#include "mock/deviations.h"
#include "mock/profile.h"
#include "mock/seed.h"
#include "mock/service.h"
#include "mock/variants.h"
#include "resources/journal.h"
#include "resources/service_client.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog::mutation {

// Starts at the machine's time; moves on with each sleep, and a little with each look.
class LeapingClock final : public Clock {
 public:
  WallTime wall() override {
    const std::lock_guard lock(mutex_);
    return wall_ + std::chrono::duration_cast<WallTime::duration>(now_ - start_);
  }
  Instant now() override {
    const std::lock_guard lock(mutex_);
    return now_ += std::chrono::microseconds(1);
  }
  void sleep_until(Instant when) override {
    const std::lock_guard lock(mutex_);
    now_ = std::max(now_, when);
  }

 private:
  std::mutex mutex_;
  const Instant start_ = system_clock().now();
  const WallTime wall_ = system_clock().wall();
  Instant now_ = start_;
};

namespace {

constexpr const char* kUrl = "http://127.0.0.1:8080";
constexpr const char* kRegion = "cn-beijing";
constexpr int kResources = 12;  // as many as the mock has by itself
const mock::Timing kTiming{std::chrono::milliseconds(100), std::chrono::milliseconds(10),
                           Duration(0)};

// A connection that ends in this process.
class Line final : public Transport {
 public:
  explicit Line(mock::Service& service) : service_(service) {}
  Answered send(const WireRequest& wire, Instant) override {
    mock::HttpResponse response =
        service_.answer({wire.method, wire.target, wire.headers, wire.body});
    return WireResponse{response.status, std::move(response.headers), std::move(response.body)};
  }
  void cancel() override {}

 private:
  mock::Service& service_;
};

void apply(const std::string& id, const std::vector<mock::Choice>& choices,
           const std::vector<mock::Choice>& of_actions, mock::Behaviour& behaviour) {
  if (id.empty()) return;
  for (const auto* table : {&choices, &of_actions}) {
    for (const mock::Choice& choice : *table) {
      if (choice.id == id) return choice.apply(behaviour);
    }
  }
  throw std::invalid_argument("the mock has no choice " + id);
}

mock::Behaviour behaviour_of(const SimulationOptions& options) {
  static const auto deviations = mock::action_deviations(built_in_service());
  static const auto variants = mock::action_variants(built_in_service());
  mock::Behaviour behaviour;
  apply(options.variant, mock::variants(), variants, behaviour);
  apply(options.deviation, mock::deviations(), deviations, behaviour);
  return behaviour;
}

ClientOptions client_options(const Profile& profile) {
  ClientOptions options;
  set_service(options, built_in_service());
  options.endpoint = parse_endpoint(profile.endpoint);
  options.scope = {profile.region, profile.service};
  return options;
}

// What an honest mock tells of itself, whatever contract is served; without its word on the quota,
// which is a fact of the contract.
Profile honest_profile(Clock& clock) {
  const mock::Behaviour honest;
  const flowlog::Service& truth = built_in_service();
  mock::Service service(truth, honest, kTiming, clock, mock::seed_accounts(truth, kResources),
                        kRegion, 0);
  Profile profile = load_profile(mock::make_profile(service.backend(), kUrl, kRegion).dump(),
                                 "the mock's profile");
  profile.flow_log_quota = 0;
  return profile;
}

}  // namespace

struct Simulation::Parts {
  Parts(flowlog::Service given, const SimulationOptions& options)
      : behaviour(behaviour_of(options)),
        served(std::move(given)),
        service(this->served, behaviour, kTiming, clock,
                mock::seed_accounts(built_in_service(), kResources), kRegion, 0),
        profile(honest_profile(clock)),
        options(options) {
    client.observer = [this](Exchange& exchange, const Call& call) {
      exchange.understood = monitor.see(call, exchange);
    };
  }

  LeapingClock clock;
  const mock::Behaviour behaviour;
  const flowlog::Service served;
  mock::Service service;
  const Profile profile;
  const Redactor redactor{{}};
  Pacer pacer{0, clock};
  Budget budget{{}, clock};
  Client client{client_options(profile), [this] { return std::make_unique<Line>(service); }, clock,
                pacer, budget};
  const std::unique_ptr<Journal> journal = Journal::in_memory(clock);
  Tracker tracker{built_in_service(), profile, *journal, clock};
  ResponseMonitor monitor{built_in_service(), {profile.region, profile.service}, redactor};
  const SimulationOptions options;
  std::uint64_t next = 0;  // as RunContext::next
};

Simulation::Simulation(const flowlog::Service& served, const SimulationOptions& options)
    : parts_(std::make_unique<Parts>(served, options)) {}
Simulation::Simulation(const SimulationOptions& options)
    : parts_(std::make_unique<Parts>(built_in_service(), options)) {}
Simulation::~Simulation() = default;

Plan Simulation::whole_plan(const SimulationOptions& options, const std::string& action) {
  const Simulation simulation;
  const Profile& profile = simulation.parts_->profile;
  const flowlog::Service& service = built_in_service();
  return plan(checks_of(catalog, {&service, &profile, options.seed, options.random_cases},
                        action.empty() ? service.creator().name : action),
              profile, {});
}

CheckResult Simulation::run(const PlannedCheck& planned) {
  Plan plan;
  plan.checks.push_back(planned);
  return run(plan).front();
}

std::vector<CheckResult> Simulation::run(const Plan& plan, int concurrency) {
  Parts& p = *parts_;
  LeasePool lease_pool(p.profile,
                       built_in_service().quota());  // an engine that ends stops its pool
  RunContext run_context{.service = built_in_service(),
                         .profile = p.profile,
                         .client = p.client,
                         .tracker = p.tracker,
                         .lease_pool = lease_pool,
                         .monitor = p.monitor,
                         .redactor = p.redactor,
                         .clock = p.clock,
                         .seed = p.options.seed,
                         .max_shrinks = p.options.max_shrinks,
                         .strict = false,
                         .run = "rehearsal",
                         .next = p.next};
  EngineOptions options;
  options.concurrency = concurrency;
  std::vector<CheckResult> results;
  {
    Engine engine(run_context, plan, options);
    engine.start();
    results = engine.finish();
  }
  p.next = run_context.next;
  return results;
}

void Simulation::leave_one_standing(const std::string& type) {
  const Profile& profile = parts_->profile;
  Params params = smallest_request(built_in_service().creator().contract, type);
  for (auto& [name, value] : params) {
    value = with_resource(std::move(value), type, profile.resources.free.at(type).front());
  }
  const Credentials& own = profile.account("default")->credentials;
  Call call;
  call.query = std::move(params);
  call.credentials = &own;
  parts_->client.open()->send(call);
}

long Simulation::requests() const {
  return parts_->service.requests();
}

}  // namespace flowlog::mutation

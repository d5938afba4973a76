#include "score/rehearsal.h"

#include <mutex>
#include <nlohmann/json.hpp>

#include "client/journal.h"
#include "generators/placeholders.h"
#include "generators/requests.h"
#include "mock/deviations.h"
#include "mock/profile.h"
#include "mock/seed.h"
#include "mock/service.h"
#include "specs/load.h"
#include "suites/engine.h"

namespace flowlog::score {

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
    mock::Response response = service_.answer({wire.method, wire.target, wire.headers, wire.body});
    return WireResponse{response.status, std::move(response.headers), std::move(response.body)};
  }
  void cancel() override {}

 private:
  mock::Service& service_;
};

// REQUIRES: `deviation` is one of mock::deviations(), or empty.
mock::Behaviour behaviour_of(const std::string& deviation) {
  mock::Behaviour behaviour;
  for (const mock::Choice& choice : mock::deviations()) {
    if (choice.id == deviation) choice.apply(behaviour);
  }
  return behaviour;
}

ClientOptions client_options(const Profile& profile) {
  ClientOptions options;
  options.endpoint = parse_endpoint(profile.endpoint);
  options.scope = {profile.region, profile.service};
  return options;
}

// Without the mock's word on the quota, which is a fact of the contract.
Profile profile_of(const mock::World& world) {
  Profile profile =
      load_profile(mock::make_profile(world, kUrl, kRegion).dump(), "the mock's profile");
  profile.flow_log_quota = 0;
  return profile;
}

}  // namespace

struct Rehearsal::Parts {
  Parts(const Api& served, const RehearsalOptions& options)
      : behaviour(behaviour_of(options.deviation)),
        service(served, behaviour, kTiming, clock, mock::seed_accounts(kResources), kRegion, 0),
        profile(profile_of(service.world())),
        options(options) {
    client.observer = [this](const Exchange& exchange, const Call& call) {
      watch.see(call, exchange);
    };
  }

  LeapingClock clock;
  const mock::Behaviour behaviour;
  mock::Service service;
  const Profile profile;
  const Redactor redactor{{}};
  Pacer pacer{0, clock};
  Budget budget{{}, clock};
  Client client{client_options(profile), [this] { return std::make_unique<Line>(service); }, clock,
                pacer, budget};
  const std::unique_ptr<Journal> journal = Journal::in_memory(clock);
  Keeper keeper{built_in_api(), profile, *journal, clock};
  Watch watch{built_in_api(), {profile.region, profile.service}, redactor};
  const RehearsalOptions options;
  std::uint64_t next = 0;  // as Bench::next
};

Rehearsal::Rehearsal(const Api& served, const RehearsalOptions& options)
    : parts_(std::make_unique<Parts>(served, options)) {}
Rehearsal::~Rehearsal() = default;

Plan Rehearsal::whole_plan(const RehearsalOptions& options) {
  const Rehearsal rehearsal(built_in_api());
  const Api& api = built_in_api();
  return plan({&api, &rehearsal.parts_->profile, options.seed, options.random_cases}, {});
}

CheckResult Rehearsal::run(const Planned& planned) {
  Plan plan;
  plan.checks.push_back(planned);
  return run(plan).front();
}

std::vector<CheckResult> Rehearsal::run(const Plan& plan, int concurrency) {
  Parts& p = *parts_;
  Pool pool(p.profile, built_in_api().create.quota);  // an engine that ends stops its pool
  Bench bench{.api = built_in_api(),
              .profile = p.profile,
              .client = p.client,
              .keeper = p.keeper,
              .pool = pool,
              .watch = p.watch,
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
    Engine engine(bench, plan, options);
    engine.start();
    results = engine.finish();
  }
  p.next = bench.next;
  return results;
}

void Rehearsal::leave_one_standing(const std::string& type) {
  const Profile& profile = parts_->profile;
  Params params = smallest_request(built_in_api().create, type);
  for (auto& [name, value] : params) {
    value = with_resource(std::move(value), type, profile.resources.free.at(type).front());
  }
  const Credentials& own = profile.account("default")->credentials;
  Call call;
  call.query = std::move(params);
  call.credentials = &own;
  parts_->client.open()->send(call);
}

long Rehearsal::requests() const {
  return parts_->service.requests();
}

}  // namespace flowlog::score

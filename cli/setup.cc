#include "cli/setup.h"

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "base/json_node.h"
#include "base/text.h"
#include "cli/commands.h"
#include "client/proxy.h"
#include "reports/curl.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog::cli {
namespace {

std::uint64_t new_seed() {
  std::random_device device;
  // Short enough to be read aloud.
  return device() % 1'000'000'000;
}

void set_shard(const std::string& text, PlanOptions& plan) {
  if (text.empty()) return;
  int index = 0;
  int count = 0;
  char rest = 0;
  const int read = std::sscanf(text.c_str(), "%d/%d%c", &index, &count, &rest);
  if (read != 2 || count < 1 || index < 1 || index > count) {
    throw InputError("--shard: '" + text + "' is no part like 2/4, counted from 1.");
  }
  plan.shard = index;
  plan.shards = count;
}

Duration seconds(double s) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(s));
}

TransportOptions transport_of(const RunFlags& flags, const Profile& profile) {
  const Endpoint endpoint = parse_endpoint(profile.endpoint);
  TransportOptions transport;
  transport.ca_file = flags.ca_file;
  if (flags.insecure_anywhere && !flags.insecure) {
    throw InputError("--insecure-anywhere says something only together with --insecure.");
  }
  if (flags.insecure && !endpoint.loopback() && !flags.insecure_anywhere) {
    throw InputError(
        fmt::format("--insecure is for loopback addresses; for {} say "
                    "--insecure-anywhere too.",
                    endpoint.url()));
  }
  transport.insecure = flags.insecure;
  ProxyChoice proxy = proxy_for(endpoint, process_environment);
  transport.proxy = std::move(proxy.address);
  transport.proxy_variable = std::move(proxy.variable);
  return transport;
}

std::string command_of(const RunFlags& flags) {
  std::string command = "flowlog-conformance run";
  const auto add = [&command](const char* option, const std::string& value) {
    if (!value.empty()) command += fmt::format(" {} {}", option, shell_quote(value));
  };
  add("--profile", flags.profile);
  add("--endpoint", flags.endpoint);
  add("--contract", flags.contract);
  add("--action", join(flags.actions, ","));
  for (const std::string& id : flags.deviations) add("--deviation", id);
  for (const std::string& id : flags.variants) add("--variant", id);
  if (flags.cases != RunFlags{}.cases) command += fmt::format(" --cases {}", flags.cases);
  if (flags.strict) command += " --strict";
  return command;
}

}  // namespace

Api api_of(const std::string& contract_file) {
  return choose(contract_file, {}).service.api();
}

Chosen choose(const std::string& contract_file, const std::vector<std::string>& asked) {
  Chosen chosen;
  if (contract_file.empty()) {
    chosen.service = built_in_service();
  } else {
    ServiceFromFile given = service_with(contract_file);
    chosen.service = std::move(given.service);
    chosen.actions = {given.action};
  }
  if (asked.empty()) return chosen;
  chosen.actions.clear();
  std::vector<std::string> known;
  for (const Action& action : chosen.service.actions) known.push_back(action.name);
  for (const std::string& name : asked) {
    if (name == "all") {
      chosen.actions.insert(chosen.actions.end(), known.begin(), known.end());
      continue;
    }
    if (chosen.service.action(name) == nullptr) {
      throw InputError(fmt::format("--action: '{}' is no action of the service {}; it has {}.",
                                   name, chosen.service.name, join(known, ", ")));
    }
    chosen.actions.push_back(name);
  }
  return chosen;
}

Setup set_up(const RunFlags& flags) {
  if (!flags.profile.empty() && !flags.endpoint.empty()) {
    throw InputError("--profile and --endpoint: give one of them; a profile names its endpoint.");
  }
  Setup setup;
  RunOptions& run = setup.run;
  Chosen chosen = choose(flags.contract, flags.actions);
  run.api = chosen.service.api();
  run.service = std::move(chosen.service);
  run.actions = std::move(chosen.actions);
  run.catalog = catalog;
  run.embedded = flags.profile.empty() && flags.endpoint.empty();
  if (!run.embedded && !(flags.deviations.empty() && flags.variants.empty())) {
    throw InputError("--deviation and --variant are for the embedded mock only.");
  }
  if (!flags.profile.empty()) {
    run.profile = load_profile_file(flags.profile);
  } else if (!flags.endpoint.empty()) {
    run.profile = profile_of_endpoint(flags.endpoint);
  } else {
    mock::Options options;
    options.deviations = flags.deviations;
    options.variants = flags.variants;
    try {
      setup.mock = std::make_unique<mock::Mock>(run.service, options);
    } catch (const std::invalid_argument& e) {
      throw InputError(e.what());
    }
    run.profile = load_profile(setup.mock->profile().dump(), "the mock's profile");
  }
  run.plan.only = flags.only;
  set_shard(flags.shard, run.plan);
  run.seed = flags.seed.value_or(new_seed());
  run.random_cases = flags.cases;
  run.max_shrinks = flags.max_shrinks;
  run.concurrency = flags.concurrency;
  run.requests_per_second = flags.rps;
  run.max_requests = flags.max_requests;
  run.max_creates = flags.max_creates;
  run.time_budget = seconds(flags.time_budget_s);
  run.timeout = seconds(flags.timeout_s);
  run.strict = flags.strict;
  run.state_dir = flags.state;
  run.transport = transport_of(flags, run.profile);
  run.version = kVersion;
  run.command = command_of(flags);
  return setup;
}

}  // namespace flowlog::cli

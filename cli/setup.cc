#include "cli/setup.h"

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "base/json_node.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/complain.h"
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

// The option's check has seen to it that it is one.
void set_shard(const std::string& text, PlanOptions& plan) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return;
  plan.shard = std::stoi(text.substr(0, slash));
  plan.shards = std::stoi(text.substr(slash + 1));
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
  add("--ca", flags.ca_file);
  if (flags.insecure) command += " --insecure";
  if (flags.insecure_anywhere) command += " --insecure-anywhere";
  add("--state", flags.state);
  // Not where the report lies that it was read from.
  add("--out", flags.out + "-repeat");
  add("--action", join(flags.actions, ","));
  for (const std::string& id : flags.deviations) add("--deviation", id);
  for (const std::string& id : flags.variants) add("--variant", id);
  if (flags.cases != RunFlags{}.cases) command += fmt::format(" --cases {}", flags.cases);
  if (flags.strict) command += " --strict";
  return command;
}

// What curl needs beside the request to reach the endpoint in the same way.
std::string curl_options_of(const RunFlags& flags) {
  std::string options;
  if (!flags.ca_file.empty()) options += "--cacert " + shell_quote(flags.ca_file);
  if (flags.insecure) options += options.empty() ? "--insecure" : " --insecure";
  return options;
}

}  // namespace

Service service_of(const std::string& contract_file) {
  return choose(contract_file, {}).service;
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

void require_matches(const Plan& plan) {
  if (!plan.unmatched.empty()) {
    throw InputError(
        fmt::format("{} matches no check; 'flowlog-conformance list' names them all, with --rows "
                    "the rows.",
                    plan.unmatched));
  }
  if (plan.selected == 0) throw InputError("What --only, --row and --exclude leave is no check.");
}

Setup set_up(const RunFlags& flags, Keys keys) {
  if (!flags.profile.empty() && !flags.endpoint.empty()) {
    throw InputError("--profile and --endpoint: give one of them; a profile names its endpoint.");
  }
  Setup setup;
  RunOptions& run = setup.run;
  Chosen chosen = choose(flags.contract, flags.actions);
  run.service = std::move(chosen.service);
  run.actions = std::move(chosen.actions);
  run.catalog = catalog;
  run.embedded = flags.profile.empty() && flags.endpoint.empty();
  if (!run.embedded && !(flags.deviations.empty() && flags.variants.empty())) {
    throw InputError("--deviation and --variant are for the embedded mock only.");
  }
  if (!flags.profile.empty()) {
    run.profile = load_profile_file(flags.profile, keys == Keys::required);
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
  run.plan.rows = flags.rows;
  run.plan.exclude = flags.exclude;
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
  run.on_wait = [](const std::string& sentence) { complain(sentence); };
  run.transport = transport_of(flags, run.profile);
  run.version = kVersion;
  run.command = command_of(flags);
  run.curl_options = curl_options_of(flags);
  return setup;
}

}  // namespace flowlog::cli

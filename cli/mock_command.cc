#include <fmt/format.h>
#include <sys/stat.h>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/setup.h"
#include "cli/signals.h"
#include "mock/action_deviations.h"
#include "mock/deviations.h"
#include "mock/mock.h"
#include "mock/variants.h"
#include "reports/files.h"
#include "specs/load.h"

namespace flowlog::cli {
namespace {

void print(const std::vector<mock::Choice>& choices) {
  for (const mock::Choice& choice : choices) fmt::print("{}  {}\n", choice.id, choice.text);
}

mock::Options options_of(const MockFlags& flags) {
  mock::Options options;
  options.bind = flags.bind;
  options.port = flags.port;
  options.creating = std::chrono::milliseconds(flags.creating_ms);
  options.deleting = std::chrono::milliseconds(flags.deleting_ms);
  options.deviations = flags.deviations;
  options.variants = flags.variants;
  options.max_rps = flags.max_rps;
  options.latency = std::chrono::milliseconds(flags.latency_ms);
  options.state = flags.state;
  options.verbose = flags.verbose;
  return options;
}

void write_profile(const std::string& path, const mock::Mock& server) {
  const std::string trouble = write_whole_file(path, server.profile().dump(2) + "\n");
  if (!trouble.empty()) throw InputError(trouble);
  ::chmod(path.c_str(), 0600);  // it holds keys, if made-up ones
}

bool only_here(const std::string& bind) {
  return bind == "localhost" || bind == "::1" || bind.starts_with("127.");
}

void wait_for_signal() {
  std::mutex mutex;
  std::condition_variable stopped;
  bool stop = false;
  const SignalScope signals([&] {
    const std::lock_guard lock(mutex);
    stop = true;
    stopped.notify_all();
  });
  std::unique_lock lock(mutex);
  stopped.wait(lock, [&] { return stop; });
}

}  // namespace

int mock(const MockFlags& flags) {
  if (flags.list_deviations) {
    print(mock::deviations());
    print(mock::action_deviations(built_in_service()));
  }
  if (flags.list_variants) {
    print(mock::variants());
    print(mock::action_variants(built_in_service()));
  }
  if (flags.list_deviations || flags.list_variants) return 0;
  std::unique_ptr<mock::Mock> server;
  try {
    server = std::make_unique<mock::Mock>(service_of(flags.contract), options_of(flags));
  } catch (const std::invalid_argument& error) {
    throw InputError(error.what());
  } catch (const std::runtime_error& error) {
    throw InputError(error.what());
  }
  if (!only_here(flags.bind)) {
    complain(fmt::format(
        "{} can be reached from other machines, with keys that anyone can work out.", flags.bind));
  }
  if (!flags.write_profile.empty()) write_profile(flags.write_profile, *server);
  fmt::print("Serving on {}\n", server->url());
  std::fflush(stdout);
  wait_for_signal();
  server->stop();
  const mock::Stats stats = server->stats();
  fmt::print("{}, {} created, {} still there.\n", counted(stats.requests, "request"),
             counted(stats.created, "flow log"), stats.standing);
  return 0;
}

}  // namespace flowlog::cli

#include "mock/mock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "base/text.h"
#include "mock/action_deviations.h"
#include "mock/deviations.h"
#include "mock/profile.h"
#include "mock/seed.h"
#include "mock/server.h"
#include "mock/service.h"
#include "mock/state_file.h"
#include "mock/variants.h"

namespace flowlog::mock {
namespace {

// What goes wrong only where two creations are under way has room for both, on a busy machine as
// well.
std::chrono::milliseconds processing(const Behaviour& behaviour, const Options& options) {
  const bool races = behaviour.race_both_win || behaviour.race_none_wins ||
                     behaviour.race_loser_500 || behaviour.race_loser_bound ||
                     behaviour.quota_not_atomic || behaviour.token.not_reserved;
  return std::max(options.processing, std::chrono::milliseconds(races ? 60 : 0));
}

// Throws std::invalid_argument naming the nearest when the id is unknown.
void apply(const std::vector<Choice>& table, const char* kind, const std::string& id,
           Behaviour& behaviour) {
  std::vector<std::string> known;
  for (const Choice& choice : table) {
    if (choice.id == id) return choice.apply(behaviour);
    known.push_back(choice.id);
  }
  const auto close = nearest(id, known);
  throw std::invalid_argument(fmt::format("unknown {} \"{}\"{}", kind, id,
                                          close ? "; did you mean \"" + *close + "\"?" : ""));
}

void apply_all(const std::vector<std::string>& ids, const char* kind, std::vector<Choice> table,
               const std::vector<Choice>& of_actions, Behaviour& behaviour) {
  table.insert(table.end(), of_actions.begin(), of_actions.end());
  for (const std::string& id : ids) apply(table, kind, id, behaviour);
}

Behaviour behaviour_of(const flowlog::Service& service, const Options& options) {
  Behaviour behaviour;
  if (!options.variants.empty()) {
    apply_all(options.variants, "variant", variants(), action_variants(service), behaviour);
  }
  if (!options.deviations.empty()) {
    apply_all(options.deviations, "deviation", deviations(), action_deviations(service), behaviour);
  }
  return behaviour;
}

std::string host_of(const std::string& bind) {
  if (bind == "0.0.0.0") return "127.0.0.1";
  if (bind == "::") return "[::1]";
  return bind.find(':') == std::string::npos ? bind : '[' + bind + ']';
}

}  // namespace

class Mock::Impl {
 public:
  Impl(const flowlog::Service& served, const Options& options)
      : served_(served),
        options_(options),
        behaviour_(behaviour_of(served_, options)),
        service_(served_, behaviour_,
                 {options.creating, options.deleting, processing(behaviour_, options),
                  options.changing, options.latency},
                 system_clock(), seed_accounts(served_, options.resources), options.region,
                 options.max_rps),
        state_(options.state.empty()
                   ? nullptr
                   : std::make_unique<StateFile>(options.state, service_.backend())),
        server_(options.bind, options.port,
                [this](const HttpRequest& request) { return answer(request); }) {}

  std::string url() const {
    return fmt::format("http://{}:{}", host_of(options_.bind), server_.port());
  }
  int port() const { return server_.port(); }
  nlohmann::json profile() { return make_profile(service_.backend(), url(), options_.region); }
  void stop() {
    server_.stop();
    keep();
  }

  Stats stats() {
    Backend& backend = service_.backend();
    const std::lock_guard lock(backend.mutex());
    for (Tenant& account : backend.accounts()) backend.settle(account);
    return {service_.requests(), backend.created(), backend.standing()};
  }

 private:
  // Never throws: what goes wrong in here is the service's own fault, and answered as one.
  HttpResponse answer(const HttpRequest& request) {
    HttpResponse response;
    try {
      response = service_.answer(request);
      keep();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "mock: %s\n", error.what());
      response.status = 500;
    }
    if (options_.verbose) {
      std::fprintf(stderr, "mock: %s %s -> %d\n", show(request.method).c_str(),
                   show(request.target).c_str(), response.status);
    }
    return response;
  }

  // Before the answer leaves: what a client was told outlasts a crash.
  void keep() {
    if (!state_) return;
    const std::string trouble = state_->keep();
    if (!trouble.empty()) std::fprintf(stderr, "mock: %s\n", trouble.c_str());
  }

  const flowlog::Service served_;
  const Options options_;
  const Behaviour behaviour_;
  Service service_;
  const std::unique_ptr<StateFile> state_;  // or none
  Server server_;
};

Mock::Mock(const flowlog::Service& service, const Options& options)
    : impl_(std::make_unique<Impl>(service, options)) {}
Mock::~Mock() = default;
std::string Mock::url() const {
  return impl_->url();
}
int Mock::port() const {
  return impl_->port();
}
nlohmann::json Mock::profile() const {
  return impl_->profile();
}
Stats Mock::stats() const {
  return impl_->stats();
}
void Mock::stop() {
  impl_->stop();
}

}  // namespace flowlog::mock

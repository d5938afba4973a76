// The embedded endpoint: every action of a service as documented, with accounts in every condition
// and resources in every state. Written from the contract and the
// documentation; it shares nothing with the generators and the suites.
#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "specs/service.h"

namespace flowlog::mock {

struct Options {
  std::string bind = "127.0.0.1";
  int port = 0;                            // 0: any free one
  std::chrono::milliseconds creating{20};  // how long a new flow log is Creating
  std::chrono::milliseconds deleting{10};
  std::chrono::milliseconds processing{5};  // how long a creation is under way before its answer
  std::chrono::milliseconds changing{10};   // how long a changed one is Pending
  int resources = 12;                       // free resources of each type in the default account
  std::vector<std::string> deviations;      // ids: how it lies (mock/deviations.h)
  std::vector<std::string> variants;     // ids: which lawful reading it follows (mock/variants.h)
  double max_rps = 0;                    // above it requests are throttled; 0: never
  std::chrono::milliseconds latency{0};  // waited before every answer
  std::string region = "cn-beijing";
  std::string state;  // file that keeps its flow logs; empty: none
  bool verbose = false;
};

struct Stats {
  long requests = 0;
  long created = 0;   // flow logs ever made
  long standing = 0;  // flow logs there now, in all accounts
};

class Mock {
 public:
  // Starts serving `service` (copied). Throws std::runtime_error when the address cannot be bound,
  // and std::invalid_argument for an unknown deviation or variant, naming the nearest, and
  // InputError for a state file that cannot be used.
  Mock(const flowlog::Service& service, const Options& options);
  ~Mock();  // stops
  Mock(const Mock&) = delete;
  Mock& operator=(const Mock&) = delete;

  std::string url() const;  // "http://127.0.0.1:41234"
  int port() const;
  // The profile (see design) that reaches every condition here; keys are made up.
  nlohmann::json profile() const;
  Stats stats() const;
  // Returns when no request is being served any more; the port is free again.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace flowlog::mock

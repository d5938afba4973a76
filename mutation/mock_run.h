// One run of the suite, in this process, against an embedded mock that lies, reads the
// documentation in another lawful way, or serves another contract than the suite believes in.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reports/report.h"
#include "specs/contract.h"

namespace flowlog::mutation {

struct MockSetup {
  std::string deviation{};                  // id, or empty
  std::string variant{};                    // id, or empty
  const Service* served = nullptr;          // by the mock; the suite keeps the built-in one
  std::chrono::milliseconds processing{5};  // how long a creation is under way
};

struct SuiteSettings {
  std::vector<std::string> only;  // globs over ids of checks; empty: all
  std::uint64_t seed = 1;
  int concurrency = 8;
  int random_cases = 1;
  int max_shrinks = 60;
  std::chrono::seconds timeout{5};
  long max_requests = 0;           // 0: no limit; cleaning up goes beyond
  double requests_per_second = 0;  // 0: as many as come
  int speedup = 1;                 // the suite's clock goes so many times faster
};

// Thread-safe.
Report run_on_mock(const MockSetup& setup, const SuiteSettings& settings);

using Verdicts = std::map<std::string, Verdict>;  // by id of the check
Verdicts verdicts(const Report& report);

// Checks that came out otherwise than against the honest mock.
struct VerdictChanges {
  std::vector<std::string> deviating;
  std::vector<std::string> finding;
  std::vector<std::string> inconclusive;
  // Something says that the endpoint is not as documented.
  bool seen() const { return !deviating.empty() || !finding.empty(); }
};
VerdictChanges changes(const Verdicts& honest, const Report& report);

}  // namespace flowlog::mutation

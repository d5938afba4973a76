// The command line, understood. One struct a command; parse() gives the one that was asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/write_all.h"

namespace flowlog::cli {

// What `run` takes; `list` uses the part that selects checks.
struct RunFlags {
  std::string profile;
  std::string endpoint;
  std::string against;  // a second profile
  std::string contract;
  std::vector<std::string> actions;  // "all": every action of the service
  std::string out = "conformance-report";
  SingleFiles single;
  std::vector<std::string> only;
  std::vector<std::string> rows;
  std::vector<std::string> exclude;
  std::optional<std::uint64_t> seed;
  int cases = 1;
  int concurrency = 0;
  double rps = 0;
  long max_requests = 0;
  long max_creates = 0;
  double time_budget_s = 0;
  double timeout_s = 10;
  int max_shrinks = 60;
  std::string known;
  bool strict = false;
  std::string require;    // "90%", "500"
  long max_failures = 0;  // 0: all are looked for
  std::string shard;
  std::string trace;  // "": none
  bool plan_only = false;
  bool quiet = false;
  bool verbose = false;
  std::string state;
  bool no_history = false;
  std::string lang = "en";
  std::string ca_file;
  bool insecure = false;
  bool insecure_anywhere = false;
  std::vector<std::string> deviations;  // of the embedded mock
  std::vector<std::string> variants;
  std::vector<std::string> gtest;  // --gtest_… arguments, passed on
};

struct MockFlags {
  std::string bind = "127.0.0.1";
  int port = 0;
  std::string contract;
  std::string write_profile;
  std::vector<std::string> deviations;
  std::vector<std::string> variants;
  bool list_deviations = false;
  bool list_variants = false;
  int creating_ms = 20;
  int deleting_ms = 10;
  double max_rps = 0;
  int latency_ms = 0;
  std::string state;
  bool verbose = false;
};

struct ListFlags {
  RunFlags run;
  bool rows = false;
  bool as_json = false;
};

struct LintFlags {
  std::vector<std::string> files;
  std::string lang = "en";
};

struct ImportFlags {
  std::string page;
  std::string write;  // "": standard output
  std::string lang = "en";
};

struct DriftFlags {
  std::string page;
  std::string contract;
  std::string lang = "en";
};

struct ExportFlags {
  std::string format;  // "openapi", "postman"
  std::string contract;
  std::string endpoint;
  std::string out = "conformance-export";
};

struct ProbeFlags {
  RunFlags run;
  std::string write;  // "": none
  long max_requests = 400;
  bool quota = false;
};

struct SweepFlags {
  RunFlags run;
  bool dry_run = false;
  bool all = false;  // of every endpoint; only with dry_run
};

struct ReplayFlags {
  std::string file;  // report.json or events.ndjson
  RunFlags run;      // `only` picks checks of the file; without it, those that deviate
};

struct ReportFlags {
  std::string file;  // events.ndjson or report.json
  std::string out = "conformance-report";
  SingleFiles single;
  std::string require;
  std::string lang = "en";
};

struct DiffFlags {
  std::string before;
  std::string after;
};

struct MergeFlags {
  std::vector<std::string> files;
  std::string out = "conformance-report";
  SingleFiles single;
  std::string require;
  std::string lang = "en";
};

struct KnownFlags {
  std::string report;
  std::string write;
  std::string ticket;
  std::string expires;
};

struct HistoryFlags {
  std::string state;
  std::string check;
  int last = 20;
};

struct ScoreFlags {
  bool deviations = false;  // none of the three: all of them
  bool variants = false;
  bool mutants = false;
  bool full = false;   // facts against the whole suite
  bool quick = false;  // deviations against the checks that must turn
  bool verbose = false;
  std::vector<std::string> only;
  std::uint64_t seed = 1;
  int at_once = 2;
  std::string write;
  std::string tables;
};

using Command = std::variant<RunFlags, MockFlags, ListFlags, LintFlags, SweepFlags, ReplayFlags,
                             ReportFlags, DiffFlags, MergeFlags, KnownFlags, HistoryFlags,
                             ScoreFlags, ImportFlags, DriftFlags, ExportFlags, ProbeFlags>;

// The command, or the exit status when there is nothing left to do (help was printed, or the usage
// error was).
std::variant<Command, int> parse(int argc, char** argv, const std::string& version);

}  // namespace flowlog::cli

// A run as its reports tell it. Knows verdicts and nothing of how they came about.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bilingual.h"
#include "base/verdict.h"

namespace flowlog {

// One exchange, safe to show: the values of Authorization, tokens and signatures are already
// replaced (the header's name stays, so that it is seen whether there was one). Strings may hold
// any bytes a server sent; writers make them safe for their format.
struct Evidence {
  std::string method;
  std::string target;                                       // path and query as sent
  std::vector<std::pair<std::string, std::string>> params;  // the query, decoded, in order
  std::vector<std::pair<std::string, std::string>> request_headers;
  std::string request_body;  // mostly empty
  int status = 0;            // 0: no answer, see failure
  std::vector<std::pair<std::string, std::string>> response_headers;
  std::string body;           // as received, cut at a limit
  std::size_t body_size = 0;  // as received, before the cut
  std::string failure;        // why there is no answer, one sentence
  std::string started;        // 2026-01-02T03:04:05Z
  double seconds = 0;
  std::string request_id;  // from the answer, when there is one
};

struct CheckResult {
  std::string id;  // "param.FlowLogName.length/over-max"
  int place = 0;   // in the plan, counted over all shards: merging sorts by it
  Text title;
  std::vector<std::string> rows;  // what it proves, "errors/7"
  Verdict verdict = Verdict::inconclusive;
  std::string standing;  // documented, related, inferred
  int cases = 0;
  int requests = 0;
  int created = 0;
  double seconds = 0;
  std::string expected;  // what was documented, one line
  std::string observed;  // what came back, one line
  std::string message;   // what that means; for skipped: which condition and how to provide it
  std::optional<Evidence> example;   // the smallest exchange that shows the verdict
  std::optional<Evidence> original;  // the first one, before it was made smaller
  // Every exchange that it takes to show the verdict, as sent, `example` among them; empty where
  // the example alone shows it.
  std::vector<Evidence> steps;
  std::string command;               // repeats the check, empty unless deviating or inconclusive
  std::string known;                 // reason and ticket of a known deviation
  std::vector<std::string> remarks;  // further findings of this check, one line each
};

// One addressable line of documentation.
struct RowResult {
  std::string id;     // "errors/7"
  Text title;         // "400 InvalidName.Malformed: The specified name is malformed. …"
  std::string group;  // "parameters", "errors", "answer", "notes", "common", …
  Verdict verdict = Verdict::skipped;
  std::vector<std::string> checks;  // ids; empty: nothing in this run looked at it
};

struct Leftover {
  std::string account;
  std::string flow_log_id;  // empty when the answer was lost
  std::string resource_id;
  std::string name;
  std::string reason;
};

// An entry of the known-deviations file that has expired, or whose check no longer deviates: it
// fails the run, so that the list cannot rot.
struct Stale {
  std::string check;
  std::string sentence;
};

struct Report {
  int schema = 1;
  std::string program_version;
  std::string endpoint;
  bool embedded = false;  // the endpoint was the embedded mock
  std::string profile;    // its name
  std::string region;
  std::string contract;  // "CreateFlowLog 2020-04-01 (page …)"
  std::string seed;      // decimal
  std::string shard;     // "2/4", empty for a whole run
  std::string started;   // 2026-01-02T03:04:05Z
  double seconds = 0;
  bool complete = false;
  int planned = 0;  // checks that were to be judged; 0: as many as there are
  int merged = 0;   // shards that it was joined of; 0: it is of one run
  bool strict = false;
  std::string curl_options;  // what curl needs to reach the endpoint: "--cacert 'ca.pem'"
  std::string require;       // how much must be judged: "90%" of the checks, "500" of them, or ""
  long requests = 0;
  long created = 0;
  long throttled = 0;
  std::string trouble;  // why the run as a whole gives no verdict, one sentence, or empty
  std::vector<std::string> notices;  // skew, throttling, preferences: one sentence each
  std::vector<Leftover> leftover;
  std::vector<Stale> stale;
  std::vector<CheckResult> checks;  // in the plan's order
  std::vector<RowResult> rows;      // in the contract's order

  std::map<Verdict, int> totals() const;  // holds every verdict
};

// Fills each row's verdict and check ids from the checks that cite it.
void tally_rows(Report& report);

}  // namespace flowlog

// Past runs, in an SQLite file: what each came to, and when a check turned.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"
#include "reports/style.h"

struct sqlite3;

namespace flowlog {

struct PastRun {
  long number = 0;
  std::string started;
  std::string target;  // the endpoint, or "embedded mock"
  std::string contract;
  std::string seed;
  double seconds = 0;
  long requests = 0;
  long created = 0;
  int outcome = 0;  // as in ExitStatus
  std::map<Verdict, int> totals;
};

struct PastTurn {
  long run = 0;
  std::string started;
  std::string target;
  std::optional<Verdict> before;  // nothing: the first time at that target
  Verdict after = Verdict::skipped;
};

// Several processes may use one file at once. Every function throws InputError when the file cannot
// be used. Not thread-safe.
class History {
 public:
  enum class Use { record, look };
  // Opens or makes the file and its folder. To look at it nothing is written, nor need it be there.
  explicit History(const std::string& path, Use use = Use::record);
  ~History();
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  // The number of the run. The oldest beyond `keep` are forgotten.
  long record(const Report& report, int keep = 500);
  // The last `count` runs, the latest first.
  std::vector<PastRun> runs(int count);
  // When `check` came to another verdict than in the run before at the same target, the oldest
  // first. Runs that did not hold it are passed over.
  std::vector<PastTurn> turns(const std::string& check);
  // Every id that any run holds.
  std::vector<std::string> checks();

 private:
  void require_version();
  void make_tables();

  struct Close {
    void operator()(sqlite3* db) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> db_;
};

std::string text(const std::vector<PastRun>& runs, const Style& style);
std::string text(const std::string& check, const std::vector<PastTurn>& turns, const Style& style);

}  // namespace flowlog

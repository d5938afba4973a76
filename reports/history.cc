#include "reports/history.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "base/json_node.h"
#include "base/text.h"
#include "reports/check_text.h"
#include "reports/exit_status.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr int kVersion = 1;
constexpr int kBusyMs = 10'000;

constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  started TEXT NOT NULL, target TEXT NOT NULL, contract TEXT NOT NULL, seed TEXT NOT NULL,
  seconds REAL NOT NULL, requests INTEGER NOT NULL, created INTEGER NOT NULL,
  outcome INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS checks (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS verdicts (
  run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
  "check" INTEGER NOT NULL REFERENCES checks(key),
  verdict TEXT NOT NULL,
  PRIMARY KEY ("check", run)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS verdicts_of_run ON verdicts (run);
)";

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw InputError(fmt::format("history {}: {}", path, why));
}

// One statement at work.
class Query {
 public:
  Query(sqlite3* db, const std::string& path, std::string_view sql) : db_(db), path_(path) {
    check(sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr));
  }
  ~Query() { sqlite3_finalize(statement_); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
    return *this;
  }
  Query& bind(double value) {
    check(sqlite3_bind_double(statement_, ++bound_, value));
    return *this;
  }
  Query& bind(std::string_view value) {
    check(sqlite3_bind_text(statement_, ++bound_, value.data(), static_cast<int>(value.size()),
                            SQLITE_TRANSIENT));  // NOLINT
    return *this;
  }
  // True iff there is a row.
  bool step() {
    const int result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) check(result);
    return result == SQLITE_ROW;
  }
  void run() {
    while (step()) {
    }
    sqlite3_reset(statement_);
    bound_ = 0;
  }

  std::int64_t integer(int column) { return sqlite3_column_int64(statement_, column); }
  double real(int column) { return sqlite3_column_double(statement_, column); }
  std::string text(int column) {
    const unsigned char* bytes = sqlite3_column_text(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? "" : std::string(reinterpret_cast<const char*>(bytes), size);
  }

 private:
  void check(int result) {
    if (result != SQLITE_OK) refuse(path_, sqlite3_errmsg(db_));
  }

  sqlite3* db_;
  const std::string& path_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

void execute(sqlite3* db, const std::string& path, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    refuse(path, sqlite3_errmsg(db));
  }
}

// Undone unless committed.
class Transaction {
 public:
  Transaction(sqlite3* db, const std::string& path) : db_(db), path_(path) {
    execute(db, path, "BEGIN IMMEDIATE");
  }
  ~Transaction() {
    if (!done_) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    execute(db_, path_, "COMMIT");
    done_ = true;
  }

 private:
  sqlite3* db_;
  const std::string& path_;
  bool done_ = false;
};

std::string target_of(const Report& report) {
  return report.embedded ? "embedded mock" : report.endpoint;
}

void record_verdicts(sqlite3* db, const std::string& path, std::int64_t run, const Report& report) {
  Query add(db, path, "INSERT OR IGNORE INTO checks (id) VALUES (?)");
  Query set(db, path,
            "INSERT OR REPLACE INTO verdicts (run, \"check\", verdict) "
            "SELECT ?, key, ? FROM checks WHERE id = ?");
  for (const CheckResult& check : report.checks) {
    add.bind(check.id).run();
    set.bind(run).bind(name(check.verdict)).bind(check.id).run();
  }
}

}  // namespace

void History::Close::operator()(sqlite3* db) const {
  sqlite3_close(db);
}

History::History(const std::string& path, Use use) : path_(path) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const bool reads = use == Use::look && std::filesystem::exists(path, error);
  const bool makes = use == Use::record && !std::filesystem::exists(folder, error);
  if (makes && std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  const std::string file = use == Use::look && !reads ? ":memory:" : path;
  const int how = reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* db = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &db, how | SQLITE_OPEN_FULLMUTEX, nullptr);
  db_.reset(db);
  if (opened != SQLITE_OK) refuse(path, db == nullptr ? "out of memory" : sqlite3_errmsg(db));
  sqlite3_busy_timeout(db, kBusyMs);
  execute(db, path, "PRAGMA foreign_keys = ON");
  require_version();
  if (!reads) make_tables();
}

void History::require_version() {
  Query query(db_.get(), path_, "PRAGMA user_version");
  query.step();
  const std::int64_t version = query.integer(0);
  query.run();
  if (version > kVersion) refuse(path_, "made by a newer version of this program");
}

void History::make_tables() {
  Transaction transaction(db_.get(), path_);
  execute(db_.get(), path_, kTables);
  execute(db_.get(), path_, fmt::format("PRAGMA user_version = {}", kVersion).c_str());
  transaction.commit();
}

History::~History() = default;

long History::record(const Report& report, int keep) {
  Transaction transaction(db_.get(), path_);
  Query(db_.get(), path_,
        "INSERT INTO runs (started, target, contract, seed, seconds, requests, created, outcome) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(report.started)
      .bind(repair_utf8(target_of(report)))
      .bind(repair_utf8(report.contract))
      .bind(report.seed)
      .bind(report.seconds)
      .bind(std::int64_t{report.requests})
      .bind(std::int64_t{report.created})
      .bind(static_cast<std::int64_t>(exit_status(report)))
      .run();
  const std::int64_t run = sqlite3_last_insert_rowid(db_.get());
  record_verdicts(db_.get(), path_, run, report);
  Query(db_.get(), path_, "DELETE FROM runs WHERE number <= (SELECT max(number) FROM runs) - ?")
      .bind(std::int64_t{keep})
      .run();
  transaction.commit();
  return run;
}

std::vector<PastRun> History::runs(int count) {
  Query query(db_.get(), path_,
              "SELECT number, started, target, contract, seed, seconds, requests, created, outcome "
              "FROM runs ORDER BY number DESC LIMIT ?");
  query.bind(std::int64_t{count});
  std::vector<PastRun> out;
  while (query.step()) {
    PastRun run{query.integer(0),
                query.text(1),
                query.text(2),
                query.text(3),
                query.text(4),
                query.real(5),
                query.integer(6),
                query.integer(7),
                static_cast<int>(query.integer(8)),
                {}};
    Query totals(db_.get(), path_,
                 "SELECT verdict, count(*) FROM verdicts WHERE run = ? GROUP BY verdict");
    totals.bind(std::int64_t{run.number});
    while (totals.step()) {
      if (const auto verdict = parse_verdict(totals.text(0))) {
        run.totals[*verdict] = static_cast<int>(totals.integer(1));
      }
    }
    out.push_back(std::move(run));
  }
  return out;
}

std::vector<PastTurn> History::turns(const std::string& check) {
  Query query(db_.get(), path_,
              "SELECT r.number, r.started, r.target, v.verdict FROM verdicts v "
              "JOIN checks c ON c.key = v.\"check\" JOIN runs r ON r.number = v.run "
              "WHERE c.id = ? ORDER BY r.number");
  query.bind(check);
  std::map<std::string, Verdict> last;  // by target
  std::vector<PastTurn> out;
  while (query.step()) {
    const auto verdict = parse_verdict(query.text(3));
    if (!verdict) continue;
    PastTurn turn{query.integer(0), query.text(1), query.text(2), std::nullopt, *verdict};
    const auto before = last.find(turn.target);
    if (before != last.end()) turn.before = before->second;
    last.insert_or_assign(turn.target, *verdict);
    if (turn.before != turn.after) out.push_back(std::move(turn));
  }
  return out;
}

std::vector<std::string> History::checks() {
  Query query(db_.get(), path_, "SELECT id FROM checks ORDER BY id");
  std::vector<std::string> out;
  while (query.step()) out.push_back(query.text(0));
  return out;
}

std::string text(const std::vector<PastRun>& runs, const Style& style) {
  const Language& say = style.say;
  if (runs.empty()) return std::string(say("No run has been recorded.\n", "尚无运行记录。\n"));
  std::string out;
  std::string contract;
  for (const PastRun& run : runs) {
    if (run.contract != contract) {
      contract = run.contract;
      out += fmt::format("{}\n", printable(contract));
    }
    Report totals;
    for (const auto& [verdict, n] : run.totals) {
      CheckResult check;
      check.verdict = verdict;
      totals.checks.insert(totals.checks.end(), static_cast<std::size_t>(n), check);
    }
    out += fmt::format("{:>4}  {}  {}\n", run.number, printable(run.started),
                       style.ink(Ink::bold, printable(run.target)));
    out += fmt::format(fmt::runtime(say("      exit status {0}; {1}; {5}, {3}, seed {4}\n",
                                        "      退出码 {0}；{1}；{2} 个请求，用时 {3}，种子 {4}\n")),
                       run.outcome, totals_line(totals, say), run.requests, duration(run.seconds),
                       printable(run.seed), counted(run.requests, "request"));
  }
  return defuse(out);
}

std::string text(const std::string& check, const std::vector<PastTurn>& turns, const Style& style) {
  const Language& say = style.say;
  std::string out = style.ink(Ink::bold, printable(check)) + '\n';
  if (turns.empty()) out += std::string(say("  no run holds it\n", "  没有运行包含此检查\n"));
  for (const PastTurn& turn : turns) {
    const std::string_view before = turn.before ? say(*turn.before) : say("first seen", "首次出现");
    out += fmt::format("  {}  {} {}  {} → {}  {}\n", printable(turn.started), say("run", "运行"),
                       turn.run, before, style.ink(ink_of(turn.after), say(turn.after)),
                       printable(turn.target));
  }
  return defuse(out);
}

}  // namespace flowlog

#include "resources/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <utility>

#include "base/fault.h"
#include "base/json_node.h"
#include "base/trace.h"
#include "client/signing.h"
#include "resources/statement.h"

namespace flowlog {
namespace {

namespace fs = std::filesystem;

constexpr int kSchema = 1;
constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::seconds kHurry{1};
constexpr int kLookMs = 20;
constexpr auto kKeepClosed = std::chrono::hours(30 * 24);

constexpr const char* kTables = R"(
  CREATE TABLE IF NOT EXISTS entries(
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, endpoint TEXT NOT NULL, region TEXT NOT NULL,
    account TEXT NOT NULL, key_hash TEXT NOT NULL, resource_type BLOB, resource_id BLOB, name BLOB,
    token BLOB, check_id TEXT, intended INTEGER NOT NULL, flow_log_id BLOB, state TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS entries_open ON entries(state, endpoint);
  CREATE INDEX IF NOT EXISTS entries_by_flow_log ON entries(flow_log_id);
  CREATE INDEX IF NOT EXISTS entries_by_resource ON entries(run, resource_id);
)";

constexpr const char* kColumns =
    "id, run, endpoint, region, account, key_hash, resource_type, resource_id, name, token, "
    "check_id, intended, flow_log_id, state";

constexpr std::array kStates = {EntryState::intended, EntryState::created, EntryState::refused,
                                EntryState::unknown, EntryState::deleted};

EntryState parse_state(std::string_view word) {
  for (const EntryState state : kStates) {
    if (name(state) == word) return state;
  }
  return EntryState::unknown;
}

std::int64_t micros(WallTime time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

WallTime from_micros(std::int64_t value) {
  return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::microseconds(value)));
}

std::string new_run_id(WallTime now) {
  std::random_device random;
  return fmt::format("{}-{:08x}{:08x}", basic_time(now), random(), random());
}

JournalEntry read_entry(const Statement& row) {
  JournalEntry entry;
  int column = 0;
  entry.id = row.number_at(column++);
  entry.run = row.text_at(column++);
  entry.owner.endpoint = row.text_at(column++);
  entry.owner.region = row.text_at(column++);
  entry.owner.account = row.text_at(column++);
  entry.owner.key_hash = row.text_at(column++);
  entry.resource_type = row.text_at(column++);
  entry.resource_id = row.text_at(column++);
  if (!row.null_at(column)) entry.name = row.text_at(column);
  ++column;
  entry.token = row.text_at(column++);
  entry.check = row.text_at(column++);
  entry.intended = from_micros(row.number_at(column++));
  entry.flow_log_id = row.text_at(column++);
  entry.state = parse_state(row.text_at(column++));
  return entry;
}

// Only for its owner: it names resources and accounts.
void make_private(const std::string& dir) {
  std::error_code error;
  const bool own = !fs::exists(dir, error);  // others' folders keep their mode
  fs::create_directories(fs::path(dir) / "runs", error);
  if (!error) fs::create_directories(fs::path(dir) / "resources", error);
  if (error) {
    throw InputError(fmt::format("{}: the state folder cannot be made: {}", dir, error.message()));
  }
  for (const char* made : {"", "/runs", "/resources"}) {
    if (own) ::chmod((dir + made).c_str(), 0700);
  }
  const std::string file = dir + "/journal.db";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);  // when not, opening it says why
}

}  // namespace

std::string_view name(EntryState state) {
  switch (state) {
    case EntryState::intended:
      return "intended";
    case EntryState::created:
      return "created";
    case EntryState::refused:
      return "refused";
    case EntryState::unknown:
      return "unknown";
    case EntryState::deleted:
      return "deleted";
  }
  return "unknown";
}

bool is_open(EntryState state) {
  return state != EntryState::refused && state != EntryState::deleted;
}

Journal::Journal(std::string dir, Clock& clock)
    : dir_(std::move(dir)), clock_(clock), run_(new_run_id(clock.wall())) {}

Journal::~Journal() {
  sqlite3_close(db_);
}

std::unique_ptr<Journal> Journal::open(const std::string& dir, Clock& clock, OnWait on_wait) {
  std::unique_ptr<Journal> journal(new Journal(dir, clock));
  journal->on_wait_ = std::move(on_wait);
  make_private(dir);
  journal->lock_ = FileLock::take(journal->lock_path(journal->run_));
  journal->connect(dir + "/journal.db");
  journal->tidy();
  return journal;
}

std::unique_ptr<Journal> Journal::look(const std::string& dir, Clock& clock) {
  if (!fs::exists(dir + "/journal.db")) return nullptr;
  std::unique_ptr<Journal> journal(new Journal(dir, clock));
  journal->read_only_ = true;
  // A copy: SQLite writes beside what it reads.
  std::string folder = (fs::temp_directory_path() / "flowlog-conformance-XXXXXX").string();
  std::error_code error;
  if (::mkdtemp(folder.data()) == nullptr) error = {errno, std::generic_category()};
  for (const char* file : {"journal.db", "journal.db-wal"}) {
    const std::string from = fmt::format("{}/{}", dir, file);
    if (!error && fs::exists(from)) fs::copy_file(from, folder + "/" + file, error);
  }
  if (error) {
    throw InputError(fmt::format("{}: the journal cannot be read: {}", dir, error.message()));
  }
  journal->connect(folder + "/journal.db");
  fs::remove_all(folder, error);  // what is open stays so
  return journal;
}

std::unique_ptr<Journal> Journal::in_memory(Clock& clock) {
  std::unique_ptr<Journal> journal(new Journal("", clock));
  journal->connect("");  // a temporary database of this connection
  return journal;
}

void Journal::connect(const std::string& path) {
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const auto refuse = [&](std::string_view why) {
    throw InputError(fmt::format(
        "{}: the journal cannot be used: {}; without it nothing is created", path, why));
  };
  if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
    refuse(db_ == nullptr ? "out of memory" : sqlite3_errmsg(db_));
  }
  sqlite3_busy_handler(
      db_,
      [](void* self, int times) { return static_cast<Journal*>(self)->wait_longer(times) ? 1 : 0; },
      this);
  {  // ends before prepare(): a statement under way keeps the file from becoming a WAL one
    Statement version(db_, "PRAGMA user_version");
    if (!version.row()) refuse(sqlite3_errmsg(db_));
    if (version.number_at(0) > kSchema) refuse("a newer version of this program wrote it");
  }
  prepare();
  if (!trouble_.empty()) refuse(sqlite3_errmsg(db_));
}

// SQLite asks, after so many waits for one lock. In real time, whatever clock the run has.
bool Journal::wait_longer(int times_waited) {
  const Instant now = std::chrono::steady_clock::now();
  if (times_waited == 0) waiting_since_ = now;
  if (now - waiting_since_ >= (hurried_ ? kHurry : kPatience)) return false;
  // Another run's own writing is over before this is worth a word.
  if (times_waited == 10 && on_wait_ && !wait_told_) {
    wait_told_ = true;
    on_wait_(fmt::format("{}/journal.db is locked by another process; waiting for it, {} s at most",
                         dir_, kPatience.count()));
  }
  sqlite3_sleep(kLookMs);
  return true;
}

// Waits where SQLite does not: while another process is just making the same file a WAL one.
bool Journal::execute(const std::string& sql) {
  waiting_since_ = std::chrono::steady_clock::now();
  for (int times = 1;; ++times) {
    const int result = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_BUSY) return result == SQLITE_OK;
    if (!wait_longer(times)) return false;
  }
}

void Journal::prepare() {
  for (const std::string& sql :
       {std::string(dir_.empty() ? "PRAGMA journal_mode=MEMORY" : "PRAGMA journal_mode=WAL"),
        std::string("PRAGMA synchronous=NORMAL"), std::string("BEGIN IMMEDIATE"),
        std::string(kTables), fmt::format("PRAGMA user_version={}", kSchema),
        std::string("COMMIT")}) {
    if (execute(sql)) continue;
    remember_trouble();
    return;
  }
}

// Drops what was settled long ago, and the locks of runs that were killed then.
void Journal::tidy() {
  Statement(db_, "DELETE FROM entries WHERE state IN ('refused','deleted') AND intended < ?")
      .number(micros(clock_.wall() - kKeepClosed))
      .done();
  std::error_code error;
  const auto long_ago = fs::file_time_type::clock::now() - kKeepClosed;
  for (const char* folder : {"/runs", "/resources"}) {
    for (const auto& file : fs::directory_iterator(dir_ + folder, error)) {
      if (file.last_write_time(error) < long_ago) FileLock::take(file.path());
    }
  }
}

// Whoever finds nobody writing writes for all that wait.
std::optional<std::int64_t> Journal::intend(const JournalEntry& entry) {
  const Span span("journal", "intend");
  Intent mine{&entry};
  std::unique_lock lock(waiting_mutex_);
  waiting_.push_back(&mine);
  while (!mine.done) {
    if (writing_) {
      written_.wait(lock);
      continue;
    }
    writing_ = true;
    const std::vector<Intent*> batch = std::exchange(waiting_, {});
    lock.unlock();
    const std::string fault = fault_of([&] { write(batch); });
    lock.lock();
    for (Intent* one : batch) {
      if (!fault.empty()) one->id.reset();
      one->done = true;
    }
    writing_ = false;
    written_.notify_all();
  }
  return mine.id;
}

// All of them or none.
void Journal::write(const std::vector<Intent*>& batch) {
  const std::lock_guard lock(mutex_);
  if (sqlite3_get_autocommit(db_) == 0) execute("ROLLBACK");  // a fault ended the last one
  bool good = execute("PRAGMA synchronous=FULL") && execute("BEGIN IMMEDIATE");
  for (Intent* one : batch) good = good && insert(*one);
  good = good && execute("COMMIT");
  if (!good) {
    remember_trouble();
    for (Intent* one : batch) one->id.reset();
    if (sqlite3_get_autocommit(db_) == 0) execute("ROLLBACK");
  }
  execute("PRAGMA synchronous=NORMAL");
  ++syncs_;
}

// REQUIRES: mutex_ is held
bool Journal::insert(Intent& intent) {
  const JournalEntry& entry = *intent.entry;
  Statement insert(
      db_, fmt::format("INSERT INTO entries({}) VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?)", kColumns));
  insert.text(run_).text(entry.owner.endpoint).text(entry.owner.region).text(entry.owner.account);
  insert.text(entry.owner.key_hash).bytes(entry.resource_type).bytes(entry.resource_id);
  entry.name ? insert.bytes(*entry.name) : insert.nothing();
  insert.bytes(entry.token).text(entry.check).number(micros(clock_.wall())).bytes("");
  insert.text(name(EntryState::intended));
  if (!insert.done()) return false;
  intent.id = sqlite3_last_insert_rowid(db_);
  return true;
}

bool Journal::settle(std::int64_t id, EntryState state, const std::string& flow_log_id) {
  const Span span("journal", "settle");
  const std::lock_guard lock(mutex_);
  Statement update(db_, flow_log_id.empty()
                            ? "UPDATE entries SET state=? WHERE id=?"
                            : "UPDATE entries SET state=?, flow_log_id=? WHERE id=?");
  update.text(name(state));
  if (!flow_log_id.empty()) update.bytes(flow_log_id);
  update.number(id);
  if (update.done()) return true;
  remember_trouble();
  return false;
}

long Journal::syncs() const {
  const std::lock_guard lock(mutex_);
  return syncs_;
}

std::string Journal::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void Journal::remember_trouble() const {
  if (!trouble_.empty()) return;
  trouble_ = fmt::format("{}: the journal cannot be used: {}", dir_, sqlite3_errmsg(db_));
}

std::vector<JournalEntry> Journal::select(std::string_view where,
                                          const std::vector<std::string>& values) const {
  const std::lock_guard lock(mutex_);
  Statement query(db_, fmt::format("SELECT {} FROM entries WHERE {} ORDER BY id", kColumns, where));
  for (const std::string& value : values) query.text(value);
  std::vector<JournalEntry> entries;
  while (query.row()) entries.push_back(read_entry(query));
  if (query.failed()) remember_trouble();
  return entries;
}

std::vector<JournalEntry> Journal::open_entries() const {
  return select("state IN ('intended','created','unknown')", {});
}

std::vector<JournalEntry> Journal::open_entries(const Owner& owner) const {
  return select(
      "state IN ('intended','created','unknown') AND endpoint=? AND region=? AND "
      "(key_hash=? OR account=?)",
      {owner.endpoint, owner.region, owner.key_hash, owner.account});
}

std::vector<JournalEntry> Journal::entries_of(const Owner& owner,
                                              const std::string& flow_log_id) const {
  return select(
      "flow_log_id=CAST(? AS BLOB) AND endpoint=? AND region=? AND (key_hash=? OR account=?)",
      {flow_log_id, owner.endpoint, owner.region, owner.key_hash, owner.account});
}

std::vector<JournalEntry> Journal::entries_on(const std::string& resource) const {
  return select("run=? AND resource_id=CAST(? AS BLOB)", {run_, resource});
}

long Journal::made() const {
  const std::lock_guard lock(mutex_);
  Statement query(db_,
                  "SELECT COUNT(*) FROM (SELECT DISTINCT account, flow_log_id FROM entries "
                  "WHERE run=? AND length(flow_log_id)>0)");
  query.text(run_);
  return query.row() ? static_cast<long>(query.number_at(0)) : 0;
}

std::optional<JournalEntry> Journal::entry(std::int64_t id) const {
  auto found = select("id=CAST(? AS INTEGER)", {std::to_string(id)});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace flowlog

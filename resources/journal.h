// The journal: what runs created or may have created, kept so that nothing stays behind after a
// crash. One SQLite file (WAL, synchronous=FULL) that all runs of a machine share.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "resources/file_lock.h"

struct sqlite3;

namespace flowlog {

// Where journal and history live: `override`, else $XDG_STATE_HOME/flowlog-conformance, else
// ~/.local/state/flowlog-conformance. Throws InputError when none of them can be told.
std::string state_dir(const std::string& override);

enum class EntryState {
  intended,  // about to be sent; what came of it is not known
  created,   // it stands, by its id
  refused,   // nothing came of it
  unknown,   // the answer was lost, or gave no id
  deleted,   // it stood, and is gone
};
std::string_view name(EntryState state);
// Something stands or may stand.
bool is_open(EntryState state);

// Whose flow log it is.
struct Owner {
  std::string endpoint;  // scheme, host, port and path
  std::string region;
  std::string account;   // the profile's name for it
  std::string key_hash;  // SHA-256 of the access key, hex; the key itself is never written
};

struct JournalEntry {
  std::int64_t id = 0;
  std::string run;
  Owner owner;
  std::string resource_type;
  std::string resource_id;
  std::optional<std::string> name;  // as sent; nothing when none was
  std::string token;
  std::string check;
  WallTime intended{};
  std::string flow_log_id;
  EntryState state = EntryState::intended;
};

// Thread-safe; several processes may have the same journal open.
class Journal {
 public:
  // Opens or makes `dir`/journal.db and registers a run, which lives as long as this object. Throws
  // InputError with one sentence.
  // `on_wait` hears, once, that another process has it locked, which is waited for 10 s.
  using OnWait = std::function<void(const std::string& sentence)>;
  static std::unique_ptr<Journal> open(const std::string& dir, Clock& clock, OnWait on_wait = {});
  // What `dir`/journal.db holds, for looking at: nothing is written there, nor need it be possible.
  // nullptr when there is none. Throws InputError when it cannot be read.
  static std::unique_ptr<Journal> look(const std::string& dir, Clock& clock);
  // Nothing on disk: for an endpoint that ends with the process.
  static std::unique_ptr<Journal> in_memory(Clock& clock);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // This run's id.
  const std::string& run() const { return run_; }

  // Writes the intent to create and returns its id; on disk when this returns. Ignores the entry's
  // id, run, state and time. Nothing when it could not be written, see trouble().
  std::optional<std::int64_t> intend(const JournalEntry& entry);
  // What came of it; returns false when it could not be written.
  bool settle(std::int64_t id, EntryState state, const std::string& flow_log_id = "");
  // From now on nothing waits for another process longer than a second. From any thread.
  void hurry() { hurried_ = true; }
  // The first failure to read or write, one sentence; empty when there was none.
  std::string trouble() const;

  // Oldest first. Those of an owner: same endpoint and region, and same access key, or same account
  // name where the key has changed since.
  std::vector<JournalEntry> open_entries() const;
  std::vector<JournalEntry> open_entries(const Owner& owner) const;
  std::optional<JournalEntry> entry(std::int64_t id) const;
  // In any state.
  std::vector<JournalEntry> entries_of(const Owner& owner, const std::string& flow_log_id) const;

  // Takes over a run that lives no more, so that no one else does at the same time; nullptr when it
  // lives, or another took it over.
  std::unique_ptr<FileLock> claim(const std::string& run) const;

  // Keeps a resource of the owner's endpoint for this run as long as the result lives; nullptr when
  // another run that lives keeps it. Throws InputError when that cannot be found out.
  std::unique_ptr<FileLock> keep(const Owner& owner, const std::string& resource) const;

 private:
  Journal(std::string dir, Clock& clock);
  void connect(const std::string& path);
  void prepare();
  bool execute(const std::string& sql);
  bool wait_longer(int times_waited);
  void tidy();
  std::vector<JournalEntry> select(std::string_view where,
                                   const std::vector<std::string>& values) const;
  void remember_trouble() const;
  std::string lock_path(const std::string& run) const;

  const std::string dir_;  // empty: in memory
  bool read_only_ = false;
  OnWait on_wait_;
  bool wait_told_ = false;
  Instant waiting_since_{};
  std::atomic<bool> hurried_{false};
  Clock& clock_;
  std::string run_;
  std::unique_ptr<FileLock> lock_;
  mutable std::mutex mutex_;
  sqlite3* db_ = nullptr;
  mutable std::string trouble_;
};

}  // namespace flowlog

// What stands behind the endpoint: accounts with their resources, projects, log topics, flow logs
// and remembered tokens.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "client/signing.h"
#include "mock/behaviour.h"
#include "mock/rows.h"

namespace flowlog::mock {

struct StoredResource {
  std::string type;  // "vpc"
  std::string id;
  std::string parent_id;   // what it lies in; of a vpc its own id
  std::string condition;   // "resource.eni_shared", empty: free
  bool busy = false;       // a creation on it is under way
  bool contested = false;  // … and another one came meanwhile
};

struct Tag {
  std::string key;
  std::string value;
};

// A change of state that goes on.
struct Move {
  std::string from;     // shown for ever where it never ends and nothing is between
  std::string through;  // may be empty
  Instant since;
  bool endless = false;
};

struct StoredFlowLog {
  std::string id;
  long serial = 0;                                // rises with every flow log of the world
  std::map<std::string, std::string> attributes;  // by parameter of the creation
  std::vector<Tag> tags;
  std::string parent_id;                        // of what the target lies in
  std::map<std::string, std::string> left_ids;  // of what it leaves behind, by parameter
  WallTime created;
  WallTime updated;
  Instant born;
  std::string resting;  // the state when nothing goes on; empty: as the creation left it
  std::optional<Move> move;
  bool busy = false;  // a change of it is under way
  std::optional<Instant> dying;
};

// What an account remembers of a ClientToken.
struct Remembered {
  std::string arguments;  // as compared
  bool in_process = false;
  std::string flow_log_id;
  std::optional<Refusal> refusal;  // only where refusals are remembered
  Instant since{};
};

// Values, by parameter of the creation, that together bring a condition about.
struct Taken {
  std::string condition;
  std::map<std::string, std::string> values;
};

struct Tenant {
  std::string name;  // as in a profile: "default", "arrears"
  std::string id;    // "2100000001"
  Credentials credentials;
  std::string condition;                            // "account.arrears", empty: none
  bool forbidden = false;                           // no policy allows it anything
  std::map<std::string, StoredResource> resources;  // by id
  std::set<std::string> projects;
  std::map<std::string, std::set<std::string>> topics;  // by log project
  std::vector<Taken> taken;
  std::vector<StoredFlowLog> flow_logs;  // by serial; those that are gone are removed by settle()
  std::map<std::string, Remembered> tokens;
  std::deque<std::string> token_order;  // oldest first, to bound `tokens`
  std::set<std::string> stuck;          // resources that a mock which lies keeps bound
  int in_process = 0;                   // creations under way
  long ever_created = 0;
};

struct Timing {
  Duration creating{};    // how long a new flow log is Creating
  Duration deleting{};    // how long a deleted one is Deleting
  Duration processing{};  // how long a creation or change is under way before it is done
  Duration changing = std::chrono::milliseconds(10);  // how long a changed one is Pending
  std::chrono::milliseconds latency{};                // waited before every answer is written
};

// Data under one mutex: whoever touches an Tenant's changing members holds mutex(). Names, keys
// and conditions never change after construction.
class Backend {
 public:
  Backend(const flowlog::Service& service, const Behaviour& behaviour, const Timing& timing,
          Clock& clock, std::vector<Tenant> accounts);

  std::mutex& mutex() { return mutex_; }
  Clock& clock() { return clock_; }
  const Timing& timing() const { return timing_; }

  Tenant* by_key(std::string_view access_key);         // nullptr: unknown
  const Tenant& by_name(std::string_view name) const;  // throws std::out_of_range
  const flowlog::Service& service() const { return service_; }
  int quota() const { return service_.kind.quota ? service_.kind.quota->max : 0; }  // 0: none
  std::vector<Tenant>& accounts() { return accounts_; }

  // The following REQUIRE that mutex() is held.

  // What is shown from now on is what was so long ago, deletions aside; 0: what is.
  void look_behind(Duration behind) { behind_ = behind; }
  Instant seen() const { return clock_.now() - behind_; }
  // True at every second call.
  bool second_look() { return ++looks_ % 2 == 0; }

  // Removes the flow logs whose deletion is over.
  void settle(Tenant& account);
  // As the lister shows it.
  std::string state(const StoredFlowLog& log) const;
  bool ready(const StoredFlowLog& log) const;
  // A fresh id.
  std::string next_id();
  long next_serial() { return ++serial_; }
  long serial() const { return serial_; }         // the last one
  void resume(long serial) { serial_ = serial; }  // as if that had been the last one
  void remember(Tenant& account, const std::string& token, Remembered what);
  // The flow log of that id, or nullptr.
  StoredFlowLog* flow_log(Tenant& account, const std::string& id);
  // The flow log that has `value` where only one may have it (Exclusive), or nullptr.
  const StoredFlowLog* holder(const Tenant& account, const std::string& value) const;

  void note_change() { ++changes_; }  // of a flow log that stays
  long changes() const { return changes_; }
  long created() const;   // ever
  long standing() const;  // now

 private:
  std::string settled_state(const StoredFlowLog& log) const;

  const flowlog::Service& service_;
  const Behaviour& behaviour_;
  Timing timing_;
  Clock& clock_;
  std::vector<Tenant> accounts_;
  std::map<std::string, std::size_t, std::less<>> by_key_;
  std::mutex mutex_;
  Duration behind_{};
  long looks_ = 0;
  long serial_ = 0;
  long changes_ = 0;
};

}  // namespace flowlog::mock

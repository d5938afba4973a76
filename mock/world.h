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
  std::string vpc_id;      // of a vpc its own id
  std::string condition;   // "resource.eni_shared", empty: free
  bool busy = false;       // a creation on it is under way
  bool contested = false;  // … and another one came meanwhile
};

struct Tag {
  std::string key;
  std::string value;
};

struct StoredFlowLog {
  std::string id;
  long serial = 0;                                // rises with every flow log of the world
  std::map<std::string, std::string> attributes;  // by parameter of the creation
  std::vector<Tag> tags;
  std::string vpc_id;
  std::string log_project_id;
  std::string log_topic_id;
  WallTime created;
  Instant born;
  std::optional<Instant> dying;
};

// What an account remembers of a ClientToken.
struct Remembered {
  std::string arguments;  // as compared
  bool in_process = false;
  std::string flow_log_id;
  std::optional<Refusal> refusal;  // only where refusals are remembered
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
  std::optional<std::pair<std::string, std::string>> conflicting_topic;
  std::vector<StoredFlowLog> flow_logs;  // by serial; those that are gone are removed by settle()
  std::map<std::string, Remembered> tokens;
  std::deque<std::string> token_order;  // oldest first, to bound `tokens`
  std::set<std::string> stuck;          // resources that a mock which lies keeps bound
  int in_process = 0;                   // creations under way
  long ever_created = 0;
};

struct Timing {
  Duration creating{};                  // how long a new flow log is Creating
  Duration deleting{};                  // how long a deleted one is Deleting
  Duration processing{};                // how long a creation is under way before it is done
  std::chrono::milliseconds latency{};  // waited before every answer is written
};

// Data under one mutex: whoever touches an Tenant's changing members holds mutex(). Names, keys
// and conditions never change after construction.
class Backend {
 public:
  Backend(const Contract& create, const Behaviour& behaviour, const Timing& timing, Clock& clock,
          std::vector<Tenant> accounts);

  std::mutex& mutex() { return mutex_; }
  Clock& clock() { return clock_; }
  const Timing& timing() const { return timing_; }

  Tenant* by_key(std::string_view access_key);         // nullptr: unknown
  const Tenant& by_name(std::string_view name) const;  // throws std::out_of_range
  const std::string& service() const { return create_.service; }
  int quota() const { return create_.quota; }
  std::vector<Tenant>& accounts() { return accounts_; }

  // The following REQUIRE that mutex() is held.

  // Removes the flow logs whose deletion is over.
  void settle(Tenant& account);
  // As DescribeFlowLogs shows it.
  std::string state(const StoredFlowLog& log) const;
  bool ready(const StoredFlowLog& log) const;
  // A fresh FlowLogId.
  std::string next_id();
  long next_serial() { return ++serial_; }
  long serial() const { return serial_; }         // the last one
  void resume(long serial) { serial_ = serial; }  // as if that had been the last one
  void remember(Tenant& account, const std::string& token, Remembered what);
  // The flow log that holds the resource, or nullptr.
  const StoredFlowLog* holder(const Tenant& account, const std::string& resource_id) const;

  long created() const;   // ever
  long standing() const;  // now

 private:
  const Contract& create_;
  const Behaviour& behaviour_;
  Timing timing_;
  Clock& clock_;
  std::vector<Tenant> accounts_;
  std::map<std::string, std::size_t, std::less<>> by_key_;
  std::mutex mutex_;
  long serial_ = 0;
};

}  // namespace flowlog::mock

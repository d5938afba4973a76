// The profile's resources, lent to one check at a time. A resource takes one flow log and an
// account takes few, so both are scarce: a lease holds a resource and one place of the account's
// quota.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "suites/profile.h"

namespace flowlog {

class Pool;

// Gives its resource back when it ends, unless it was burnt.
class Lease {
 public:
  Lease() = default;
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&& other) noexcept;
  Lease(const Lease&) = delete;
  ~Lease();

  const std::string& type() const { return type_; }
  const std::string& id() const { return id_; }
  const std::string& account() const { return account_; }
  // A flow log may still stand on it: nobody gets it again in this run.
  void burn() { burnt_ = true; }

 private:
  friend class Pool;
  Lease(Pool* pool, std::string account, std::string type, std::string id);
  void release();

  Pool* pool_ = nullptr;
  std::string account_;
  std::string type_;
  std::string id_;
  bool burnt_ = false;
};

// What a lease is asked for: any free resource of a type, or one by id.
struct Wanted {
  std::string type;
  std::string id;
};

// Thread-safe; outlives its leases.
class Pool {
 public:
  // `places`: how many flow logs one account may have at once.
  Pool(const Profile& profile, int places);

  // `used` flow logs that are not ours stand in the account already.
  void occupy(const std::string& account, int used);
  // All of `wanted` at once, waiting until that is possible. Nothing when it never will be (too few
  // in the profile, burnt, or stop() was called).
  std::optional<std::vector<Lease>> acquire(const std::string& account,
                                            const std::vector<Wanted>& wanted);
  // Ends all waiting.
  void stop();

 private:
  friend class Lease;
  std::optional<std::vector<std::string>> pick(const std::string& account,
                                               const std::vector<Wanted>& wanted) const;
  bool possible(const std::string& account, const std::vector<Wanted>& wanted) const;
  void give_back(const std::string& account, const std::string& id, bool burnt);

  const Profile& profile_;
  const int places_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> lent_;
  std::set<std::string> burnt_;
  std::map<std::string, int> used_;      // places lent, by account
  std::map<std::string, int> occupied_;  // places gone for good, by account
  bool stopped_ = false;
};

}  // namespace flowlog

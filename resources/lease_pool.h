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

#include "base/clock.h"
#include "profiles/profile.h"

namespace flowlog {

class LeasePool;

// What a lease is asked for: any free resource of a type, or one by id.
struct Wanted {
  std::string type = {};
  std::string id = {};
  std::string account = {};   // empty: the check's
  bool beyond_quota = false;  // takes no place of the quota: nothing is to be made there
  bool for_refusals = false;  // whatever is sent there is to be refused
};

// Gives its resource back when it ends, unless it was burnt.
class Lease {
 public:
  Lease() = default;
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&& other) noexcept;
  Lease(const Lease&) = delete;
  ~Lease();

  const std::string& type() const { return what_.type; }
  const std::string& id() const { return what_.id; }
  const std::string& account() const { return what_.account; }
  // A flow log may still stand on it: nobody gets it again in this run.
  void burn() { burnt_ = true; }
  bool burnt() const { return burnt_; }

 private:
  friend class LeasePool;
  Lease(LeasePool* pool, Wanted what);
  void release();

  LeasePool* pool_ = nullptr;
  Wanted what_;  // every member given
  bool burnt_ = false;
  Instant since_{};  // where a trace is on
};

// Thread-safe; outlives its leases.
class LeasePool {
 public:
  // `places`: how many flow logs one account may have at once.
  LeasePool(const Profile& profile, int places);

  // `used` flow logs that are not ours stand in the account already.
  void occupy(const std::string& account, int used);
  // All of `wanted` at once, for `account` where they name no other, waiting until that is
  // possible. Nothing when it never will be (too few in the profile, burnt, or stop() was called).
  std::optional<std::vector<Lease>> acquire(const std::string& account,
                                            const std::vector<Wanted>& wanted);
  // Something was made on the resource, so that the endpoint knows it. Of what a profile lists the
  // others are lent first, those for refusals last.
  void prove(const std::string& id);
  // Ends all waiting.
  void stop();

 private:
  friend class Lease;
  std::optional<std::vector<std::string>> pick(const std::vector<Wanted>& wanted) const;
  bool possible(const std::vector<Wanted>& wanted) const;
  bool room(const std::vector<Wanted>& wanted, bool when_nothing_is_lent) const;
  void give_back(const Lease& lease);

  const Profile& profile_;
  const int places_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> lent_;
  std::set<std::string> proven_;  // something was made there
  std::set<std::string> burnt_;
  std::map<std::string, int> used_;      // places lent, by account
  std::map<std::string, int> occupied_;  // places gone for good, by account
  bool stopped_ = false;
};

}  // namespace flowlog

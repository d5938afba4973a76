// What the profile claims of the endpoint's world, held against what the endpoint says of it: which
// resources, projects and accounts it has shown to know.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/params.h"
#include "oracle/response.h"
#include "profiles/profile.h"
#include "specs/service.h"

namespace flowlog {

// Thread-safe. An endpoint that denies what it never showed to know cannot be told from a profile
// that is wrong, so the profile is taken to be at fault. What it once accepted, or called bound, it
// knows: denied after that, it is the endpoint's deviation.
class Claims {
 public:
  // `certain`: the profile is the endpoint's own and cannot be wrong.
  Claims(const Service& service, const Profile& profile, bool certain);

  // An answer to a request of the action that creates. `valid`: nothing else speaks against the
  // request, so that a denial is the profile's fault. Otherwise returns true iff something is
  // denied that nothing is known of: a valid request for the same then decides.
  bool see(const Params& sent, const Account& account, const Response& answer, bool valid);
  // The profile is at fault for another reason; the first sentence is kept.
  void blame(const std::string& sentence);
  // True iff the profile lists the resource as free, and valid requests on it were refused so far,
  // all of them and one at least.
  bool never_accepted(const std::string& resource) const;
  // The first fault, one sentence with the member of the profile; empty while there is none.
  std::string fault() const;

 private:
  // What a denial is about.
  struct Subject {
    std::string name;  // "resource default vpc-1"; empty: none of the profile's claims
    std::string pointer;
    std::string text;  // "the vpc vpc-1"
    std::string denied;
  };

  std::vector<const ErrorRow*> rows_of(const Response& answer) const;
  Subject subject_of(const Trigger& trigger, const Params& sent, const Account& account) const;
  Subject resource(const Params& sent, const Account& account) const;
  Subject project(const Params& sent) const;
  // What the endpoint knows where it accepts the request.
  void accept(const Params& sent, const Account& account);

  const Service& service_;
  const Profile& profile_;
  const bool certain_;
  mutable std::mutex mutex_;
  std::set<std::string> known_;        // names of subjects
  std::set<std::string> accepted_on_;  // ids of resources
  std::set<std::string> refused_on_;   // of those where a valid request was refused
  std::string fault_;
};

// What can be seen of the profile without sending anything: two accounts that are one. A sentence,
// or "".
std::string contradiction(const Profile& profile);

}  // namespace flowlog

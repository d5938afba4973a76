// A check: a named unit of the plan that proves rows of the documentation. Either data (cases, each
// one request judged by the contract) or a script.
#pragma once

#include <rapidcheck.h>

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "base/params.h"
#include "client/client.h"
#include "generators/classes/classes.h"
#include "oracle/expectation.h"
#include "profiles/profile.h"
#include "reports/report.h"
#include "resources/lease_pool.h"
#include "specs/contract.h"
#include "specs/service.h"

namespace flowlog {

class CheckContext;

// One request. Values may hold placeholders that are filled in when it is sent: "@vpc" (the word
// for a resource type) is the leased resource, "@instance" a thing that the check made on it,
// "@unique" eight letters never used before.
struct Case {
  std::string label;  // the class of input and its number, "over-max/2"
  Params params;
  Situation situation;
  // Where it came from, for making it smaller: every shrink laid over `base` is a smaller case.
  Params base;
  std::optional<rc::Shrinkable<Edit>> origin;
  bool random = false;  // drawn by chance
};

// The cases of a check in their order: some are kept, those after them are made when they are due,
// so that memory does not grow with their number.
class Cases {
 public:
  // Thread-safe, and the same for the same number, counted from 0.
  using Make = std::function<Case(std::size_t)>;

  Cases() = default;
  Cases(std::initializer_list<Case> kept) : kept_(kept) {}

  std::size_t size() const { return kept_.size() + more_; }
  bool empty() const { return size() == 0; }
  // REQUIRES: index < size()
  Case operator[](std::size_t index) const {
    return index < kept_.size() ? kept_[index] : make_(index - kept_.size());
  }
  Case front() const { return (*this)[0]; }
  // REQUIRES: no more were added
  void push_back(Case one) { kept_.push_back(std::move(one)); }
  // So many after those that are kept.
  void add_more(std::size_t count, Make make) {
    more_ = count;
    make_ = std::move(make);
  }
  // From now on those alone that `wanted` takes, all kept.
  void keep_only(const std::function<bool(const Case&)>& wanted);
  void clear() { *this = {}; }

 private:
  std::vector<Case> kept_;
  std::size_t more_ = 0;
  Make make_;
};

// When a check runs: most run side by side, some must have the account for themselves, and those
// that look at every answer of the run come last.
enum class Phase { together, alone, last };

// A thing that several checks look at and leave as it is. Where they are carried out together it is
// made once for all of them, and their scripts get it as CheckContext::given().
struct Given {
  std::string name;                              // the same for all of them; "": none
  std::function<Params(CheckContext&)> request;  // that makes it
};

struct Check {
  std::string id;  // "param.FlowLogName.length/over-max"
  Text title;
  std::vector<std::string> rows;
  Standing standing = Standing::documented;
  std::string action;  // that it is about; empty: the creating one
  std::string account = "default";
  std::vector<Wanted> resources;  // leased for as long as it runs
  // Conditions the profile must provide, beside the account and the resources.
  std::vector<std::string> needs;
  // Ids of checks that must have succeeded for a refusal to mean anything.
  std::vector<std::string> controls;
  Phase phase = Phase::together;
  bool creates = true;        // sends something that could create
  bool confirm = true;        // a deviation is tried again before it is reported
  bool grey = false;          // the documentation leaves the answer open: never more than a finding
  bool after_shared = false;  // builds on what shared requests showed
  bool shares = false;        // its cases may stand in one request with those of other checks
  bool movable = false;       // of those what is at an index means the same at another one
  Cases cases;
  std::function<void(CheckContext&)> script;  // instead of cases
  Given given;                                // for the script; it also works without
  int requests = 0;                           // about how many a script sends
  int creations = 0;                          // how many flow logs it makes when all is well
};

// What the catalog is made from. The same values give the same checks in the same order.
struct CatalogOptions {
  const Service* service = nullptr;
  const Profile* profile = nullptr;
  std::uint64_t seed = 0;
  int random_cases = 1;            // --cases: random members of a class beside its boundaries
  const Action* action = nullptr;  // of the service, that the checks are about; none: its creator

  // What requests of that action are judged by.
  ContractView view() const;
  const Contract& contract() const { return view().contract(); }

  // What the themes take classes of input from; catalog() provides it.
  ClassBook* classes = nullptr;
};

// Every check of the options' action, in the order of the documentation: what suites/catalog.h
// makes.
using Catalog = std::function<std::vector<Check>(const CatalogOptions&)>;

// Id of the check whose success every refusal builds on.
inline constexpr const char* kAcceptedControl = "request.smallest/accepted";
inline constexpr const char* kRefusedControl = "request.smallest/refused";

// The words for types of resources; empty where no parameter names one.
std::vector<std::string> resource_types(const Contract& contract);

// The resource type that a check works with: spread over those the profile has, the same for the
// same id. The contract's first word where the profile has none.
std::string resource_type_for(const CatalogOptions& options, std::string_view check_id);

// An independent source of random values for the `index`th case of a check.
rc::Random random_for(std::uint64_t seed, std::string_view check_id, std::uint64_t index);

}  // namespace flowlog

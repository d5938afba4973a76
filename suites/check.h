// A check: a named unit of the plan that proves rows of the documentation. Either data (cases, each
// one request judged by the contract) or a script.
#pragma once

#include <rapidcheck.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/params.h"
#include "client/client.h"
#include "generators/classes.h"
#include "reports/report.h"
#include "specs/contract.h"
#include "suites/expectation.h"
#include "suites/pool.h"
#include "suites/profile.h"

namespace flowlog {

class Scene;

// One request. Values may hold placeholders that are filled in when it is sent: "@vpc" (the word
// for a resource type) is the leased resource, "@unique" eight letters never used before.
struct Case {
  std::string label;  // the class of input and its number, "over-max/2"
  Params params;
  Situation situation;
  // Where it came from, for making it smaller: every shrink laid over `base` is a smaller case.
  Params base;
  std::optional<rc::Shrinkable<Edit>> origin;
};

// When a check runs: most run side by side, some must have the account for themselves, and those
// that look at every answer of the run come last.
enum class Phase { together, alone, last };

struct Check {
  std::string id;  // "param.FlowLogName.length/over-max"
  Text title;
  std::vector<std::string> rows;
  Standing standing = Standing::documented;
  std::string account = "default";
  std::vector<Wanted> resources;  // leased for as long as it runs
  // Conditions the profile must provide, beside the account and the resources.
  std::vector<std::string> needs;
  // Ids of checks that must have succeeded for a refusal to mean anything.
  std::vector<std::string> controls;
  Phase phase = Phase::together;
  bool creates = true;  // sends something that could create
  bool confirm = true;  // a deviation is tried again before it is reported
  bool grey = false;    // the documentation leaves the answer open: never more than a finding
  std::vector<Case> cases;
  std::function<void(Scene&)> script;  // instead of cases
  int requests = 0;                    // about how many a script sends
  int creations = 0;                   // how many flow logs it makes when all is well
};

// What the catalog is made from. The same values give the same checks in the same order.
struct CatalogOptions {
  const Api* api = nullptr;
  const Profile* profile = nullptr;
  std::uint64_t seed = 0;
  int random_cases = 2;  // --cases: random members of a class beside its boundaries
  // What the themes take classes of input from; catalog() provides it.
  ClassBook* classes = nullptr;
};

}  // namespace flowlog

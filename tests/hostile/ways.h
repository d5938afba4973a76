// The ways in which a server answers a request that it has read, none of them this API's.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reports/report.h"
#include "tests/support/raw_server.h"

namespace flowlog::test {

struct Way {
  std::string name;                      // letters only
  std::function<Script(Script)> answer;  // appends to a script that has read the request
  Verdict verdict;                       // of every check
  std::string told;                      // what its reason must hold
  // It would take for ever.
  bool slow() const { return name == "NeverAnswers" || name.starts_with("Drips"); }
};

// `elsewhere` is the address that redirects point to.
std::vector<Way> ways(const std::string& elsewhere);

}  // namespace flowlog::test

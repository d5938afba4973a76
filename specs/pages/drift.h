// Where a page and the contract that came from it say two things.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"
#include "specs/pages/draft.h"

namespace flowlog {

struct Difference {
  std::string row;       // of the page or the contract: "parameters/FlowLogName", "errors/7"
  Text what;             // what differs: "length", "example", …
  std::string page;      // what the page says; empty: nothing
  std::string contract;  // what the contract says; empty: nothing
};

// Row by row, in the page's order, then what the contract alone has. A contract may say more than
// this page where its standing is `related` or `inferred`; what is `documented` has to stand on the
// page, and so has a default, unless the parameter's source names another page with "(default)".
//
// Descriptions are compared in the page's language: of parameters clause by clause (same_text.h),
// whether import understood them or not; of answers and error rows letter by letter. A contract
// whose error rows are described in Chinese is not held against an English page's descriptions of
// them. What a rule in words that could not be read means is not compared.
std::vector<Difference> drift(const Draft& page, const Contract& contract, bool chinese);

}  // namespace flowlog

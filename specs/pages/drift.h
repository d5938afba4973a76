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
// page. Sentences count where page and contract are Chinese, since contracts keep the page's own;
// English ones are the contract's. Rules in words that could not be read are not compared.
std::vector<Difference> drift(const Draft& page, const Contract& contract, bool compare_texts);

}  // namespace flowlog

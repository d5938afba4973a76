// What a page's description and a contract's texts do not have in common.
#pragma once

#include <string>

namespace flowlog {

struct TextDifference {
  std::string page;      // clauses that the contract lacks
  std::string contract;  // clauses that the page lacks
  bool none() const { return page.empty() && contract.empty(); }
};

// `said`: the sentences of a page's `description` that are no mere rules; they have to stand in
// `texts`, all that the contract says there. `known`: the contract's own sentences; they have to
// stand in `description`. Clause by clause, wherever it stands; blanks and marks count for nothing.
// A sentence that breaks off on the page may go on in the contract.
TextDifference compare_texts(const std::string& said, const std::string& description,
                             const std::string& known, const std::string& texts);

}  // namespace flowlog

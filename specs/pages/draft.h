// A page as a contract: what it says, and a list of what could not be read. Nothing is guessed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "specs/contract.h"
#include "specs/pages/page.h"

namespace flowlog {

struct Draft {
  // Every fact is `documented`. Texts are the page's own, for both languages. Members that a page
  // cannot state (grey lengths, `unique`, `also`) are left out; what a letter leaves open stands in
  // `grey` as in the contracts here.
  Contract contract;
  // Addresses of length rules whose `min` no sentence states; it is 0 there.
  std::set<std::string> open_below;
  std::vector<Unread> unread;                       // in the page's order
  std::map<std::string, std::string> descriptions;  // of parameters by row, in the page's own words

  // True iff rules of `kind` stand at `row` in words that could not be read.
  bool unread_at(const std::string& row, RuleKind kind) const;
};

// `source` is how the draft names the page, "CreateFlowLog.zh.txt". Throws InputError where the
// page does not say its action and version, or a table names one thing twice.
Draft draft_contract(const Page& page, const std::string& source);

}  // namespace flowlog

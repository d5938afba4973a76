// What is wrong with documentation: contradictions, gaps and oddities, for whoever writes the
// pages.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

struct Remark {
  enum class Kind { contradiction, gap, oddity };
  Kind kind;
  std::string row;   // what it is about, several divided by ", "; "Action:row" where the row is not
                     // one of the first contract
  std::string text;  // one or two sentences, English
  std::string text_zh;
  std::string topic;  // which fault: "limit-twice"; "declared" for what a contract itself names
};

// Contradictions and gaps that the contracts name, and those that lint finds by itself:
//   required-default   required, and yet a default, or a page on which it may be left out
//   broken-example     an example or a default that breaks a rule of its own parameter
//   id-form            examples of one id in two forms
//   repeated-code      rows of one code that only the message tells apart, or nothing
//   http-codes         one code on several HTTP codes, on one page or on sister pages
//   no-cause           an error row that nothing is known to lead to
//   uncovered          rules of a parameter, or a quota, that no error row answers
//   lonely-state       a state that no text, rule or sister page names
//   limit-twice        one limit with two numbers: rule, sentence, error message, sister page
//   other-words        one parameter with other values or prefixes on a sister page
// Rows that are inferred stand on no page, so that nothing is said of them; where a table was not
// read to its end, nothing is said of what it lacks.
// A remark on the very rows of a note that the contract declares carries that note's text.
std::vector<Remark> lint(const std::vector<const Contract*>& contracts,
                         const std::vector<ErrorRow>& common);
// A contract beside those of the service's other actions; the creating one's.
std::vector<Remark> lint(const Contract& contract, const Service& service);
std::vector<Remark> lint(const Service& service);

}  // namespace flowlog

// What a reader of the contract should know before a run: contradictions, gaps, oddities.
#pragma once

#include <string>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

struct Remark {
  enum class Kind { contradiction, gap, oddity };
  Kind kind;
  std::string row;   // what it is about
  std::string text;  // one sentence, English
  std::string text_zh;
};

// Contradictions and gaps the contract names, and those it can find: a documented rule that no
// row answers, an error row without a trigger, two rows of one code that only the message tells
// apart, a code on two HTTP codes.
std::vector<Remark> lint(const Api& api);

}  // namespace flowlog

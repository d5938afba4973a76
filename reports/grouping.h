// Checks of which there is the same to say, told once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

struct CheckGroup {
  std::string text;        // printable
  std::size_t checks = 0;  // that it is said of
  // Their ids; where several differ in nothing but the class of input, the pattern that selects
  // them with their number: `param.FlowLogName.first/* (8)`.
  std::vector<std::string> where;
};

// Of pairs of a check's id and what there is to say of it, in the order of first appearance. Texts
// that differ in the ids of an answer only are the same.
std::vector<CheckGroup> grouped(const std::vector<std::pair<std::string, std::string>>& said);

// `where` as one line, the first `most` of it, the rest counted.
std::string places(const CheckGroup& group, std::size_t most, Language say);

}  // namespace flowlog

#include "score/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog::score {
namespace {

bool any_matches(const std::vector<std::string>& globs, const std::string& id) {
  return std::ranges::any_of(globs, [&](const std::string& one) { return glob(one, id); });
}

}  // namespace

Expected expected_of(const std::string&) {
  return {{"*"}, {}, false};
}

std::string unmet(const Expected& expected, const Turned& turned) {
  if (expected.must.empty()) return "the table does not name the checks that turn";
  std::vector<std::string> seen = turned.deviating;
  if (expected.fleeting) {
    seen.insert(seen.end(), turned.finding.begin(), turned.finding.end());
    seen.insert(seen.end(), turned.inconclusive.begin(), turned.inconclusive.end());
  }
  for (const std::string& must : expected.must) {
    if (std::ranges::none_of(seen, [&](const std::string& id) { return glob(must, id); })) {
      return must + " did not turn";
    }
  }
  if (expected.may.empty()) return {};
  for (const std::string& id : turned.deviating) {
    if (!any_matches(expected.must, id) && !any_matches(expected.may, id)) {
      return id + " turned as well";
    }
  }
  return {};
}

}  // namespace flowlog::score

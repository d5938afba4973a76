// The rows of the made-up report, its checks, every one conformant, and what they are made of.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/report.h"

namespace flowlog::test {

struct Error {
  int status;
  const char* code;
  const char* message;
  const char* zh;
};

extern const std::vector<Error> kErrors;

using Pairs = std::vector<std::pair<std::string, std::string>>;

extern const Pairs kValid;  // a request that keeps every rule

// Bodies of answers.
std::string answer(std::string_view rest);
std::string failure(const Error& error);
std::string success();

Evidence evidence(const Pairs& params, int status, std::string body);
CheckResult passed(std::string id, Text title, std::vector<std::string> rows);

void add_rows(Report& report);
void add_checks(Report& report);  // REQUIRES: add_rows was called.

}  // namespace flowlog::test

// Answers to judge, and what is expected of them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "oracle/judge.h"
#include "specs/load.h"
#include "tests/oracle/requests.h"

namespace flowlog::test {

inline Expectation expected(const Params& sent, const Situation& situation = {}) {
  return expect(built_in_service(), sent, small_world(), situation);
}

inline Expectation name_too_long() {
  return expected(good_request_with({{"FlowLogName", std::string(129, 'a')}}));
}

inline Response success(int http = 200) {
  nlohmann::json body{{"ResponseMetadata", {{"RequestId", "R1"}}},
                      {"Result", {{"FlowLogId", "fl-1"}}}};
  return parse_response(http, {}, body.dump(), "Result.FlowLogId");
}

inline Response error(int http, const std::string& code, const std::string& message = "m") {
  nlohmann::json error{{"Code", code}, {"Message", message}};
  nlohmann::json body{{"ResponseMetadata", {{"RequestId", "R1"}, {"Error", error}}}};
  return parse_response(http, {}, body.dump());
}

inline Verdict verdict(const Expectation& expectation, const Response& answer,
                       bool strict = false) {
  return judge(expectation, answer, strict).verdict;
}

}  // namespace flowlog::test

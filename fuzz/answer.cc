// Any answer gets a reading and a judgement that can be shown. The first line of the input is the
// status, the lines up to an empty one are headers, the rest is the body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "oracle/judge.h"
#include "oracle/response_shape.h"
#include "specs/load.h"

namespace {

using namespace flowlog;

const Expectation& expectation(bool valid) {
  static const Inventory inventory{{{"vpc-a", "vpc"}}, {"team-a"}};
  static const Params good{{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"},
                           {"FlowLogName", "a"},        {"ResourceType", "vpc"},
                           {"ResourceId", "vpc-a"},     {"TrafficType", "All"},
                           {"LogProjectName", "abc"},   {"LogTopicName", "abc"}};
  static const Params bad{{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"},
                          {"FlowLogName", "-"},        {"ResourceType", "vlan"},
                          {"ResourceId", "vpc-b"},     {"TrafficType", "All"}};
  static const Expectation lawful = expect(built_in_service(), good, inventory);
  static const Expectation broken = expect(built_in_service(), bad, inventory);
  return valid ? lawful : broken;
}

std::string_view line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view first = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return first;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const int status = std::atoi(std::string(line(text).substr(0, 6)).c_str());
  std::vector<std::pair<std::string, std::string>> headers;
  for (auto one = line(text); !one.empty(); one = line(text)) {
    const auto colon = one.find(':');
    headers.emplace_back(one.substr(0, colon),
                         colon == std::string_view::npos ? "" : one.substr(colon + 1));
  }
  const Response answer = parse_response(status, headers, text);
  if (answer.kind == Response::Kind::none) __builtin_trap();
  if (answer.kind == Response::Kind::alien && !is_utf8(answer.trouble)) __builtin_trap();
  for (const bool valid : {false, true}) {
    for (const bool strict : {false, true}) {
      const Judgement judgement = judge(expectation(valid), answer, strict);
      if (!is_utf8(judgement.observed) || !is_utf8(judgement.message)) __builtin_trap();
      if (judgement.verdict != Verdict::conformant && judgement.message.empty()) __builtin_trap();
    }
  }
  answer.at("Result.FlowLogs.0.Status");
  return 0;
}

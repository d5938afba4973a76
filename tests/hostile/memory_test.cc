// However much a server sends, the program holds little of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "mock/mock.h"
#include "specs/load.h"
#include "tests/hostile/process.h"
#include "tests/support/raw_server.h"

namespace flowlog {
namespace {

using test::Ended;
using test::Folder;
using test::ok;
using test::RawServer;
using test::Script;
using testing::HasSubstr;

// AddressSanitizer's own share is about twice the program's.
#ifdef __SANITIZE_ADDRESS__
constexpr long kMostMegabytes = 600;
#else
constexpr long kMostMegabytes = 200;
#endif

std::string filled(const std::string& start, const std::string& value, const std::string& end) {
  std::string text = start;
  while (text.size() < 2'000'000) text += value;
  return text + end;
}

struct Load {
  std::string name;  // letters only
  std::function<Script(Script)> answer;
  std::string told;
};

std::vector<Load> loads() {
  const std::string line = "HTTP/1.1 200 OK\r\n";
  const std::string blanks(65536, ' ');
  const auto body = [](const std::string& text) {
    return [text](Script script) { return script.send(ok(text)); };
  };
  return {
      {"EndlessBody", [=](Script script) { return script.send(line + "\r\n").flood(blanks); },
       "larger than"},
      {"BodyOfAHundredMegabytes",
       [=](Script script) {
         return script.send(line + "Content-Length: 104857600\r\n\r\n").flood(blanks, 1600);
       },
       "larger than"},
      {"GzipBomb", body(filled(std::string("\x1F\x8B\x08\x00\x00\x00\x00\x00", 8), "\xEC\xC1", "")),
       "gzip"},
      {"LongText", body(filled("{\"Result\":\"", "xxxxxxxx", "\"}")), "Result is string"},
      {"ManyArrays", body(filled("{\"Result\":[", "[],", "[]]}")), "more than 20000 values"},
      {"ManyNames", body(filled("{\"Result\":{\"a\":[", "{\"a\":0},", "0]}}")),
       "more than 20000 values"},
  };
}

std::vector<std::string> names_of_cases() {
  std::vector<std::string> names;
  for (const Load& load : loads()) names.push_back(load.name);
  return names;
}

class Memory : public testing::TestWithParam<std::string> {};

TEST_P(Memory, StaysUnderItsBoundAndTheCauseIsNamed) {
  Load load;
  for (Load& one : loads()) {
    if (one.name == GetParam()) load = std::move(one);
  }
  const mock::Mock honest(built_in_service(), {});
  const RawServer server(
      load.answer(Script().relay_unless("Action=CreateFlowLog&", honest.port())));
  nlohmann::json profile = honest.profile();
  profile["endpoint"] = server.url();
  const Folder folder;
  const Ended run = test::run_program(
      folder,
      {"run", "--profile", folder.write("profile.json", profile.dump()), "--only",
       "param.TrafficType.*", "--out", folder.path("out"), "--state", folder.path("state")},
      {{"ASAN_OPTIONS", "quarantine_size_mb=16"}});
  EXPECT_NE(run.status, 0);
  EXPECT_NE(run.status, -1) << run.err;
  const std::string report = test::read_file(folder.path("out/report.json"));
  EXPECT_THAT(report, HasSubstr(load.told));
  EXPECT_THAT(report, HasSubstr("\"complete\": true"));
  EXPECT_GT(server.bytes_sent(), 20u << 20) << "too little was sent to prove anything";
  EXPECT_LT(run.peak_mb, kMostMegabytes);
}

INSTANTIATE_TEST_SUITE_P(Under, Memory, testing::ValuesIn(names_of_cases()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace flowlog

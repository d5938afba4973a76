// Language, region and time zone of the environment change nothing that is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "tests/hostile/process.h"

namespace flowlog {
namespace {

using test::Ended;
using test::Folder;
using test::run_program;
using test::Variables;

// Midnight lies between the last two wherever it is in UTC.
const std::vector<Variables> kPlaces = {
    {},
    {{"LC_ALL", "de_DE.UTF-8"}, {"LANG", "de_DE.UTF-8"}},
    {{"LC_ALL", "zh_CN.UTF-8"}, {"LANG", "zh_CN.UTF-8"}},
    {{"LC_ALL", "tr_TR.UTF-8"}, {"LANG", "tr_TR.UTF-8"}},
    {{"LC_ALL", "C"}, {"TZ", "AAA-14"}},
    {{"LC_ALL", "C"}, {"TZ", "BBB12"}},
};

TEST(Locale, ChangesNoByteOfWhatReadingCommandsPrint) {
  const Folder folder;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"list"},
        {"list", "--rows"},
        {"lint"},
        {"run", "--plan", "--seed", "7", "--only", "param.FlowLogName.*"}}) {
    const Ended first = run_program(folder, arguments);
    ASSERT_EQ(first.status, 0) << arguments[0] << first.err;
    ASSERT_GT(first.out.size(), 20u);
    for (const Variables& place : kPlaces) {
      const Ended ended = run_program(folder, arguments, place);
      EXPECT_EQ(ended.status, 0);
      EXPECT_EQ(ended.out, first.out) << arguments[0] << testing::PrintToString(place);
    }
  }
}

TEST(Locale, ChangesNoByteOfTheReportsMadeOfOneRun) {
  const Folder folder;
  const Ended run = run_program(folder, {"run", "--seed", "7", "--only", "request.*", "--out",
                                         folder.path("run"), "--state", folder.path("state")});
  ASSERT_EQ(run.status, 0) << run.out << run.err;
  std::map<std::string, std::string> first;
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    const std::string out = "out" + std::to_string(i);
    const Ended made = run_program(
        folder, {"report", folder.path("run/report.json"), "--out", folder.path(out)}, kPlaces[i]);
    EXPECT_EQ(made.status, 0) << made.err;
    std::map<std::string, std::string> files;
    for (const auto& [name, text] : folder.files(out)) files[name.substr(out.size())] = text;
    EXPECT_GE(files.size(), 5u);
    if (i == 0) first = files;
    EXPECT_EQ(files, first) << testing::PrintToString(kPlaces[i]);
  }
}

TEST(Locale, LeavesTimesInUtcAndNumbersAsTheyAre) {
  const Folder folder;
  for (const Variables& place : kPlaces) {
    const std::string before = iso_time(system_clock().wall());
    const Ended run = run_program(folder,
                                  {"run", "--seed", "7", "--only", "request.smallest/*", "--out",
                                   folder.path("run"), "--state", folder.path("state")},
                                  place);
    const std::string after = iso_time(system_clock().wall());
    ASSERT_EQ(run.status, 0) << run.out << run.err;
    const auto report = nlohmann::json::parse(test::read_file(folder.path("run/report.json")));
    EXPECT_GE(report.at("started").get<std::string>(), before);
    EXPECT_LE(report.at("started").get<std::string>(), after);
    EXPECT_THAT(test::read_file(folder.path("run/junit.xml")),
                testing::ContainsRegex("time=\"[0-9]+\\.[0-9]+\""));
  }
}

}  // namespace
}  // namespace flowlog

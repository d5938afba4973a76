// Language, region and time zone of the environment change nothing that is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <ctime>
#include <nlohmann/json.hpp>
#include <regex>

#include "base/clock.h"
#include "tests/hostile/process.h"

namespace flowlog {
namespace {

using test::Ended;
using test::Folder;
using test::run_program;
using test::Variables;

// A comma for a point, no Latin letters, a dotless i; and of the two zones one has another date
// than UTC at any hour.
const std::vector<std::string> kLocales = {"de_DE.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8"};
const std::vector<std::string> kZones = {"AAA-14", "BBB12"};

std::vector<Variables> places() {
  std::vector<Variables> places = {{}};
  for (const std::string& locale : kLocales) {
    for (const std::string& zone : kZones) {
      places.push_back({{"LC_ALL", locale}, {"LANG", locale}, {"TZ", zone}});
    }
  }
  return places;
}

const std::vector<Variables> kPlaces = places();

// The report without what two runs one after the other differ in: times and what is made of
// them, looks at what is still being created, and the mock's port.
std::string timeless(std::string report) {
  for (const auto& [pattern, instead] : std::vector<std::pair<std::string, std::string>>{
           {R"(127\.0\.0\.1:[0-9]+)", "ADDRESS"},
           {R"("seconds": [0-9]+(\.[0-9]+)?(e-[0-9]+)?(,?\n))", "\"seconds\": S$3"},
           {R"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)", "TIME"},
           {R"([0-9]{8}T[0-9]{6}Z)", "XDATE"},
           {R"(RequestId \\".*)", "REQUEST"},
           {R"([0-9]{14}[0-9A-F]{18})", "REQUEST"},
           {R"("requests": [0-9]+)", "REQUESTS"},
           {R"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT)",
            "DATE"}}) {
    report = std::regex_replace(report, std::regex(pattern), instead);
  }
  return report;
}

// Otherwise the names below would mean C, and nothing would be tried.
TEST(Locale, OfEachNameIsInstalled) {
  for (const std::string& name : kLocales) {
    const locale_t locale = newlocale(LC_ALL_MASK, name.c_str(), nullptr);
    EXPECT_NE(locale, nullptr) << name << ": scripts/setup.sh makes it";
    if (locale != nullptr) freelocale(locale);
  }
}

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

TEST(Locale, ChangesNoByteOfTheReportOfASeededRunButItsTimes) {
  std::string first;
  for (const Variables& place : kPlaces) {
    const Folder folder;
    const Ended run =
        run_program(folder,
                    {"run", "--seed", "7", "--concurrency", "1", "--only",
                     "request.smallest/*,error.InvalidName*", "--out", folder.path("run"),
                     "--state", folder.path("state"), "--no-history"},
                    place);
    ASSERT_EQ(run.status, 0) << run.out << run.err;
    const std::string report = timeless(test::read_file(folder.path("run/report.json")));
    ASSERT_GT(report.size(), 20'000u);
    if (first.empty()) first = report;
    EXPECT_EQ(report, first) << testing::PrintToString(place);
  }
}

TEST(Language, IsChineseForPeopleWhereAskedForAndEnglishForPrograms) {
  const Folder folder;
  const Ended run = run_program(
      folder, {"run", "--seed", "7", "--lang", "zh", "--deviation",
               "length.FlowLogName.cut-silently", "--only", "param.FlowLogName.length/over-max",
               "--out", folder.path("run"), "--state", folder.path("state"), "--no-history"});
  EXPECT_EQ(run.status, 1) << run.out << run.err;
  const std::vector<std::string> words = {
      "FlowLogName：超过最大长度，应被拒绝",                // the title
      "指定的名称格式不合法。名称长度不能超过128个字符。",  // the row's message
      "请求被接受，但它违反了 FlowLogName/length",          // what it means
      "HTTP 200，成功"};                                    // what came back
  for (const std::string& word : words) {
    EXPECT_THAT(run.out, testing::HasSubstr(word));
    for (const char* file : {"run/summary.md", "run/report.html"}) {
      EXPECT_THAT(test::read_file(folder.path(file)), testing::HasSubstr(word)) << file;
    }
  }
  EXPECT_THAT(test::read_file(folder.path("run/report.json")),
              testing::HasSubstr("although it breaks FlowLogName/length"));
}

}  // namespace
}  // namespace flowlog

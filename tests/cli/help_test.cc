// What each command tells of itself, and what it refuses of a command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCommands[] = {"run",    "mock",  "list",   "sweep", "replay",    "report",
                                     "merge",  "diff",  "known",  "score", "history",   "lint",
                                     "import", "drift", "export", "man",   "completion"};

std::string help_of(const std::string& command) {
  const Folder folder;
  const ProcessResult outcome = run_program(folder, {command, "--help"});
  EXPECT_EQ(outcome.status, 0) << command;
  return outcome.out;
}

TEST(Help, TellsExitStatusesAndExamplesOfEveryCommand) {
  for (const char* command : kCommands) {
    const std::string help = help_of(command);
    EXPECT_THAT(help, HasSubstr(std::string("Usage: flowlog-conformance ") + command)) << command;
    EXPECT_THAT(help, HasSubstr("\nExit status:\n    0  ")) << command;
    EXPECT_THAT(help, HasSubstr(std::string("\nExamples:\n  flowlog-conformance ") + command))
        << command;
  }
}

TEST(Help, TellsOptionsInGroupsWithPlainTypes) {
  const std::string help = help_of("run");
  for (const char* group : {"Endpoint", "Selection", "Limits", "Verdict", "Reports", "Mock"}) {
    EXPECT_THAT(help, HasSubstr(std::string("\n") + group + ":\n"));
  }
  EXPECT_THAT(help, HasSubstr("--lang en|zh"));
  EXPECT_THAT(help, HasSubstr("--seed N"));
  for (const char* leak : {"TEXT", "UINT", "FLOAT", "INT in", "{en,zh}"}) {
    EXPECT_THAT(help, Not(HasSubstr(leak)));
  }
}

TEST(Help, TellsOfACommandOnlyWhatItTakes) {
  for (const char* option : {"--cases", "--shard", "--only", "--max-creates"}) {
    EXPECT_THAT(help_of("sweep"), Not(HasSubstr(option)));
  }
  EXPECT_THAT(help_of("list"), Not(HasSubstr("--rps")));
  EXPECT_THAT(help_of("diff"), Not(HasSubstr("interrupted")));
}

TEST(Help, FitsATerminalOfEightyColumns) {
  for (const char* command : kCommands) {
    std::size_t columns = 0;
    std::string line;
    for (const char c : help_of(command)) {
      if (c == '\n') {
        EXPECT_TRUE(columns <= 80 || line.find("  flowlog-conformance ") == 0) << line;
        columns = 0;
        line.clear();
      } else {
        line.push_back(c);
        columns += (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? 0 : 1;
      }
    }
  }
}

TEST(Manual, IsWhatTheProgramTells) {
  const Folder folder;
  const std::string page = run_program(folder, {"man"}).out;
  EXPECT_EQ(page, read_whole(FLOWLOG_SOURCE_DIR "/docs/flowlog-conformance.1"))
      << "write it anew: flowlog-conformance man >docs/flowlog-conformance.1";
  for (const char* part : {".SH NAME", ".SH EXIT STATUS", "\\-\\-max\\-failures", ".SS merge"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
}

TEST(Usage, HintsAtTheHelpOfTheCommand) {
  const Folder folder;
  EXPECT_THAT(run_program(folder, {"merge"}).err,
              HasSubstr("Try 'flowlog-conformance merge --help'."));
  EXPECT_THAT(run_program(folder, {"run", "--zzz"}).err,
              HasSubstr("Try 'flowlog-conformance run --help'."));
  EXPECT_THAT(run_program(folder, {"rum"}).err, HasSubstr("Try 'flowlog-conformance --help'."));
}

TEST(Usage, RefusesNumbersThatAreNone) {
  const Folder folder;
  const std::vector<std::vector<std::string>> wrong = {
      {"--shard", ""},           {"--shard", "1/4294967297"},
      {"--shard", "0/2"},        {"--shard", "3/2"},
      {"--shard", "1/2/3"},      {"--cases", "1000001"},
      {"--cases", "-1"},         {"--cases", ""},
      {"--concurrency", "0"},    {"--concurrency", "1e3"},
      {"--rps", "nan"},          {"--rps", "inf"},
      {"--timeout", "0"},        {"--max-failures", "0"},
      {"--max-requests", "1.5"}, {"--require", "0%"},
      {"--require", "101%"},     {"--require", "most"},
      {"--seed", "-1"},          {"--seed", "99999999999999999999"},
      {"--max-shrinks", " 5"},   {"--time-budget", "1e400"}};
  for (const auto& option : wrong) {
    const ProcessResult outcome =
        run_program(folder, {"run", "--only", "param.TrafficType.*", option[0], option[1]});
    EXPECT_EQ(outcome.status, 2) << option[0] << " " << option[1];
    EXPECT_THAT(outcome.err, HasSubstr(option[0])) << option[1];
  }
}

TEST(Selection, EveryPatternMustMatch) {
  const Folder folder;
  const auto refused = [&](const std::vector<std::string>& arguments, const std::string& part) {
    const ProcessResult outcome = run_program(folder, arguments);
    EXPECT_EQ(outcome.status, 2) << outcome.all();
    EXPECT_THAT(outcome.err, HasSubstr(part));
  };
  refused({"run", "--only", "param.TrafficType.values/unknown-word,eror.*"}, "--only 'eror.*'");
  refused({"run", "--exclude", "eror.*"}, "--exclude 'eror.*'");
  refused({"run", "--row", "errors/7,errors/77"}, "--row 'errors/77'");
  refused({"run", "--only", ""}, "--only: ''");
  refused({"list", "--only", "error.*,nope"}, "--only 'nope'");
  refused({"run", "--only", "error.*", "--exclude", "error.*"}, "no check");
}

nlohmann::json listed(const std::vector<std::string>& more) {
  const Folder folder;
  std::vector<std::string> arguments{"list", "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const ProcessResult outcome = run_program(folder, arguments);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

TEST(Selection, ByRowTakesWhatLooksAtIt) {
  const auto list = listed({"--row", "errors/7"});
  EXPECT_GT(list["checks"].size(), 1u);
  for (const auto& check : list["checks"]) {
    EXPECT_THAT(check["rows"], testing::Contains("errors/7")) << check["id"];
  }
}

TEST(Selection, ExcludeLeavesOut) {
  const auto all = listed({"--only", "param.TrafficType.*"});
  const auto some = listed({"--only", "param.TrafficType.*", "--exclude", "*/wrong-case"});
  EXPECT_LT(some["checks"].size(), all["checks"].size());
  EXPECT_GT(some["checks"].size(), 0u);
}

TEST(Selection, ShardsShareTheChecksAndCountTheirOwn) {
  const auto all = listed({})["checks"].size();
  const auto first = listed({"--shard", "1/2"})["checks"].size();
  EXPECT_EQ(first + listed({"--shard", "2/2"})["checks"].size(), all);
  const Folder folder;
  EXPECT_THAT(run_program(folder, {"list", "--shard", "1/2"}).out,
              HasSubstr("\n" + std::to_string(first) + " checks.\n"));
}

// As a shell makes of an unset variable.
TEST(Usage, RefusesEmptyTextsForWhateverTakesOne) {
  const Folder folder;
  const std::vector<std::vector<std::string>> wrong = {
      {"run", "--profile"}, {"run", "--endpoint"}, {"run", "--known"},   {"run", "--junit"},
      {"run", "--json"},    {"run", "--html"},     {"run", "--summary"}, {"run", "--har"},
      {"run", "--state"},   {"run", "--ca"},       {"run", "--against"}, {"run", "--trace"},
      {"run", "--out"},     {"run", "--contract"}, {"run", "--action"},  {"run", "--deviation"},
      {"mock", "--bind"},   {"mock", "--state"},   {"sweep", "--state"}, {"probe", "--write"},
      {"report", "FILE"},   {"import", "PAGE"},    {"history", "CHECK"}};
  for (const auto& option : wrong) {
    std::vector<std::string> arguments = {option[0], ""};
    if (option[1].starts_with("--")) arguments.insert(arguments.begin() + 1, option[1]);
    const ProcessResult outcome = run_program(folder, arguments);
    EXPECT_EQ(outcome.status, 2) << option[0] << " " << option[1];
    EXPECT_THAT(outcome.err, testing::StartsWith("flowlog-conformance: " + option[1] + ": ''"));
  }
}

TEST(Usage, NamesAWordThatIsNoCommand) {
  const Folder folder;
  EXPECT_THAT(run_program(folder, {"frobnicate"}).err, HasSubstr("'frobnicate' is not known here"));
}

TEST(Usage, ShowsWhatWasTypedOnOneLineWithoutControls) {
  const Folder folder;
  const std::string odd = "no\x1b[31m\n::error::z";
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"report", odd}, {odd}, {"run", "--" + odd}, {"lint", odd}}) {
    const ProcessResult outcome = run_program(folder, arguments);
    EXPECT_EQ(outcome.status, 2) << arguments[0];
    EXPECT_THAT(outcome.err, HasSubstr("no\\u{1B}[31m\\n::error::z")) << arguments[0];
    EXPECT_THAT(outcome.err, Not(HasSubstr("\x1b"))) << arguments[0];
    EXPECT_THAT(outcome.err, Not(HasSubstr("\n::error"))) << arguments[0];
  }
}

TEST(Help, TellsThatTheOutputMayBeLost) {
  for (const char* command : kCommands) {
    EXPECT_THAT(help_of(command), HasSubstr("\n   74  ")) << command;
  }
}

TEST(Help, OfWhatReadsReportsTellsNothingOfARunUnderWay) {
  for (const char* command : {"report", "merge"}) {
    EXPECT_THAT(help_of(command), Not(HasSubstr("--strict"))) << command;
    EXPECT_THAT(help_of(command), Not(HasSubstr("clean-up"))) << command;
  }
}

}  // namespace
}  // namespace flowlog::cli

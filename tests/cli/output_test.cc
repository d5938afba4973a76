// What commands print, where it cannot be printed, and what they leave alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

// A run of one check, its reports in conformance-report/.
class Reports : public testing::Test {
 protected:
  ProcessResult program(const std::vector<std::string>& arguments, const std::string& shell = "") {
    return Process(folder, arguments, {}, shell).wait();
  }
  void run(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"run", "--only", "param.TrafficType.*", "--seed", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    outcome = program(arguments);
  }

  const Folder folder;
  ProcessResult outcome;
};

TEST_F(Reports, OfACommandThatCannotPrintEndNonZeroWithOneSentence) {
  run();
  const std::string report = "conformance-report/report.json";
  const std::vector<std::vector<std::string>> commands = {{"diff", report, report},
                                                          {"history"},
                                                          {"list"},
                                                          {"list", "--json"},
                                                          {"run", "--plan"},
                                                          {"report", report},
                                                          {"merge", report},
                                                          {"sweep", "--all", "--dry-run"},
                                                          {"man"},
                                                          {"completion", "bash"}};
  for (const auto& command : commands) {
    const ProcessResult full = program(command, "exec >/dev/full");
    EXPECT_EQ(full.status, 74) << command[0] << full.err;
    EXPECT_THAT(full.err, HasSubstr("cannot be written")) << command[0];
    EXPECT_THAT(full.err, Not(HasSubstr("fault of this program"))) << command[0];
  }
}

TEST_F(Reports, OfARunWhoseConsoleIsLostAreWrittenAndItsStatusSaysSo) {
  const std::vector<std::string> arguments{"run", "--only", "param.TrafficType.*", "--seed", "1"};
  const std::pair<const char*, int> lost[] = {{"exec >/dev/full", 74},
                                              {"mkfifo p; : <p & exec >p; wait", 141}};
  for (const auto& [shell, status] : lost) {
    fs::remove_all(folder.file("conformance-report"));
    outcome = program(arguments, shell);
    EXPECT_EQ(outcome.status, status) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("the output cannot be written: "));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_TRUE(fs::exists(folder.file("conformance-report/report.json")));
  }
  const std::vector<std::string> lie{"run", "--deviation", "row.one-code-for-all", "--only",
                                     "param.TrafficType.*"};
  EXPECT_EQ(program(lie, "exec >/dev/full").status, 1);
}

TEST_F(Reports, WithATraceThatCannotBeWrittenAreNoGoodVerdict) {
  outcome = program({"run", "--only", "param.TrafficType.*", "--trace", "t"}, "mkfifo t; : <t & :");
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.err, HasSubstr("cannot write t: Broken pipe"));
  EXPECT_THAT(outcome.out, HasSubstr("(exit status 3)"));
}

TEST_F(Reports, GoWhereALinkOrAPipeLeads) {
  fs::create_symlink("real.xml", folder.file("link.xml"));
  outcome = program({"run", "--only", "param.TrafficType.*", "--junit", "link.xml", "--json", "p"},
                    "mkfifo p; cat <p >read.json & :");
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_TRUE(fs::is_symlink(folder.file("link.xml")));
  EXPECT_EQ(read_whole(folder.file("real.xml")),
            read_whole(folder.file("conformance-report/junit.xml")));
  EXPECT_TRUE(fs::is_fifo(folder.file("p")));
}

TEST_F(Reports, OfAShardAndItsEventsHoldTheSameChecks) {
  run({"--shard", "2/2"});
  const auto report =
      nlohmann::json::parse(read_whole(folder.file("conformance-report/report.json")));
  const std::string events = read_whole(folder.file("conformance-report/events.ndjson"));
  std::size_t told = 0;
  for (std::size_t at = events.find("{\"event\":\"check\""); at != std::string::npos;
       at = events.find("{\"event\":\"check\"", at + 1)) {
    ++told;
  }
  EXPECT_EQ(told, report["checks"].size());
  const std::string all = std::to_string(told);
  EXPECT_THAT(outcome.out, HasSubstr("[" + all + "/" + all + "]"));
}

TEST_F(Reports, ThatCannotBeWrittenAreNoGoodVerdict) {
  run();
  for (const char* command : {"merge", "report"}) {
    const ProcessResult bad =
        program({command, "conformance-report/report.json", "--out", "/dev/null"});
    EXPECT_EQ(bad.status, 3) << command << bad.all();
    EXPECT_THAT(bad.err, HasSubstr("cannot write"));
  }
}

TEST_F(Reports, ByThemselvesAreWrittenBesideTheFolder) {
  run({"--junit", "a/junit.xml", "--json", "r.json", "--html", "r.html", "--summary", "s.md",
       "--har", "e.har"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  for (const char* file : {"a/junit.xml", "r.json", "r.html", "s.md", "e.har"}) {
    EXPECT_NE(read_whole(folder.file(file)), "") << file;
  }
  EXPECT_EQ(read_whole(folder.file("a/junit.xml")),
            read_whole(folder.file("conformance-report/junit.xml")));
}

TEST_F(Reports, QuietTellsTheVerdictAloneAndVerboseEachCheck) {
  run({"--quiet"});
  EXPECT_THAT(outcome.out, testing::StartsWith("CONFORMANT: "));
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 1);
  run({"--verbose"});
  EXPECT_THAT(outcome.out, HasSubstr("conformant    param.TrafficType.values/"));
}

TEST_F(Reports, EndAfterSoManyDeviations) {
  outcome = program(
      {"run", "--only", "param.*", "--deviation", "row.one-code-for-all", "--max-failures", "2"});
  EXPECT_EQ(outcome.status, 1) << outcome.all();
  const auto report =
      nlohmann::json::parse(read_whole(folder.file("conformance-report/report.json")));
  EXPECT_TRUE(report["complete"]);
  EXPECT_GT(report["totals"]["skipped"], 50);
  EXPECT_THAT(outcome.out, HasSubstr("--max-failures"));
}

TEST_F(Reports, OfLessThanWhatIsRequiredAreNoVerdict) {
  MockProcess mock(folder);
  auto profile = nlohmann::json::parse(read_whole(mock.profile()));
  profile.erase("resources");
  profile["accounts"] = {{"default", profile["accounts"]["default"]}};
  profile["accounts"]["default"].erase("resources");
  const std::string file = folder.write("poor.json", profile.dump());
  const std::vector<std::string> arguments{"run", "--profile", file, "--require", "90%"};
  outcome = program(arguments);
  EXPECT_EQ(outcome.status, 3) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("90% required (--require)"));
}

// Keys alone: what needs resources is skipped, and says how to give them.
TEST_F(Reports, OfAnEndpointAloneSkipWhatNeedsResources) {
  MockProcess mock(folder);
  const auto keys = nlohmann::json::parse(read_whole(mock.profile()))["accounts"]["default"];
  outcome = Process(folder, {"run", "--endpoint", mock.url()},
                    {"VOLCENGINE_ACCESS_KEY=" + keys["access_key"].get<std::string>(),
                     "VOLCENGINE_SECRET_KEY=" + keys["secret_key"].get<std::string>()})
                .wait();
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  const auto report =
      nlohmann::json::parse(read_whole(folder.file("conformance-report/report.json")));
  EXPECT_EQ(report["totals"]["inconclusive"], 0);
  EXPECT_THAT(outcome.out, HasSubstr("under resources."));
}

TEST_F(Reports, RepeatInAFolderOfTheirOwn) {
  run({"--deviation", "row.one-code-for-all"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("--out 'conformance-report-repeat'"));
}

TEST_F(Reports, AreReplayedFromStandardInput) {
  run({"--deviation", "row.one-code-for-all"});
  const ProcessResult replayed = program({"replay", "-"}, "exec <conformance-report/report.json");
  EXPECT_EQ(replayed.status, 0) << replayed.all();
  EXPECT_THAT(replayed.out, HasSubstr(" fixed, 0 same, 0 different, 0 no verdict; "));
  EXPECT_THAT(replayed.out, HasSubstr(" 0 left behind."));
}

// The two halves of a plan, one of them killed.
TEST_F(Reports, OfAKilledShardAreMerged) {
  for (const char* part : {"1/2", "2/2"}) run({"--shard", part, "--out", std::string(part, 1)});
  std::string events = read_whole(folder.file("2/events.ndjson"));
  folder.write("2/events.ndjson", events.substr(0, events.rfind("{\"event\":\"end\"")));
  const ProcessResult merged = program({"merge", "1/report.json", "2/events.ndjson"});
  EXPECT_EQ(merged.status, 3) << merged.all();
  EXPECT_THAT(merged.out, HasSubstr("shard 2/2 (2/events.ndjson) was interrupted"));
  EXPECT_THAT(merged.out, HasSubstr("flowlog-conformance sweep"));
}

TEST_F(Reports, KnownDeviationsAreNotToldAsFailures) {
  run({"--deviation", "row.one-code-for-all"});
  ASSERT_EQ(outcome.status, 1);
  const ProcessResult past = program({"known", "conformance-report/report.json", "--write",
                                      "k.json", "--ticket", "T", "--expires", "2020-01-01"});
  EXPECT_EQ(past.status, 2);
  EXPECT_THAT(past.err, HasSubstr("2020-01-01 is over"));
  program({"known", "conformance-report/report.json", "--write", "k.json", "--ticket", "T",
           "--expires", "2999-01-01"});
  run({"--deviation", "row.one-code-for-all", "--known", "k.json"});
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, Not(HasSubstr("✗")));
}

class State : public testing::Test {
 protected:
  static mode_t mode_of(const std::string& path) {
    struct stat there {};
    ::stat(path.c_str(), &there);
    return there.st_mode & 07777U;
  }
  const Folder folder;
};

TEST_F(State, OfAnotherKeepsItsMode) {
  MockProcess mock(folder);
  for (const mode_t mode : {01777U, 02775U}) {
    const std::string shared = folder.file("shared" + std::to_string(mode));
    fs::create_directory(shared);
    ::chmod(shared.c_str(), mode);
    const ProcessResult outcome =
        run_program(folder, {"run", "--profile", mock.profile(), "--state", shared, "--only",
                             "request.smallest/accepted"});
    EXPECT_EQ(outcome.status, 0) << outcome.all();
    EXPECT_EQ(mode_of(shared), mode);
  }
  EXPECT_EQ(run_program(folder,
                        {"run", "--profile", mock.profile(), "--only", "request.smallest/accepted"})
                .status,
            0);
  EXPECT_EQ(mode_of(folder.file("state/flowlog-conformance")), 0700u);
}

TEST_F(State, IsNotNeededForAPlanOrWhereNothingIsCreated) {
  MockProcess mock(folder);
  auto profile = nlohmann::json::parse(read_whole(mock.profile()));
  profile["may_create"] = false;
  const std::string file = folder.write("p.json", profile.dump());
  const std::string nowhere = "unset HOME XDG_STATE_HOME";
  const ProcessResult plan =
      Process(folder, {"run", "--profile", file, "--plan"}, {}, nowhere).wait();
  EXPECT_EQ(plan.status, 0) << plan.all();
  EXPECT_THAT(plan.out, HasSubstr("may_create false"));
  EXPECT_THAT(plan.out, Not(HasSubstr(" 0 creations")));
  const ProcessResult run =
      Process(folder, {"run", "--profile", file, "--no-history", "--only", "auth.*"}, {}, nowhere)
          .wait();
  EXPECT_EQ(run.status, 0) << run.all();
  const ProcessResult creating =
      Process(folder, {"run", "--profile", mock.profile(), "--only", "auth.*"}, {}, nowhere).wait();
  EXPECT_EQ(creating.status, 2);
  EXPECT_THAT(creating.err, HasSubstr("--state"));
}

TEST_F(State, APlanIsToldInChinese) {
  const std::string plan =
      run_program(folder, {"run", "--plan", "--lang", "zh", "--only", "param.*"}).out;
  for (const char* word : {"内置模拟服务", "主题", "合计", "项检查", "未发送任何请求"}) {
    EXPECT_THAT(plan, HasSubstr(word));
  }
  for (const char* word : {"creations", "skipped", "endpoint", "theme", "nothing was sent"}) {
    EXPECT_THAT(plan, Not(HasSubstr(word)));
  }
}

TEST_F(State, EveryRequestOfAPlanIsToldInChinese) {
  std::vector<std::string> arguments{"run",
                                     "--plan",
                                     "--verbose",
                                     "--lang",
                                     "zh",
                                     "--only",
                                     "request.*,param.Description.*,lifecycle.*"};
  std::string plan = run_program(folder, arguments).out;
  arguments.insert(arguments.end(), {"--endpoint", "http://127.0.0.1:1"});
  plan += run_program(folder, arguments).out;
  for (const char* word : {"个请求的脚本", "另有", "跳过：需要"}) {
    EXPECT_THAT(plan, HasSubstr(word));
  }
  for (const char* word : {"a script of", "bytes more", "skipped"}) {
    EXPECT_THAT(plan, Not(HasSubstr(word)));
  }
}

TEST_F(State, APlanNeedsNoKeys) {
  MockProcess mock(folder);
  auto profile = nlohmann::json::parse(read_whole(mock.profile()));
  profile["accounts"] = {
      {"default", {{"access_key_env", "FLOWLOG_NONE"}, {"secret_key_env", "FLOWLOG_NONE"}}}};
  const std::string file = folder.write("p.json", profile.dump());
  const ProcessResult plan = run_program(folder, {"run", "--profile", file, "--plan"});
  EXPECT_EQ(plan.status, 0) << plan.all();
  EXPECT_THAT(plan.out, HasSubstr("default (no keys here)"));
  EXPECT_THAT(plan.out, HasSubstr("\n  theme "));
  EXPECT_THAT(mock.stop().out, HasSubstr("\n0 requests"));
}

TEST_F(State, ThatIsNotThereProvesNothingAndIsNotMade) {
  MockProcess mock(folder);
  for (const char* more : {"--dry-run", "--no-such"}) {
    std::vector<std::string> arguments{"sweep", "--profile", mock.profile(), "--state", "none"};
    if (std::string(more) == "--dry-run") arguments.emplace_back(more);
    const ProcessResult outcome = run_program(folder, arguments);
    EXPECT_EQ(outcome.status, 0) << outcome.all();
    EXPECT_THAT(outcome.out, HasSubstr("no journal in none"));
    EXPECT_FALSE(fs::exists(folder.file("none")));
  }
}

TEST_F(State, IsListedForEveryEndpoint) {
  MockProcess mock(folder, {"--deleting-ms", "600000"});
  Process run(folder, {"run", "--profile", mock.profile(), "--only", "request.smallest/accepted"});
  const auto listed = [&] { return run_program(folder, {"sweep", "--all", "--dry-run"}); };
  for (int i = 0; i < 100 && listed().out.find("\n1 that stand") == std::string::npos; ++i) {
    usleep(100'000);
  }
  run.signal(SIGKILL);
  run.wait();
  const ProcessResult all = listed();
  EXPECT_EQ(all.status, 0) << all.all();
  EXPECT_THAT(all.out, HasSubstr("Journal: "));
  EXPECT_THAT(all.out, HasSubstr("1 that stand or may stand"));
  EXPECT_EQ(run_program(folder, {"sweep", "--all"}).status, 2);
}

}  // namespace
}  // namespace flowlog::cli

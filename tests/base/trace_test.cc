#include "base/trace.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/json_node.h"
#include "tests/support/fake_clock.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;

class TraceFile : public testing::Test {
 protected:
  TraceFile()
      : path_(std::filesystem::temp_directory_path() /
              (std::string("trace-") +
               testing::UnitTest::GetInstance()->current_test_info()->name() + ".json")) {}
  ~TraceFile() override { std::filesystem::remove(path_); }

  nlohmann::json read() const {
    std::ifstream file(path_);
    return nlohmann::json::parse(file);
  }

  const std::filesystem::path path_;
  test::FakeClock clock_;
};

TEST_F(TraceFile, HoldsASpanWithItsTimesAndDetails) {
  {
    Trace trace(path_, clock_);
    clock_.advance(5ms);
    Span span("request", "CreateLantern");
    span.tell("status", 400L);
    clock_.advance(7ms);
  }
  const auto events = read();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0]["ph"], "X");
  EXPECT_EQ(events[0]["cat"], "request");
  EXPECT_EQ(events[0]["name"], "CreateLantern");
  EXPECT_EQ(events[0]["ts"], 5000);
  EXPECT_EQ(events[0]["dur"], 7000);
  EXPECT_EQ(events[0]["args"]["status"], "400");
}

TEST_F(TraceFile, GivesEachThreadAndEachNamedLaneItsOwn) {
  {
    Trace trace(path_, clock_);
    trace.name_thread("main");
    { const Span span("check", "here"); }
    std::thread([] { const Span span("check", "there"); }).join();
    trace.add("lease", "one", clock_.now(), clock_.now(), {}, "vpc-1");
    trace.add("lease", "two", clock_.now(), clock_.now(), {}, "vpc-1");
  }
  const auto events = read();
  std::map<std::string, int> lane;
  std::map<int, std::string> names;
  for (const auto& event : events) {
    if (event["ph"] == "M") names[event["tid"]] = event["args"]["name"];
    if (event["ph"] == "X") lane[event["name"]] = event["tid"];
  }
  EXPECT_NE(lane["here"], lane["there"]);
  EXPECT_EQ(lane["one"], lane["two"]);
  EXPECT_NE(lane["one"], lane["here"]);
  EXPECT_EQ(names[lane["here"]], "main");
  EXPECT_EQ(names[lane["one"]], "vpc-1");
}

TEST_F(TraceFile, IsWholeWhereANameIsNoUtf8) {
  {
    Trace trace(path_, clock_);
    const Span span("check", "\xff\"");
  }
  EXPECT_EQ(read().size(), 1u);
}

TEST_F(TraceFile, RecordsNothingWhereNoneIsOn) {
  const Span span("check", "nothing");
  EXPECT_EQ(Trace::on(), nullptr);
}

TEST_F(TraceFile, RefusesAFileThatCannotBeWritten) {
  EXPECT_THROW(Trace("/nowhere/at/all.json", clock_), InputError);
  EXPECT_EQ(Trace::on(), nullptr);
}

TEST_F(TraceFile, SaysWhyItCouldNotBeWritten) {
  std::signal(SIGPIPE, SIG_IGN);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  const int reader = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK);
  Trace trace(path_, clock_);
  EXPECT_EQ(trace.failure(), "");
  ::close(reader);
  { const Span span("request", "CreateLantern"); }
  EXPECT_EQ(trace.failure(), "cannot write " + path_.string() + ": Broken pipe");
}

}  // namespace
}  // namespace flowlog

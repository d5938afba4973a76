#include "resources/ownership.h"

#include <gtest/gtest.h>

#include "specs/load.h"

namespace flowlog {
namespace {

using namespace std::chrono_literals;

// 2026-01-02T03:04:05Z
const WallTime kIntent = WallTime(std::chrono::sys_days(2026y / 1 / 2)) + 3h + 4min + 5s;

JournalEntry entry(std::string id = "") {
  JournalEntry entry;
  entry.resource_id = "vpc-1";
  entry.name = "name";
  entry.intended = kIntent;
  entry.flow_log_id = std::move(id);
  return entry;
}

FlowLog flow_log(std::string created_at = "2026-01-02T03:04:05Z") {
  FlowLog out;
  out.id = "fl-1";
  out.resource_id = "vpc-1";
  out.name = "name";
  out.created_at = std::move(created_at);
  return out;
}

TEST(FlowLogTime, TakesTheUsualSpellings) {
  for (const char* text :
       {"2026-01-02T03:04:05Z", "2026-01-02T11:04:05+08:00", "2026-01-02T11:04:05+0800",
        "2026-01-01T22:04:05-05:00", "2026-01-02 03:04:05", "2026-01-02T03:04:05.000Z",
        "1767323045", "1767323045000"}) {
    EXPECT_EQ(parse_time(text), kIntent) << text;
  }
  EXPECT_EQ(parse_time("2026-01-02T03:04:05.25Z"), kIntent + 250ms);
}

TEST(FlowLogTime, RefusesWhatIsNone) {
  for (const char* text :
       {"", "yesterday", "2026-13-02T03:04:05Z", "2026-02-30T03:04:05Z", "2026-01-02T25:04:05Z",
        "2026-01-02", "2026-01-02T03:04:05Zx", "-026-01-02T03:04:05Z", "12345"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(FlowLogPage, ReadsEveryAttribute) {
  const auto page =
      read_page(built_in_service(), R"({"Result":{"NextToken":"t","FlowLogs":[{"FlowLogId":"fl-1",
    "FlowLogName":"流","Description":"d","ResourceType":"vpc","ResourceId":"vpc-1",
    "TrafficType":"All","Status":"Active","BusinessStatus":"Normal","ProjectName":"default",
    "LogProjectId":"p","LogTopicId":"t","VpcId":"v","AggregationInterval":10,
    "CreatedAt":"c","UpdatedAt":"u","Tags":[{"Key":"k","Value":"v"}]}]}})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->next_token, "t");
  ASSERT_EQ(page->flow_logs.size(), 1u);
  const FlowLog& f = page->flow_logs[0];
  EXPECT_EQ(f.name, "流");
  EXPECT_EQ(f.text("AggregationInterval"), "10");
  EXPECT_EQ(f.text("ProjectName"), "default");
  EXPECT_EQ(f.text("Tags"), "");
  EXPECT_EQ(f.text("NoSuchMember"), "");
  EXPECT_EQ(f.tags, (std::vector<std::pair<std::string, std::string>>{{"k", "v"}}));
  EXPECT_EQ(f.raw["AggregationInterval"], 10);
}

TEST(FlowLogPage, RefusesAnythingElse) {
  for (const char* body :
       {"", "null", "[]", "<html>", "{}", R"({"Result":null})", R"({"Result":{"FlowLogs":{}}})",
        R"({"Result":{"FlowLogs":[1]}})", R"({"Result":{"FlowLogs":[]})"}) {
    EXPECT_FALSE(read_page(built_in_service(), body)) << body;
  }
  EXPECT_FALSE(read_page(built_in_service(), std::string(100'000, '[')));
}

TEST(FlowLogPage, SurvivesBytesThatAreNoUtf8) {
  const auto page =
      read_page(built_in_service(), "{\"Result\":{\"FlowLogs\":[{\"FlowLogName\":\"a\xff\"}]}}");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->flow_logs[0].name, "a\xEF\xBF\xBD");
}

TEST(FlowLogPage, IsNoneWithMoreValuesThanAnyPageHas) {
  const std::string start = R"({"Result":{"FlowLogs":[{"FlowLogId":"fl-1"}]},"More":[0)";
  std::string many;
  for (int i = 0; i < 200'000; ++i) many += ",0";
  EXPECT_TRUE(read_page(built_in_service(), start + "]}"));
  EXPECT_FALSE(read_page(built_in_service(), start + many + "]}"));
}

TEST(FlowLogId, IsFoundInAWrongPlaceToo) {
  EXPECT_EQ(read_flow_log_id(built_in_service(), R"({"Result":{"FlowLogId":"fl-1"}})"), "fl-1");
  EXPECT_EQ(read_flow_log_id(built_in_service(), R"({"ResponseMetadata":{"FlowLogId":"fl-2"}})"),
            "fl-2");
  EXPECT_EQ(read_flow_log_id(built_in_service(), R"({"Result":{}})"), "");
  EXPECT_EQ(read_flow_log_id(built_in_service(), "junk"), "");
}

TEST(Proof, WithoutAnIdNeedsResourceNameAndTime) {
  EXPECT_TRUE(proves(entry(), flow_log(), 0s));
  EXPECT_TRUE(proves(entry(), flow_log("2026-01-02T03:04:35Z"), 0s));
  FlowLog other = flow_log();
  other.resource_id = "vpc-2";
  EXPECT_FALSE(proves(entry(), other, 0s));
  other = flow_log();
  other.name = "another";
  EXPECT_FALSE(proves(entry(), other, 0s));
  EXPECT_FALSE(proves(entry(), flow_log("2026-01-02T03:04:00Z"), 0s));  // before the intent
  EXPECT_FALSE(proves(entry(), flow_log("2026-01-02T04:04:05Z"), 0s));  // long after
  EXPECT_FALSE(proves(entry(), flow_log("unreadable"), 0s));
}

TEST(Proof, CountsTimeByTheEndpointsClock) {
  // Its clock is five minutes behind.
  EXPECT_TRUE(proves(entry(), flow_log("2026-01-02T02:59:06Z"), -300s));
  EXPECT_FALSE(proves(entry(), flow_log("2026-01-02T02:59:00Z"), -300s));
}

TEST(Proof, ANameLeftOutIsTheIdOrNothing) {
  JournalEntry unnamed = entry();
  unnamed.name.reset();
  EXPECT_FALSE(proves(unnamed, flow_log(), 0s));
  FlowLog named_by_id = flow_log();
  named_by_id.name = "fl-1";
  EXPECT_TRUE(proves(unnamed, named_by_id, 0s));
}

TEST(Proof, ByIdStandsUnlessSomethingSpeaksAgainstIt) {
  EXPECT_TRUE(proves(entry("fl-1"), flow_log(), 0s));
  EXPECT_TRUE(proves(entry("fl-1"), flow_log(""), 0s));
  EXPECT_FALSE(proves(entry("fl-2"), flow_log(), 0s));
  // An endpoint that was set up anew gave the id to a neighbour.
  FlowLog neighbour = flow_log("2026-01-03T03:04:05Z");
  neighbour.name = "neighbour";
  EXPECT_FALSE(proves(entry("fl-1"), neighbour, 0s));
  neighbour = flow_log();
  neighbour.resource_id = "vpc-2";
  EXPECT_FALSE(proves(entry("fl-1"), neighbour, 0s));
  EXPECT_FALSE(proves(entry("fl-1"), flow_log("2026-01-01T03:04:05Z"), 0s));
}

TEST(Proof, ByIdHoldsWhenTheEndpointStoredAnotherName) {
  FlowLog cut = flow_log();
  cut.name = "nam";
  EXPECT_TRUE(proves(entry("fl-1"), cut, 0s));
}

TEST(Time, BeyondWhatAClockHoldsKeepsItsSide) {
  const WallTime now = *parse_time("2026-01-02T03:04:05Z");
  for (const char* late : {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "9999999999",
                           "9999999999999", "2262-04-12T00:00:00Z"}) {
    const auto time = parse_time(late);
    ASSERT_TRUE(time) << late;
    EXPECT_GT(*time, now) << late;
    EXPECT_FALSE(made_before(flow_log(late), now, 20min)) << late;
    EXPECT_FALSE(could_be(entry(), flow_log(late), -20min)) << late;
  }
  for (const char* early : {"0001-01-01T00:00:00Z", "0000-01-01T00:00:00+23:59", "-999999999"}) {
    const auto time = parse_time(early);
    ASSERT_TRUE(time) << early;
    EXPECT_LT(*time, now) << early;
    EXPECT_TRUE(made_before(flow_log(early), now, 20min)) << early;
  }
  EXPECT_EQ(parse_time("1767323045"), now);
}

}  // namespace
}  // namespace flowlog

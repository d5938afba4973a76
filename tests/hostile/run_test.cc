// Whatever answers: every check gets a verdict that names what happened, and the reports are whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "mock/mock.h"
#include "specs/load.h"
#include "tests/hostile/runs.h"
#include "tests/hostile/ways.h"

namespace flowlog {
namespace {

using test::hasty_run;
using test::ok;
using test::RawServer;
using test::report_of;
using test::Script;
using test::Way;
using test::whole_reports;
using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> kChecks = {"request.smallest/accepted", "request.smallest/refused",
                                          "param.TrafficType.values/unknown-word"};

constexpr test::Patience kShort{std::chrono::milliseconds(300), std::chrono::milliseconds(300)};

std::vector<std::string> names_of_servers() {
  std::vector<std::string> names;
  for (const Way& way : test::ways("http://elsewhere.invalid")) names.push_back(way.name);
  return names;
}

// A server behind which an honest one stands, and another that must never be asked.
class Hostile : public testing::TestWithParam<std::string> {
 protected:
  Way way() const {
    for (Way& one : test::ways(elsewhere_.url())) {
      if (one.name == GetParam()) return std::move(one);
    }
    throw std::out_of_range(GetParam());
  }

  nlohmann::json profile_for(const RawServer& server) const {
    nlohmann::json profile = honest_.profile();
    profile["endpoint"] = server.url();
    return profile;
  }

  void expect_no_secret(const std::vector<std::string>& reports) const {
    const nlohmann::json accounts = honest_.profile()["accounts"];
    for (const auto& [name, account] : accounts.items()) {
      for (const std::string& report : reports) {
        EXPECT_THAT(report, Not(HasSubstr(account["secret_key"].get<std::string>())));
      }
    }
  }

  const mock::Mock honest_{built_in_service(), {}};
  const RawServer elsewhere_{Script().read().send(ok("{}"))};
};

// Whose answers are this API's by their ResponseMetadata, and yet lie about their envelope.
const std::set<std::string> kLiars = {"HugeNumbers", "WrongTypes", "ErrorOfWrongTypes"};

TEST_P(Hostile, FromTheFirstByteIsNamedInOneSentenceAndNothingIsTried) {
  const Way hostile = way();
  const RawServer server(hostile.answer(Script().read()));
  const Report report = report_of(
      hasty_run(profile_for(server), kChecks, {}, hostile.slow() ? kShort : test::Patience{}));
  if (kLiars.contains(hostile.name)) {
    EXPECT_EQ(report.trouble, "");
    ASSERT_EQ(report.checks.size(), kChecks.size() + 1);
    EXPECT_EQ(report.checks.back().id, "run.preflight");
    EXPECT_EQ(report.checks.back().verdict, Verdict::deviating);
    EXPECT_THAT(report.checks.back().observed, HasSubstr(hostile.told));
    for (const CheckResult& check : report.checks) {
      EXPECT_NE(check.verdict, Verdict::conformant) << check.id;
    }
    EXPECT_EQ(report.created, 0);
    expect_no_secret(whole_reports(report));
    return;
  }
  EXPECT_THAT(report.trouble, HasSubstr(hostile.told));
  EXPECT_THAT(report.trouble, HasSubstr(server.url()));
  ASSERT_EQ(report.checks.size(), 1u);
  EXPECT_EQ(report.checks[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(report.created, 0);
  EXPECT_EQ(elsewhere_.connections(), 0);
  expect_no_secret(whole_reports(report));
}

TEST_P(Hostile, ForCreationsOnlyGivesEveryCheckAVerdictThatNamesIt) {
  const Way hostile = way();
  const RawServer server(
      hostile.answer(Script().relay_unless("Action=CreateFlowLog&", honest_.port())));
  test::Patience patience;
  if (hostile.slow()) patience.creates = kShort.creates;
  const Report report = report_of(hasty_run(profile_for(server), kChecks, {}, patience));
  EXPECT_EQ(report.trouble, "");
  ASSERT_EQ(report.checks.size(), kChecks.size());
  for (const CheckResult& check : report.checks) {
    EXPECT_EQ(name(check.verdict), name(hostile.verdict)) << check.id << ": " << check.message;
    EXPECT_THAT(check.message + check.observed, HasSubstr(hostile.told)) << check.id;
    EXPECT_NE(check.message, "") << check.id;
    EXPECT_TRUE(check.example) << check.id;
  }
  EXPECT_TRUE(report.complete);
  EXPECT_TRUE(report.leftover.empty());
  EXPECT_EQ(honest_.stats().created, 0);
  EXPECT_EQ(elsewhere_.connections(), 0);
  // Two megabytes of an answer are read and no more, whatever is on offer.
  EXPECT_LT(server.bytes_sent() / server.requests().size(), 10u << 20);
  expect_no_secret(whole_reports(report));
}

INSTANTIATE_TEST_SUITE_P(Server, Hostile, testing::ValuesIn(names_of_servers()),
                         [](const auto& info) { return info.param; });

class HostileServer : public Hostile {};

TEST_F(HostileServer, ThatResetsEveryConnectionIsNamed) {
  const RawServer server(Script().reset());
  const Report report = report_of(hasty_run(profile_for(server), kChecks));
  EXPECT_THAT(report.trouble,
              testing::AnyOf(HasSubstr("reset"), HasSubstr("closed"), HasSubstr("refused")));
  whole_reports(report);
}

TEST_F(HostileServer, ThatClosesIdleConnectionsDisturbsNothing) {
  const RawServer server(Script().relay_unless("no such text", honest_.port()));
  const Report report = report_of(hasty_run(profile_for(server), kChecks));
  for (const CheckResult& check : report.checks) {
    EXPECT_EQ(name(check.verdict), name(Verdict::conformant)) << check.id << ": " << check.message;
  }
  EXPECT_EQ(report.trouble, "");
  EXPECT_EQ(honest_.stats().standing, 0);
}

TEST_F(HostileServer, WithAClockOf1970IsNamedAsTheLikelyCause) {
  const std::string body =
      R"({"ResponseMetadata":{"RequestId":"1","Error":{"Code":"InvalidTimestamp","Message":"x"}}})";
  const RawServer server(
      Script().read().send("HTTP/1.1 400 No\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
                           "Content-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body));
  const Report report = report_of(hasty_run(profile_for(server), kChecks));
  EXPECT_THAT(report.trouble, HasSubstr("clock"));
  EXPECT_THAT(report.trouble, HasSubstr("ahead of the server's"));
}

TEST_F(HostileServer, ThatThrottlesForeverMakesChecksInconclusiveAndIsToldInTheSummary) {
  for (const std::string& answer :
       {std::string("HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nConnection: close\r\nContent-Length: "
                    "0\r\n\r\n"),
        std::string("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")}) {
    const RawServer server(
        Script().relay_unless("Action=CreateFlowLog&", honest_.port()).send(answer));
    const Report report = report_of(hasty_run(profile_for(server), kChecks));
    ASSERT_EQ(report.checks.size(), kChecks.size());
    for (const CheckResult& check : report.checks) {
      EXPECT_EQ(name(check.verdict), name(Verdict::inconclusive)) << check.id;
      EXPECT_THAT(check.message, HasSubstr("throttl")) << check.id;
    }
    EXPECT_GT(report.throttled, 0);
    EXPECT_THAT(report.notices, testing::Contains(HasSubstr("throttled")));
  }
}

}  // namespace
}  // namespace flowlog

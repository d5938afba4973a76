// The probe on endpoints whose limits differ from the documentation, one by one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "mock/mock.h"
#include "probe/observed_contract.h"
#include "probe/probe.h"
#include "probe/tell.h"
#include "reports/exit_status.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog::probe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Rule& rule_in(Contract& contract, const std::string& address) {
  for (Parameter& parameter : contract.parameters) {
    for (Rule& rule : parameter.rules) {
      if (rule.address == address) return rule;
    }
  }
  throw std::logic_error("no rule " + address);
}

Parameter& parameter_in(Contract& contract, const std::string& name) {
  for (Parameter& parameter : contract.parameters) {
    if (parameter.name == name) return parameter;
  }
  throw std::logic_error("no parameter " + name);
}

Contract& lister_of(Service& service) {
  return std::ranges::find(service.actions, Effect::read, &Action::effect)->contract;
}

using Change = std::function<void(Service&)>;

struct Changed {
  std::string name{};
  Change served = [](Service&) {};
  std::string deviation{};
  std::string variant{};
  std::vector<std::string> told{};  // lines of the probe
};

// An endpoint, and runs against it that know the shipped contract or another one.
class Place {
 public:
  explicit Place(const Changed& changed) : server_(served_by(changed), options_of(changed)) {}

  Findings probe(const Options& options = {}) {
    Probe probe(run_options(built_in_service()), options);
    return probe.carry_out();
  }
  mock::Stats stats() { return server_.stats(); }

  Report run(const Contract& contract) {
    Service service = built_in_service();
    service.contract_to_change() = contract;
    service.follow_contract();
    RunOptions options = run_options(service);
    options.plan.only = {"param.*", "request.*", "error.*", "lifecycle.*"};
    flowlog::Run run(std::move(options));
    EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
    return run.finish();
  }

 private:
  static Service served_by(const Changed& changed) {
    Service service = built_in_service();
    changed.served(service);
    return service;
  }
  static mock::Options options_of(const Changed& changed) {
    mock::Options options;
    options.creating = options.deleting = std::chrono::milliseconds(5);
    if (!changed.deviation.empty()) options.deviations = {changed.deviation};
    if (!changed.variant.empty()) options.variants = {changed.variant};
    return options;
  }
  RunOptions run_options(const Service& service) {
    RunOptions options;
    options.service = service;
    options.catalog = catalog;
    options.profile = load_profile(server_.profile().dump(), "profile");
    options.profile.active_timeout_s = 2;
    options.embedded = true;
    options.random_cases = 1;
    return options;
  }

  mock::Mock server_;
};

std::vector<Changed> ten() {
  return {
      {.name = "LongerNames",
       .served =
           [](Service& service) {
             rule_in(service.contract_to_change(), "FlowLogName/length").max = 255;
           },
       .variant = "characters.grey-accepted",
       .told = {"! FlowLogName: documented 1 to 128 characters; enforced 1 to 255 code points"}},
      {.name = "ShorterDescriptions",
       .served =
           [](Service& service) {
             rule_in(service.contract_to_change(), "Description/length").max = 100;
           },
       .told = {"! Description: documented 0 to 255 characters; enforced 0 to 100 code points or "
                "UTF-16 units"}},
      {.name = "LengthsInBytes",
       .deviation = "length.FlowLogName.counts-bytes",
       .told = {"! FlowLogName: documented 1 to 128 characters; enforced 1 to 128 bytes"}},
      {.name = "LongerProjects",
       .served =
           [](Service& service) {
             rule_in(service.contract_to_change(), "LogProjectName/length").min = 5;
             rule_in(service.contract_to_change(), "LogProjectName/length").max = 70;
           },
       .told = {"! LogProjectName: documented 3 to 63 characters; enforced 5 to 70 characters"}},
      {.name = "FewerWords",
       .served =
           [](Service& service) {
             rule_in(service.contract_to_change(), "TrafficType/values").words = {"All", "Allow"};
           },
       .told = {"! TrafficType: documented All, Allow, Drop; enforced All, Allow"}},
      {.name = "AnotherInterval",
       .served =
           [](Service& service) {
             rule_in(service.contract_to_change(), "AggregationInterval/values").words = {
                 "1", "5", "10", "15"};
             parameter_in(service.contract_to_change(), "AggregationInterval").default_value = "5";
           },
       .told = {"! AggregationInterval: documented 1, 5, 10; enforced 1, 5, 10, 15",
                "! AggregationInterval, left out: documented \"10\"; enforced \"5\""}},
      {.name = "AnyCase",
       .deviation = "values.TrafficType.any-case",
       .told = {"! TrafficType: documented All, Allow, Drop; enforced All, Allow, Drop, in another "
                "letter case as well"}},
      {.name = "FewerTags",
       .served =
           [](Service& service) {
             rule_in(service.contract_to_change(), "Tags.N.Key/count").max = 10;
             rule_in(service.contract_to_change(), "Tags.N.Key/count").grey_max = 0;
           },
       .told = {"! Tags.N.Key, number: documented up to 20 in one request; enforced up to 10 in "
                "one request"}},
      {.name = "MoreMarks",
       .served =
           [](Service& service) {
             Rule& rule = rule_in(service.contract_to_change(), "FlowLogName/characters");
             rule.allowed = rule.allowed.united(Charset({"#", "/"}));
           },
       .told = {"! FlowLogName, marks: documented -._; enforced takes -._#/"}},
      {.name = "LongerPagesAndShorterTokens",
       .served =
           [](Service& service) {
             rule_in(lister_of(service), "MaxResults/range").max = 200;
             rule_in(service.contract_to_change(), "ClientToken/length").max = 32;
           },
       .told =
           {"! DescribeFlowLogs:MaxResults: documented 1 to 100 on a page; enforced 1 to 200 on "
            "a page",
            "! ClientToken: documented up to 64 characters; enforced up to 32 characters"}},
  };
}

class ChangedMock : public testing::TestWithParam<Changed> {};

TEST_P(ChangedMock, IsToldRightlyWithFewRequestsAndNothingLeft) {
  Place place(GetParam());
  const Findings findings = place.probe();
  EXPECT_EQ(exit_status(findings.report), ExitStatus::conformant) << verdict_line(findings.report);
  const std::string text = tell(built_in_service(), findings.observed, {});
  for (const std::string& line : GetParam().told) EXPECT_THAT(text, HasSubstr(line + "\n"));
  const std::size_t differ = static_cast<std::size_t>(std::ranges::count_if(
      lines(built_in_service(), findings.observed), [](const Line& line) { return line.differs; }));
  EXPECT_EQ(differ, GetParam().told.size()) << text;
  EXPECT_LE(findings.report.requests, 400);
  EXPECT_EQ(place.stats().standing, 0);
}

TEST_P(ChangedMock, PassesWithTheContractOfWhatWasSeen) {
  Place place(GetParam());
  const Findings findings = place.probe();
  const Report report =
      place.run(observed_contract(built_in_service().creator().contract, findings.observed));
  std::string deviating;
  for (const CheckResult& check : report.checks) {
    if (check.verdict == Verdict::deviating || check.verdict == Verdict::inconclusive) {
      deviating += check.id + ": " + check.observed + ": " + check.message + "\n";
    }
  }
  EXPECT_EQ(deviating, "");
}

INSTANTIATE_TEST_SUITE_P(Probe, ChangedMock, testing::ValuesIn(ten()),
                         [](const auto& info) { return info.param.name; });

TEST(HonestMock, DiffersInNothing) {
  Place place({.name = "Honest"});
  const Findings findings = place.probe();
  const std::string text = tell(built_in_service(), findings.observed, {});
  EXPECT_THAT(text, HasSubstr("0 of ")) << text;
  EXPECT_LE(findings.report.requests, 400);
  EXPECT_EQ(place.stats().standing, 0);
  ASSERT_TRUE(findings.observed.seconds_behind);
  EXPECT_GE(findings.observed.seconds_behind->value, 880U);
  EXPECT_LE(findings.observed.seconds_behind->value, 900U);
  EXPECT_TRUE(findings.observed.token_remembered_s);
  EXPECT_TRUE(findings.observed.seconds_to_ready);
  ASSERT_TRUE(findings.observed.request_bytes);
  EXPECT_EQ(observed_contract(built_in_service().creator().contract, findings.observed),
            built_in_service().creator().contract);
}

TEST(HonestMock, StaysWithinFewerRequestsAndSaysSo) {
  Place place({.name = "Honest"});
  const Findings findings = place.probe({.max_requests = 120});
  EXPECT_LE(findings.report.requests, 120);
  EXPECT_EQ(place.stats().standing, 0);
  EXPECT_THAT(findings.observed.left_out, testing::Not(testing::IsEmpty()));
}

TEST(HonestMock, ShowsItsQuotaWhenAsked) {
  Place place({.name = "Honest"});
  const Findings findings = place.probe({.max_requests = 600, .quota = true});
  EXPECT_EQ(findings.observed.quota, (Limit{10, false}));
  EXPECT_EQ(place.stats().standing, 0);
}

// Where the resource is looked at first, limits are tried for real.
TEST(StateFirst, FindsALongerNameByCreating) {
  Place place({.name = "StateFirst",
               .served =
                   [](Service& service) {
                     rule_in(service.contract_to_change(), "FlowLogName/length").max = 130;
                   },
               .variant = "order.state-first"});
  const Findings findings = place.probe({.max_requests = 1000});
  EXPECT_THAT(tell(built_in_service(), findings.observed, {}),
              HasSubstr("! FlowLogName: documented 1 to 128 characters; enforced 1 to 130"));
  EXPECT_EQ(place.stats().standing, 0);
}

}  // namespace
}  // namespace flowlog::probe

// What real endpoints do: lawful readings that the checks of the creating action accuse of nothing,
// and lies that they catch, each on the embedded endpoint behind that one choice.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/run.h"
#include "engine/strangers.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

using std::chrono::milliseconds;

mock::Options at_pace() {
  mock::Options options;
  options.creating = milliseconds(60);
  options.deleting = milliseconds(5);
  return options;
}

RunOptions run_options(const mock::Mock& server, std::vector<std::string> only) {
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.profile = load_profile(server.profile().dump(), "profile");
  options.profile.active_timeout_s = 3;
  options.seed = 5;
  options.random_cases = 1;
  options.embedded = true;
  options.concurrency = 4;
  options.plan.only = std::move(only);
  return options;
}

std::vector<CheckResult> run_against(const mock::Mock& server, std::vector<std::string> only) {
  flowlog::Run run(run_options(server, std::move(only)));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  return run.finish().checks;
}

Verdict verdict_of(const std::vector<CheckResult>& checks, const std::string& id) {
  const auto found = std::ranges::find(checks, id, &CheckResult::id);
  EXPECT_NE(found, checks.end()) << id;
  return found == checks.end() ? Verdict::skipped : found->verdict;
}

struct Caught {
  const char* deviation;
  const char* check;
};

class EndpointLie : public testing::TestWithParam<Caught> {};

TEST_P(EndpointLie, IsCaughtByItsCheck) {
  mock::Options options = at_pace();
  options.deviations = {GetParam().deviation};
  const mock::Mock server(built_in_service(), options);
  const auto checks = run_against(server, {GetParam().check});
  EXPECT_EQ(name(verdict_of(checks, GetParam().check)), name(Verdict::deviating));
}

INSTANTIATE_TEST_SUITE_P(
    Endpoint, EndpointLie,
    testing::Values(
        Caught{"auth.no-scope-ending-check", "auth.wrong-scope-ending/DescribeFlowLogs"},
        Caught{"auth.no-scope-date-check", "auth.wrong-scope-date/DescribeFlowLogs"},
        Caught{"auth.unsigned-date", "auth.unsigned-date/CreateFlowLog"},
        Caught{"auth.index-sort", "auth.signed/ten-FlowLogIds"},
        Caught{"auth.no-body-hash-check", "auth.wrong-body-hash/CreateFlowLog"},
        Caught{"auth.no-query-form-check", "auth.wrong-signature-in-query/CreateFlowLog"},
        Caught{"auth.no-method-check", "auth.wrong-method/DescribeFlowLogs"},
        Caught{"DescribeFlowLogs:filter.VpcId.ignored", "lifecycle.listing/filters"},
        Caught{"DescribeFlowLogs:filter.Status.ignored", "lifecycle.listing/filters"},
        Caught{"DescribeFlowLogs:filter.TagFilters.N.Values.N.ignored",
               "lifecycle.listing/filters"},
        Caught{"DescribeFlowLogs:filters.one-is-enough", "lifecycle.listing/filters"},
        Caught{"DescribeFlowLogs:pages.loop", "lifecycle.listing/pages"},
        Caught{"DescribeFlowLogs:pages.repeat-one", "lifecycle.listing/pages"},
        Caught{"DescribeFlowLogs:foreign", "lifecycle.accounts/apart"},
        Caught{"DeleteFlowLog:foreign", "lifecycle.accounts/apart"},
        Caught{"life.delete-does-nothing", "lifecycle.deletion/gone"},
        Caught{"life.delete-by-beginning", "lifecycle.deletion/gone"},
        Caught{"life.deleted-comes-back", "lifecycle.deletion/gone"},
        Caught{"life.eni-never-active", "lifecycle.creation/bound-when-active"},
        Caught{"idempotency.across-accounts", "lifecycle.accounts/apart"},
        Caught{"idempotency.trimmed", "idempotency.two-tokens/surrounding-blank"},
        Caught{"idempotency.forgotten-soon", "idempotency.same-token/same-arguments"},
        Caught{"idempotency.poisoned", "idempotency.rejected/same-again"},
        Caught{"quota.of-all-accounts", "quota.flow-logs/one-more"},
        Caught{"quota.not-atomic", "quota.flow-logs/one-more"},
        Caught{"message.chinese", "request.smallest/refused"}),
    [](const testing::TestParamInfo<Caught>& info) {
      std::string name = info.param.deviation;
      for (char& c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
      }
      return name;
    });

// With a code of the table's unread part: a finding, and no obstacle to the rest.
TEST(Endpoint, AListingThatTakesFewerIdsThanDocumentedIsTold) {
  Service served = built_in_service();
  for (Action& action : served.actions) {
    for (Parameter& parameter : action.contract.parameters) {
      for (Rule& rule : parameter.rules) {
        if (action.effect == Effect::read && rule.address == "FlowLogIds.N/count") rule.max = 50;
      }
    }
  }
  const mock::Mock server(served, at_pace());
  const auto checks = run_against(server, {"lifecycle.listing/by-id"});
  EXPECT_EQ(name(verdict_of(checks, "lifecycle.listing/by-id")), name(Verdict::finding));
}

class EndpointReading : public testing::TestWithParam<const char*> {};

TEST_P(EndpointReading, IsAccusedOfNothing) {
  mock::Options options = at_pace();
  options.variants = {GetParam()};
  const mock::Mock server(built_in_service(), options);
  for (const CheckResult& check :
       run_against(server, {"race.*", "lifecycle.creation/*", "lifecycle.listing/*",
                            "lifecycle.deletion/*", "idempotency.same-token/same-arguments"})) {
    EXPECT_TRUE(check.verdict == Verdict::conformant || check.verdict == Verdict::finding)
        << check.id << ": " << name(check.verdict) << ", " << check.observed << ": "
        << check.message;
  }
}

INSTANTIATE_TEST_SUITE_P(Endpoint, EndpointReading,
                         testing::Values("race.none-wins", "conflict.in-parent"),
                         [](const testing::TestParamInfo<const char*>& info) {
                           std::string name = info.param;
                           for (char& c : name) {
                             if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                           }
                           return name;
                         });

TEST(Strangers, AreKnownByTheMarkOfTheirRun) {
  EXPECT_TRUE(marked_by_another(marked_name("FlowLog-1", "0ab1"), "0ab2"));
  EXPECT_FALSE(marked_by_another(marked_name("FlowLog-1", "0ab1"), "0ab1"));
  EXPECT_TRUE(marked_by_another("fc-0ab1-17", "0ab2"));
  EXPECT_FALSE(marked_by_another("fc-0ab2-17", "0ab2"));
  EXPECT_FALSE(marked_by_another("FlowLog-1", "0ab2"));
  EXPECT_FALSE(marked_by_another("Xfc-0ab1", "0ab2"));
  EXPECT_FALSE(marked_by_another("fc-short", "0ab2cdef"));
}

}  // namespace
}  // namespace flowlog

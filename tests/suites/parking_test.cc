// A service of another style, known from its data alone (tests/specs/data/parking): an honest
// endpoint of it is accused of nothing, and lies are caught.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/run.h"
#include "mock/mock.h"
#include "profiles/service_accounts.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

const Service& parking() {
  static const Service service =
      load_service_file(std::string(FLOWLOG_SOURCE_DIR) + "/tests/specs/data/parking/service.json");
  return service;
}

std::vector<std::string> condition_accounts() {
  std::vector<std::string> names;
  for (const Condition& condition : parking().conditions) {
    if (condition.provision == Provision::account) names.push_back(condition.member());
  }
  return names;
}

Report run_on_parking(const std::string& deviation = "") {
  mock::Options mock_options;
  if (!deviation.empty()) mock_options.deviations = {deviation};
  const mock::Mock server(parking(), mock_options);
  RunOptions options;
  options.service = parking();
  for (const Action& action : parking().actions) options.actions.push_back(action.name);
  options.catalog = catalog;
  options.profile =
      load_profile_with_accounts(condition_accounts(), server.profile().dump(), "profile");
  options.profile.active_timeout_s = 1;
  options.seed = 5;
  options.random_cases = 1;
  options.max_shrinks = 5;
  options.embedded = true;
  options.concurrency = 4;
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  return run.finish();
}

TEST(Parking, AnHonestEndpointIsAccusedOfNothing) {
  const Report report = run_on_parking();
  EXPECT_GT(report.checks.size(), 80u);
  EXPECT_TRUE(report.leftover.empty());
  for (const CheckResult& check : report.checks) {
    EXPECT_TRUE(check.verdict == Verdict::conformant || check.verdict == Verdict::finding)
        << check.id << ": " << name(check.verdict) << ", expected " << check.expected << ", "
        << check.observed << ": " << check.message;
  }
}

TEST(Parking, EveryActionAndEveryRowOfItIsJudged) {
  const Report report = run_on_parking();
  for (const Action& action : parking().actions) {
    const std::string control =
        (action.effect == Effect::create ? "" : action.name + ":") + kAcceptedControl;
    const auto found = std::ranges::find(report.checks, control, &CheckResult::id);
    ASSERT_NE(found, report.checks.end()) << control;
    EXPECT_EQ(name(found->verdict), name(Verdict::conformant)) << control << found->message;
  }
  for (const RowResult& row : report.rows) {
    const bool error = row.id.find("errors/") != std::string::npos;
    if (error) {
      EXPECT_NE(name(row.verdict), name(Verdict::skipped)) << row.id;
    }
  }
}

// A lie, and a check that tells it.
struct LieOfParking {
  const char* deviation;
  const char* check;
};

class ParkingLie : public testing::TestWithParam<LieOfParking> {};

TEST_P(ParkingLie, IsCaught) {
  const Report report = run_on_parking(GetParam().deviation);
  const auto found = std::ranges::find(report.checks, GetParam().check, &CheckResult::id);
  ASSERT_NE(found, report.checks.end());
  EXPECT_EQ(name(found->verdict), name(Verdict::deviating))
      << found->observed << ": " << found->message;
}

INSTANTIATE_TEST_SUITE_P(
    Parking, ParkingLie,
    testing::Values(
        LieOfParking{"IssuePermit:length.Remark.cut-silently", "param.Remark.length/over-max"},
        LieOfParking{"IssuePermit:characters.Holder.only-first",
                     "param.Holder.characters/forbidden-capital"},
        LieOfParking{"IssuePermit:values.Zone.any-case", "param.Zone.values/wrong-case"},
        LieOfParking{"IssuePermit:required.Holder.unchecked", "param.Holder.required/missing"},
        LieOfParking{"IssuePermit:row.neighbour.errors-2-errors-3",
                     "error.ZoneUnknown/Zone.values"},
        LieOfParking{"IssuePermit:row.never.errors-5", "error.FinesUnpaid/unpaid-fines"},
        LieOfParking{"IssuePermit:stored.Remark.lower-case", "lifecycle.stored/Remark"},
        LieOfParking{"ListPermits:filter.Zone.ignored", "ListPermits:list.filter/Zone"},
        LieOfParking{"ListPermits:shown.Holder.missing",
                     "ListPermits:answer.Result.Page.Permits[].Holder/ListPermits"},
        LieOfParking{"SuspendPermit:does-nothing", "SuspendPermit:state.permitted/valid"},
        LieOfParking{"SuspendPermit:foreign", "SuspendPermit:account.other/not-touched"},
        LieOfParking{"SuspendPermit:takes-all", "SuspendPermit:account.own/only-that-one"},
        LieOfParking{"RevokePermit:does-nothing", "RevokePermit:delete.gone/no-longer-shown"},
        LieOfParking{"RevokePermit:row.http.errors-1",
                     "RevokePermit:error.NoSuchPermit/PermitNumber.exists"}),
    [](const testing::TestParamInfo<LieOfParking>& info) {
      std::string name = info.param.deviation;
      std::ranges::replace_if(
          name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
      return name;
    });

}  // namespace
}  // namespace flowlog

// A service of another style, served from its data alone: other names, other states, nothing in
// between, an id and a list at other places, no token, no quota, no target.
#include <gtest/gtest.h>

#include "mock/action_deviations.h"
#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;

flowlog::Service parking() {
  return load_service_file(std::string(FLOWLOG_SOURCE_DIR) +
                           "/tests/specs/data/parking/service.json");
}

class Parking {
 public:
  explicit Parking(const std::string& deviation = "") : bench_(behaviour(deviation), parking()) {}

  Reply call(const std::string& action, Params more = {}, const std::string& account = "default") {
    more.insert(more.begin(), {{"Action", action}, {"Version", "2031-05-01"}});
    return bench_.call(more, account);
  }
  Reply issue(Params more = {}, const std::string& account = "default") {
    if (!find(more, "Holder")) more.emplace_back("Holder", "anna berg");
    if (!find(more, "Zone")) more.emplace_back("Zone", "north");
    return call("IssuePermit", more, account);
  }
  static std::string number(const Reply& reply) {
    return reply.body["Result"]["Permit"]["Number"].get<std::string>();
  }
  json listed(const Params& filters = {}) {
    return call("ListPermits", filters).body["Result"]["Page"]["Permits"];
  }

 private:
  static Behaviour behaviour(const std::string& deviation) {
    Behaviour behaviour;
    bool found = deviation.empty();
    for (const Choice& choice : action_deviations(parking())) {
      if (choice.id != deviation) continue;
      choice.apply(behaviour);
      found = true;
    }
    EXPECT_TRUE(found) << deviation;
    return behaviour;
  }

  Harness bench_;
};

TEST(OtherService, IssuesSuspendsAndRevokesAPermit) {
  Parking parking;
  const Reply issued = parking.issue({{"Days", "30"}, {"Remark", "r"}});
  ASSERT_EQ(issued.status, 200);
  const std::string number = Parking::number(issued);
  EXPECT_TRUE(number.starts_with("P-")) << number;
  json expected = {{{"Number", number},
                    {"Holder", "anna berg"},
                    {"Zone", "north"},
                    {"ValidDays", 30},
                    {"Remark", "r"},
                    {"Condition", "valid"}}};
  EXPECT_EQ(parking.listed(), expected);
  EXPECT_EQ(parking.call("SuspendPermit", {{"PermitNumber", number}}).status, 200);
  expected[0]["Condition"] = "on hold";
  EXPECT_EQ(parking.listed(), expected);
  EXPECT_EQ(parking.call("RevokePermit", {{"PermitNumber", number}}).status, 200);
  EXPECT_EQ(parking.listed(), json::array());
  EXPECT_EQ(parking.call("RevokePermit", {{"PermitNumber", number}}).code(), "NoSuchPermit");
}

TEST(OtherService, FillsInDefaultsAndFilters) {
  Parking parking;
  parking.issue();
  const std::string second = Parking::number(parking.issue({{"Zone", "south"}}));
  EXPECT_EQ(parking.listed().size(), 2u);
  const json south = parking.listed({{"Zone", "south"}});
  ASSERT_EQ(south.size(), 1u);
  EXPECT_EQ(south[0]["Number"], second);
  EXPECT_EQ(south[0]["ValidDays"], 7);
  EXPECT_EQ(south[0]["Remark"], "");
}

TEST(OtherService, RefusesWithItsOwnRows) {
  Parking parking;
  EXPECT_EQ(parking.issue({{"Holder", "Anna"}}).code(), "HolderUnfit");
  EXPECT_EQ(parking.issue({{"Holder", "Anna"}}).status, 422);
  EXPECT_EQ(parking.issue({{"Zone", "west"}}).code(), "ZoneUnknown");
  EXPECT_EQ(parking.issue({{"Days", "2"}}).code(), "DaysUnfit");
  EXPECT_EQ(parking.issue({{"Remark", std::string(21, 'r')}}).code(), "RemarkTooLong");
  EXPECT_EQ(parking.issue({}, "unpaid_fines").code(), "FinesUnpaid");
  EXPECT_EQ(parking.call("SuspendPermit").code(), "Missing");
  EXPECT_EQ(parking.call("SuspendPermit", {{"PermitNumber", "P-1"}}).code(), "NoSuchPermit");
  EXPECT_EQ(parking.call("CreateFlowLog").code(), "NoSuchAction");
  EXPECT_EQ(parking.listed(), json::array());
}

TEST(OtherService, LiesAsAnyOther) {
  Parking cut("IssuePermit:length.Remark.cut-silently");
  EXPECT_EQ(cut.issue({{"Remark", std::string(21, 'r')}}).status, 200);
  Parking row("IssuePermit:row.neighbour.errors-2-errors-3");
  EXPECT_EQ(row.issue({{"Zone", "west"}}).code(), "DaysUnfit");
  Parking blind("IssuePermit:row.never.errors-5");
  EXPECT_EQ(blind.issue({}, "unpaid_fines").status, 200);
  Parking filter("ListPermits:filter.Zone.ignored");
  filter.issue();
  EXPECT_EQ(filter.listed({{"Zone", "south"}}).size(), 1u);
  Parking stays("SuspendPermit:never-ends");
  const std::string number = Parking::number(stays.issue());
  EXPECT_EQ(stays.call("SuspendPermit", {{"PermitNumber", number}}).status, 200);
  EXPECT_EQ(stays.listed()[0]["Condition"], "valid");
  Parking idle("RevokePermit:does-nothing");
  const std::string other = Parking::number(idle.issue());
  EXPECT_EQ(idle.call("RevokePermit", {{"PermitNumber", other}}).status, 200);
  EXPECT_EQ(idle.listed().size(), 1u);
}

}  // namespace
}  // namespace flowlog::mock

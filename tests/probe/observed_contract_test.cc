#include "probe/observed_contract.h"

#include <gtest/gtest.h>

#include "specs/load.h"
#include "specs/save.h"

namespace flowlog::probe {
namespace {

const Contract& documented() {
  return built_in_service().creator().contract;
}

Observed length_of(const std::string& name, std::size_t min, std::size_t max, Unit unit) {
  Observed observed;
  observed.parameters[name].length = SeenLength{min, Limit{max, false}, unit};
  return observed;
}

const Rule& rule(const Contract& contract, const std::string& address) {
  return *contract.rule(address);
}

TEST(ObservedContract, IsTheDocumentedOneWhereNothingDiffers) {
  EXPECT_EQ(observed_contract(documented(), {}), documented());
  EXPECT_EQ(observed_contract(documented(), length_of("FlowLogName", 1, 128, Unit::points)),
            documented());
}

TEST(ObservedContract, HasTheLengthsThatWereSeenAndSaysWhereFrom) {
  const Contract made =
      observed_contract(documented(), length_of("FlowLogName", 2, 255, Unit::points));
  EXPECT_EQ(rule(made, "FlowLogName/length").min, 2U);
  EXPECT_EQ(rule(made, "FlowLogName/length").max, 255U);
  EXPECT_NE(rule(made, "FlowLogName/length").source,
            rule(documented(), "FlowLogName/length").source);
}

TEST(ObservedContract, LeavesLengthsOpenThatDependOnTheCharacters) {
  const Contract bytes =
      observed_contract(documented(), length_of("FlowLogName", 1, 128, Unit::bytes));
  EXPECT_EQ(rule(bytes, "FlowLogName/length").max, 128U);
  EXPECT_EQ(rule(bytes, "FlowLogName/length").grey_lengths.front(), 33U);
  EXPECT_EQ(rule(bytes, "FlowLogName/length").grey_lengths.back(), 128U);
  const Contract utf16 =
      observed_contract(documented(), length_of("FlowLogName", 1, 128, Unit::utf16_units));
  EXPECT_EQ(rule(utf16, "FlowLogName/length").max, 128U);
  EXPECT_EQ(rule(utf16, "FlowLogName/length").grey_lengths.front(), 65U);
}

TEST(ObservedContract, HasTheMarksAndWordsThatWereTaken) {
  Observed observed;
  observed.parameters["FlowLogName"].marks_taken = "._#";
  observed.parameters["FlowLogName"].marks_refused = "-!";
  observed.parameters["TrafficType"].words = {
      {"All", true, true}, {"Allow", true, true}, {"Drop", true, false}, {"Reject", false, true}};
  const Contract made = observed_contract(documented(), observed);
  const Rule& characters = rule(made, "FlowLogName/characters");
  EXPECT_TRUE(characters.allowed.contains(U'#'));
  EXPECT_TRUE(characters.allowed.contains(U'.'));
  EXPECT_FALSE(characters.allowed.contains(U'-'));
  EXPECT_FALSE(characters.allowed.contains(U'!'));
  EXPECT_EQ(rule(made, "TrafficType/values").words,
            (std::vector<std::string>{"All", "Allow", "Reject"}));
}

TEST(ObservedContract, IsReadBackFromItsText) {
  Observed observed = length_of("Description", 0, 100, Unit::utf16_units);
  observed.parameters["FlowLogName"].kinds = {{&character_kind("emoji"), true},
                                              {&character_kind("chinese"), false}};
  observed.parameters["AggregationInterval"].default_value = "5";
  const Contract made = observed_contract(documented(), observed);
  EXPECT_FALSE(rule(made, "FlowLogName/characters").allowed.contains(U'流'));
  EXPECT_TRUE(rule(made, "FlowLogName/characters").grey.contains(U'\U0001F600'));
  EXPECT_EQ(load_contract(dump_contract(made), "made", built_in_service()), made);
}

}  // namespace
}  // namespace flowlog::probe

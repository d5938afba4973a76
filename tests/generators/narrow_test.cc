// Contracts that are lawful and leave little room, or none, for the values that try them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "base/json_node.h"
#include "generators/alphabet.h"
#include "generators/classes/classes.h"
#include "generators/gen_util.h"
#include "generators/requests.h"
#include "generators/valid_text.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

constexpr const char* kFile = "volcengine/vpc/2020-04-01/CreateFlowLog.json";
constexpr const char* kCommon = "volcengine/common-errors.json";

struct Change {
  const char* parameter;
  const char* kind;
  const char* member;
  const char* value;  // JSON
};

// The built-in contract with one member of one rule changed.
Contract changed(const Change& change) {
  nlohmann::json contract = nlohmann::json::parse(built_in_file(kFile));
  contract.erase("$schema");
  for (nlohmann::json& parameter : contract["parameters"]) {
    if (parameter["name"] != change.parameter) continue;
    for (nlohmann::json& rule : parameter["rules"]) {
      if (rule["kind"] == change.kind) rule[change.member] = nlohmann::json::parse(change.value);
    }
  }
  return load_contract(contract.dump(), "changed.json",
                       load_common_errors(built_in_file(kCommon), kCommon));
}

// What classes() makes of every rule; the sentences of those that it refuses.
std::vector<std::string> refusals(const Contract& contract) {
  std::vector<std::string> sentences;
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      try {
        for (const InputClass& input : classes(contract, parameter, rule)) {
          EXPECT_FALSE(input.boundaries.empty() && !input.random) << rule.address << input.id;
          for (std::uint64_t seed = 100; input.random && seed < 150; ++seed) {
            static_cast<void>((*input.random)(rc::Random(seed), rc::kNominalSize).value());
          }
        }
      } catch (const InputError& error) {
        EXPECT_THAT(error.what(), testing::AnyOf(HasSubstr(rule.address + " leaves no room"),
                                                 HasSubstr(parameter.name + " leave no value")));
        sentences.emplace_back(error.what());
      }
    }
  }
  return sentences;
}

void PrintTo(const Change& change, std::ostream* out) {
  *out << change.parameter << '/' << change.kind << '/' << change.member << '/' << change.value;
}

class NarrowContract : public testing::TestWithParam<Change> {};

TEST_P(NarrowContract, GivesClassesOrIsRefusedInASentence) {
  const Contract contract = changed(GetParam());
  for (const std::string& sentence : refusals(contract)) {
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
    EXPECT_TRUE(sentence.ends_with('.')) << sentence;
  }
}

TEST_P(NarrowContract, GivesRequestsOrIsRefusedInASentence) {
  const Contract contract = changed(GetParam());
  try {
    smallest_request(contract, "vpc");
    all_pairs(contract, "vpc");
    const auto gen = any_valid_request(contract, "vpc");
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      static_cast<void>(gen(rc::Random(seed), rc::kNominalSize).value());
    }
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("leave no value to send: no value can be drawn: "));
  }
}

INSTANTIATE_TEST_SUITE_P(Narrow, NarrowContract,
                         testing::Values(Change{"Tags.N.Key", "count", "max", "1"},
                                         Change{"LogProjectName", "first", "allowed",
                                                R"(["[A-Z]"])"},
                                         Change{"FlowLogName", "first", "allowed", R"(["!"])"},
                                         Change{"LogProjectName", "last", "allowed", R"(["_"])"},
                                         Change{"ClientToken", "length", "max", "8"},
                                         Change{"FlowLogName", "length", "max", "1"},
                                         Change{"Tags.N.Key", "length", "max", "1"},
                                         Change{"Tags.N.Key", "characters", "allowed", R"(["a"])"},
                                         Change{"Description", "length", "max", "0"}));

TEST(Narrow, TheBuiltInContractIsNot) {
  EXPECT_THAT(refusals(built_in_service().creator().contract), testing::IsEmpty());
}

// One tag at most leaves no two to be repeated anywhere; the rest is tried all the same.
TEST(Narrow, LeavesOutWhatCannotBeDrawnAndKeepsTheRest) {
  const Contract contract = changed({"Tags.N.Key", "count", "max", "1"});
  const Parameter& key = *contract.parameter("Tags.N.Key");
  std::vector<std::string> ids;
  for (const InputClass& input : classes(contract, key, *contract.rule("Tags.N.Key/unique"))) {
    ids.push_back(input.id);
  }
  EXPECT_THAT(ids, testing::Contains("neighbours"));
  EXPECT_THAT(ids, testing::Not(testing::Contains("anywhere")));
}

TEST(Narrow, NothingToDrawFromIsSaid) {
  rc::Random random(1);
  EXPECT_THROW(below(random, 0), TooNarrow);
  EXPECT_THROW(number(2, 1)(random, rc::kNominalSize).value(), TooNarrow);
  EXPECT_THROW(number(2, 0)(random, rc::kNominalSize).value(), TooNarrow);
  EXPECT_THROW(one_of(std::vector<int>{})(random, rc::kNominalSize).value(), TooNarrow);
  EXPECT_THROW(Alphabet().pick(random), TooNarrow);
  EXPECT_THROW(static_cast<void>(Alphabet().simplest()), TooNarrow);
}

TEST(Narrow, ATextShorterThanWhatItBeginsWithIsNotMade) {
  const Contract& contract = built_in_service().creator().contract;
  const ValidText token(*contract.parameter("ClientToken"));
  const TextShape shape = token.shape(1, 64);
  EXPECT_THROW(token.filled(shape, 7), TooNarrow);
  EXPECT_EQ(token.filled(shape, 8).value(), "@unique");
}

// Where first and last character have nothing in common, no text of one character is drawn, and
// none is what a failing one shrinks to.
TEST(Narrow, NoTextOfOneCharacterWhereNoneMayStandAlone) {
  TextShape shape;
  shape.max = 3;
  shape.first = Alphabet(std::u32string(U"a"));
  shape.inner = Alphabet(std::u32string(U"ab"));
  shape.last = Alphabet(std::u32string(U"b"));
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    auto made = text_of(shape)(rc::Random(seed), rc::kNominalSize);
    EXPECT_GE(made.value().size(), 2u);
    for (auto smaller = made.shrinks().next(); smaller;) {
      made = *smaller;
      EXPECT_GE(made.value().size(), 2u);
      smaller = made.shrinks().next();
    }
  }
}

}  // namespace
}  // namespace flowlog

#include <gtest/gtest.h>

#include "generators/classes/classes.h"
#include "specs/load.h"

namespace flowlog {
namespace {

const InputClass& input(const std::string& address, const std::string& id) {
  static std::vector<InputClass> all;
  const Contract& contract = built_in_service().creator().contract;
  const std::string name = address.substr(0, address.find('/'));
  all = classes(contract, *contract.parameter(name), *contract.rule(address));
  for (const InputClass& candidate : all) {
    if (candidate.id == id) return candidate;
  }
  throw std::out_of_range(address + " has no class " + id);
}

// Where one ends who takes the first shrink as long as there is one.
Edit smallest(rc::Shrinkable<Edit> at) {
  for (int steps = 0; steps < 10000; ++steps) {
    auto next = at.shrinks().next();
    if (!next) return at.value();
    at = std::move(*next);
  }
  ADD_FAILURE() << "shrinking goes on and on";
  return at.value();
}

Edit smallest_random(const std::string& address, const std::string& id, std::uint64_t seed) {
  return smallest((*input(address, id).random)(rc::Random(seed), 100));
}

TEST(Shrinks, OfANameTooLongEndAtTheFewestTooMany) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Edit edit = smallest_random("FlowLogName/length", "over-max", seed);
    EXPECT_EQ(find(edit.set, "FlowLogName"), std::string(129, 'a'));
  }
}

TEST(Shrinks, OfAForbiddenCharacterKeepIt) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Edit edit = smallest_random("FlowLogName/characters", "forbidden-blank", seed);
    const std::string value = find(edit.set, "FlowLogName").value_or("");
    EXPECT_NE(value.find(' '), std::string::npos);
    EXPECT_LE(value.size(), 3U);
  }
}

TEST(Shrinks, OfFarTooManyTagsEndAtOneTooMany) {
  const InputClass& far = input("Tags.N.Key/count", "far-over");
  EXPECT_EQ(smallest(far.roots.at(0)).set.size(), 51U);
}

TEST(Shrinks, OfBoundariesStartAtTheBoundary) {
  for (const char* id : {"over-max", "far-over", "at-max", "at-min"}) {
    const InputClass& length = input("Description/length", id);
    ASSERT_EQ(length.roots.size(), length.boundaries.size());
    for (std::size_t i = 0; i < length.roots.size(); ++i) {
      EXPECT_TRUE(length.roots[i].value() == length.boundaries[i]) << id;
    }
  }
}

}  // namespace
}  // namespace flowlog

#include "specs/charset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest:
#include <rapidcheck/gtest.h>

#include <stdexcept>
#include <thread>

namespace flowlog {
namespace {

TEST(Charset, HoldsLiteralCharactersAndPatterns) {
  Charset set({"[a-c]", "-", "。", "[\\u4E00-\\u9FA5]", "🚀"});
  for (char32_t point : {U'a', U'c', U'-', U'。', U'一', U'龥', U'🚀'}) {
    EXPECT_TRUE(set.contains(point)) << std::uint32_t(point);
  }
  for (char32_t point : {U'd', U'A', U'_', U'，', U'\u4DFF', U'\u9FA6', U'🚁', U'\0'}) {
    EXPECT_FALSE(set.contains(point)) << std::uint32_t(point);
  }
  EXPECT_EQ(set.size(), 3U + 1 + 1 + 20902 + 1);
}

TEST(Charset, TakesABracketAloneForACharacter) {
  EXPECT_TRUE(Charset({"["}).contains('['));
  EXPECT_EQ(Charset({"["}).size(), 1U);
  EXPECT_TRUE(Charset({" "}).contains(' '));
}

TEST(Charset, KnowsPropertiesAndDifferences) {
  Charset letters({"[[:L:]-[A-Z]]"});
  EXPECT_TRUE(letters.contains(U'é'));
  EXPECT_TRUE(letters.contains(U'流'));
  EXPECT_FALSE(letters.contains('Q'));
  EXPECT_FALSE(letters.contains('7'));
}

TEST(Charset, NeverHoldsASurrogate) {
  Charset all({"[\\u0000-\\U0010FFFF]"});
  EXPECT_EQ(all.size(), 0x110000U - 0x800);
  EXPECT_FALSE(all.contains(0xD800));
  EXPECT_FALSE(all.contains(0xDFFF));
  EXPECT_TRUE(all.contains(0xD7FF));
  EXPECT_TRUE(all.contains(0xE000));
}

TEST(Charset, IsEmptyByDefault) {
  EXPECT_TRUE(Charset().empty());
  EXPECT_EQ(Charset().size(), 0U);
  EXPECT_FALSE(Charset().contains('a'));
  EXPECT_TRUE(Charset(std::vector<std::string>{}).empty());
}

TEST(Charset, NamesAMemberThatItCannotRead) {
  for (const char* member : {"", "ab", "[]", "[z-a]", "[a-", "a]", "[:Nothing:]", "[{ab}]", "\xFF",
                             "[\\uD800-\\uDFFF]"}) {
    try {
      Charset set({"a", member});
      ADD_FAILURE() << "takes " << member;
    } catch (const std::invalid_argument& error) {
      EXPECT_THAT(error.what(), testing::StartsWith("\"")) << member;
    }
  }
}

TEST(Charset, GivesItsPointsInAscendingOrder) {
  Charset set({"c", "[a-b]", "流"});
  EXPECT_EQ(set.at(0), U'a');
  EXPECT_EQ(set.at(1), U'b');
  EXPECT_EQ(set.at(2), U'c');
  EXPECT_EQ(set.at(3), U'流');
}

TEST(Charset, KeepsItsMembersAsWritten) {
  Charset set({"[A-Za-z]", "_"});
  EXPECT_THAT(set.members(), testing::ElementsAre("[A-Za-z]", "_"));
  EXPECT_EQ(Charset::of_member("[A-Za-z]").size(), 52U);
  EXPECT_NE(Charset({"[ab]"}), Charset({"a", "b"}));
  EXPECT_EQ(Charset({"[ab]"}), Charset({"[ab]"}));
}

// A set of printable ASCII characters, member by member.
rc::Gen<Charset> sets() {
  auto member = rc::gen::map(rc::gen::inRange(0x21, 0x7F),
                             [](int point) { return std::string(1, char(point)); });
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(member),
                      [](std::vector<std::string> members) { return Charset(std::move(members)); });
}

RC_GTEST_PROP(Charset, UnitesAndSubtractsPointByPoint, ()) {
  Charset a = *sets();
  Charset b = *sets();
  Charset both = a.united(b);
  Charset left = a.minus(b);
  bool meet = false;
  for (char32_t point = 0; point < 0x100; ++point) {
    meet |= a.contains(point) && b.contains(point);
    RC_ASSERT(both.contains(point) == (a.contains(point) || b.contains(point)));
    RC_ASSERT(left.contains(point) == (a.contains(point) && !b.contains(point)));
  }
  RC_ASSERT(a.disjoint(b) == !meet);
}

RC_GTEST_PROP(Charset, CanBeWrittenAgainAfterASubtraction, ()) {
  Charset left = (*sets()).united(Charset({"[\\u4E00-\\u9FA5]"})).minus(*sets());
  Charset again(left.members());
  RC_ASSERT(again.size() == left.size());
  RC_ASSERT(again.minus(left).empty());
}

RC_GTEST_PROP(Charset, ContainsEachPointItGives, ()) {
  Charset set = (*sets()).united(Charset({"x"}));
  auto index = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, set.size()));
  RC_ASSERT(set.contains(set.at(index)));
}

TEST(Charset, CanBeMadeAndReadOnSeveralThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([i] {
      for (int j = 0; j < 50; ++j) {
        std::string last(1, char('a' + (i + j) % 26));
        EXPECT_TRUE(Charset({"[[:L:]-[A-" + std::string(1, char('B' + j % 20)) + "]]", last})
                        .contains(U'流'));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace flowlog

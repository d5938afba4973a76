#include "specs/charset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// After gtest:
#include <rapidcheck/gtest.h>

#include <stdexcept>
#include <thread>

#include "base/text.h"

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

TEST(Charset, GivesItsRangesInAscendingOrder) {
  using Range = std::pair<char32_t, char32_t>;
  EXPECT_THAT(Charset({"x", "[a-b]", "c", "流"}).ranges(),
              testing::ElementsAre(Range(U'a', U'c'), Range(U'x', U'x'), Range(U'流', U'流')));
  EXPECT_TRUE(Charset().ranges().empty());
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

// ICU refuses to read a range of one character.
TEST(Charset, CanBeWrittenAgainWhenALoneCharacterIsLeft) {
  const Charset left = Charset({"[a-e]"}).minus(Charset({"b", "d"}));
  EXPECT_EQ(Charset(left.members()).ranges(), left.ranges());
}

RC_GTEST_PROP(Charset, ContainsJustTheEndsOfItsRanges, ()) {
  const Charset set = (*sets()).united(Charset({"x"}));
  std::size_t size = 0;
  for (const auto& [first, last] : set.ranges()) {
    RC_ASSERT(set.contains(first) && set.contains(last));
    RC_ASSERT(!set.contains(first - 1) && !set.contains(last + 1));
    size += last - first + 1;
  }
  RC_ASSERT(size == set.size());
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

TEST(Charset, StaysRightBeyondWhatIsKept) {
  const Charset letters({"[a-z]"});
  for (char32_t point = 0x4E00; point < 0x4E00 + 3000; ++point) {
    const Charset one({encode_utf8(point), "q"});
    ASSERT_TRUE(one.contains(point)) << std::uint32_t(point);
    ASSERT_EQ(one.size(), 2U);
    const Charset left = one.minus(letters);
    ASSERT_EQ(left.ranges(), (std::vector<std::pair<char32_t, char32_t>>{{point, point}}));
    ASSERT_EQ(letters.minus(one).size(), 25U);
  }
  EXPECT_EQ(letters.size(), 26U);
}

}  // namespace
}  // namespace flowlog

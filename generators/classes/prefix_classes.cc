// Classes of the rules about how a value begins and ends: reserved beginnings, blanks at the ends.
#include <algorithm>

#include "base/text.h"
#include "generators/classes/class_list.h"
#include "generators/gen_util.h"
#include "generators/spellings.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

constexpr std::size_t kShortTail = 16;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `word` with the letter case of its nth letter changed where the nth bit is set.
std::string in_case(std::string word, std::size_t bits) {
  for (char& c : word) {
    if (!is_letter(c)) continue;
    if ((bits & 1) == 1) c = static_cast<char>(c ^ 0x20);
    bits >>= 1;
  }
  return word;
}

// ValidText text, or none, that goes on after another piece.
rc::Gen<std::string> tail_of(const ValidText& valid_text, std::size_t room) {
  TextShape shape = valid_text.shape(1, std::min(room, kShortTail));
  shape.min = 0;
  shape.first = shape.inner;
  shape.only = shape.last;
  shape.avoid.clear();
  return text_of(shape);
}

using Values = std::vector<std::string>;

void add_values(ClassList& list, Side side, const char* id, Text text, const Values& values) {
  ClassBuilder& builder = list.add(side, id, std::move(text));
  for (const std::string& value : values) builder.bound(value);
}

bool begins(const std::string& value, const Values& words) {
  return std::ranges::any_of(
      words, [&](const std::string& word) { return lower_ascii(value).starts_with(word); });
}

// Values that keep all rules although they look reserved.
void add_nearly_reserved(ClassList& list, const ValidText& valid_text, const std::string& plain) {
  Values inside;
  Values cut;
  for (const std::string& word : list.rule().words) {
    const std::string start = word.substr(0, word.size() - 1);
    for (const std::string& value : {plain + word, plain + word + plain}) {
      if (valid_text.allows(value)) inside.push_back(value);
    }
    for (const std::string& value : {start, start + plain}) {
      if (valid_text.allows(value) && !begins(value, list.rule().grey_words)) cut.push_back(value);
    }
  }
  add_values(list, Side::valid, "inside", {"reserved text inside", "保留前缀出现在中间"}, inside);
  add_values(list, Side::valid, "cut-short", {"a reserved beginning cut short", "不完整的保留前缀"},
             cut);
}

}  // namespace

void add_prefix_classes(ClassList& list) {
  const ValidText valid_text(list.parameter());
  const std::string plain(1, 'a');
  const Values& words = list.rule().words;
  add_nearly_reserved(list, valid_text, plain);
  ClassBuilder& exact =
      list.add(Side::invalid, "exact", {"starting with a reserved text", "以保留前缀开头"});
  for (const std::string& word : words) {
    exact.bound_everywhere(rc::shrinkable::just(word + plain)).bound(word);
  }
  Values cases;
  for (const std::string& word : words) {
    for (const std::string& other : other_cases(word)) cases.push_back(other + plain);
  }
  add_values(list, Side::invalid, "other-case",
             {"starting with a reserved text in another letter case", "以大小写不同的保留前缀开头"},
             cases);
  std::size_t longest = 0;
  for (const std::string& word : words) longest = std::max(longest, word.size());
  list.add(Side::invalid, "any-case",
           {"starting with a reserved text in any letter case", "以任意大小写的保留前缀开头"})
      .random(rc::gen::map(rc::gen::tuple(one_of(words), number(0, (std::size_t{1} << 16) - 1),
                                          tail_of(valid_text, valid_text.max() - longest)),
                           [](const std::tuple<std::string, std::size_t, std::string>& drawn) {
                             const auto& [word, bits, tail] = drawn;
                             return in_case(word, bits) + tail;
                           }));
}

void add_grey_beginnings(ClassList& list, const ValidText& valid_text) {
  Values values;
  for (const std::string& word : list.rule().grey_words) {
    for (const std::string& value : {word, word + "a"}) {
      if (!begins(value, list.rule().words)) values.push_back(value);
    }
  }
  std::erase_if(values, [&](const std::string& value) {
    return value.size() < valid_text.min() || value.size() > valid_text.max();
  });
  if (values.empty()) return;
  add_values(list, Side::grey, "perhaps-reserved",
             {"starting with a text that one page reserves", "以某一页所保留的文本开头"}, values);
}

void add_edges_classes(ClassList& list) {
  const ValidText valid_text(list.parameter());
  const auto add = [&](const char* id, Text text, const std::string& before,
                       const std::string& after) {
    const std::size_t min = std::max<std::size_t>(valid_text.min(), 1);
    TextShape shape = valid_text.shape(min, min + kShortTail);
    shape.before = before;
    shape.after = after;
    list.add(Side::grey, id, std::move(text))
        .bound(exactly(shape, std::u32string(min, shape.only.simplest())))
        .random(text_of(shape));
  };
  const std::string plain(std::max<std::size_t>(valid_text.min(), 1), 'a');
  if (valid_text.inner().contains(U' ')) {
    add_values(list, Side::valid, "blank-inside", {"a blank inside", "中间有空格"},
               {plain + " " + plain});
  }
  add("leading-blank", {"a leading blank", "首部空格"}, " ", "");
  add("trailing-blank", {"a trailing blank", "尾部空格"}, "", " ");
  add("blanks-at-both-ends", {"blanks at both ends", "首尾空格"}, " ", " ");
  add_values(list, Side::grey, "only-blanks", {"nothing but blanks", "只有空格"}, {" ", "  "});
}

}  // namespace flowlog

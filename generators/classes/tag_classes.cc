// Classes of rules about several siblings at once: unique, count, index, needs.
#include <algorithm>

#include "generators/classes/class_list.h"
#include "generators/gen_util.h"
#include "generators/indexed_group.h"
#include "generators/spellings.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

constexpr std::size_t kShortKey = 8;

std::string nth(std::size_t n) {
  return std::to_string(n);
}

// Keys at 1..n, of which those at `a` and `b` are `key`.
Edit repeated_key(const IndexedGroup& group, std::size_t n, std::size_t a, std::size_t b,
                  const std::string& key) {
  Edit edit = group.blank();
  const std::vector<std::string> others = group.plain_keys(n, key);
  for (std::size_t i = 1; i <= n; ++i) {
    edit.set.emplace_back(IndexedGroup::sent_name(group.key(), i),
                          i == a || i == b ? key : others[i - 1]);
  }
  return edit;
}

Edit two_keys(const IndexedGroup& group, const std::string& first, const std::string& second) {
  Edit edit = group.with(group.key(), first, 1);
  edit.set.emplace_back(IndexedGroup::sent_name(group.key(), 2), second);
  return edit;
}

// `values` for `parameter` at `indices`, with a key at each index of `keys`.
Edit values_and_keys(const IndexedGroup& group, const Parameter& parameter, std::size_t values,
                     const std::vector<std::string>& keys) {
  Edit edit = group.keys_at(keys);
  const std::string value = group.plain_keys(1).front();
  for (std::size_t i = 1; i <= values; ++i) {
    edit.set.emplace_back(IndexedGroup::sent_name(parameter, i), value);
  }
  return edit;
}

rc::Gen<std::string> short_key(const IndexedGroup& group) {
  const ValidText valid_text(group.key());
  const std::size_t min = std::max<std::size_t>(valid_text.min(), 1);
  return text_of(valid_text.shape(min, std::min(valid_text.max(), min + kShortKey)));
}

// Keys at 1..n that are as drawn where they are distinct.
Edit distinct_keys(const IndexedGroup& group, std::vector<std::string> drawn) {
  Edit edit = group.blank();
  std::vector<std::string> spare = group.plain_keys(2 * drawn.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const auto end = drawn.begin() + static_cast<std::ptrdiff_t>(i);
    const auto taken = [&](const std::string& key) {
      return std::find(drawn.begin(), end, key) != end;
    };
    if (taken(drawn[i])) drawn[i] = *std::find_if_not(spare.begin(), spare.end(), taken);
    edit.set.emplace_back(IndexedGroup::sent_name(group.key(), i + 1), drawn[i]);
  }
  return edit;
}

rc::Gen<Edit> keys_between(const IndexedGroup& group, std::size_t min, std::size_t max) {
  return rc::gen::map(list_of(min, max, short_key(group)), [group](std::vector<std::string> drawn) {
    return distinct_keys(group, std::move(drawn));
  });
}

rc::Shrinkable<Edit> keys_down_to(const IndexedGroup& group, std::size_t min, std::size_t count) {
  return rc::shrinkable::map(number_down_to(min, count),
                             [group](std::size_t n) { return group.keys(n); });
}

// As many siblings as may be, each as long as may be, of the widest characters allowed.
Edit longest(const IndexedGroup& group) {
  Edit edit = group.blank();
  const Charset wide({"[\\u4E00-\\u9FA5]"});
  for (std::size_t i = 1; i <= group.most(); ++i) {
    for (const Parameter* member : group.members()) {
      const ValidText valid_text(*member);
      const std::size_t length = valid_text.max();
      // The last character tells keys apart.
      const std::u32string own(1, static_cast<char32_t>(U'\u4E00' + i));
      std::u32string cycle(length - 1, U'\u6D41');
      edit.set.emplace_back(
          IndexedGroup::sent_name(*member, i),
          valid_text.filled(valid_text.shape(length, length, wide), length, cycle + own).value());
    }
  }
  return edit;
}

bool have_lengths(const IndexedGroup& group) {
  return std::ranges::all_of(group.members(), [](const Parameter* member) {
    return rule_of(*member, RuleKind::length) != nullptr;
  });
}

// "TagFilters.N.Values.N": several for one key.
bool within_index(const Parameter& parameter) {
  return parameter.name.find(".N.") != std::string::npos && parameter.name.ends_with(".N");
}

void add_inner_count_classes(ClassList& list, const IndexedGroup& group) {
  const std::size_t max = list.rule().max;
  const auto edit = [&](std::size_t count) {
    Edit edit = group.keys(1);
    const std::vector<std::string> values = group.plain_keys(count);
    for (std::size_t i = 1; i <= count; ++i) {
      std::string name = IndexedGroup::sent_name(list.parameter(), 1);
      name.replace(name.size() - 1, 1, nth(i));
      edit.set.emplace_back(std::move(name), values[i - 1]);
    }
    return edit;
  };
  list.add(Side::valid, "one", {"one of them", "1 个"}).bound(edit(1));
  list.add(Side::valid, "at-max", {"as many as allowed", "允许的最多个数"}).bound(edit(max));
  list.add(Side::invalid, "over-max", {"too many, by one", "超过最大个数"}).bound(edit(max + 1));
}

}  // namespace

void add_unique_classes(ClassList& list) {
  const IndexedGroup group(list.contract(), list.parameter());
  const std::size_t most = group.most();
  const std::string key = group.plain_keys(1).front();
  ClassBuilder& cases = list.add(Side::valid, "differs-in-case",
                                 {"keys that differ in letter case only", "仅大小写不同的键"});
  for (const std::string& other : other_cases(key)) {
    if (ValidText(group.key()).allows(other)) cases.bound(two_keys(group, key, other));
  }
  list.add(Side::valid, "prefix-of-another", {"a key that another one starts with", "互为前缀的键"})
      .bound(two_keys(group, key, key + key));
  list.add(Side::invalid, "neighbours", {"one key twice in a row", "相邻的重复键"})
      .bound(repeated_key(group, 2, 1, 2, key));
  if (most > 2) {
    list.add(Side::invalid, "apart", {"one key twice with another between", "间隔的重复键"})
        .bound(repeated_key(group, 3, 1, 3, key));
    list.add(Side::invalid, "first-and-last",
             {"one key in the first and the last tag", "首尾重复的键"})
        .bound(repeated_key(group, most, 1, most, key));
  }
  list.add(Side::invalid, "anywhere", {"one key twice", "重复的键"})
      .random(rc::gen::map(
          rc::gen::tuple(number(2, most), number(0, most), number(0, most), short_key(group)),
          [group](const std::tuple<std::size_t, std::size_t, std::size_t, std::string>& drawn) {
            const auto& [n, a, step, text] = drawn;
            const std::size_t first = a % n;
            const std::size_t second = (first + 1 + step % (n - 1)) % n;
            return repeated_key(group, n, first + 1, second + 1, text);
          }));
}

void add_count_classes(ClassList& list) {
  const IndexedGroup group(list.contract(), list.parameter());
  const std::size_t max = list.rule().max;
  if (within_index(list.parameter())) {
    add_inner_count_classes(list, group);
    return;
  }
  list.add(Side::valid, "one", {"one of them", "1 个"}).bound(group.keys(1));
  if (max > 2) list.add(Side::valid, "two", {"two of them", "2 个"}).bound(group.keys(2));
  list.add(Side::valid, "at-max", {"as many as allowed", "允许的最多个数"})
      .bound(keys_down_to(group, 1, max));
  if (have_lengths(group)) {
    list.add(Side::valid, "at-max-longest",
             {"as many as allowed, each as long as allowed", "最多个数且每个均为最大长度"})
        .bound(longest(group));
  }
  list.add(Side::valid, "between", {"a number within the limit", "限制之内的个数"})
      .random(keys_between(group, 1, max));
  // The first number that is surely refused.
  const std::size_t over = std::max(max, list.rule().grey_max) + 1;
  list.add(Side::invalid, "over-max", {"too many, by one or more", "超过最大个数"})
      .bound(group.keys(over))
      .random(keys_between(group, over, over + max));
  list.add(Side::invalid, "far-over", {"far too many", "远超最大个数"})
      .bound(keys_down_to(group, over, over + 4 * max));
  if (list.rule().grey_max == 0) return;
  list.add(Side::grey, "between-limits",
           {"more than one page allows and no more than another does", "各页所述上限之间的个数"})
      .bound(group.keys(max + 1))
      .bound(group.keys(list.rule().grey_max));
}

void add_index_classes(ClassList& list) {
  const IndexedGroup group(list.contract(), list.parameter());
  using Indices = std::vector<std::string>;
  const auto add = [&](Side side, const char* id, Text text, const std::vector<Indices>& lists) {
    ClassBuilder& builder = list.add(side, id, std::move(text));
    for (const Indices& indices : lists) builder.bound(group.keys_at(indices));
  };
  const std::string last = nth(group.most());
  add(Side::valid, "in-order", {"indices from 1 in order", "从 1 开始顺序编号"},
      {{"1"}, {"1", "2"}});
  add(Side::valid, "any-order", {"indices without gaps in any order", "编号连续但先后不限"},
      {{"2", "1"}, {"3", "1", "2"}});
  add(Side::invalid, "gap", {"a gap between indices", "编号不连续"}, {{"1", "3"}, {"1", last}});
  add(Side::invalid, "starts-late", {"indices that start at 2", "从 2 开始编号"},
      {{"2"}, {"2", "3"}});
  add(Side::invalid, "zero", {"an index of 0", "编号为 0"}, {{"0"}, {"0", "1"}});
  add(Side::grey, "negative", {"a negative index", "负数编号"}, {{"-1"}, {"-1", "1"}});
  add(Side::grey, "leading-zero", {"an index with a leading zero", "编号带前导零"},
      {{"01"}, {"1", "02"}});
  add(Side::grey, "plus-sign", {"an index with a plus sign", "编号带正号"}, {{"+1"}});
  add(Side::grey, "text", {"an index that is no number", "编号为文本"}, {{"x"}, {"1", "N"}});
  add(Side::grey, "empty", {"an empty index", "编号为空"}, {{""}});
  add(Side::invalid, "beyond-32-bits", {"an index beyond 32 bits", "编号超出 32 位"},
      {{add_decimal("4294967296", "1")}});
  list.add(Side::invalid, "any-gap", {"a gap anywhere", "任意位置的编号不连续"})
      .random(rc::gen::map(rc::gen::pair(number(2, group.most()), number(0, group.most())),
                           [group](const std::pair<std::size_t, std::size_t>& drawn) {
                             const auto& [n, at] = drawn;
                             Indices indices;
                             for (std::size_t i = 1; i <= n; ++i) {
                               if (i != 1 + at % (n - 1)) indices.push_back(nth(i));
                             }
                             return group.keys_at(indices);
                           }));
}

void add_needs_classes(ClassList& list) {
  const IndexedGroup group(list.contract(), list.parameter());
  const Parameter& value = list.parameter();
  const auto edit = [&](std::size_t values, const std::vector<std::string>& keys) {
    return values_and_keys(group, value, values, keys);
  };
  list.add(Side::valid, "with-key", {"values with their keys", "键值成对"})
      .bound(edit(1, {"1"}))
      .bound(edit(2, {"1", "2"}));
  list.add(Side::valid, "key-alone", {"keys without values", "只有键"})
      .bound(edit(0, {"1"}))
      .bound(edit(1, {"1", "2"}));
  list.add(Side::invalid, "alone", {"a value without its key", "只有值"}).bound(edit(1, {}));
  list.add(Side::invalid, "first-key-missing", {"the first key missing", "缺少第一个键"})
      .bound(edit(2, {"2"}));
  list.add(Side::invalid, "middle-key-missing", {"a key between others missing", "缺少中间的键"})
      .bound(edit(3, {"1", "3"}));
  list.add(Side::invalid, "last-key-missing", {"the last key missing", "缺少最后一个键"})
      .bound(edit(2, {"1"}));
}

}  // namespace flowlog

#include <algorithm>

#include "generators/character_kinds.h"
#include "generators/classes/class_list.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

constexpr std::size_t kFar = 4;  // times the limit

class Lengths {
 public:
  explicit Lengths(ClassList& list)
      : list_(list),
        rule_(list.rule()),
        valid_text_(list.parameter()),
        any_(valid_text_.shape(1, 1)) {}

  void add() {
    add_valid();
    add_too_long();
    add_too_short();
    add_grey();
  }

 private:
  const Charset& chinese() const { return character_kind("chinese").set; }
  Charset astral() const {
    return character_kind("astral-han").set.united(character_kind("astral-letter").set);
  }
  bool allows_some(const Charset& set) const { return !common(valid_text_.inner(), set).empty(); }

  TextShape shape(std::size_t min, std::size_t max) const { return valid_text_.shape(min, max); }

  // One character of each kind that is allowed.
  std::u32string mixture() const {
    std::u32string points;
    for (const CharacterKind& kind : character_kinds()) {
      const auto allowed = std::find_if(kind.samples.begin(), kind.samples.end(), [&](char32_t p) {
        return valid_text_.inner().contains(p);
      });
      if (allowed != kind.samples.end()) points += *allowed;
    }
    return points.empty() ? std::u32string(1, any_.inner.simplest()) : points;
  }

  // `length` characters of `only`; smaller ones down to `min` of them.
  rc::Shrinkable<std::string> run_of(const Charset& only, std::size_t min,
                                     std::size_t length) const {
    const TextShape narrow = valid_text_.shape(min, length, only);
    return valid_text_.filled(narrow, length);
  }

  void add_valid() {
    const std::size_t min = valid_text_.min();
    const std::size_t max = valid_text_.max();
    if (rule_.min == 0) list_.add(Side::valid, "empty", {"an empty text", "空文本"}).bound("");
    list_.add(Side::valid, "at-min", {"the fewest characters allowed", "允许的最短长度"})
        .bound(valid_text_.filled(shape(min, min), std::max<std::size_t>(min, 1)));
    list_
        .add(Side::valid, "at-max",
             {"the most characters allowed, letters", "允许的最大长度，字母"})
        .bound_everywhere(valid_text_.filled(shape(min, max), max));
    add_valid_of("at-max-chinese", {"the most characters allowed, Chinese", "允许的最大长度，汉字"},
                 chinese());
    add_valid_of(
        "at-max-astral",
        {"the most characters allowed, beyond U+FFFF", "允许的最大长度，U+FFFF 以外的字符"},
        astral());
    list_
        .add(Side::valid, "at-max-mixed",
             {"the most characters allowed, of every kind", "允许的最大长度，各类字符混合"})
        .bound(valid_text_.filled(shape(min, max), max, mixture()));
    list_.add(Side::valid, "between", {"a length within the limits", "限制之内的长度"})
        .random(text_of(shape(min, max)));
  }

  void add_valid_of(const char* id, Text text, const Charset& only) {
    if (!allows_some(only)) return;
    list_.add(Side::valid, id, std::move(text))
        .bound(run_of(only, valid_text_.min(), valid_text_.max()));
  }

  void add_too_long() {
    const std::size_t over = rule_.max + 1;
    const std::size_t far = rule_.max * kFar;
    list_.add(Side::invalid, "over-max", {"too many characters, by one or more", "超过最大长度"})
        .bound_everywhere(valid_text_.filled(shape(over, far), over))
        .random(text_of(shape(over, 2 * rule_.max)));
    if (allows_some(chinese())) {
      list_
          .add(Side::invalid, "over-max-chinese",
               {"too many Chinese characters, by one or more", "超过最大长度，汉字"})
          .bound(run_of(chinese(), over, over))
          .random(text_of(valid_text_.shape(over, 2 * rule_.max, chinese())));
    }
    list_.add(Side::invalid, "far-over", {"far too many characters", "远超最大长度"})
        .bound(valid_text_.filled(shape(over, far), far));
  }

  void add_too_short() {
    if (rule_.min == 0) return;
    if (rule_.min > 1) {
      const std::size_t under = rule_.min - 1;
      list_.add(Side::invalid, "under-min", {"too few characters, by one or more", "短于最小长度"})
          .bound_everywhere(valid_text_.filled(shape(1, under), under))
          .random(text_of(shape(1, under)));
    }
    list_.add(side_of_empty(list_.parameter()), "empty", {"an empty text", "空文本"}).bound("");
  }

  void add_grey() {
    ClassBuilder& grey = list_.add(Side::grey, "grey-length",
                                   {"a length on which two pages differ", "各页面说法不一的长度"});
    for (const std::size_t length : rule_.grey_lengths) {
      if (length == 0) continue;
      grey.bound(valid_text_.filled(shape(length, length), length));
      if (allows_some(chinese())) grey.bound(run_of(chinese(), length, length));
    }
  }

  ClassList& list_;
  const Rule& rule_;
  const ValidText valid_text_;
  const TextShape any_;
};

}  // namespace

void add_length_classes(ClassList& list) {
  Lengths(list).add();
}

}  // namespace flowlog

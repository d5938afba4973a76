#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "generators/character_kinds.h"
#include "generators/classes/class_list.h"
#include "generators/placeholders.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

constexpr std::size_t kShortText = 16;  // characters of a random text beyond the fewest
constexpr std::size_t kFew = 16;        // so many ends of ranges are tried one by one

// The characters of `kind` in `set` that are worth a request each.
std::u32string worth_trying(const CharacterKind& kind, const Charset& set) {
  std::u32string points;
  for (const char32_t point : kind.samples) {
    if (set.contains(point)) points += point;
  }
  return points.empty() ? Alphabet(set).lowest(2) : points;
}

// Classes of one rule about any character of a text.
class AnyCharacter {
 public:
  explicit AnyCharacter(ClassList& list) : list_(list), valid_text_(list.parameter()) {}

  void add() {
    const Rule& rule = list_.rule();
    add_allowed();
    for (const CharacterKind& kind : character_kinds()) {
      const Charset forbidden = kind.set.minus(rule.allowed).minus(rule.grey);
      if (!forbidden.empty()) add_forbidden(kind, forbidden);
    }
    for (const CharacterKind& kind : character_kinds()) {
      const Charset grey = common(kind.set, rule.grey).minus(rule.allowed);
      if (!grey.empty()) add_grey(kind, grey);
    }
    if (!rule.allowed.contains(U'%') && !rule.grey.contains(U'%')) add_percent_escape();
    add_ill_formed();
  }

 private:
  enum Place { front, middle, end };

  // Every mark and both ends of every range, in as few texts as hold them.
  void add_allowed() {
    ClassBuilder& allowed =
        list_.add(Side::valid, "allowed", {"every allowed character", "所有允许的字符"});
    const TextShape shape = valid_text_.shape(valid_text_.min(), valid_text_.max());
    add_plain_looking(allowed, shape);
    const std::u32string points = marks_and_ends();
    const std::size_t room = shape.max > 2 ? shape.max - 2 : 1;
    for (std::size_t from = 0; from < points.size(); from += room) {
      allowed.bound(exactly(shape, framed(shape, points.substr(from, room))));
    }
    allowed.random(text_of(valid_text_.shape(valid_text_.min(), longest())));
  }

  // As the rule lists them: a mark between two ranges that touch is an end of both.
  std::u32string marks_and_ends() const {
    std::u32string points;
    for (const std::string& member : list_.rule().allowed.members()) {
      points += Alphabet(common(Charset::of_member(member), valid_text_.inner())).ends();
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
  }

  // Where a name must begin in a certain way: digits alone, a mark at the end, blanks in a row.
  // Of a token: a mark at the end, marks in a row.
  void add_plain_looking(ClassBuilder& allowed, const TextShape& shape) const {
    std::vector<std::u32string_view> texts;
    if (valid_text_.ruled_start() > 0) texts = {U"2026", U"a-", U"a  b"};
    if (is_token(list_.parameter())) texts = {U"a-", U"a--b"};
    for (const std::u32string_view text : texts) {
      const std::string value = encode_utf8(text);
      if (valid_text_.allows(value)) allowed.bound(exactly(shape, std::u32string(text)));
    }
  }

  // `points` between plain characters, so that each may stand where it stands.
  static std::u32string framed(const TextShape& shape, std::u32string points) {
    if (shape.max < 3) return {shape.only.simplest()};
    points.insert(points.begin(), shape.first.simplest());
    while (points.size() + 1 < shape.min) points += shape.inner.simplest();
    return points + shape.last.simplest();
  }

  std::size_t longest() const {
    return std::min(valid_text_.max(), valid_text_.min() + kShortText);
  }

  TextShape shape_with(const Charset& odd) const {
    TextShape shape =
        valid_text_.shape(valid_text_.min(), std::max(longest(), valid_text_.min() + 2));
    shape.odd = Alphabet(odd);
    shape.odd_after = valid_text_.ruled_start();
    shape.odd_before = valid_text_.ruled_end();
    return shape;
  }

  bool may_stand(Place place) const {
    if (place == front) return valid_text_.ruled_start() == 0;
    return place != end || valid_text_.ruled_end() == 0;
  }

  // A short text whose odd character is `point`.
  static rc::Shrinkable<std::string> text_with(TextShape shape, char32_t point, Place place) {
    if (place == front) std::swap(shape.before, shape.after);
    const std::size_t length = std::max<std::size_t>(shape.min, place == middle ? 3 : 2);
    const std::size_t odd = place == front ? 0 : place == middle ? 1 : length - 1;
    std::u32string points;
    for (std::size_t i = 0; i < length; ++i) {
      points += i == odd ? point : shape.at(i, length).simplest();
    }
    return exactly(shape, std::move(points), odd);
  }

  void add_forbidden(const CharacterKind& kind, const Charset& set) {
    TextShape shape = shape_with(set);
    const bool newline = kind.id == "newline";
    if (newline) shape.odd_before = std::max<std::size_t>(shape.odd_before, 1);
    const std::u32string points = worth_trying(kind, set);
    ClassBuilder& builder = list_.add(Side::invalid, "forbidden-" + kind.id,
                                      {"holding " + kind.text.en, "含" + kind.text.zh});
    builder.bound_everywhere(text_with(shape, points[0], middle));
    for (const Place place : {front, end}) {
      if (may_stand(place) && !(newline && place == end)) {
        builder.bound(text_with(shape, points[0], place));
      }
    }
    for (const char32_t point : points) builder.bound(text_with(shape, point, middle));
    builder.random(text_of(shape));
    if (newline) add_trailing_newline(set);
  }

  // ValidText, if what was sent were decoded once more.
  void add_percent_escape() {
    const TextShape shape =
        valid_text_.shape(std::max<std::size_t>(valid_text_.min(), 3), longest());
    const char32_t plain = shape.inner.simplest();
    if (plain >= 0x80) return;
    std::u32string points(1, shape.first.simplest());
    while (points.size() + 2 < shape.min) points += plain;
    for (const char c : fmt::format("%{:02X}", static_cast<unsigned>(plain))) {
      points += static_cast<unsigned char>(c);
    }
    points += shape.last.simplest();
    list_
        .add(Side::invalid, "percent-escape",
             {"with a percent-encoded character", "含百分号编码的字符"})
        .bound(encode_utf8(points));
  }

  // Breaks a rule about the last character as well; none is so easily overlooked.
  void add_trailing_newline(const Charset& set) {
    TextShape shape = valid_text_.shape(shortest_with_end(), longest());
    shape.last = Alphabet(set);
    shape.min = shortest_with_end();
    list_.add(Side::invalid, "trailing-newline", {"with a trailing line break", "末尾带换行符"})
        .bound(exactly(shape, plain_with_last(shape, U'\n')));
  }

  // Lawful still where an endpoint cuts the end off before it looks.
  std::size_t shortest_with_end() const { return std::max<std::size_t>(valid_text_.min() + 1, 2); }

  static std::u32string plain_with_last(const TextShape& shape, char32_t last) {
    std::u32string points(1, shape.first.simplest());
    while (points.size() + 1 < shape.min) points += shape.inner.simplest();
    return points + last;
  }

  void add_grey(const CharacterKind& kind, const Charset& set) {
    const TextShape shape = shape_with(set);
    ClassBuilder& builder =
        list_.add(Side::grey, "grey-" + kind.id, {"holding " + kind.text.en, "含" + kind.text.zh});
    for (const char32_t point : worth_trying(kind, set)) {
      builder.bound(text_with(shape, point, middle));
    }
    if (kind.id.starts_with("astral-")) builder.bound(list_.place().edit(longest_of(set)));
    builder.random(text_of(shape));
  }

  // As long as may be, of characters from `set` but for the ends.
  rc::Shrinkable<std::string> longest_of(const Charset& set) const {
    TextShape shape = valid_text_.shape(valid_text_.min(), valid_text_.max());
    const char32_t point = Alphabet(set).lowest(1)[0];
    shape.inner = Alphabet(std::u32string(1, point));
    shape.min = std::max<std::size_t>(shape.min, 3);
    return exactly(shape, framed(shape, std::u32string(shape.max - 2, point)));
  }

  void add_ill_formed() {
    const std::string plain = valid_text_.plain_value();
    ClassBuilder& builder =
        list_.add(Side::grey, "grey-ill-formed", {"bytes that are no UTF-8", "不是 UTF-8 的字节"});
    for (const char* bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xE6\xB5"}) {
      builder.bound(plain + bytes + (valid_text_.ruled_end() > 0 ? "a" : ""));
    }
  }

  ClassList& list_;
  const ValidText valid_text_;
};

// Classes of one rule about the first or the last character.
class EndCharacter {
 public:
  EndCharacter(ClassList& list, bool first)
      : list_(list), first_(first), valid_text_(list.parameter()) {}

  void add() {
    const Rule& rule = list_.rule();
    add_allowed();
    const Charset forbidden = valid_text_.inner().minus(rule.allowed).minus(rule.grey);
    add_kinds(Side::invalid, "forbidden-", forbidden);
    add_kinds(Side::grey, "grey-", possible_grey().minus(rule.allowed));
  }

 private:
  // What is grey here and not forbidden anywhere in the text.
  Charset possible_grey() const {
    for (const Rule& rule : list_.parameter().rules) {
      if (rule.kind == RuleKind::characters) {
        return common(list_.rule().grey, rule.allowed.united(rule.grey));
      }
    }
    return list_.rule().grey;
  }

  void add_allowed() {
    ClassBuilder& allowed =
        list_.add(Side::valid, "allowed",
                  first_ ? Text{"starting with an allowed character", "以允许的字符开头"}
                         : Text{"ending with an allowed character", "以允许的字符结尾"});
    const Charset& set = first_ ? valid_text_.first() : valid_text_.last();
    const std::u32string points = Alphabet(set).ends().substr(0, kFew);
    const TextShape shape = shape_of(set);
    for (const char32_t point : points) allowed.bound(text_at_end(shape, point));
    allowed.random(text_of(shape));
  }

  void add_kinds(Side side, const std::string& prefix, const Charset& set) {
    for (const CharacterKind& kind : character_kinds()) {
      const Charset part = common(kind.set, set);
      if (part.empty()) continue;
      ClassBuilder& builder =
          list_.add(side, prefix + kind.id,
                    first_ ? Text{"starting with " + kind.text.en, "以" + kind.text.zh + "开头"}
                           : Text{"ending with " + kind.text.en, "以" + kind.text.zh + "结尾"});
      const TextShape shape = shape_of(part);
      for (const char32_t point : worth_trying(kind, part)) {
        builder.bound(text_at_end(shape, point));
      }
      builder.random(text_of(shape));
    }
  }

  // Two characters at least: of one alone, both ends would be broken. One more than the shortest:
  // where an endpoint cuts the end off before it looks, the rest is lawful.
  TextShape shape_of(const Charset& end) const {
    const std::size_t min = std::max<std::size_t>(valid_text_.min() + 1, 2);
    TextShape shape = valid_text_.shape(min, std::min(valid_text_.max(), min + kShortText));
    (first_ ? shape.first : shape.last) = Alphabet(end);
    return shape;
  }

  rc::Shrinkable<std::string> text_at_end(const TextShape& shape, char32_t point) const {
    std::u32string points;
    for (std::size_t i = 0; i < shape.min; ++i) points += shape.at(i, shape.min).simplest();
    (first_ ? points.front() : points.back()) = point;
    return exactly(shape, std::move(points));
  }

  ClassList& list_;
  const bool first_;
  const ValidText valid_text_;
};

}  // namespace

void add_character_classes(ClassList& list) {
  switch (list.rule().kind) {
    case RuleKind::first:
      return EndCharacter(list, true).add();
    case RuleKind::last:
      return EndCharacter(list, false).add();
    default:
      return AnyCharacter(list).add();
  }
}

}  // namespace flowlog

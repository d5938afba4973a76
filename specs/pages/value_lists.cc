#include "specs/pages/value_lists.h"

#include <algorithm>
#include <utility>

#include "specs/pages/sentences.h"

namespace flowlog {
namespace {

constexpr const char* kItem =
    "[`\"“'‘]?[A-Za-z0-9][A-Za-z0-9_.:-]*[`\"”'’]?(?:\\s*[(（][^)）]*[)）])?";
constexpr const char* kBetween =
    "\\s*(?:[、,，/|]\\s*(?:和|或|and\\s+|or\\s+)?|和|或|\\band\\b|\\bor\\b)\\s*";

Text list_missing() {
  return {"A list is announced, and the page does not hold it.", "此处预告了列表,但页面中没有。"};
}

const Pattern& marked_default() {
  static const Pattern mark("[(（]\\s*(?:默认(?:值)?|default)\\s*[)）]");
  return mark;
}

// The words of a list that is whole: "A、B 和 C"; empty for "1-100".
std::vector<std::string> words_of(const std::string& list, std::optional<std::string>& by_default) {
  static const Pattern item(
      "^[^A-Za-z0-9]*?([A-Za-z0-9][A-Za-z0-9_.:-]*)[`\"”'’]?"
      "(\\s*[(（][^)）]*[)）])?(?:" +
      std::string(kBetween) + "|\\s*\\.?$)");
  static const Pattern span("^\\d+(?:-|\\.\\.+)\\d+$");
  std::vector<std::string> words;
  std::string rest = list;
  while (!stripped(rest, " .").empty()) {
    const auto found = item.find(rest);
    if (!found || span.in(found->groups[1])) return {};
    words.push_back(stripped(found->groups[1], ".:"));
    const std::string& brackets = found->groups[2];
    if (marked_default().in(brackets)) {
      by_default = words.back();
    } else if (Reading(brackets).seems_a_rule()) {
      return {};
    }
    rest = found->rest;
  }
  return words;
}

// What stands before an announcement.
std::string before(const Statements& said, const PatternMatch& announced) {
  static const Pattern comma("[\\s,，]+$");
  const std::string text = said.reading.text().substr(0, said.reading.span(announced).begin);
  const auto end = comma.find(text);
  return end ? text.substr(0, text.size() - end->groups[0].size()) : text;
}

bool bullet(const std::vector<std::string>& all, std::size_t index) {
  return index < all.size() && without_bullet(all[index]).second;
}

bool bullet_from(const std::vector<std::string>& all, std::size_t index) {
  for (; index < all.size(); ++index) {
    if (bullet(all, index)) return true;
  }
  return false;
}

class BulletReader {
 public:
  BulletReader(Statements& said, const std::vector<std::string>& all, std::size_t& next)
      : said_(said), all_(all), next_(next) {}

  ValueList run(const PatternMatch& announced) {
    list_.listed = true;
    list_.before = before(said_, announced);
    const Span span = said_.reading.span(announced);
    said_.reading.take(span);
    while (bullet(all_, next_) || (!words_.empty() && bullet_from(all_, next_))) {
      if (!entry(all_[next_++])) return std::move(list_);
    }
    if (words_.empty()) {
      said_.cannot_read(RuleKind::values, list_missing());
    } else {
      said_.add(RuleKind::values, {span}).rule.words = words_;
    }
    return std::move(list_);
  }

 private:
  // False when it begins with no value.
  bool entry(const std::string& sentence) {
    static const Pattern value(
        "^[`\"“]?([A-Za-z0-9][A-Za-z0-9_.-]*)[`\"”]?\\s*([(（][^)）]*[)）])?\\s*(?:$|[:：,，–—.]|-"
        "\\s)");
    const auto [item, bulleted] = without_bullet(sentence);
    if (!bulleted) {
      more(item, item);
      return true;
    }
    const auto found = value.find(item);
    if (!found) {
      list_.unread.push_back(
          {"",
           item,
           {"An entry of a list that begins with no value.", "列表项的开头不是取值。"},
           RuleKind::values});
      list_.meanings.push_back(item);
      return false;
    }
    words_.push_back(found->groups[1]);
    std::string says = found->rest;
    if (marked_default().in(item)) {
      list_.default_twice |= said_.default_value.has_value();
      said_.default_value = words_.back();
      said_.default_span = {};
      if (const auto mark = marked_default().find(says)) {
        says.erase(says.size() - mark->rest.size() - mark->groups[0].size(),
                   mark->groups[0].size());
      }
    } else {
      says = found->groups[2] + says;
    }
    if (!stripped(says).empty()) more(item, says);
    return true;
  }

  void more(const std::string& item, const std::string& says) {
    list_.meanings.push_back(item);
    if (!Reading(says).seems_a_rule()) return;
    list_.unread.push_back({"", item, not_understood(), std::nullopt});
  }

  Statements& said_;
  const std::vector<std::string>& all_;
  std::size_t& next_;
  std::vector<std::string> words_;
  ValueList list_;
};

void read_inline(Statements& said) {
  static const std::string list =
      "(" + std::string(kItem) + "(?:" + kBetween + kItem + ")*+)(?=\\s*(?:$|[,，;；。.)）]))";
  static const Pattern inline_list(
      "(?:取值(?:范围)?(?:为|包括)?|可选值(?:为)?)[:：]?\\s*" + list +
      "|(?:(?:valid|possible|allowed|available|supported) values?|^values?)(?: are|:)?:?\\s*" +
      list + "|one of:?\\s+" + list);
  static const Pattern exactly(
      "当前版本为\\s*([A-Za-z0-9_.-]+)|(?:set (?:the (?:value|parameter) |it )?to|the value is|"
      "current version:?(?: is)?|exactly)\\s*[`\"]?([A-Za-z0-9_.-]+?)[`\"]?\\.?$");
  const std::string& text = said.reading.text();
  if (const auto found = exactly.find(text)) {
    said.add(RuleKind::values, {said.reading.span(*found)}).rule.words = {found->groups[1] +
                                                                          found->groups[2]};
    return;
  }
  const auto found = inline_list.find(text);
  if (!found) return;
  std::optional<std::string> by_default;
  const std::vector<std::string> words =
      words_of(found->groups[1] + found->groups[2] + found->groups[3], by_default);
  // "Valid values: integers" lists nothing.
  if (words.empty() || (words.size() == 1 && found->groups[1].empty())) return;
  const Span span = said.reading.span(*found);
  said.add(RuleKind::values, {span}).rule.words = words;
  if (by_default) {
    said.default_value = by_default;
    said.default_span = span;
  }
}

}  // namespace

ValueList read_values(Statements& said, const std::vector<std::string>& all, std::size_t& next) {
  static const Pattern announced(
      "(?:取值(?:如下|范围|包括|说明|为)?|可选值)(?:[:：])?\\s*$|"
      "(?:valid|possible|allowed|available) values(?: are)?(?: as follows)?:?\\s*$|"
      "one of(?: the following)?(?: values)?:?\\s*$");
  static const Pattern requirements(
      "(?:必须|需要?|须|应该?)?(?:满足|符合)(?:以下|如下)(?:要求|规则|条件)[:：]?\\s*$|(?:(?:it|"
      "the "
      "\\w+)?\\s*(?:must|should) "
      "(?:meet|satisfy|comply with) )?(?:the )?following (?:requirements|rules|conditions)(?: must "
      "be "
      "met)?:?\\s*$");
  const std::string text = said.reading.text();
  if (const auto found = requirements.find(text)) {
    ValueList list;
    list.listed = true;
    list.before = before(said, *found);
    said.reading.take(said.reading.span(*found));
    if (!bullet(all, next)) said.cannot_read(std::nullopt, list_missing());
    return list;
  }
  if (const auto found = announced.find(text)) return BulletReader(said, all, next).run(*found);
  read_inline(said);
  return {};
}

}  // namespace flowlog

// Sentences that say what a value begins with, ends with and consists of.
#include "specs/pages/character_words.h"
#include "specs/pages/sentences.h"
#include "specs/pages/statements.h"

namespace flowlog {
namespace {

std::string list_of(const PatternMatch& found) {
  std::string list;
  for (std::size_t i = 1; i < found.groups.size(); ++i) list += found.groups[i];
  return list;
}

// Where `found` stands up to the first word that names no characters; nothing when words follow its
// list.
std::optional<Span> span_of(const Reading& reading, const PatternMatch& found,
                            const NamedCharacters& named) {
  if (stripped(named.rest, " .").empty()) return reading.span(found);
  if (!found.rest.empty() || !found.groups[0].ends_with(named.rest)) return std::nullopt;
  return reading.span(found, named.rest);
}

// True iff what `words` match stands right before the match.
bool after(const Reading& reading, const PatternMatch& found, const Pattern& words) {
  return words.in(reading.left().substr(0, reading.span(found).begin));
}

void edge(Statements& said, RuleKind kind, const PatternMatch& found) {
  static const Pattern goes_on(
      "^\\s*$|^[,，.;\x01]|^(?:can|may|must|then|ends?|it|with)\\b|^(?:长度|可|只能|且|以|其)");
  // "Can begin with letters" leaves open what else it may begin with.
  static const Pattern may(
      "(?:可|可以|(?<!只)能|能够|支持|允许|\\b(?:can|may|could))(?: also)?\\s*$");
  const NamedCharacters named = read_character_words(list_of(found));
  const auto span = span_of(said.reading, found, named);
  if (named.allowed.empty() || !goes_on.in(named.rest) || !span ||
      after(said.reading, found, may)) {
    return said.cannot_read(kind, not_understood());
  }
  Rule& rule = said.add(kind, {*span}).rule;
  rule.allowed = named.allowed;
  rule.grey = named.grey;
}

void prefix(Statements& said, const PatternMatch& found) {
  static const Pattern word(
      "^(?:[\\s、,，]|和|或|\\bor\\b|任何大小写形式的|任意大小写形式的)*[`\"“]?"
      "([A-Za-z0-9]+:?)[`\"”]?");
  static const Pattern end("^\\s*(?:$|\\.|in any (?:letter )?case)");
  static const Pattern article("\\b(?:an?|the|another|any other)\\b");
  std::vector<std::string> words;
  std::string rest = list_of(found);
  // "a digit", "numbers", "the prefix aws"
  const bool named = !read_character_words(rest).allowed.empty() || article.in(rest);
  while (!named && !end.in(rest)) {
    const auto next = word.find(rest);
    if (!next) break;
    words.push_back(next->groups[1]);
    rest = next->rest;
  }
  if (words.empty() || !end.in(rest)) {
    return said.cannot_read(RuleKind::prefix, not_understood());
  }
  said.add(RuleKind::prefix, {said.reading.span(found)}).rule.words = words;
}

// `all`: nothing else may stand there.
bool characters(Statements& said, const PatternMatch& found, const std::string& list, bool all) {
  static const Pattern goes_on(
      "^\\s*$|^(?:组成|构成|长度)|^(?:characters?|only|with|in "
      "length)|^(?:，|,)|^等?特殊字符$|^[.\x01]");
  const NamedCharacters named = read_character_words(list);
  // "必须包含数字" says what has to stand there, and not what may.
  static const Pattern must("(?:必须|须|需|需要|应|应该|同时|至少)\\s*$");
  const auto span = span_of(said.reading, found, named);
  if (named.allowed.empty() || !goes_on.in(named.rest) || !span ||
      (!all && after(said.reading, found, must))) {
    return false;
  }
  Stated& stated = said.add(RuleKind::characters, {*span});
  stated.rule.allowed = named.allowed;
  stated.rule.grey = named.grey;
  stated.partial = !all && !named.letters;
  return true;
}

}  // namespace

void read_edges(Statements& said) {
  static const Pattern not_first(
      "(?:不能|不可|不得|不允许|不可以)以(.+?)(?:开头|开始)|(?:not|cannot|never) "
      "(?:start|begin)s? with(.+)");
  static const Pattern either(
      "(?:开头|开始)或(?:以)?(?:结尾|结束)|starts? or ends?|start with or end");
  static const Pattern both(
      "(?<![可难])以(.+?)(?:开头|开始)(?:和|并|且|及|、|,|，)+(?:以)?(?:结尾|结束)|"
      "(?:start|begin)s? and ends? with(.+)");
  static const Pattern first(
      "(?<![可难])以([^以]+?)(?:开头|开始)|(?:首个?字符|首位|第一个字符|第一位)(?:只能|必须|须|"
      "需要?|应该?)?(?:为|是)(.+)|(?:start|begin)s? with(.+)|(?:the )?(?:first|initial) character "
      "(?:must|can only|may only|has to|should) be (.+)");
  static const Pattern last(
      "(?<![可难])以([^以]+?)(?:结尾|结束)|(?:末位|末尾字符|尾字符|最后一个字符|最后一位)(?:只能|"
      "必须|须|需要?|应该?)?(?:为|是)(.+)|\\bends? with(.+)|(?:the )?(?:last|final) character "
      "(?:must|can only|may only|has to|should) be (.+)");
  const Reading& reading = said.reading;
  if (const auto found = not_first.find(reading.left())) return prefix(said, *found);
  if (either.in(reading.left())) {
    return said.cannot_read(RuleKind::first,
                            {"Begins or ends with: which of the two must hold is not said.",
                             "“开头或结尾”:未说明须同时满足还是满足其一。"});
  }
  if (const auto found = both.find(reading.left())) {
    edge(said, RuleKind::first, *found);
    edge(said, RuleKind::last, *found);
    return;
  }
  if (const auto found = first.find(reading.left())) edge(said, RuleKind::first, *found);
  if (const auto found = last.find(reading.left())) edge(said, RuleKind::last, *found);
}

void read_characters(Statements& said) {
  static const Pattern forbidden(
      "(?:不能|不可以?|不得|不允许|禁止)(?:包含|含有|使用|支持|出现)|不(?:支持|包含|含)|(?:cannot|"
      "not|"
      "can['’]t) (?:contain|hold|include)");
  static const Pattern only(
      "(?:只能|仅能|仅可|仅支持|只允许|仅允许)(?:由|包含|包括|使用|为)?(.+)$|必须(?:由|使用|为)(.+)"
      "$|"
      "由(.+?)(?:组成|构成)|(?:can|may|must) only (?:contain|hold|include|be|consist of)(.+)$|"
      "must (?:be(?! an?\\b)|consist of|contain only)(.+)$|consists? (?:only )?of(.+)$|"
      "only contains?(.+)$|^only (.+) (?:are|is) (?:allowed|supported)");
  static const Pattern may(
      "(?:可以?|允许|支持|能)(?:包含|包括|含有|使用|支持)?(.+)$|(?:包含|包括|含有)(.+)$|"
      "(?:can|may|could) (?:also )?(?:contain|hold|include)(.+)$|^(?:contains?|supports?)(.+)$");
  static const Pattern ascii("ASCII\\s*字符|\\bASCII characters?\\b");
  for (const Pattern* pattern : {&only, &may}) {
    const auto found = pattern->find(said.reading.left());
    if (found && characters(said, *found, list_of(*found), pattern == &only)) return;
  }
  if (const auto found = ascii.find(said.reading.text())) {
    characters(said, *found, found->groups[0], true);
  } else if (forbidden.in(said.reading.left())) {
    said.cannot_read(RuleKind::characters, not_understood());
  }
}

}  // namespace flowlog

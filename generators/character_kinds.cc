#include "generators/character_kinds.h"

#include <stdexcept>

namespace flowlog {
namespace {

CharacterKind kind(std::string id, Text text, const std::string& pattern, std::u32string samples) {
  return {std::move(id), std::move(text), Charset({pattern}), std::move(samples)};
}

// Without the characters of `earlier` kinds, where properties overlap.
CharacterKind rest(std::string id, Text text, const std::string& pattern, std::u32string samples,
                   const std::vector<CharacterKind>& earlier) {
  CharacterKind result = kind(std::move(id), std::move(text), pattern, std::move(samples));
  for (const CharacterKind& other : earlier) result.set = result.set.minus(other.set);
  return result;
}

std::vector<CharacterKind> ascii_kinds() {
  return {
      kind("letter", {"a lower-case letter", "小写字母"}, "[a-z]", U"az"),
      kind("capital", {"a capital letter", "大写字母"}, "[A-Z]", U"AZ"),
      kind("digit", {"a digit", "数字"}, "[0-9]", U"09"),
      kind("mark", {"an ASCII mark", "ASCII 标点"}, "[!-/\\:-@\\[-`\\{-~]",
           U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
      kind("blank", {"a blank", "空格"}, "[\\u0020]", U" "),
      kind("tab", {"a tab", "制表符"}, "[\\u0009]", U"\t"),
      kind("newline", {"a line break", "换行符"}, "[\\u000A\\u000D]", U"\n\r"),
      kind("nul", {"a NUL", "NUL 字符"}, "[\\u0000]", std::u32string(1, U'\0')),
      kind("control", {"a control character", "控制字符"},
           "[\\u0001-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]", U"\x01\x7F\x1B"),
  };
}

void add_wide_kinds(std::vector<CharacterKind>& kinds) {
  kinds.push_back(
      kind("full-width-digit", {"a full-width digit", "全角数字"}, "[\\uFF10-\\uFF19]", U"\uFF15"));
  kinds.push_back(kind("full-width-letter", {"a full-width letter", "全角字母"},
                       "[\\uFF21-\\uFF3A\\uFF41-\\uFF5A]", U"\uFF41"));
  kinds.push_back(kind("full-width-mark", {"a full-width mark", "全角标点"},
                       "[\\uFF01-\\uFF0F\\uFF1A-\\uFF20\\uFF3B-\\uFF40\\uFF5B-\\uFF65\\u3001-"
                       "\\u3003\\u3008-\\u3011]",
                       U"，。！：；（"));
  kinds.push_back(kind("wide-blank", {"a blank other than U+0020", "U+0020 以外的空白"},
                       "[[:Zs:]-[\\u0020]]", U"\u3000\u00A0"));
}

void add_unseen_kinds(std::vector<CharacterKind>& kinds) {
  kinds.push_back(kind("line-separator", {"a line separator U+2028", "行分隔符 U+2028"},
                       "[\\u2028\\u2029]", U"\u2028"));
  kinds.push_back(
      kind("byte-order-mark", {"a byte order mark", "字节序标记（BOM）"}, "[\\uFEFF]", U"\uFEFF"));
  kinds.push_back(kind("invisible", {"an invisible character", "不可见字符"},
                       "[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064]", U"\u200B\u202E"));
}

void add_letter_kinds(std::vector<CharacterKind>& kinds) {
  kinds.push_back(kind("chinese", {"a Chinese character", "汉字"}, "[\\u4E00-\\u9FA5]", U"流"));
  kinds.push_back(rest("rare-han", {"a rare Chinese character", "生僻汉字"},
                       "[[:Script=Han:]&[\\u0000-\\uFFFF]]", U"\u3400\u9FEF", kinds));
  kinds.push_back(rest("astral-han", {"a Chinese character beyond U+FFFF", "U+FFFF 以外的汉字"},
                       "[[:Script=Han:]&[\\U00010000-\\U0010FFFF]]", U"\U00020000", kinds));
  kinds.push_back(rest("other-letter", {"a letter of another script", "其他文字的字母"},
                       "[[:L:]&[\\u0000-\\uFFFF]]", U"éЖあ한", kinds));
  kinds.push_back(rest("astral-letter", {"a letter beyond U+FFFF", "U+FFFF 以外的字母"},
                       "[[:L:]&[\\U00010000-\\U0010FFFF]]", U"\U0001D400", kinds));
  kinds.push_back(rest("other-digit", {"a digit of another script", "其他文字的数字"}, "[[:Nd:]]",
                       U"\u0663", kinds));
  kinds.push_back(
      rest("combining-mark", {"a combining mark", "组合附加符号"}, "[[:M:]]", U"\u0301", kinds));
}

void add_picture_kinds(std::vector<CharacterKind>& kinds) {
  kinds.push_back(kind("emoji", {"an emoji", "表情符号"},
                       "[\\U0001F300-\\U0001F64F\\U0001F680-\\U0001F6C5\\U0001F90D-\\U0001F9FF]",
                       U"\U0001F600\U0001F680"));
  kinds.push_back(rest("symbol", {"a symbol", "其他符号"}, "[[[:S:][:P:][:No:][:Nl:]]&[:Age=5.0:]]",
                       U"€©“①\uFFFD", kinds));
  kinds.push_back(kind("private-use", {"a private-use character", "私有区字符"},
                       "[\\uE000-\\uF8FF]", U"\uE000"));
}

std::vector<CharacterKind> make_kinds() {
  std::vector<CharacterKind> kinds = ascii_kinds();
  add_wide_kinds(kinds);
  add_unseen_kinds(kinds);
  add_letter_kinds(kinds);
  add_picture_kinds(kinds);
  return kinds;
}

}  // namespace

const std::vector<CharacterKind>& character_kinds() {
  static const auto& kinds = *new std::vector<CharacterKind>(make_kinds());
  return kinds;
}

const CharacterKind& character_kind(const std::string& id) {
  for (const CharacterKind& kind : character_kinds()) {
    if (kind.id == id) return kind;
  }
  throw std::out_of_range("no kind of characters is called " + id);
}

}  // namespace flowlog

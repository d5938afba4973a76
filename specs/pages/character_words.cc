#include "specs/pages/character_words.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace flowlog {
namespace {

using NamedMembers = std::vector<std::pair<std::string, std::string>>;  // word, member of a Charset

constexpr const char* kAscii = "[\\u0021-\\u007E]";
constexpr const char* kAnyLanguage = "[[:L:]&[:Age=5.0:]&[\\u0000-\\uFFFF]]";
constexpr const char* kLetters = "[A-Za-z]";
constexpr const char* kChinese = "[\\u4E00-\\u9FA5]";

constexpr const char* kGreyOfLetters =
    "[[:L:][:M:][:Nd:][:Script=Han:]-[A-Za-z0-9\\u4E00-\\u9FA5]]";
constexpr const char* kGreyOfAnyLanguage =
    "[[:L:][:M:][:Nd:]-[[:L:]&[:Age=5.0:]&[\\u0000-\\uFFFF]]-[0-9]]";
constexpr const char* kGreyOfAscii = "[\\u0000-\\u0020\\u007F]";

// The longest first, so that "lower-case letters" is not read as "letters".
NamedMembers longest_first(NamedMembers names) {
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return names;
}

const NamedMembers& class_names() {
  static const NamedMembers names = longest_first({
      {"小写英文字母", "[a-z]"},
      {"英文小写字母", "[a-z]"},
      {"小写字母", "[a-z]"},
      {"大写英文字母", "[A-Z]"},
      {"大写字母", "[A-Z]"},
      {"大小写英文字母", kLetters},
      {"大小写字母", kLetters},
      {"英文字母", kLetters},
      {"字母", kLetters},
      {"数字", "[0-9]"},
      {"中文字符", kChinese},
      {"中文汉字", kChinese},
      {"中文", kChinese},
      {"汉字", kChinese},
      {"任意语言的字母", kAnyLanguage},
      {"各种语言字符", kAnyLanguage},
      {"语言字符", kAnyLanguage},
      {"ascii字符", kAscii},
      {"lower-case letter", "[a-z]"},
      {"lowercase letter", "[a-z]"},
      {"upper-case letter", "[A-Z]"},
      {"uppercase letter", "[A-Z]"},
      {"english letter", kLetters},
      {"letter", kLetters},
      {"chinese character", kChinese},
      {"digit", "[0-9]"},
      {"number", "[0-9]"},
      {"numeral", "[0-9]"},
      {"letters of any language", kAnyLanguage},
      {"letters in any language", kAnyLanguage},
      {"characters of different languages", kAnyLanguage},
      {"ascii character", kAscii},
  });
  return names;
}

const NamedMembers& sign_names() {
  static const NamedMembers names = longest_first({
      {"英文句号", "."},
      {"英文点号", "."},
      {"半角句号", "."},
      {"点号", "."},
      {"点", "."},
      {"下划线", "_"},
      {"短横线", "-"},
      {"中划线", "-"},
      {"连字符", "-"},
      {"短划线", "-"},
      {"空格", " "},
      {"等号", "="},
      {"英文逗号", ","},
      {"半角逗号", ","},
      {"中文逗号", "，"},
      {"全角逗号", "，"},
      {"中文句号", "。"},
      {"全角句号", "。"},
      {"冒号", ":"},
      {"正斜线", "/"},
      {"斜杠", "/"},
      {"加号", "+"},
      {"period", "."},
      {"dot", "."},
      {"full stop", "."},
      {"underscore", "_"},
      {"hyphen", "-"},
      {"dash", "-"},
      {"space", " "},
      {"blank", " "},
      {"equals sign", "="},
      {"equal sign", "="},
      {"comma", ","},
      {"full-width comma", "，"},
      {"full-width full stop", "。"},
      {"full-width period", "。"},
      {"colon", ":"},
      {"slash", "/"},
      {"plus sign", "+"},
      {"at sign", "@"},
  });
  return names;
}

// Words between the names. A blank ends the English ones, lest "a" be taken out of "ab".
const std::vector<std::string>& fillers() {
  static const std::vector<std::string> words = {
      "以及",   "特殊字符", "符号", "和",   "及",  "或", "与",  "、",   "，",
      ",",      " ",        "\t",   "and ", "or ", "a ", "an ", "the ", "special characters ",
      "signs ", "“",        "”",    "\"",   "`",   "'"};
  return words;
}

std::optional<std::string> sign_in_brackets(std::u32string_view text, std::size_t& used) {
  if (text.size() < 3 || (text[0] != U'(' && text[0] != U'（')) return std::nullopt;
  if (text[2] != U')' && text[2] != U'）') return std::nullopt;
  used = 3;
  return encode_utf8(text[1]);
}

bool sign(char32_t point) {
  return point > 0x20 && point < 0x7F && !std::isalnum(static_cast<int>(point)) && point != U',' &&
         point != U'(' && point != U')' && point != U'"' && point != U'`' && point != U'\'';
}

class CharacterReader {
 public:
  explicit CharacterReader(std::string_view list) : text_(list) {
    if (text_.ends_with('.') && !text_.ends_with(" .")) text_.remove_suffix(1);
  }

  NamedCharacters run() {
    while (!text_.empty() && (filler() || name(sign_names()) || name(class_names()) ||
                              bare_sign() || unknown_sign())) {
    }
    NamedCharacters out;
    out.allowed = Charset(members_);
    out.letters = out.allowed.contains(U'a') || out.allowed.contains(U'A');
    out.rest = std::string(text_);
    if (held(kAnyLanguage)) {
      out.grey = Charset({kGreyOfAnyLanguage});
    } else if (held(kLetters) || held(kChinese)) {
      out.grey = Charset({kGreyOfLetters});
    } else if (held(kAscii)) {
      out.grey = Charset({kGreyOfAscii});
    }
    return out;
  }

 private:
  bool held(const std::string& member) const {
    return std::find(members_.begin(), members_.end(), member) != members_.end();
  }

  void add(const std::string& member) {
    if (!held(member)) members_.push_back(member);
  }

  bool filler() {
    for (const std::string& word : fillers()) {
      if (!lower_ascii(text_.substr(0, word.size())).starts_with(word)) continue;
      text_.remove_prefix(word.size());
      return true;
    }
    return false;
  }

  bool name(const NamedMembers& names) {
    for (const auto& [word, member] : names) {
      if (lower_ascii(text_.substr(0, word.size())) != word) continue;
      std::string_view rest = text_.substr(word.size());
      const bool english = static_cast<unsigned char>(word[0]) < 0x80;
      if (english) rest.remove_prefix(rest.starts_with("es") ? 2 : rest.starts_with('s') ? 1 : 0);
      if (english && !rest.empty() && std::isalpha(static_cast<unsigned char>(rest[0]))) continue;
      add(member);
      text_ = rest;
      (void)brackets();
      return true;
    }
    return false;
  }

  // The sign in brackets at the beginning, when there is one; steps over it.
  std::optional<std::string> brackets() {
    const auto points = decode_utf8(text_);
    std::size_t used = 0;
    const auto found = points ? sign_in_brackets(*points, used) : std::nullopt;
    if (found)
      text_.remove_prefix(encode_utf8(std::u32string_view(*points).substr(0, used)).size());
    return found;
  }

  bool bare_sign() {
    const char32_t point = static_cast<unsigned char>(text_[0]);
    if (!sign(point)) return false;
    add(std::string(1, text_[0]));
    text_.remove_prefix(1);
    return true;
  }

  // A word that is unknown, with its sign beside it.
  bool unknown_sign() {
    const auto open = std::min(text_.find('('), text_.find("（"));
    if (open == std::string_view::npos || open > 24) return false;
    const std::string_view word = text_.substr(0, open);
    for (const char* verb :
         {"can ", "may ", "must ", "contain", "include", "hold", "not ", "no ", "except", "without",
          "包含", "长度", "以", "不", "非", "禁", "除", "无", "勿"}) {
      if (lower_ascii(word).find(verb) != std::string::npos) return false;
    }
    if (word.find_first_of(",;:") != std::string_view::npos ||
        word.find("、") != std::string_view::npos) {
      return false;
    }
    const std::string_view before = text_;
    text_.remove_prefix(open);
    const auto found = brackets();
    if (!found) {
      text_ = before;
      return false;
    }
    add(*found);
    return true;
  }

  std::string_view text_;
  std::vector<std::string> members_;
};

}  // namespace

NamedCharacters read_character_words(std::string_view list) {
  return CharacterReader(list).run();
}

}  // namespace flowlog

#include "specs/pages/limit_words.h"

#include <charconv>

#include "base/text.h"
#include "specs/pages/pattern.h"

namespace flowlog {
namespace {

// 0 for a number that is too long for one.
std::size_t number(const std::string& digits) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool bytes(const std::string& unit) {
  return unit == "字节" || lower_ascii(unit).starts_with("byte");
}

}  // namespace

std::optional<NamedLength> read_length(const std::string& sentence) {
  static const Pattern range(
      "(\\d+)\\s*(?:~|～|-|–|—|到|至|to|and)\\s*(\\d+)\\s*个?\\s*(?:ASCII\\s*)?(字符|characters?"
      "\\b|"
      "字节|bytes?\\b)|(?:长度|\\blengths?\\b)[^\\d]{0,24}(\\d+)\\s*(?:~|～|-|–|—|到|至|to|and)"
      "\\s*(\\d+)");
  static const Pattern most(
      "(?:超过|最多|最长|最大长度为|最大为|上限为|不大于|小于等于|at most|up to|no more "
      "than|exceed|"
      "maximum of|maximum length of [\\w ]+ is|longer than)\\s*(\\d+)\\s*个?\\s*(?:ASCII\\s*)?"
      "(字符|characters?\\b|字节|bytes?\\b)|maximum length(?: of [\\w ]+)? is (\\d+)|"
      "长度(?:不能|不得|不)?超过\\s*(\\d+)\\s*(?:$|[,，])");
  static const Pattern least(
      "(?:至少|不少于|最少|at least)\\s*(\\d+)\\s*个?\\s*(字符|characters?\\b|字节|bytes?\\b)");
  if (const auto found = range.find(sentence)) {
    const auto& g = found->groups;
    const bool bare = g[1].empty();
    return NamedLength{number(g[bare ? 4 : 1]), number(g[bare ? 5 : 2]), bytes(g[3])};
  }
  if (const auto found = most.find(sentence)) {
    const auto& g = found->groups;
    return NamedLength{std::nullopt, number(g[1] + g[3] + g[4]), bytes(g[2])};
  }
  if (const auto found = least.find(sentence)) {
    return NamedLength{number(found->groups[1]), std::nullopt, bytes(found->groups[2])};
  }
  return std::nullopt;
}

std::optional<std::size_t> read_count(const std::string& sentence) {
  static const Pattern count(
      "(?:最多|至多)(?:支持|可以?)?(?:传入|添加|指定|创建)?\\s*(\\d+)\\s*(?:个|对|组)(?!字符|字节|"
      "ASCII)|"
      "(?:at most|up to|no more than|a maximum of) (\\d+) (?!characters?|bytes?|ASCII)[a-z]+|"
      "\\bN(?:的)?(?:取值|范围|取值范围)?(?:为|:|：)?\\s*1\\s*(?:~|～|-|–)\\s*(\\d+)");
  const auto found = count.find(sentence);
  if (!found) return std::nullopt;
  return number(found->groups[1] + found->groups[2] + found->groups[3]);
}

}  // namespace flowlog

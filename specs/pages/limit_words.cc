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

// Between "length" and its numbers.
constexpr const char* kGap =
    "(?:[\\s:：]|限制|限|范围|要求|应该?|必?须|需要?|可以?|能|为|是|在|介于|of|the|name|value|is|"
    "must|be|"
    "should|can|may|between|from|ranges?|limited|to)*";
constexpr const char* kUnit = "\\s*个?\\s*(?:ASCII\\s*)?(字符|characters?\\b|字节|bytes?\\b)";

}  // namespace

std::optional<NamedLength> read_length(const std::string& sentence) {
  static const Pattern range(std::string("(\\d+)\\s*(?:~|～|-|–|—|到|至|to|and)\\s*(\\d+)") +
                             kUnit + "|(?:长度|\\blengths?\\b)" + kGap +
                             "(\\d+)\\s*(?:~|～|-|–|—|到|至|to|and)\\s*(\\d+)(?![\\d.%])");
  static const Pattern most(
      std::string(
          "(?:(?:不(?:能|可以?|得|应|要|允许|可)?|禁止)(?:超过|大于|多于)|最多|最长|最大长度为|"
          "最大为|上限为|小于等于|at most|up to|no(?:t)? more than|(?:not|cannot|can['’]t) "
          "(?:be )?(?:exceed|longer than|more than)|no longer than|maximum of|maximum "
          "length of [\\w ]+ is)\\s*(\\d+)") +
      kUnit +
      "|maximum length(?: of [\\w ]+)? is (\\d+)|长度(?:不能|不得|不可|不)超过\\s*(\\d+)\\s*"
      "(?=$|[,，])");
  static const std::string from =
      "(?:至少|最少|(?:不(?:能|可以?|得|应|可)?)(?:少于|小于|低于)|大于等于|at least|no(?:t)? "
      "(?:less|fewer|shorter) than)\\s*(?:为|有)?\\s*(\\d+)";
  static const Pattern least(from + kUnit + "|" + from + "(?=\\s*(?:,|，|、|且|和|and\\b))");
  if (const auto found = range.find(sentence)) {
    const auto& g = found->groups;
    const bool bare = g[1].empty();
    return NamedLength{number(g[bare ? 4 : 1]), number(g[bare ? 5 : 2]), bytes(g[3]), {*found}};
  }
  const auto greatest = most.find(sentence);
  const auto smallest = least.find(sentence);
  if (!greatest && !smallest) return std::nullopt;
  NamedLength named;
  if (greatest) {
    const auto& g = greatest->groups;
    named.max = number(g[1] + g[3] + g[4]);
    named.bytes = bytes(g[2]);
    named.words.push_back(*greatest);
  }
  if (smallest) {
    named.min = number(smallest->groups[1] + smallest->groups[3]);
    named.bytes |= bytes(smallest->groups[2]);
    named.words.push_back(*smallest);
  }
  return named;
}

std::optional<NamedCount> read_count(const std::string& sentence) {
  static const Pattern count(
      "(?:最多|至多)(?:支持|可以?)?(?:传入|添加|指定|创建)?\\s*(\\d+)\\s*(?:个|对|组)(?!字符|字节|"
      "ASCII)|"
      "(?:at most|up to|no more than|a maximum of) (\\d+) (?!characters?|bytes?|ASCII)[a-z]+|"
      "\\bN(?:的)?(?:取值|范围|取值范围)?(?:为|:|：)?\\s*1\\s*(?:~|～|-|–)\\s*(\\d+)");
  const auto found = count.find(sentence);
  if (!found) return std::nullopt;
  return NamedCount{number(found->groups[1] + found->groups[2] + found->groups[3]), *found};
}

}  // namespace flowlog

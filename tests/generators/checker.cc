#include "checker.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace flowlog {
namespace {

enum class Fits { yes, maybe, no };
using Judge = Fits (*)(char32_t);

bool ascii_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool one_of_marks(char32_t c, std::u32string_view marks) {
  return marks.find(c) != std::u32string_view::npos;
}

bool of_category(char32_t c, std::uint32_t mask) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}

bool han(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

bool chinese(char32_t c) {
  return c >= 0x4E00 && c <= 0x9FA5;
}

// A letter or a digit to some expression: \p{L}, \p{N}, \p{M}, \w, Script=Han.
bool letter_to_some(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return of_category(c, U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK | U_GC_PC_MASK) || han(c) ||
         u_hasBinaryProperty(point, UCHAR_ALPHABETIC) ||
         u_hasBinaryProperty(point, UCHAR_JOIN_CONTROL);
}

// Of a name: a letter, a Chinese character or a digit.
Fits name_start(char32_t c) {
  if (ascii_letter(c) || ascii_digit(c) || chinese(c)) return Fits::yes;
  return c != U'_' && letter_to_some(c) ? Fits::maybe : Fits::no;
}

Fits name_inner(char32_t c) {
  return one_of_marks(c, U"._-") ? Fits::yes : name_start(c);
}

Fits description_inner(char32_t c) {
  return one_of_marks(c, U",._ =-\uFF0C\u3002") ? Fits::yes : name_start(c);
}

Fits log_end(char32_t c) {
  return (c >= U'a' && c <= U'z') || ascii_digit(c) ? Fits::yes : Fits::no;
}

Fits log_inner(char32_t c) {
  return c == U'-' ? Fits::yes : log_end(c);
}

Fits tag_inner(char32_t c) {
  if (ascii_letter(c) || ascii_digit(c) || one_of_marks(c, U" _.:/=+-@")) return Fits::yes;
  if (chinese(c)) return Fits::yes;
  return letter_to_some(c) || of_category(c, U_GC_Z_MASK) ? Fits::maybe : Fits::no;
}

Fits token_inner(char32_t c) {
  if (c > 0x7F) return Fits::no;
  return c >= 0x21 && c <= 0x7E ? Fits::yes : Fits::maybe;
}

struct Shape {
  std::size_t min = 1;
  std::size_t max = 64;
  Judge inner = nullptr;
  Judge first = nullptr;
  Judge last = nullptr;
};

// What a text's characters come to, read once.
struct Reading {
  bool well_formed = true;
  std::size_t length = 0;
  char32_t first = 0;
  char32_t last = 0;
  bool forbidden = false;  // a character of it is
  bool doubtful = false;
};

Reading read(std::string_view text, Judge inner) {
  Reading reading;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size; ++reading.length) {
    UChar32 point = 0;
    U8_NEXT(text.data(), at, size, point);
    if (point < 0) return {.well_formed = false};
    reading.last = static_cast<char32_t>(point);
    if (reading.length == 0) reading.first = reading.last;
    const Fits fits = inner(reading.last);
    reading.forbidden |= fits == Fits::no;
    reading.doubtful |= fits == Fits::maybe;
  }
  return reading;
}

// "Tags.1.Key" in its parts; nothing when it is no tag's.
struct TagName {
  std::string_view index;
  std::string_view member;
};

std::optional<TagName> tag_name(std::string_view sent) {
  constexpr std::string_view kGroup = "Tags.";
  if (!sent.starts_with(kGroup)) return std::nullopt;
  sent.remove_prefix(kGroup.size());
  const auto dot = sent.find('.');
  if (dot == std::string_view::npos || sent.find('.', dot + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return TagName{sent.substr(0, dot), sent.substr(dot + 1)};
}

// 0 when it is no index as the page writes it.
std::size_t index_of(std::string_view text) {
  std::size_t index = 0;
  if (text.empty() || text.size() > 6 || text[0] == '0') return 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

bool starts_in_any_case(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c) != lower[i]) return false;
  }
  return true;
}

// Puts together no text unless a rule is broken: millions of requests pass through.
class Checker {
 public:
  explicit Checker(const Params& params) : params_(params) {}

  Breaches check() {
    words("Action", {"CreateFlowLog"});
    words("Version", {"2020-04-01"});
    name();
    if (const std::string* value = sent("Description")) {
      text("Description", *value, {0, 255, description_inner, name_start});
    }
    words("ResourceType", {"vpc", "subnet", "eni"});
    words("TrafficType", {"All", "Allow", "Drop"});
    resource();
    log_name("LogProjectName");
    log_name("LogTopicName");
    interval();
    if (const std::string* project = sent("ProjectName"); project && *project != "default") {
      broken("ProjectName", "exists");
    }
    token();
    tags();
    return std::move(found_);
  }

 private:
  const std::string* sent(std::string_view parameter) const {
    for (const auto& [name, value] : params_) {
      if (name == parameter) return &value;
    }
    return nullptr;
  }

  void broken(std::string_view parameter, const char* rule) {
    found_.broken.insert(std::string(parameter) + "/" + rule);
  }
  void open(std::string_view parameter, const char* rule) {
    found_.open.insert(std::string(parameter) + "/" + rule);
  }
  void add(Fits fits, std::string_view parameter, const char* rule) {
    if (fits == Fits::no) broken(parameter, rule);
    if (fits == Fits::maybe) open(parameter, rule);
  }

  void words(std::string_view parameter, std::initializer_list<std::string_view> known) {
    const std::string* value = sent(parameter);
    if (value == nullptr) {
      broken(parameter, "required");
    } else if (std::find(known.begin(), known.end(), *value) == known.end()) {
      broken(parameter, "values");
    }
  }

  // Left out: one page requires it, another has a default for it.
  void name() {
    if (const std::string* value = sent("FlowLogName")) {
      text("FlowLogName", *value, {1, 128, name_inner, name_start});
    } else {
      open("FlowLogName", "required");
    }
  }

  void log_name(std::string_view parameter) {
    if (const std::string* value = sent(parameter)) {
      text(parameter, *value, {3, 63, log_inner, log_end, log_end});
    } else {
      broken(parameter, "required");
    }
  }

  void text(std::string_view parameter, std::string_view value, const Shape& shape) {
    const Reading reading = read(value, shape.inner);
    if (!reading.well_formed) {
      open(parameter, "characters");
      return;
    }
    if (reading.length < shape.min || reading.length > shape.max) broken(parameter, "length");
    if (reading.length == 0) return;
    if (reading.forbidden) broken(parameter, "characters");
    if (reading.doubtful) open(parameter, "characters");
    if (shape.first != nullptr) add(shape.first(reading.first), parameter, "first");
    if (shape.last != nullptr) add(shape.last(reading.last), parameter, "last");
  }

  // A free resource of a type is written "@" and the type.
  void resource() {
    const std::string* id = sent("ResourceId");
    if (id == nullptr) {
      broken("ResourceId", "required");
      return;
    }
    const std::string* type = sent("ResourceType");
    const bool known_type = type && (*type == "vpc" || *type == "subnet" || *type == "eni");
    const bool free = *id == "@vpc" || *id == "@subnet" || *id == "@eni";
    if (known_type ? *id != "@" + *type : !free) broken("ResourceId", "exists");
  }

  void interval() {
    const std::string* value = sent("AggregationInterval");
    if (value == nullptr || *value == "1" || *value == "5" || *value == "10") return;
    add(lenient(*value) ? Fits::maybe : Fits::no, "AggregationInterval", "values");
  }

  // A lenient parser takes it for 1, 5 or 10: blanks around, a plus sign, leading zeros, wide
  // digits.
  static bool lenient(const std::string& value) {
    std::u32string points = decode_utf8(value).value_or(U"x");
    for (char32_t& point : points) {
      if (point >= 0xFF10 && point <= 0xFF19) point = U'0' + (point - 0xFF10);
    }
    while (!points.empty() && points.front() == U' ') points.erase(0, 1);
    while (!points.empty() && points.back() == U' ') points.pop_back();
    if (points.starts_with(U'+')) points.erase(0, 1);
    while (points.starts_with(U'0')) points.erase(0, 1);
    return points == U"1" || points == U"5" || points == U"10";
  }

  void token() {
    const std::string* sent_token = sent("ClientToken");
    if (sent_token == nullptr) return;
    std::string value = *sent_token;
    constexpr std::string_view kPlaceholder = "@unique";
    if (const auto at = value.find(kPlaceholder); at != std::string::npos) {
      value.replace(at, kPlaceholder.size(), "abcd1234");
    }
    text("ClientToken", value, {1, 64, token_inner});
  }

  struct Tag {
    std::string_view index;
    bool has_key = false;
  };

  Tag& tag_at(std::string_view index) {
    const auto it = std::find_if(tags_.begin(), tags_.end(),
                                 [&](const Tag& tag) { return tag.index == index; });
    return it == tags_.end() ? tags_.emplace_back(Tag{index}) : *it;
  }

  void tags() {
    std::vector<std::string_view> keys;
    keys.reserve(params_.size());
    tags_.reserve(params_.size());
    for (const auto& [sent, value] : params_) {
      const auto name = tag_name(sent);
      if (!name) continue;
      Tag& tag = tag_at(name->index);
      if (name->member == "Value") tag_text("Tags.N.Value", value, {0, 255, tag_inner});
      if (name->member != "Key") continue;
      tag.has_key = true;
      keys.push_back(value);
      tag_text("Tags.N.Key", value, {1, 128, tag_inner});
      if (starts_in_any_case(value, "volc:") || starts_in_any_case(value, "sys:")) {
        broken("Tags.N.Key", "prefix");
      } else if (starts_in_any_case(value, "sys")) {
        open("Tags.N.Key", "prefix");
      }
    }
    if (keys.size() > 20) add(keys.size() > 50 ? Fits::no : Fits::maybe, "Tags.N.Key", "count");
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) broken("Tags.N.Key", "unique");
    const auto counted = static_cast<std::size_t>(
        std::ranges::count_if(tags_, [](const Tag& tag) { return index_of(tag.index) > 0; }));
    for (const Tag& tag : tags_) {
      const std::size_t index = index_of(tag.index);
      const bool number = !tag.index.empty() &&
                          tag.index.find_first_not_of("0123456789") == std::string_view::npos &&
                          (tag.index == "0" || tag.index.front() != '0');
      if (!number) {  // no page says how it is spelt
        open("Tags.N.Key", "index");
      } else if (index == 0 || index > counted) {  // 0: also beyond every number of tags
        broken("Tags.N.Key", "index");
      }
      if (!tag.has_key) broken("Tags.N.Value", "needs");
    }
  }

  // 256 is as long as one page allows a value, and one more than another does.
  void tag_text(std::string_view parameter, std::string_view value, Shape shape) {
    if (parameter == "Tags.N.Value") {
      const Reading reading = read(value, shape.inner);
      if (reading.well_formed && reading.length == 256) {
        open(parameter, "length");
        shape.max = 256;
      }
    }
    text(parameter, value, shape);
    if (value.starts_with(' ') || value.ends_with(' ')) open(parameter, "edges");
  }

  const Params& params_;
  std::vector<Tag> tags_;
  Breaches found_;
};

}  // namespace

Breaches breaches(const Params& params) {
  return Checker(params).check();
}

std::vector<Breaches> readings(const Params& params) {
  std::vector<Breaches> result;
  result.push_back(breaches(params));
  const auto empty = [](const auto& pair) { return pair.second.empty(); };
  if (std::none_of(params.begin(), params.end(), empty)) return result;
  Params rest = params;
  std::erase_if(rest, empty);
  result.push_back(breaches(rest));
  return result;
}

}  // namespace flowlog

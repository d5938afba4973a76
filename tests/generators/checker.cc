#include "checker.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <map>
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

bool letter(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_L_MASK) != 0;
}

bool digit_or_combining(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_ND_MASK | U_GC_M_MASK)) != 0;
}

bool han(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

// Of a name: a letter, a Chinese character or a digit.
Fits name_start(char32_t c) {
  if (ascii_letter(c) || ascii_digit(c) || (c >= 0x4E00 && c <= 0x9FA5)) return Fits::yes;
  return letter(c) || han(c) || digit_or_combining(c) ? Fits::maybe : Fits::no;
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
  if (letter(c)) {
    UVersionInfo age;
    u_charAge(static_cast<UChar32>(c), age);
    const bool old = age[0] < 5 || (age[0] == 5 && age[1] == 0);
    return old && c <= 0xFFFF ? Fits::yes : Fits::maybe;
  }
  return digit_or_combining(c) ? Fits::maybe : Fits::no;
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

class Checker {
 public:
  explicit Checker(const Params& params) : params_(params) {}

  Breaches check() {
    fixed("Action", "CreateFlowLog");
    fixed("Version", "2020-04-01");
    name();
    if (auto value = find(params_, "Description")) {
      text("Description", *value, {0, 255, description_inner, name_start});
    }
    words("ResourceType", {"vpc", "subnet", "eni"});
    words("TrafficType", {"All", "Allow", "Drop"});
    resource();
    log_name("LogProjectName");
    log_name("LogTopicName");
    interval();
    if (const auto project = find(params_, "ProjectName"); project && *project != "default") {
      found_.broken.insert("ProjectName/exists");
    }
    token();
    tags();
    return std::move(found_);
  }

 private:
  void add(Fits fits, const std::string& address) {
    if (fits == Fits::no) found_.broken.insert(address);
    if (fits == Fits::maybe) found_.open.insert(address);
  }

  void fixed(const std::string& parameter, const std::string& value) { words(parameter, {value}); }

  void words(const std::string& parameter, const std::set<std::string>& known) {
    const auto value = find(params_, parameter);
    if (!value) {
      found_.broken.insert(parameter + "/required");
    } else if (!known.contains(*value)) {
      found_.broken.insert(parameter + "/values");
    }
  }

  // Left out: one page requires it, another has a default for it.
  void name() {
    if (const auto value = find(params_, "FlowLogName")) {
      text("FlowLogName", *value, {1, 128, name_inner, name_start});
    } else {
      found_.open.insert("FlowLogName/required");
    }
  }

  void log_name(const std::string& parameter) {
    if (const auto value = find(params_, parameter)) {
      text(parameter, *value, {3, 63, log_inner, log_end, log_end});
    } else {
      found_.broken.insert(parameter + "/required");
    }
  }

  void text(const std::string& parameter, const std::string& value, const Shape& shape) {
    const auto points = decode_utf8(value);
    if (!points) {
      found_.open.insert(parameter + "/characters");
      return;
    }
    if (points->size() < shape.min || points->size() > shape.max) {
      found_.broken.insert(parameter + "/length");
    }
    if (points->empty()) return;
    for (const char32_t point : *points) {
      const Fits fits = shape.inner(point);
      if (fits != Fits::yes) add(fits, parameter + "/characters");
    }
    if (shape.first != nullptr) add(shape.first(points->front()), parameter + "/first");
    if (shape.last != nullptr) add(shape.last(points->back()), parameter + "/last");
  }

  // A free resource of a type is written "@" and the type.
  void resource() {
    const auto id = find(params_, "ResourceId");
    if (!id) {
      found_.broken.insert("ResourceId/required");
      return;
    }
    const auto type = find(params_, "ResourceType");
    const bool known_type = type && (*type == "vpc" || *type == "subnet" || *type == "eni");
    const bool free = *id == "@vpc" || *id == "@subnet" || *id == "@eni";
    if (known_type ? *id != "@" + *type : !free) found_.broken.insert("ResourceId/exists");
  }

  void interval() {
    const auto value = find(params_, "AggregationInterval");
    if (!value || *value == "1" || *value == "5" || *value == "10") return;
    add(lenient(*value) ? Fits::maybe : Fits::no, "AggregationInterval/values");
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
    auto value = find(params_, "ClientToken");
    if (!value) return;
    const std::string unique = "@unique";
    if (const auto at = value->find(unique); at != std::string::npos) {
      value->replace(at, unique.size(), "abcd1234");
    }
    text("ClientToken", *value, {1, 64, token_inner});
  }

  void tags() {
    std::map<std::string, std::set<std::string>> members;  // of an index
    std::set<std::string> keys;
    std::size_t key_count = 0;
    for (const auto& [sent, value] : params_) {
      const auto parts = split(sent, '.');
      if (parts.size() != 3 || parts[0] != "Tags") continue;
      members[parts[1]].insert(parts[2]);
      if (parts[2] == "Value") tag_text("Tags.N.Value", value, {0, 255, tag_inner});
      if (parts[2] != "Key") continue;
      ++key_count;
      if (!keys.insert(value).second) found_.broken.insert("Tags.N.Key/unique");
      tag_text("Tags.N.Key", value, {1, 128, tag_inner});
      const std::string lower = lower_ascii(value);
      if (lower.starts_with("volc:") || lower.starts_with("sys:")) {
        found_.broken.insert("Tags.N.Key/prefix");
      }
    }
    if (key_count > 20) found_.broken.insert("Tags.N.Key/count");
    for (std::size_t i = 1; i <= members.size(); ++i) {
      if (!members.contains(std::to_string(i))) found_.broken.insert("Tags.N.Key/index");
    }
    for (const auto& [index, names] : members) {
      if (!names.contains("Key")) found_.broken.insert("Tags.N.Value/needs");
    }
  }

  // 256 is as long as one page allows a value, and one more than another does.
  void tag_text(const std::string& parameter, const std::string& value, const Shape& shape) {
    const auto points = decode_utf8(value);
    if (parameter == "Tags.N.Value" && points && points->size() == 256) {
      found_.open.insert(parameter + "/length");
      text(parameter, value, {0, 256, shape.inner});
    } else {
      text(parameter, value, shape);
    }
    if (value.starts_with(' ') || value.ends_with(' ')) found_.open.insert(parameter + "/edges");
  }

  const Params& params_;
  Breaches found_;
};

}  // namespace

Breaches breaches(const Params& params) {
  return Checker(params).check();
}

std::vector<Breaches> readings(const Params& params) {
  std::vector<Breaches> result{breaches(params)};
  Params rest = params;
  std::erase_if(rest, [](const auto& pair) { return pair.second.empty(); });
  if (rest.size() != params.size()) result.push_back(breaches(rest));
  return result;
}

}  // namespace flowlog

#include "specs/charset.h"

#include <unicode/uniset.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace flowlog {

struct Charset::Set {
  icu::UnicodeSet points;
};

namespace {

using Points = icu::UnicodeSet;

constexpr std::size_t kMostKnown = 1024;  // sets and differences that are kept

[[noreturn]] void refuse(const std::string& member, const char* why) {
  throw std::invalid_argument(show(member) + " " + why);
}

Points compiled(const std::string& member) {
  auto text = decode_utf8(member);
  if (!text || text->empty()) refuse(member, "is no character and no pattern in brackets");
  if (text->size() == 1) {
    const auto point = static_cast<UChar32>(text->front());
    return {point, point};
  }
  if (text->front() != U'[' || text->back() != U']') {
    refuse(member, "is no single character and no pattern in brackets");
  }
  UErrorCode status = U_ZERO_ERROR;
  Points points(icu::UnicodeString::fromUTF8(member), status);
  if (U_FAILURE(status)) refuse(member, "is no pattern that ICU understands");
  if (points.hasStrings()) refuse(member, "holds strings of several characters");
  points.remove(0xD800, 0xDFFF);
  if (points.isEmpty()) refuse(member, "is a pattern that holds no character");
  return points;
}

// Patterns by property take milliseconds to compile and recur from rule to rule.
Points cached(const std::string& member) {
  static std::mutex mutex;
  static auto& known = *new std::map<std::string, Points>;
  std::lock_guard lock(mutex);
  auto it = known.find(member);
  if (it == known.end()) it = known.emplace(member, compiled(member)).first;
  return it->second;
}

// `point` as ICU writes it, \x{4E00}, at `out`; where it ends.
char* put_escaped(char* out, int32_t point) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  *out++ = '\\';
  *out++ = 'x';
  *out++ = '{';
  int shift = 20;
  while (shift > 0 && (point >> shift) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) *out++ = kDigits[(point >> shift) & 15];
  *out++ = '}';
  return out;
}

// `points` as a member. By hand: any other way takes longer than all else that is done with sets.
std::string pattern_of(const Points& points) {
  constexpr std::size_t kLongest = 21;  // \x{10FFFF}-\x{10FFFF}
  std::string pattern(kLongest * points.getRangeCount() + 2, '[');
  char* out = pattern.data() + 1;
  for (int32_t i = 0; i < points.getRangeCount(); ++i) {
    const int32_t first = points.getRangeStart(i);
    const int32_t last = points.getRangeEnd(i);
    out = put_escaped(out, first);
    if (last == first) continue;  // ICU refuses a range of one
    *out++ = '-';
    out = put_escaped(out, last);
  }
  *out++ = ']';
  pattern.resize(out - pattern.data());
  return pattern;
}

}  // namespace

Charset::Charset() : set_(std::make_shared<Set>()) {}

Charset::Charset(std::vector<std::string> members) : members_(std::move(members)) {
  // The same members come up again and again; one set of them lets minus() know it again.
  static std::mutex mutex;
  static auto& known = *new std::map<std::vector<std::string>, std::shared_ptr<const Set>>;
  std::lock_guard lock(mutex);
  if (const auto it = known.find(members_); it != known.end()) {
    set_ = it->second;
    return;
  }
  auto set = std::make_shared<Set>();
  for (const std::string& member : members_) set->points.addAll(cached(member));
  set->points.freeze();
  set_ = std::move(set);
  if (known.size() >= kMostKnown) known.clear();
  known.emplace(members_, set_);
}

bool Charset::contains(char32_t point) const {
  return set_->points.contains(UChar32(point));
}
bool Charset::empty() const {
  return set_->points.isEmpty();
}
std::size_t Charset::size() const {
  return set_->points.size();
}
std::vector<std::pair<char32_t, char32_t>> Charset::ranges() const {
  std::vector<std::pair<char32_t, char32_t>> ranges;
  for (int32_t i = 0; i < set_->points.getRangeCount(); ++i) {
    ranges.emplace_back(set_->points.getRangeStart(i), set_->points.getRangeEnd(i));
  }
  return ranges;
}

Charset Charset::of_member(const std::string& member) {
  return Charset({member});
}

bool Charset::disjoint(const Charset& other) const {
  return set_->points.containsNone(other.set_->points);
}

Charset Charset::united(const Charset& other) const {
  std::vector<std::string> members = members_;
  for (const std::string& member : other.members_) {
    if (std::find(members.begin(), members.end(), member) == members.end()) {
      members.push_back(member);
    }
  }
  return Charset(std::move(members));
}

Charset Charset::minus(const Charset& other) const {
  // The same pairs come up again and again, from rule to rule and from class to class.
  using Pair = std::pair<std::shared_ptr<const Set>, std::shared_ptr<const Set>>;
  static std::mutex mutex;
  static auto& known = *new std::map<Pair, Charset>;
  const Pair pair(set_, other.set_);
  std::lock_guard lock(mutex);
  if (const auto it = known.find(pair); it != known.end()) return it->second;
  Charset result;
  if (disjoint(other)) {
    result = *this;  // most often, and as it was written
  } else {
    Points left;
    left.addAll(set_->points).removeAll(other.set_->points);
    if (!left.isEmpty()) {
      result.members_ = {pattern_of(left)};
      result.set_ = std::make_shared<Set>(Set{left});
    }
  }
  if (known.size() >= kMostKnown) known.clear();
  return known.emplace(pair, result).first->second;
}

}  // namespace flowlog

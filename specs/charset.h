// A set of characters as the contract writes it: a list of members, each either one literal
// character or an ICU UnicodeSet pattern in brackets: ["[A-Za-z]", "[0-9]", ".", "_"]. Surrogates
// are never in it: they are no characters.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace flowlog {

// Immutable and cheap to copy; safe to read from any thread.
class Charset {
 public:
  Charset();  // empty
  // Throws std::invalid_argument naming the member that is no character and no pattern.
  explicit Charset(std::vector<std::string> members);

  bool contains(char32_t point) const;
  bool empty() const;
  std::size_t size() const;
  // First and last point of each range, ascending, apart from each other.
  std::vector<std::pair<char32_t, char32_t>> ranges() const;
  // As the contract writes it, one entry a member.
  const std::vector<std::string>& members() const { return members_; }
  // The set of one member of members().
  static Charset of_member(const std::string& member);

  bool disjoint(const Charset& other) const;
  Charset united(const Charset& other) const;
  Charset minus(const Charset& other) const;

  // True iff both are written alike, member by member.
  bool operator==(const Charset& other) const { return members_ == other.members_; }

 private:
  struct Set;  // wraps icu::UnicodeSet
  std::vector<std::string> members_;
  std::shared_ptr<const Set> set_;
};

}  // namespace flowlog

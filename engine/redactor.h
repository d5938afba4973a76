// Takes secrets out of what is shown, in every form in which a server can send them back.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace flowlog {

// What stands where a secret stood.
inline constexpr std::string_view kRemoved = "(removed)";

// Immutable once made; safe to share. A secret is removed as it stands, escaped as in JSON or HTML,
// percent-encoded, also twice, in hexadecimal digits, in base64, in other letter case, and in parts
// of at least 16 characters; one that is shorter than that as a whole only, in its own letter case,
// not in digits and not in base64.
class Redactor {
 public:
  // Empty strings are ignored.
  explicit Redactor(const std::vector<std::string>& secrets);
  std::string operator()(std::string text) const;

 private:
  void add_parts(std::string_view secret);
  // Tells `cover` where something of a secret stands, and how long it is.
  template <class Cover>
  void find(const std::string& text, const Cover& cover) const;
  bool part_at(std::string_view folded, std::size_t at) const;

  std::vector<std::string> short_;  // longest first
  std::unordered_set<std::string> parts_;
  std::bitset<65536> beginnings_;  // the first two characters of each part
};

}  // namespace flowlog

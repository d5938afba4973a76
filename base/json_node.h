// A strict view of one value in a JSON file that people write: it knows the file and the JSON
// pointer where it stands, and every complaint names both, what stands there, and what was
// expected. Reading is by type and range; there are no silent conversions (1.9 is no integer).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace flowlog {

// A file that cannot be used. what() is one sentence for a person:
//   `staging.json: /limits/concurency: unknown member "concurency"; did you mean "concurrency"?`
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class JsonNode {
 public:
  // Parses a whole document. Refuses malformed JSON (with line and column), a byte order mark,
  // invalid UTF-8, a member that stands twice, and nesting deeper than 64. Throws InputError.
  static JsonNode parse(std::string_view text, std::string file);

  // The member `name` of an object; throws InputError when this is no object or lacks it.
  JsonNode at(std::string_view name) const;
  // As at(), but nothing when the member is absent.
  std::optional<JsonNode> find(std::string_view name) const;
  // The elements of an array.
  std::vector<JsonNode> items() const;
  // The members of an object, in the file's order where the parser keeps it, else by name.
  std::vector<std::pair<std::string, JsonNode>> members() const;

  std::string text() const;
  // Text that is one of `words`; otherwise the complaint lists them and names the nearest.
  std::string word(const std::vector<std::string>& words) const;
  std::int64_t integer(std::int64_t min, std::int64_t max) const;
  double number(double min, double max) const;
  bool boolean() const;
  bool is_object() const;
  bool is_array() const;
  bool is_string() const;
  bool is_integer() const;

  // Throws InputError when this object holds a member outside `names`, naming the nearest.
  void only(const std::vector<std::string>& names) const;

  // Throws InputError: "FILE: POINTER: <what stands here>, expected <expected>".
  [[noreturn]] void fail(std::string_view expected) const;
  // Throws InputError with a sentence of the caller's: "FILE: POINTER: <sentence>".
  [[noreturn]] void reject(std::string_view sentence) const;

  const std::string& pointer() const { return pointer_; }
  const std::string& file() const { return file_; }
  const nlohmann::json& value() const { return *value_; }

 private:
  JsonNode(std::shared_ptr<const nlohmann::json> root, const nlohmann::json* value,
           std::string file, std::string pointer);

  std::shared_ptr<const nlohmann::json> root_;  // keeps value_ alive
  const nlohmann::json* value_;
  std::string file_;
  std::string pointer_;
};

}  // namespace flowlog

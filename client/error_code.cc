#include "client/error_code.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace flowlog {
namespace {

using Json = nlohmann::json;

// Follows the names of open objects, and stops as soon as the code is found.
class CodeReader final : public nlohmann::json_sax<Json> {
 public:
  const std::string& code() const { return code_; }

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool string(string_t& value) override {
    if (path_ == wrapped || path_ == flat) code_ = value;
    return code_.empty();
  }
  bool start_object(std::size_t) override { return open(""); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open("[]"); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    path_.back() = name;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  static constexpr std::size_t max_depth = 64;
  inline static const std::vector<std::string> wrapped{"ResponseMetadata", "Error", "Code"};
  inline static const std::vector<std::string> flat{"errorcode"};

  bool open(const char* name) {
    path_.emplace_back(name);
    return path_.size() <= max_depth;
  }
  bool close() {
    path_.pop_back();
    return true;
  }

  std::vector<std::string> path_;
  std::string code_;
};

}  // namespace

std::string error_code(std::string_view body) {
  CodeReader reader;
  Json::sax_parse(body.begin(), body.end(), &reader);
  return reader.code();
}

}  // namespace flowlog

#include "oracle/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kMaxDepth = 64;
// A hundred flow logs with all their tags are 14000.
constexpr int kMaxValues = 20'000;

// Why a body is no answer, thrown out of the parser's callback.
struct Trouble {
  std::string sentence;
};

std::string header_of(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (lower_ascii(key) == name) return value;
  }
  return "";
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// What the first bytes give away, where a parser's complaint would mislead.
std::string disguise(const Headers& headers, std::string_view body) {
  if (blank(body)) return "the body is empty";
  if (body.starts_with("\xEF\xBB\xBF")) return "the body begins with a byte order mark";
  std::string encoding = lower_ascii(header_of(headers, "content-encoding"));
  if (body.starts_with("\x1F\x8B")) return "the body is compressed (gzip), which was not asked for";
  if (!encoding.empty() && encoding != "identity") {
    return fmt::format("the body is labelled as compressed ({}), which was not asked for",
                       show(encoding, 40));
  }
  std::string start = lower_ascii(body.substr(body.find_first_not_of(" \t\r\n"), 32));
  if (start.starts_with("<!doctype html") || start.starts_with("<html")) {
    return "the body is an HTML page, not JSON";
  }
  if (start.starts_with("<")) return "the body is markup, not JSON";
  return "";
}

// Looks through a body for what the parser would let pass, before anything is kept of it. (A parser
// that asks a callback takes time with the square of what it reads.)
class DepthGuard : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return count(); }
  bool boolean(bool) override { return count(); }
  bool number_integer(number_integer_t) override { return count(); }
  bool number_unsigned(number_unsigned_t) override { return count(); }
  bool number_float(number_float_t, const string_t&) override { return count(); }
  bool string(string_t&) override { return count(); }
  bool binary(binary_t&) override { return count(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override { return close(); }
  bool start_object(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool key(string_t& name) override {
    if (!names_.back().insert(name).second) {
      throw Trouble{fmt::format("the member {} stands twice in one object", show(name, 40))};
    }
    return count();
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;  // told by the parser itself
  }

 private:
  bool count() {
    if (++values_ > kMaxValues) {
      throw Trouble{fmt::format("the body holds more than {} values", kMaxValues)};
    }
    return true;
  }
  bool open() {
    if (names_.size() > kMaxDepth) {
      throw Trouble{fmt::format("the body is nested deeper than {} levels", kMaxDepth)};
    }
    names_.emplace_back();
    return count();
  }
  bool close() {
    names_.pop_back();
    return true;
  }

  int values_ = 0;                            // and names
  std::vector<std::set<std::string>> names_;  // of each level that is open
};

Json parse_body(std::string_view body) {
  DepthGuard watch;
  Json::sax_parse(body, &watch);
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) {
    throw Trouble{is_utf8(body) ? "the body is not valid JSON" : "the body is not valid UTF-8"};
  }
  if (!json.is_object()) {
    throw Trouble{fmt::format("the body is JSON but no object (it is {})", json.type_name())};
  }
  return json;
}

const Json* member(const Json* object, const std::string& name) {
  if (object == nullptr || !object->is_object()) return nullptr;
  auto it = object->find(name);
  return it == object->end() ? nullptr : &*it;
}

// As member(), but null counts as left out: many serialisers write what is not set.
const Json* filled(const Json* object, const std::string& name) {
  const Json* found = member(object, name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::string text_of(const Json* value) {
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

void expect_object(const Json* value, std::string_view what, Response& answer) {
  if (value == nullptr || value->is_object() || !answer.trouble.empty()) return;
  answer.trouble = fmt::format("{} is {}, not an object", what, value->type_name());
}

void expect_text(const Json* object, const std::string& name, Response& answer) {
  const Json* value = member(object, name);
  if (!answer.trouble.empty() || (value != nullptr && value->is_string())) return;
  answer.trouble = value == nullptr
                       ? fmt::format("Error has no {}", name)
                       : fmt::format("Error.{} is {}, not a string", name, value->type_name());
}

void understand_error(const Json* error, Response& answer) {
  answer.kind = Response::Kind::error;
  expect_object(error, "Error", answer);
  if (error->is_object()) {
    expect_text(error, "Code", answer);
    const Json* message = filled(error, "Message");
    if (message != nullptr) expect_text(error, "Message", answer);
  }
  answer.code = text_of(member(error, "Code"));
  answer.message = text_of(member(error, "Message"));
  const Json* code_n = member(error, "CodeN");
  if (code_n != nullptr && code_n->is_number_integer()) {
    answer.code_n = code_n->get<std::int64_t>();
  }
}

// True iff `root` is the flat form of a gateway's error.
bool understand_flat(const Json& root, Response& answer) {
  const Json* code = member(&root, "errorcode");
  if (code == nullptr || !code->is_string()) return false;
  answer.kind = Response::Kind::error;
  answer.flat = true;
  answer.code = code->get<std::string>();
  answer.message = text_of(member(&root, "message"));
  return true;
}

void understand_envelope(const Json& root, Response& answer) {
  const Json* metadata = filled(&root, "ResponseMetadata");
  const Json* result = filled(&root, "Result");
  const Json* error = filled(metadata, "Error");
  if (error == nullptr) error = filled(&root, "Error");
  answer.request_id = text_of(member(metadata, "RequestId"));
  answer.result_request_id = text_of(member(result, "RequestId"));
  expect_object(metadata, "ResponseMetadata", answer);
  expect_object(result, "Result", answer);
  if (error != nullptr) {
    understand_error(error, answer);
    if (result != nullptr && answer.trouble.empty()) answer.trouble = "Error stands beside Result";
  } else if (metadata == nullptr && result == nullptr) {
    if (understand_flat(root, answer)) return;
    answer.trouble = "the body is JSON without ResponseMetadata, Result or Error";
  } else if (result == nullptr && answer.http >= 400) {
    answer.trouble = fmt::format("HTTP {} came without an Error", answer.http);
  } else {
    answer.kind = Response::Kind::success;
  }
}

void understand(Response& answer, const Headers& headers, std::string_view body) {
  if (answer.http >= 300 && answer.http < 400) {
    throw Trouble{fmt::format("HTTP {} is a redirect, which is never followed", answer.http)};
  }
  if (answer.http < 200) throw Trouble{fmt::format("HTTP {} is no final answer", answer.http)};
  std::string sentence = disguise(headers, body);
  if (!sentence.empty()) throw Trouble{std::move(sentence)};
  answer.body = std::make_shared<const Json>(parse_body(body));
  understand_envelope(*answer.body, answer);
}

}  // namespace

const Json* Response::at(std::string_view path) const {
  const Json* here = body.get();
  for (const std::string& step : split(path, '.')) {
    if (here == nullptr) return nullptr;
    if (!here->is_array()) {
      here = member(here, step);
      continue;
    }
    std::size_t index = 0;
    auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    bool good = error == std::errc() && end == step.data() + step.size();
    here = good && index < here->size() ? &(*here)[index] : nullptr;
  }
  return here;
}

std::string Response::text(std::string_view path) const {
  return text_of(at(path));
}

Response parse_response(int http, const Headers& headers, std::string_view body,
                        std::string_view id_path) {
  Response answer;
  answer.thing_member = id_path.substr(id_path.rfind('.') + 1);
  answer.http = http;
  answer.content_type = header_of(headers, "content-type");
  try {
    understand(answer, headers, body);
  } catch (const Trouble& trouble) {
    answer.trouble = trouble.sentence;
  }
  if (!id_path.empty() && answer.body != nullptr) answer.thing_id = answer.text(id_path);
  if (!answer.trouble.empty()) answer.kind = Response::Kind::alien;
  return answer;
}

Response no_response(std::string why) {
  Response answer;
  answer.trouble = std::move(why);
  return answer;
}

}  // namespace flowlog

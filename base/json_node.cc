#include "base/json_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;

constexpr int kMaxDepth = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string pointer_token(std::string_view name) {
  std::string token;
  for (char c : name) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

// A pointer as it stands in a sentence: plain where it is printable ASCII, quoted otherwise.
std::string shown_pointer(const std::string& pointer) {
  bool plain =
      std::all_of(pointer.begin(), pointer.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return plain && pointer.size() <= 200 ? pointer : show(pointer);
}

[[noreturn]] void complain(const std::string& file, const std::string& pointer,
                           std::string_view sentence) {
  if (pointer.empty()) throw InputError(fmt::format("{}: {}", file, sentence));
  throw InputError(fmt::format("{}: {}: {}", file, shown_pointer(pointer), sentence));
}

std::string described(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "an array";
    case Json::value_t::string:
      return "the text " + show(value.get_ref<const std::string&>(), 60);
    case Json::value_t::null:
    case Json::value_t::boolean:
      return value.dump();
    default:
      return "the number " + value.dump();
  }
}

// Follows the parser's events: refuses what nlohmann/json would let pass in silence, and knows
// the pointer of the value that is being read.
class StrictEvents {
 public:
  explicit StrictEvents(const std::string& file) : file_(file) {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        step();
        if (depth >= kMaxDepth) {
          complain(file_, pointer(), fmt::format("nested deeper than {} levels", kMaxDepth));
        }
        frames_.push_back({event == Event::array_start, -1, {}, {}});
        break;
      case Event::object_end:
      case Event::array_end:
        frames_.pop_back();
        break;
      case Event::key:
        key(parsed.get_ref<const std::string&>());
        break;
      case Event::value:
        step();
        break;
    }
    return true;
  }

 private:
  struct Frame {
    bool array;
    int index;
    std::string key;
    std::set<std::string> seen;
  };

  void step() {
    if (!frames_.empty() && frames_.back().array) ++frames_.back().index;
  }

  void key(const std::string& name) {
    Frame& frame = frames_.back();
    frame.key = name;
    if (!frame.seen.insert(name).second) {
      complain(file_, pointer(), fmt::format("the member {} stands twice", show(name)));
    }
  }

  std::string pointer() const {
    std::string out;
    for (const Frame& frame : frames_) {
      out += '/';
      out += frame.array ? std::to_string(frame.index) : pointer_token(frame.key);
    }
    return out;
  }

  const std::string& file_;
  std::vector<Frame> frames_;
};

// The library's complaint without its own prefix: "line 3, column 7: syntax error …".
std::string reason(const Json::exception& error) {
  std::string_view what = error.what();
  if (auto end = what.find("] "); end != std::string_view::npos) what.remove_prefix(end + 2);
  for (std::string_view lead : {"parse error at ", "parse error: "}) {
    if (what.starts_with(lead)) what.remove_prefix(lead.size());
  }
  std::string text;
  for (char c : repair_utf8(what)) {
    text += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  }
  return text;
}

}  // namespace

JsonNode::JsonNode(std::shared_ptr<const Json> root, const Json* value, std::string file,
                   std::string pointer)
    : root_(std::move(root)), value_(value), file_(std::move(file)), pointer_(std::move(pointer)) {}

JsonNode JsonNode::parse(std::string_view text, std::string file) {
  if (text.starts_with(kByteOrderMark)) {
    complain(file, "", "begins with a byte order mark, expected plain UTF-8");
  }
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '{'; };
  const bool wide = at(0) == '\0' || at(1) == '\0' || text.starts_with("\xFF\xFE") ||
                    text.starts_with("\xFE\xFF");
  if (wide) complain(file, "", "is UTF-16, expected UTF-8: save it as that");
  try {
    auto root = std::make_shared<const Json>(Json::parse(text, StrictEvents(file)));
    const Json* value = root.get();
    return JsonNode(std::move(root), value, std::move(file), "");
  } catch (const Json::exception& error) {
    complain(file, "", "malformed JSON, " + reason(error));
  }
}

JsonNode JsonNode::at(std::string_view name) const {
  if (auto node = find(name)) return *std::move(node);
  reject(fmt::format("lacks the member {}", show(name)));
}

std::optional<JsonNode> JsonNode::find(std::string_view name) const {
  if (!is_object()) fail("an object");
  auto it = value_->find(std::string(name));
  if (it == value_->end()) return std::nullopt;
  return JsonNode(root_, &*it, file_, pointer_ + '/' + pointer_token(name));
}

std::vector<JsonNode> JsonNode::items() const {
  if (!is_array()) fail("an array");
  std::vector<JsonNode> nodes;
  nodes.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i) {
    nodes.push_back(JsonNode(root_, &(*value_)[i], file_, pointer_ + '/' + std::to_string(i)));
  }
  return nodes;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
  if (!is_object()) fail("an object");
  std::vector<std::pair<std::string, JsonNode>> nodes;
  for (auto it = value_->begin(); it != value_->end(); ++it) {
    nodes.emplace_back(it.key(),
                       JsonNode(root_, &*it, file_, pointer_ + '/' + pointer_token(it.key())));
  }
  return nodes;
}

std::string JsonNode::text() const {
  if (!is_string()) fail("text");
  return value_->get<std::string>();
}

std::string JsonNode::word(const std::vector<std::string>& words) const {
  std::string expected = "one of " + join(words, ", ");
  if (!is_string()) fail(expected);
  std::string word = value_->get<std::string>();
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  if (auto near = nearest(word, words)) expected += fmt::format("; did you mean \"{}\"?", *near);
  fail(expected);
}

std::int64_t JsonNode::integer(std::int64_t min, std::int64_t max) const {
  using Limits = std::numeric_limits<std::int64_t>;
  bool unbounded = min == Limits::min() && max == Limits::max();
  bool fits = is_integer() && (!value_->is_number_unsigned() ||
                               value_->get<std::uint64_t>() <= std::uint64_t(Limits::max()));
  if (!fits || value_->get<std::int64_t>() < min || value_->get<std::int64_t>() > max) {
    fail(unbounded ? std::string("an integer") : fmt::format("an integer from {} to {}", min, max));
  }
  return value_->get<std::int64_t>();
}

double JsonNode::number(double min, double max) const {
  if (!value_->is_number() || !(value_->get<double>() >= min && value_->get<double>() <= max)) {
    fail(fmt::format("a number from {} to {}", min, max));
  }
  return value_->get<double>();
}

bool JsonNode::boolean() const {
  if (!value_->is_boolean()) fail("true or false");
  return value_->get<bool>();
}

bool JsonNode::is_object() const {
  return value_->is_object();
}
bool JsonNode::is_array() const {
  return value_->is_array();
}
bool JsonNode::is_string() const {
  return value_->is_string();
}
bool JsonNode::is_integer() const {
  return value_->is_number_integer();
}

void JsonNode::only(const std::vector<std::string>& names) const {
  for (const auto& [name, node] : members()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string sentence = "unknown member " + show(name);
    if (auto near = nearest(name, names)) {
      sentence += fmt::format("; did you mean \"{}\"?", *near);
    } else {
      sentence += ", expected one of " + join(names, ", ");
    }
    node.reject(sentence);
  }
}

void JsonNode::fail(std::string_view expected) const {
  reject(fmt::format("{}, expected {}", described(*value_), expected));
}

void JsonNode::reject(std::string_view sentence) const {
  complain(file_, pointer_, sentence);
}

}  // namespace flowlog

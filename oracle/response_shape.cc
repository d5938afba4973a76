#include "oracle/response_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;

constexpr int kOk = 200;

// A value of the answer and where it stands, with indexes for []: "Result.FlowLogs.0.Status".
struct FieldPlace {
  std::string path;
  const Json* value;  // nullptr when it is missing or null
  bool null = false;
};

// The places that a field's path leads to. A parent that is missing, or of a type that has no
// members, leads nowhere: that is the parent's fault, told once.
std::vector<FieldPlace> places(const Json& root, const std::string& path) {
  std::vector<FieldPlace> here{{"", &root}};
  for (std::string step : split(path, '.')) {
    bool each = step.ends_with("[]");
    if (each) step.resize(step.size() - 2);
    std::vector<FieldPlace> next;
    for (const FieldPlace& place : here) {
      if (place.value == nullptr || !place.value->is_object()) continue;
      auto found = place.value->find(step);
      bool missing = found == place.value->end() || found->is_null();
      std::string name = place.path.empty() ? step : place.path + "." + step;
      if (!each) {
        const bool null = missing && found != place.value->end();
        next.push_back({name, missing ? nullptr : &*found, null});
      } else if (!missing && found->is_array()) {
        for (std::size_t i = 0; i < found->size(); ++i) {
          next.push_back({fmt::format("{}.{}", name, i), &(*found)[i]});
        }
      }
    }
    here = std::move(next);
  }
  return here;
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "String") return value.is_string();
  if (type == "Integer") return value.is_number_integer();
  if (type == "Object") return value.is_object();
  if (type == "Array") return value.is_array();
  return true;
}

std::string shown(const Json& value) {
  return value.is_string() ? show(value.get_ref<const std::string&>(), 60)
                           : std::string(value.type_name());
}

class Inspector {
 public:
  Inspector(const Contract& contract, const Response& answer, const Asked& asked)
      : contract_(contract), answer_(answer), asked_(asked) {}

  std::vector<ShapeViolation> inspect() {
    inspect_http();
    for (const Field& field : contract_.answer) {
      const std::size_t before = faults_.size();
      for (const FieldPlace& place : places(*answer_.body, field.path)) {
        inspect_field(field, place);
        if (faults_.size() > before) break;  // of a list, the first element tells it
      }
    }
    return std::move(faults_);
  }

 private:
  void add(const Field& field, Standing standing, std::string text) {
    faults_.push_back({field.row(), standing, std::move(text)});
  }

  // The answer as a whole is told of under its first field.
  void inspect_http() {
    if (contract_.answer.empty()) return;
    const Field& whole = contract_.answer.front();
    bool success = answer_.kind == Response::Kind::success;
    int family = answer_.http / 100;
    if (success && family != 2) {
      add(whole, whole.standing, fmt::format("a success came as HTTP {}", answer_.http));
    } else if (success && answer_.http != kOk) {
      add(whole, Standing::inferred, fmt::format("a success came as HTTP {}", answer_.http));
    }
    if (!success && family != 4 && family != 5) {
      add(whole, Standing::related, fmt::format("an error came as HTTP {}", answer_.http));
    }
    std::string type = lower_ascii(split(answer_.content_type, ';').front());
    type.erase(
        std::remove_if(type.begin(), type.end(), [](char c) { return c == ' ' || c == '\t'; }),
        type.end());
    if (type != "application/json" && type != "text/json" && !type.ends_with("+json")) {
      // No page names a Content-Type; a text is read as what it is.
      add(whole, type == "text/plain" ? Standing::inferred : Standing::related,
          answer_.content_type.empty() ? "the answer has no Content-Type"
                                       : fmt::format("the Content-Type of a JSON answer is {}",
                                                     show(answer_.content_type, 60)));
    }
  }

  bool due(const Field& field) const {
    bool success = answer_.kind == Response::Kind::success;
    return field.presence == Presence::always || (field.presence == Presence::success) == success;
  }

  void inspect_field(const Field& field, const FieldPlace& place) {
    if (place.value == nullptr) {
      // Many serialisers write a list without elements as null.
      const bool empty_list = place.null && field.type == "Array";
      const bool unknown_there = asked_.unauthenticated && !field.echoes.empty();
      if (due(field) && !field.optional && !empty_list && !unknown_there) {
        add(field, field.standing,
            fmt::format("{} is {}", place.path, place.null ? "null" : "missing"));
      }
      return;
    }
    const Json& value = *place.value;
    if (!due(field)) {
      add(field, field.standing,
          fmt::format("{} stands in a {}", place.path,
                      field.presence == Presence::failure ? "success" : "failure"));
    } else if (!has_type(value, field.type) &&
               (field.or_type.empty() || !has_type(value, field.or_type))) {
      add(field, field.standing,
          fmt::format("{} is {}, not {}", place.path, value.type_name(), field.type));
    } else {
      inspect_value(field, place);
    }
  }

  void inspect_value(const Field& field, const FieldPlace& place) {
    const Json& value = *place.value;
    const std::string* text = value.get_ptr<const std::string*>();
    bool must_say_something = field.unique || !field.prefix.empty();
    if (text != nullptr && text->empty() && must_say_something) {
      add(field, field.standing, fmt::format("{} is empty", place.path));
      return;
    }
    std::string asked = asked_for(field.echoes);
    if (!asked.empty() && (text == nullptr || *text != asked)) {
      add(field, field.standing,
          fmt::format("{} is {}, but {} was asked for", place.path, shown(value), show(asked, 60)));
    }
    const Json* twin = field.equals.empty() ? nullptr : answer_.at(field.equals);
    if (twin != nullptr && *twin != value) {
      add(field, field.standing,
          fmt::format("{} is {}, but {} is {}", place.path, shown(value), field.equals,
                      shown(*twin)));
    }
    if (text != nullptr && !text->starts_with(field.prefix)) {
      add(field, Standing::inferred,
          fmt::format("{} is {}, not of the form {}…", place.path, shown(value), field.prefix));
    }
  }

  std::string asked_for(const std::string& what) const {
    if (what == "Action") return asked_.action;
    if (what == "Version") return asked_.version;
    if (what == "Service") return asked_.service;
    if (what == "Region") return asked_.region;
    return "";
  }

  const Contract& contract_;
  const Response& answer_;
  const Asked& asked_;
  std::vector<ShapeViolation> faults_;
};

}  // namespace

std::vector<ShapeViolation> shape_violations(const Contract& contract, const Response& answer,
                                             const Asked& asked) {
  bool enveloped = answer.kind == Response::Kind::success || answer.kind == Response::Kind::error;
  if (!enveloped || answer.flat || answer.body == nullptr) return {};
  return Inspector(contract, answer, asked).inspect();
}

}  // namespace flowlog

#include "resources/ownership.h"

#include <charconv>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
using std::chrono::seconds;

constexpr int kMaxDepth = 64;
// Of the parser, for a body that can be a page of flow logs.
constexpr int kMaxEvents = 40'000;
// The endpoint's clock and ours, beyond what `skew` tells.
constexpr seconds kClockDrift{2};
// From the intent until the endpoint has made what was asked for, throttling included.
constexpr std::chrono::minutes kLatest{15};

struct TooMuch {};

Json parse_bounded(std::string_view body) {
  const auto bounded = [events = 0](int depth, Json::parse_event_t, Json&) mutable {
    if (++events > kMaxEvents) throw TooMuch{};
    return depth <= kMaxDepth;
  };
  try {
    return Json::parse(body, bounded, false);
  } catch (const TooMuch&) {
    return Json(Json::value_t::discarded);
  }
}

// Whatever bytes a server sends; discarded when they are no JSON, or more than any page holds.
Json parse_lenient(std::string_view body) {
  Json json = parse_bounded(body);
  if (json.is_discarded() && !is_utf8(body)) json = parse_bounded(repair_utf8(body));
  return json;
}

const Json* member(const Json& json, std::string_view name) {
  if (!json.is_object()) return nullptr;
  const auto it = json.find(name);
  return it == json.end() ? nullptr : &*it;
}

std::string text(const Json& json, std::string_view name) {
  const Json* value = member(json, name);
  if (value == nullptr) return "";
  if (value->is_string()) return value->get<std::string>();
  return value->is_number_integer() ? value->dump() : "";
}

// The member at a path of names with dots between, in which the list itself is meant by "[]".
const Json* at_path(const Json& json, std::string_view path) {
  if (path.ends_with("[]")) path.remove_suffix(2);
  const Json* here = &json;
  for (const std::string& name : split(path, '.')) {
    here = here == nullptr ? nullptr : member(*here, name);
  }
  return here;
}

std::string text_at(const Json& json, std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? path : path.substr(dot + 1);
  if (dot == std::string_view::npos) return text(json, last);
  const Json* holder = at_path(json, path.substr(0, dot));
  return holder == nullptr ? "" : text(*holder, last);
}

// What the service's list shows of the things that the suite itself needs to know.
class ElementReader {
 public:
  explicit ElementReader(const Service& service)
      : id_(service.member_showing(Shows::id)),
        name_(member_of(service, Role::name)),
        target_(member_of(service, Role::target_id)),
        state_(service.member_showing(Shows::state)),
        created_at_(service.member_showing(Shows::created_at)),
        tags_(service.list().member_showing(Shows::tags)) {}

  FlowLog read(const Json& json) const {
    FlowLog out;
    out.id = text_of(json, id_);
    out.name = text_of(json, name_);
    out.resource_id = text_of(json, target_);
    out.status = text_of(json, state_);
    out.created_at = text_of(json, created_at_);
    const Json* tags = tags_ == nullptr ? nullptr : member(json, tags_->name);
    if (tags != nullptr && tags->is_array()) {
      for (const Json& tag : *tags) {
        out.tags.emplace_back(text_of(tag, tags_->key), text_of(tag, tags_->value));
      }
    }
    out.raw = json;
    return out;
  }

 private:
  static std::string member_of(const Service& service, Role role) {
    const Member* shown = service.list().member_of(service.creator().parameter(role));
    return shown == nullptr ? "" : shown->name;
  }
  static std::string text_of(const Json& json, const std::string& name) {
    return name.empty() ? "" : text(json, name);
  }

  const std::string id_;
  const std::string name_;
  const std::string target_;
  const std::string state_;
  const std::string created_at_;
  const Member* tags_;
};

// Wherever it stands.
std::string find_anywhere(const Json& json, std::string_view name) {
  if (json.is_object()) {
    if (std::string id = text(json, name); !id.empty()) return id;
  }
  if (!json.is_structured()) return "";
  for (const Json& child : json) {
    if (std::string id = find_anywhere(child, name); !id.empty()) return id;
  }
  return "";
}

// Reads digits off the front of a text.
class MemberReader {
 public:
  explicit MemberReader(std::string_view text) : text_(text) {}

  std::optional<int> digits(std::size_t count) {
    int value = 0;
    if (text_.size() < count) return std::nullopt;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + count, value);
    if (error != std::errc() || end != text_.data() + count || text_.front() == '-') {
      return std::nullopt;
    }
    text_.remove_prefix(count);
    return value;
  }
  bool any_of(std::string_view characters) {
    if (text_.empty() || characters.find(text_.front()) == std::string_view::npos) return false;
    last_ = text_.front();
    text_.remove_prefix(1);
    return true;
  }
  char last() const { return last_; }
  bool empty() const { return text_.empty(); }
  // A fraction of a second, after its point.
  std::chrono::microseconds fraction() {
    std::chrono::microseconds value{0};
    for (int unit = 100'000; any_of("0123456789"); unit /= 10) {
      value += std::chrono::microseconds((last_ - '0') * unit);
    }
    return value;
  }

 private:
  std::string_view text_;
  char last_ = 0;
};

using Milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

std::optional<Milliseconds> make_time(int year, int month, int day, int hour, int minute,
                                      int second) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         seconds(second);
}

// "Z", "+08:00", "+0800", "+08" or nothing at all.
std::optional<std::chrono::minutes> read_offset(MemberReader& reader) {
  if (reader.empty()) return std::chrono::minutes(0);
  if (reader.any_of("Zz")) {
    return reader.empty() ? std::optional(std::chrono::minutes(0)) : std::nullopt;
  }
  if (!reader.any_of("+-")) return std::nullopt;
  const int sign = reader.last() == '-' ? -1 : 1;
  const auto hours = reader.digits(2);
  reader.any_of(":");
  const auto minutes = reader.empty() ? std::optional(0) : reader.digits(2);
  if (!hours || !minutes || !reader.empty()) return std::nullopt;
  return std::chrono::minutes(sign * (*hours * 60 + *minutes));
}

std::optional<WallTime> from_epoch(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text.size() == 10) return wall_time(std::chrono::sys_seconds(seconds(value)));
  if (text.size() == 13) return wall_time(Milliseconds(std::chrono::milliseconds(value)));
  return std::nullopt;
}

bool same_name(const JournalEntry& entry, const FlowLog& flow_log) {
  if (!entry.name || entry.name->empty()) {
    return flow_log.name.empty() || flow_log.name == flow_log.id;
  }
  return flow_log.name == *entry.name || flow_log.name == repair_utf8(*entry.name);
}

bool earlier(WallTime time, WallTime than) {
  return time < std::chrono::floor<seconds>(than) - kClockDrift;
}

bool before_intent(const JournalEntry& entry, WallTime time) {
  return earlier(time, entry.intended);
}

bool soon_after(const JournalEntry& entry, WallTime time) {
  return !before_intent(entry, time) && time <= entry.intended + kLatest;
}

}  // namespace

std::string FlowLog::text(const std::string& name) const {
  return flowlog::text(raw, name);
}

std::optional<FlowLogPage> read_page(const Service& service, std::string_view body) {
  const Json json = parse_lenient(body);
  const Json* list = at_path(json, service.list().path);
  if (list == nullptr || !(list->is_array() || list->is_null())) return std::nullopt;
  const ElementReader reader(service);
  FlowLogPage page;
  for (const Json& element : *list) {
    if (!element.is_object()) return std::nullopt;
    page.flow_logs.push_back(reader.read(element));
  }
  if (!service.list().page_token.empty()) {
    page.next_token = text_at(json, service.list().page_token);
  }
  return page;
}

std::string read_flow_log_id(const Service& service, std::string_view body) {
  const Json json = parse_lenient(body);
  const std::string& path = service.creator().answer_id;
  std::string id = text_at(json, path);
  return id.empty() ? find_anywhere(json, path.substr(path.rfind('.') + 1)) : id;
}

std::string read_error_code(std::string_view body) {
  const Json json = parse_lenient(body);
  const Json* metadata = member(json, "ResponseMetadata");
  const Json* error = metadata == nullptr ? nullptr : member(*metadata, "Error");
  return error == nullptr ? text(json, "errorcode") : text(*error, "Code");
}

std::optional<WallTime> parse_time(std::string_view text) {
  if (const auto time = from_epoch(text)) return time;
  MemberReader reader(text);
  const auto year = reader.digits(4);
  if (!year || !reader.any_of("-/")) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.any_of("-/")) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day || !reader.any_of("Tt ")) return std::nullopt;
  const auto hour = reader.digits(2);
  if (!hour || !reader.any_of(":")) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || !reader.any_of(":")) return std::nullopt;
  const auto second = reader.digits(2);
  if (!second) return std::nullopt;
  const auto fraction = reader.any_of(".,") ? reader.fraction() : std::chrono::microseconds(0);
  const auto offset = read_offset(reader);
  const auto time = make_time(*year, *month, *day, *hour, *minute, *second);
  if (!offset || !time) return std::nullopt;
  return wall_time(*time - *offset) + fraction;
}

std::optional<WallTime> created(const FlowLog& flow_log, seconds skew) {
  const auto time = parse_time(flow_log.created_at);
  return time ? std::optional(*time - skew) : std::nullopt;
}

bool made_before(const FlowLog& flow_log, WallTime time, seconds skew) {
  const auto made = created(flow_log, skew);
  return made && earlier(*made, time);
}

bool could_be(const JournalEntry& entry, const FlowLog& flow_log, seconds skew) {
  const auto time = created(flow_log, skew);
  return flow_log.resource_id == entry.resource_id && same_name(entry, flow_log) && time &&
         soon_after(entry, *time);
}

bool could_be_at_any_time(const JournalEntry& entry, const FlowLog& flow_log) {
  return flow_log.resource_id == entry.resource_id && same_name(entry, flow_log);
}

bool proves(const JournalEntry& entry, const FlowLog& flow_log, seconds skew) {
  if (entry.flow_log_id.empty()) return could_be(entry, flow_log, skew);
  if (flow_log.id != entry.flow_log_id || flow_log.resource_id != entry.resource_id) return false;
  const auto time = created(flow_log, skew);
  if (time && before_intent(entry, *time)) return false;
  // An id alone may have been given again by an endpoint that was set up anew.
  return same_name(entry, flow_log) || (time && soon_after(entry, *time));
}

}  // namespace flowlog

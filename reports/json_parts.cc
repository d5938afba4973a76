#include "reports/json_parts.h"

#include <cmath>
#include <limits>

#include "base/text.h"
#include "reports/base64.h"

namespace flowlog {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::int64_t kMostInteger = 1'000'000'000'000;

void put(Json& object, const std::string& name, std::string_view bytes) {
  if (is_utf8(bytes)) {
    object[name] = bytes;
    return;
  }
  object[name] = repair_utf8(bytes);
  object[name + "_base64"] = base64(bytes);
}

// For what is rarely there.
void put_some(Json& object, const std::string& name, std::string_view bytes) {
  if (!bytes.empty()) put(object, name, bytes);
}

double decent(double seconds) {
  return std::isfinite(seconds) && seconds > 0 ? std::round(seconds * 1e6) / 1e6 : 0.0;
}

Json texts(const std::vector<std::string>& lines) {
  Json out = Json::array();
  for (const std::string& line : lines) out.push_back(repair_utf8(line));
  return out;
}

Json named(const Pairs& list) {
  Json out = Json::array();
  for (const auto& [name, value] : list) {
    Json pair = Json::object();
    put(pair, "name", name);
    put(pair, "value", value);
    out.push_back(std::move(pair));
  }
  return out;
}

Json words(const Text& title) {
  return {{"en", repair_utf8(title.en)}, {"zh", repair_utf8(title.zh)}};
}

Json encode(const Evidence& evidence) {
  Json request = Json::object();
  put(request, "method", evidence.method);
  put(request, "target", evidence.target);
  request["params"] = named(evidence.params);
  request["headers"] = named(evidence.request_headers);
  put_some(request, "body", evidence.request_body);
  put(request, "started", evidence.started);
  Json out = {{"request", std::move(request)}, {"response", nullptr}};
  out["seconds"] = decent(evidence.seconds);
  if (evidence.status == 0) {
    put(out, "failure", evidence.failure);
    return out;
  }
  put_some(out, "failure", evidence.failure);
  Json response = {{"status", evidence.status}};
  put(response, "request_id", evidence.request_id);
  response["headers"] = named(evidence.response_headers);
  put(response, "body", evidence.body);
  response["body_size"] = evidence.body_size;
  out["response"] = std::move(response);
  return out;
}

std::string take(const JsonNode& object, const std::string& name) {
  if (const auto bytes = object.find(name + "_base64")) {
    const auto decoded = from_base64(bytes->text());
    if (!decoded) bytes->fail("base64");
    return *decoded;
  }
  const auto value = object.find(name);
  return value ? value->text() : "";
}

std::int64_t count(const JsonNode& object, std::string_view name) {
  const auto value = object.find(name);
  return value ? value->integer(0, kMostInteger) : 0;
}

int small(const JsonNode& object, std::string_view name) {
  const auto value = object.find(name);
  return value ? static_cast<int>(value->integer(0, std::numeric_limits<int>::max())) : 0;
}

double seconds(const JsonNode& object, std::string_view name) {
  const auto value = object.find(name);
  return value ? value->number(0, 1e12) : 0;
}

bool flag(const JsonNode& object, std::string_view name) {
  const auto value = object.find(name);
  return value && value->boolean();
}

std::vector<std::string> texts(const JsonNode& object, std::string_view name) {
  std::vector<std::string> out;
  if (const auto list = object.find(name)) {
    for (const JsonNode& item : list->items()) out.push_back(item.text());
  }
  return out;
}

Pairs named(const JsonNode& object, std::string_view name) {
  Pairs out;
  if (const auto list = object.find(name)) {
    for (const JsonNode& item : list->items()) {
      out.emplace_back(take(item, "name"), take(item, "value"));
    }
  }
  return out;
}

Text decode_title(const JsonNode& object) {
  if (const auto both = object.find("titles")) return {take(*both, "en"), take(*both, "zh")};
  return {take(object, "title"), ""};
}

Verdict decode_verdict(const JsonNode& object) {
  static const std::vector<std::string> kWords = {"conformant", "deviating", "finding",
                                                  "known",      "skipped",   "inconclusive"};
  return *parse_verdict(object.at("verdict").word(kWords));
}

Evidence decode_evidence(const JsonNode& node) {
  Evidence out;
  const JsonNode request = node.at("request");
  out.method = take(request, "method");
  out.target = take(request, "target");
  out.request_body = take(request, "body");
  out.params = named(request, "params");
  out.request_headers = named(request, "headers");
  out.started = take(request, "started");
  out.seconds = seconds(node, "seconds");
  out.failure = take(node, "failure");
  const auto response = node.find("response");
  if (!response || response->value().is_null()) return out;
  out.status = static_cast<int>(response->at("status").integer(0, 999));
  out.request_id = take(*response, "request_id");
  out.response_headers = named(*response, "headers");
  out.body = take(*response, "body");
  out.body_size = static_cast<std::size_t>(count(*response, "body_size"));
  return out;
}

std::optional<Evidence> evidence(const JsonNode& object, std::string_view name) {
  const auto node = object.find(name);
  if (!node || node->value().is_null()) return std::nullopt;
  return decode_evidence(*node);
}

Json encode(const Leftover& left) {
  Json out = Json::object();
  put(out, "account", left.account);
  put(out, "flow_log_id", left.flow_log_id);
  put(out, "resource_id", left.resource_id);
  put(out, "name", left.name);
  put(out, "reason", left.reason);
  return out;
}

Json totals(const Report& report) {
  const auto counts = report.totals();
  Json out = Json::object();
  for (const Verdict verdict : {Verdict::conformant, Verdict::deviating, Verdict::finding,
                                Verdict::known, Verdict::skipped, Verdict::inconclusive}) {
    out[std::string(name(verdict))] = counts.at(verdict);
  }
  return out;
}

}  // namespace

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json encode_run(const Report& report) {
  Json out = {{"schema", report.schema}};
  put(out, "program_version", report.program_version);
  put(out, "endpoint", report.endpoint);
  out["embedded"] = report.embedded;
  put(out, "profile", report.profile);
  put(out, "region", report.region);
  put(out, "contract", report.contract);
  put(out, "seed", report.seed);
  put(out, "shard", report.shard);
  put(out, "started", report.started);
  out["seconds"] = decent(report.seconds);
  out["complete"] = report.complete;
  out["strict"] = report.strict;
  if (report.planned > 0) out["planned"] = report.planned;
  if (report.merged > 0) out["merged"] = report.merged;
  put_some(out, "require", report.require);
  put_some(out, "curl_options", report.curl_options);
  out["requests"] = report.requests;
  out["created"] = report.created;
  out["throttled"] = report.throttled;
  put(out, "trouble", report.trouble);
  out["notices"] = texts(report.notices);
  out["leftover"] = Json::array();
  for (const Leftover& left : report.leftover) out["leftover"].push_back(encode(left));
  out["stale"] = Json::array();
  for (const Stale& stale : report.stale) {
    out["stale"].push_back(
        {{"check", repair_utf8(stale.check)}, {"sentence", repair_utf8(stale.sentence)}});
  }
  out["totals"] = totals(report);
  return out;
}

Json encode(const CheckResult& check, Language say) {
  Json out = Json::object();
  put(out, "id", check.id);
  out["place"] = check.place;
  put(out, "title", repair_utf8(say(check.title)));
  out["titles"] = words(check.title);
  out["rows"] = texts(check.rows);
  out["verdict"] = name(check.verdict);
  put(out, "standing", check.standing);
  out["cases"] = check.cases;
  out["requests"] = check.requests;
  out["created"] = check.created;
  out["seconds"] = decent(check.seconds);
  put(out, "expected", check.expected);
  put(out, "observed", check.observed);
  put(out, "message", check.message);
  put_some(out, "known", check.known);
  out["remarks"] = texts(check.remarks);
  put_some(out, "command", check.command);
  if (check.example) out["example"] = encode(*check.example);
  if (check.original) out["original"] = encode(*check.original);
  if (!check.steps.empty()) {
    out["steps"] = Json::array();
    for (const Evidence& step : check.steps) out["steps"].push_back(encode(step));
  }
  return out;
}

Json encode(const RowResult& row, Language say) {
  Json out = Json::object();
  put(out, "id", row.id);
  put(out, "title", repair_utf8(say(row.title)));
  out["titles"] = words(row.title);
  put(out, "group", row.group);
  out["verdict"] = name(row.verdict);
  out["checks"] = texts(row.checks);
  return out;
}

void decode_run(const JsonNode& node, Report& report) {
  report.schema = static_cast<int>(node.at("schema").integer(1, 1));
  report.program_version = take(node, "program_version");
  report.endpoint = take(node, "endpoint");
  report.embedded = flag(node, "embedded");
  report.profile = take(node, "profile");
  report.region = take(node, "region");
  report.contract = take(node, "contract");
  report.seed = take(node, "seed");
  report.shard = take(node, "shard");
  report.started = take(node, "started");
  report.seconds = seconds(node, "seconds");
  report.complete = flag(node, "complete");
  report.strict = flag(node, "strict");
  report.planned = small(node, "planned");
  report.merged = small(node, "merged");
  report.require = take(node, "require");
  report.curl_options = take(node, "curl_options");
  report.requests = count(node, "requests");
  report.created = count(node, "created");
  report.throttled = count(node, "throttled");
  report.trouble = take(node, "trouble");
  report.notices = texts(node, "notices");
  report.leftover.clear();
  if (const auto list = node.find("leftover")) {
    for (const JsonNode& left : list->items()) {
      report.leftover.push_back({take(left, "account"), take(left, "flow_log_id"),
                                 take(left, "resource_id"), take(left, "name"),
                                 take(left, "reason")});
    }
  }
  report.stale.clear();
  if (const auto list = node.find("stale")) {
    for (const JsonNode& stale : list->items()) {
      report.stale.push_back({take(stale, "check"), take(stale, "sentence")});
    }
  }
}

CheckResult decode_check(const JsonNode& node) {
  CheckResult out;
  out.id = node.at("id").text();
  if (out.id.empty()) node.at("id").fail("the id of a check");
  out.place = small(node, "place");
  out.title = decode_title(node);
  out.rows = texts(node, "rows");
  out.verdict = decode_verdict(node);
  out.standing = take(node, "standing");
  out.cases = small(node, "cases");
  out.requests = small(node, "requests");
  out.created = small(node, "created");
  out.seconds = seconds(node, "seconds");
  out.expected = take(node, "expected");
  out.observed = take(node, "observed");
  out.message = take(node, "message");
  out.known = take(node, "known");
  out.remarks = texts(node, "remarks");
  out.command = take(node, "command");
  out.example = evidence(node, "example");
  out.original = evidence(node, "original");
  if (const auto steps = node.find("steps")) {
    for (const JsonNode& step : steps->items()) out.steps.push_back(decode_evidence(step));
  }
  return out;
}

RowResult decode_row(const JsonNode& node) {
  return {node.at("id").text(), decode_title(node), take(node, "group"), decode_verdict(node),
          texts(node, "checks")};
}

}  // namespace flowlog

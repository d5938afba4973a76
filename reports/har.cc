#include "reports/har.h"

#include <fmt/format.h>

#include "base/text.h"
#include "reports/base64.h"
#include "reports/json_parts.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Json pairs(const Pairs& list) {
  Json out = Json::array();
  for (const auto& [name, value] : list) {
    out.push_back({{"name", printable(name)}, {"value", printable(value)}});
  }
  return out;
}

std::string header(const Pairs& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (lower_ascii(key) == name) return printable(value);
  }
  return "";
}

std::string origin(const std::string& endpoint) {
  const std::size_t scheme = endpoint.find("://");
  return endpoint.substr(
      0, endpoint.find_first_of("/?#", scheme == std::string::npos ? 0 : scheme + 3));
}

Json request(const Evidence& evidence, const Report& report) {
  Json out = {{"method", printable(evidence.method)},
              {"url", printable(origin(report.endpoint) + evidence.target)},
              {"httpVersion", "HTTP/1.1"},
              {"cookies", Json::array()},
              {"headers", pairs(evidence.request_headers)},
              {"queryString", pairs(evidence.params)},
              {"headersSize", -1},
              {"bodySize", evidence.request_body.size()}};
  if (!evidence.request_body.empty()) {
    out["postData"] = {{"mimeType", header(evidence.request_headers, "content-type")},
                       {"text", printable(evidence.request_body)}};
  }
  return out;
}

Json content(const Evidence& evidence) {
  const std::string type = header(evidence.response_headers, "content-type");
  Json out = {{"size", evidence.body_size}, {"mimeType", type.empty() ? "x-unknown" : type}};
  if (is_utf8(evidence.body)) {
    out["text"] = evidence.body;
  } else {
    out["text"] = base64(evidence.body);
    out["encoding"] = "base64";
  }
  if (evidence.body.size() < evidence.body_size) out["comment"] = "cut";
  return out;
}

Json response(const Evidence& evidence) {
  Json out = {{"status", evidence.status},
              {"statusText", ""},
              {"httpVersion", evidence.status == 0 ? "" : "HTTP/1.1"},
              {"cookies", Json::array()},
              {"headers", pairs(evidence.response_headers)},
              {"content", content(evidence)},
              {"redirectURL", header(evidence.response_headers, "location")},
              {"headersSize", -1},
              {"bodySize", evidence.status == 0 ? Json(-1) : Json(evidence.body_size)}};
  if (!evidence.failure.empty()) out["comment"] = printable(evidence.failure);
  return out;
}

Json entry(const Evidence& evidence, const Report& report, const std::string& comment) {
  const double ms = evidence.seconds > 0 ? evidence.seconds * 1000 : 0;
  const std::string& started = evidence.started.empty() ? report.started : evidence.started;
  return {{"startedDateTime", printable(started.empty() ? "1970-01-01T00:00:00Z" : started)},
          {"time", ms},
          {"request", request(evidence, report)},
          {"response", response(evidence)},
          {"cache", Json::object()},
          {"timings", {{"send", 0}, {"wait", ms}, {"receive", 0}}},
          {"comment", comment}};
}

}  // namespace

std::string har(const Report& report) {
  Json entries = Json::array();
  for (const CheckResult& check : report.checks) {
    const std::string id = printable(check.id);
    for (std::size_t i = 0; i < check.steps.size(); ++i) {
      entries.push_back(entry(check.steps[i], report,
                              fmt::format("{} (request {} of {})", id, i + 1, check.steps.size())));
    }
    if (check.example && check.steps.empty()) entries.push_back(entry(*check.example, report, id));
    if (!check.original) continue;
    if (check.example && check.example->target == check.original->target) continue;
    entries.push_back(entry(*check.original, report, id + " (before it was made smaller)"));
  }
  Json log = {{"version", "1.2"}};
  log["creator"] = {{"name", "flowlog-conformance"},
                    {"version", printable(report.program_version)}};
  log["entries"] = std::move(entries);
  Json root = Json::object();
  root["log"] = std::move(log);
  return dump(root, 1) + '\n';
}

}  // namespace flowlog

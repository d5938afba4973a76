#include "reports/html/page_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "reports/cause.h"
#include "reports/curl.h"
#include "reports/exit_status.h"
#include "reports/json_parts.h"
#include "reports/printable.h"

namespace flowlog::page {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// What is shown of one exchange: enough to judge by, bounded whatever a server sends.
constexpr std::size_t kParams = 256;
constexpr std::size_t kHeaders = 64;
constexpr std::size_t kName = 200;
constexpr std::size_t kValue = 400;
constexpr std::size_t kBody = 4096;
constexpr std::size_t kPlainBody = 600;  // of a check that conforms
constexpr std::size_t kText = 1500;
constexpr std::size_t kTitle = 600;
constexpr std::size_t kCommand = 12'000;

std::string text(std::string_view bytes, std::size_t limit = kText) {
  return excerpt(bytes, limit, Layout::lines);
}

double decent(double seconds) {
  return std::isfinite(seconds) && seconds > 0 ? std::round(seconds * 1e5) / 1e5 : 0;
}

bool telling(Verdict verdict) {
  return verdict != Verdict::conformant && verdict != Verdict::skipped;
}

void put_some(Json& out, const char* name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

// Every text of what encode_run() made; the bytes of what was no UTF-8 are left to report.json.
Json readable(const Json& json) {
  if (json.is_string()) return text(json.get_ref<const std::string&>());
  if (!json.is_structured()) return json;
  Json out = json.is_array() ? Json::array() : Json::object();
  for (const auto& [name, value] : json.items()) {
    if (json.is_array()) {
      out.push_back(readable(value));
    } else if (!name.ends_with("_base64")) {
      out[name] = readable(value);
    }
  }
  return out;
}

std::string_view name_of(ExitStatus status) {
  switch (status) {
    case ExitStatus::conformant:
      return "conformant";
    case ExitStatus::deviating:
      return "deviating";
    case ExitStatus::no_verdict:
      return "no_verdict";
    case ExitStatus::left_behind:
      return "left_behind";
    case ExitStatus::interrupted:
      break;
  }
  return "interrupted";
}

// A body that is cut is not cut inside a character.
std::string_view head(std::string_view bytes, std::size_t limit) {
  if (bytes.size() <= limit) return bytes;
  std::size_t end = limit;
  while (end > 0 && limit - end < 3 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80) {
    --end;
  }
  return bytes.substr(0, end);
}

class PageData {
 public:
  PageData(const Report& report, Language say) : report_(report), say_(say) {}

  Json make() {
    Json out = {{"run", readable(encode_run(report_))}};
    out["ending"] = name_of(exit_status(report_));
    put_headline(out);
    out["rows"] = Json::array();
    for (const RowResult& row : report_.rows) {
      out["rows"].push_back({{"id", text(row.id, kTitle)},
                             {"title", text(say_(row.title), kTitle)},
                             {"group", text(row.group, kName)},
                             {"verdict", name(row.verdict)}});
    }
    out["checks"] = Json::array();
    for (const CheckResult& check : report_.checks) out["checks"].push_back(encode(check));
    out["causes"] = all_causes();
    out["pairs"] = std::move(pairs_);
    return out;
  }

 private:
  void put_headline(Json& out) const {
    const std::string line = verdict_line(report_, say_);
    const std::string_view colon = say_(": ", "：");
    std::size_t at = line.find(colon);
    std::size_t width = colon.size();
    if (at == std::string::npos) at = line.find("："), width = std::string_view("：").size();
    out["word"] = line.substr(0, at);
    std::string sentence = at == std::string::npos ? "" : line.substr(at + width);
    if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] -= 'a' - 'A';
    out["sentence"] = text(sentence, kTitle);
  }

  Json all_causes() const {
    Json out = Json::object();
    for (const Verdict verdict :
         {Verdict::deviating, Verdict::inconclusive, Verdict::finding, Verdict::known}) {
      Json& list = out[std::string(name(verdict))] = Json::array();
      for (const Cause& cause : causes(report_, verdict)) {
        Json places = Json::array();
        for (const CheckResult* check : cause.checks) {
          places.push_back(check - report_.checks.data());
        }
        list.push_back({{"text", cause.text}, {"checks", std::move(places)}});
      }
    }
    return out;
  }

  // The same bytes stand in two ways where they are a parameter's and a header's.
  std::size_t place(char kind, const std::string& name, const std::string& value,
                    const std::string& shown) {
    const auto [at, fresh] = places_.emplace(kind + name + '\0' + value, pairs_.size());
    if (fresh) pairs_.push_back({text(name, kName), shown});
    return at->second;
  }

  Json params(const Pairs& list) {
    Json out = Json::array();
    for (std::size_t i = 0; i < list.size() && i < kParams; ++i) {
      out.push_back(place('p', list[i].first, list[i].second, show(list[i].second)));
    }
    return out;
  }

  Json headers(const Pairs& list) {
    Json out = Json::array();
    for (std::size_t i = 0; i < list.size() && i < kHeaders; ++i) {
      out.push_back(place('h', list[i].first, list[i].second, text(list[i].second, kValue)));
    }
    return out;
  }

  Json encode(const Evidence& evidence, const CheckResult& check) {
    Json out = {{"method", text(evidence.method, kName)}};
    out["path"] = text(std::string_view(evidence.target).substr(0, evidence.target.find('?')), 300);
    out["params"] = params(evidence.params);
    if (evidence.params.size() > kParams) out["more_params"] = evidence.params.size() - kParams;
    out["headers"] = headers(evidence.request_headers);
    out["status"] = evidence.status;
    out["seconds"] = decent(evidence.seconds);
    put_some(out, "failure", text(evidence.failure));
    if (telling(check.verdict)) {
      put_command(out, "curl", curl(evidence, report_.endpoint, report_.curl_options));
    }
    if (evidence.status == 0) return out;
    out["answer_headers"] = headers(evidence.response_headers);
    const auto shown = head(evidence.body, telling(check.verdict) ? kBody : kPlainBody);
    put_some(out, "body", printable(shown, Layout::lines));
    out["body_shown"] = shown.size();
    out["body_size"] = std::max(evidence.body_size, evidence.body.size());
    return out;
  }

  // One that is cut would be another command.
  static void put_command(Json& out, const std::string& name, const std::string& command) {
    if (command.size() > kCommand) {
      out[name + "_size"] = command.size();
    } else if (!command.empty()) {
      out[name] = printable(command);
    }
  }

  static bool same(const Evidence& a, const Evidence& b) {
    return a.target == b.target && a.request_headers == b.request_headers && a.body == b.body &&
           a.started == b.started && a.seconds == b.seconds;
  }

  Json encode(const CheckResult& check) {
    Json out = {{"id", text(check.id, kTitle)}, {"title", text(say_(check.title), kTitle)}};
    out["rows"] = Json::array();
    for (const std::string& row : check.rows) out["rows"].push_back(text(row, kTitle));
    out["verdict"] = name(check.verdict);
    out["standing"] = text(check.standing, kName);
    out["cases"] = check.cases;
    out["requests"] = check.requests;
    out["seconds"] = decent(check.seconds);
    out["expected"] = text(check.expected);
    out["observed"] = text(check.observed);
    out["message"] = text(check.message);
    put_some(out, "known", text(check.known));
    for (const std::string& remark : check.remarks) out["remarks"].push_back(text(remark, kTitle));
    put_command(out, "command", check.command);
    if (check.example) out["example"] = encode(*check.example, check);
    if (check.original) out["original"] = encode(*check.original, check);
    for (const Evidence& evidence : check.steps) {
      Json step = encode(evidence, check);
      if (check.example && same(evidence, *check.example)) step["telling"] = true;
      out["steps"].push_back(std::move(step));
    }
    return out;
  }

  const Report& report_;
  Language say_;
  Json pairs_ = Json::array();
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

std::string page_data(const Report& report, Language say) {
  std::string out;
  for (const char c : dump(PageData(report, say).make(), -1)) {
    if (c == '<') {
      out += "\\u003c";  // so that nothing in it ends the element or begins a comment
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace flowlog::page

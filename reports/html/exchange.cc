#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "reports/curl.h"
#include "reports/html/markup.h"
#include "reports/html/parts.h"
#include "reports/html/words.h"

namespace flowlog::page {
namespace {

// What is shown of one exchange: enough to judge by, bounded whatever a server sends.
constexpr std::size_t kParamLimit = 64;
constexpr std::size_t kHeaderLimit = 40;
constexpr std::size_t kBodyLimit = 4096;
constexpr std::size_t kPlainBodyLimit = 600;
constexpr std::size_t kCommandLimit = 12000;

enum class Change { none, changed, added, removed };

struct ParamLine {
  std::string name;
  std::string value;
  std::string was;
  Change change = Change::none;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

// The smallest request against the first one. A name that stands twice is met in order.
std::vector<ParamLine> compare(const Pairs& now, const Pairs* first) {
  std::vector<ParamLine> lines;
  if (first == nullptr) {
    for (const auto& [name, value] : now) lines.push_back({name, value, "", Change::none});
    return lines;
  }
  std::vector<bool> met(first->size(), false);
  for (const auto& [name, value] : now) {
    std::size_t i = 0;
    while (i < first->size() && (met[i] || (*first)[i].first != name)) ++i;
    if (i == first->size()) {
      lines.push_back({name, value, "", Change::added});
      continue;
    }
    met[i] = true;
    const std::string& was = (*first)[i].second;
    lines.push_back({name, value, was, was == value ? Change::none : Change::changed});
  }
  for (std::size_t i = 0; i < first->size(); ++i) {
    if (!met[i]) lines.push_back({(*first)[i].first, (*first)[i].second, "", Change::removed});
  }
  return lines;
}

// "Tags.3.Key" as the contract names it, "Tags.N.Key".
std::string contract_name(std::string_view sent) {
  std::vector<std::string> parts = split(sent, '.');
  for (std::string& part : parts) {
    const bool index = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
    if (index) part = "N";
  }
  return join(parts, ".");
}

std::string param_row(const View& view, const ParamLine& line, bool subject) {
  const std::string value = escape(show(line.value, 200));
  std::string shown = fmt::format("<code>{}</code>", value);
  std::string_view kind = subject ? "subject" : "";
  switch (line.change) {
    case Change::none:
      break;
    case Change::changed:
      kind = "changed";
      shown = fmt::format("<mark>{}</mark><small>{} <code>{}</code></small>", value,
                          view.say(words::kFirstSeen), escape(show(line.was, 200)));
      break;
    case Change::added:
      kind = "changed";
      shown = fmt::format("<mark>{}</mark><small>{}</small>", value, view.say(words::kAdded));
      break;
    case Change::removed:
      kind = "removed";
      shown = fmt::format("<del>{}</del><small>{}</small>", value, view.say(words::kLeftOut));
      break;
  }
  return fmt::format("<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td></tr>", kind,
                     breakable(brief(line.name, 200)), shown);
}

// Changed lines first come into a table that has to be cut.
std::vector<ParamLine> bounded(std::vector<ParamLine> lines) {
  if (lines.size() <= kParamLimit) return lines;
  std::stable_partition(lines.begin(), lines.end(), [](const ParamLine& line) {
    return line.change == Change::changed || line.change == Change::added;
  });
  lines.resize(kParamLimit);
  return lines;
}

std::string headers(const View& view, const Pairs& pairs) {
  if (pairs.empty()) return "";
  std::string rows;
  for (std::size_t i = 0; i < pairs.size() && i < kHeaderLimit; ++i) {
    rows +=
        fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
                    breakable(brief(pairs[i].first, 200)), breakable(brief(pairs[i].second, 400)));
  }
  return fmt::format("<details class=\"headers\"><summary>{}</summary><table>{}</table></details>",
                     view.say(words::kHeaders, pairs.size()), rows);
}

std::string request_side(const View& view, const CheckResult& check) {
  const Evidence& now = *check.example;
  const std::vector<ParamLine> all =
      compare(now.params, check.original ? &check.original->params : nullptr);
  const std::string_view parameter = parse_check_id(check.id).parameter;
  std::string rows;
  for (const ParamLine& line : bounded(all)) {
    const bool subject = !parameter.empty() && contract_name(line.name) == parameter;
    rows += param_row(view, line, subject);
  }
  std::string table = fmt::format("<table class=\"params\">{}</table>", rows);
  if (all.empty()) table = fmt::format("<p class=\"hint\">{}</p>", view.say(words::kNoParams));
  if (all.size() > kParamLimit) {
    table += fmt::format("<p class=\"hint\">{}</p>",
                         view.say(words::kMoreParams, all.size() - kParamLimit));
  }
  const std::string path = now.target.substr(0, now.target.find('?'));
  return fmt::format(
      "<section class=\"request\"><h4>{}</h4><p class=\"line\"><b>{}</b> {}</p>{}{}</section>",
      view.say(check.original ? words::kSmallest : words::kRequest), escape(brief(now.method, 40)),
      breakable(brief(path, 300)), table, headers(view, now.request_headers));
}

bool is_telling(Verdict verdict) {
  return verdict != Verdict::conformant && verdict != Verdict::skipped;
}

std::string answer_body(const View& view, const CheckResult& check) {
  const Evidence& now = *check.example;
  if (now.body.empty()) {
    return fmt::format("<p class=\"hint\">{}</p>", view.say(words::kEmptyBody));
  }
  const std::string_view shown =
      head(now.body, is_telling(check.verdict) ? kBodyLimit : kPlainBodyLimit);
  std::string out =
      fmt::format("<pre>{}</pre>",
                  body_markup(shown, is_telling(check.verdict) ? std::string_view(check.expected)
                                                               : std::string_view(shown)));
  const std::size_t size = std::max(now.body_size, now.body.size());
  if (size > shown.size()) {
    out += fmt::format("<p class=\"hint\">{}</p>",
                       view.say(words::kCut, grouped(static_cast<long>(shown.size())),
                                grouped(static_cast<long>(size))));
  }
  return out;
}

std::string answer_side(const View& view, const CheckResult& check) {
  const Evidence& now = *check.example;
  if (now.status == 0) {
    return fmt::format(
        "<section class=\"answer\"><h4>{}</h4><p class=\"line\"><mark>{}</mark></p></section>",
        view.say(words::kAnswerSide),
        now.failure.empty() ? view.say(words::kNoAnswer) : escape(brief(now.failure, 600)));
  }
  const std::string status = std::to_string(now.status);
  const bool differs =
      is_telling(check.verdict) && check.expected.find(status) == std::string::npos;
  return fmt::format(
      "<section class=\"answer\"><h4>{}</h4><p class=\"line\">HTTP {}"
      "<span class=\"took\">{}</span></p>{}{}</section>",
      view.say(words::kAnswerSide),
      differs ? fmt::format("<mark>{}</mark>", status) : fmt::format("<b>{}</b>", status),
      view.duration(now.seconds), answer_body(view, check), headers(view, now.response_headers));
}

std::string command(const View& view, const Text& title, const std::string& text) {
  if (text.empty()) return "";
  if (text.size() > kCommandLimit) {  // a command that is cut would be another command
    return fmt::format("<div class=\"command\"><h4>{}</h4><p class=\"hint\">{}</p></div>",
                       view.say(title),
                       view.say(words::kTooLong, grouped(static_cast<long>(text.size()))));
  }
  return fmt::format(
      "<div class=\"command\"><h4>{}</h4><button type=\"button\" class=\"copy\" data-done=\"{}\">{}"
      "</button><pre>{}</pre></div>",
      view.say(title), view.say(words::kCopied), view.say(words::kCopy), escape(text));
}

}  // namespace

std::string exchange(const View& view, const CheckResult& check) {
  std::string out;
  if (check.example) {
    out += fmt::format("<div class=\"exchange\">{}{}</div>", request_side(view, check),
                       answer_side(view, check));
  }
  out += command(view, words::kRepeat, check.command);
  if (check.example && is_telling(check.verdict)) {
    out += command(view, words::kCurl, curl(*check.example, view.report().endpoint));
  }
  return out;
}

}  // namespace flowlog::page

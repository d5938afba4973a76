#include <fmt/format.h>

#include <algorithm>

#include "reports/html/markup.h"
#include "reports/html/parts.h"
#include "reports/html/words.h"

namespace flowlog::page {
namespace {

// So many deviations stand open from the start.
constexpr std::size_t kOpen = 3;
constexpr std::size_t kRemarkLimit = 20;  // of one check
constexpr std::size_t kNoticedLimit = 100;

std::string line(const std::string& name, const std::string& value) {
  return value.empty() ? "" : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
}

std::string cited_rows(const View& view, const CheckResult& check) {
  std::string out;
  for (const std::string& id : check.rows) {
    const RowResult* row = view.row(id);
    if (row == nullptr) {
      out += fmt::format("<span class=\"cited\"><code>{}</code></span>", escape(id));
      continue;
    }
    out += fmt::format("<span class=\"cited\"><a href=\"#{}\"><code>{}</code></a> {}</span>",
                       anchor("r-", id), escape(id), escape(brief(view.pick(row->title), 400)));
  }
  return out;
}

std::string remarks(const CheckResult& check) {
  if (check.remarks.empty()) return "";
  std::string out = "<ul>";
  for (std::size_t i = 0; i < check.remarks.size() && i < kRemarkLimit; ++i) {
    out += fmt::format("<li>{}</li>", escape(brief(check.remarks[i], 600)));
  }
  return out + "</ul>";
}

std::string judgement(const View& view, const CheckResult& check) {
  std::string out = "<dl class=\"judgement\">";
  out += line(view.say(words::kDocumented), escape(brief(check.expected, 1500)));
  out += fmt::format("<div class=\"observed\"><dt>{}</dt><dd>{}</dd></div>",
                     view.say(words::kObserved), escape(brief(check.observed, 1500)));
  if (check.observed.empty()) out.erase(out.rfind("<div class=\"observed\""));
  out += line(view.say(words::kMeaning), escape(brief(check.message, 1500)));
  out += line(view.say(words::kKnownAs), escape(brief(check.known, 600)));
  out += line(view.say(words::kRow), cited_rows(view, check));
  out += line(view.say(words::kRemarks), remarks(check));
  return out + "</dl>";
}

std::string standing(const View& view, const std::string& word) {
  if (word == "documented") return view.say(words::kStandsOnPage);
  if (word == "related") return view.say(words::kStandsElsewhere);
  if (word == "inferred") return view.say(words::kInferred);
  return escape(brief(word, 40));
}

std::string cost(const View& view, const CheckResult& check) {
  std::string out = standing(view, check.standing);
  if (!out.empty()) out += " · ";
  return out + view.say(words::kCost, grouped(check.cases), grouped(check.requests),
                        view.duration(check.seconds));
}

std::string cited_ids(const CheckResult& check) {
  std::string out;
  for (const std::string& row : check.rows) {
    if (!out.empty()) out += ' ';
    out += escape(row);
  }
  return out;
}

std::string article(const View& view, const CheckResult& check, bool open) {
  const std::string title = view.pick(check.title).empty() ? check.id : view.pick(check.title);
  return fmt::format(
      "<details class=\"check {}\" id=\"{}\" data-id=\"{}\" data-verdict=\"{}\" data-rows=\"{}\"{}>"
      "<summary>{}<span class=\"title\">{}</span><code>{}</code>"
      "<span class=\"sr\">{}</span></summary>"
      "<div class=\"detail\">{}{}<p class=\"cost\">{}</p></div></details>\n",
      colour(check.verdict), anchor("c-", check.id), escape(check.id), name(check.verdict),
      cited_ids(check), open ? " open" : "", icon(check.verdict), escape(brief(title, 600)),
      breakable(check.id), view.say(check.verdict), judgement(view, check), exchange(view, check),
      cost(view, check));
}

std::string section(const View& view, std::string_view id, const Text& title, std::size_t count,
                    const std::string& hint, const std::string& inside) {
  return fmt::format(
      "<section class=\"list\" id=\"{}\"><h2>{} <span "
      "class=\"count\">{}</span></h2>{}{}</section>\n",
      id, view.say(title), grouped(static_cast<long>(count)),
      hint.empty() ? "" : fmt::format("<p class=\"hint\">{}</p>", hint), inside);
}

// One section for all checks of a verdict; empty when there are none.
std::string plain_section(const View& view, Verdict verdict, const Text& title, std::size_t open) {
  const auto found = view.with(verdict);
  if (found.empty()) return "";
  std::string inside;
  for (std::size_t i = 0; i < found.size(); ++i) inside += article(view, *found[i], i < open);
  return section(view, name(verdict), title, found.size(), "", inside);
}

// Checks under a common heading, folded away when `folded`.
struct Pile {
  std::string heading;  // markup
  std::vector<const CheckResult*> checks;
};

template <typename Key>
std::vector<Pile> piles(const std::vector<const CheckResult*>& checks, Key key) {
  std::vector<Pile> out;
  for (const CheckResult* check : checks) {
    const std::string heading(key(*check));
    auto it = std::find_if(out.begin(), out.end(),
                           [&](const Pile& pile) { return pile.heading == heading; });
    if (it == out.end()) it = out.insert(out.end(), Pile{heading, {}});
    it->checks.push_back(check);
  }
  return out;
}

std::string folded(const View& view, const Pile& pile) {
  std::string inside;
  for (const CheckResult* check : pile.checks) inside += article(view, *check, false);
  return fmt::format(
      "<details class=\"pile\"><summary><span class=\"title\">{}</span>"
      "<span class=\"count\">{}</span></summary>{}</details>\n",
      pile.heading, pile.checks.size(), inside);
}

std::string skipped_section(const View& view) {
  const auto found = view.with(Verdict::skipped);
  if (found.empty()) return "";
  std::string inside;
  const auto lack = [&](const CheckResult& check) {
    return check.message.empty() ? view.say(words::kNoReason) : escape(brief(check.message, 600));
  };
  for (const Pile& pile : piles(found, lack)) inside += folded(view, pile);
  return section(view, "skipped", words::kSkips, found.size(), "", inside);
}

std::string conformant_section(const View& view) {
  const auto found = view.with(Verdict::conformant);
  if (found.empty()) return "";
  std::string inside;
  const auto key = [&](const CheckResult& check) {
    const CheckName id = parse_check_id(check.id);
    return id.parameter.empty() ? theme_title(view, id.theme) : breakable(id.parameter);
  };
  for (const Pile& pile : piles(found, key)) inside += folded(view, pile);
  return section(view, "conformant", words::kConformants, found.size(), "", inside);
}

// Remarks of checks that are no findings themselves.
std::string noticed(const View& view) {
  std::string items;
  std::size_t count = 0;
  for (const CheckResult& check : view.report().checks) {
    if (check.verdict == Verdict::finding) continue;
    for (std::size_t i = 0; i < check.remarks.size() && i < kRemarkLimit; ++i) {
      if (++count > kNoticedLimit) continue;
      items += fmt::format("<li>{} <a href=\"#{}\"><code>{}</code></a></li>",
                           escape(brief(check.remarks[i], 600)), anchor("c-", check.id),
                           breakable(check.id));
    }
  }
  if (items.empty()) return "";
  if (count > kNoticedLimit) {
    items += fmt::format("<li>{}</li>", view.say(words::kAndMore, count - kNoticedLimit));
  }
  return fmt::format("<div class=\"noticed\"><h3>{}</h3><ul>{}</ul></div>",
                     view.say(words::kAlsoNoticed), items);
}

std::string finding_section(const View& view) {
  const auto found = view.with(Verdict::finding);
  const std::string also = noticed(view);
  if (found.empty() && also.empty()) return "";
  std::string inside;
  for (const CheckResult* check : found) inside += article(view, *check, false);
  return section(view, "finding", words::kFindings, found.size(), view.say(words::kFindingsHint),
                 inside + also);
}

}  // namespace

std::string checks(const View& view) {
  std::string deviations = plain_section(view, Verdict::deviating, words::kDeviations, kOpen);
  if (deviations.empty()) {
    deviations =
        section(view, "deviating", words::kDeviations, 0, view.say(words::kNoDeviation), "");
  }
  return fmt::format(
      "<div id=\"checks\">{}{}{}{}{}{}<p id=\"nothing\" hidden>{} <button type=\"button\" "
      "id=\"clear\">{}</button></p></div>",
      deviations, plain_section(view, Verdict::inconclusive, words::kInconclusives, 0),
      finding_section(view), plain_section(view, Verdict::known, words::kKnowns, 0),
      skipped_section(view), conformant_section(view), view.say(words::kNothingMatches),
      view.say(words::kClear));
}

}  // namespace flowlog::page

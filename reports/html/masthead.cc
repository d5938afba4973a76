#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "reports/ending.h"
#include "reports/html/markup.h"
#include "reports/html/parts.h"
#include "reports/html/words.h"

namespace flowlog::page {
namespace {

// From the one to act on to the one to forget.
constexpr std::array kOrder{Verdict::deviating, Verdict::inconclusive, Verdict::finding,
                            Verdict::known,     Verdict::skipped,      Verdict::conformant};
constexpr std::size_t kHeadlines = 5;

std::string fact(const std::string& name, const std::string& value) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
}

// 2026-01-02T03:04:05Z as a person writes it; anything else as it is. Escaped.
std::string clock_time(std::string_view iso) {
  const bool usual = iso.size() == 20 && iso[10] == 'T' && iso[19] == 'Z';
  if (!usual) return escape(brief(iso, 60));
  return escape(fmt::format("{} {} UTC", iso.substr(0, 10), iso.substr(11, 8)));
}

std::string facts(const View& view) {
  const Report& report = view.report();
  std::string endpoint = breakable(brief(report.endpoint, 300));
  if (report.embedded) endpoint += fmt::format(" <small>{}</small>", view.say(words::kEmbedded));
  std::string seed = escape(brief(report.seed, 60));
  if (!report.shard.empty()) {
    seed += fmt::format(" <small>{} {}</small>", view.say(words::kShard),
                        escape(brief(report.shard, 40)));
  }
  if (report.strict) seed += fmt::format(" <small>{}</small>", view.say(words::kStrict));
  std::string out = "<dl class=\"facts\">";
  const auto add = [&](const Text& name, const std::string& value) {
    if (!value.empty()) out += fact(view.say(name), value);
  };
  add(words::kEndpoint, endpoint);
  add(words::kContract, escape(brief(report.contract, 300)));
  add(words::kStarted, clock_time(report.started));
  add(words::kDuration, view.duration(report.seconds));
  add(words::kRequests, grouped(report.requests));
  add(words::kCreations, grouped(report.created));
  if (report.throttled > 0) add(words::kThrottled, grouped(report.throttled));
  add(words::kSeed, seed);
  add(words::kProfile, escape(brief(report.profile, 200)));
  add(words::kRegion, escape(brief(report.region, 100)));
  return out + "</dl>";
}

// One line, its parts as long as the verdicts are many; a verdict that occurs is always seen.
std::string totals_bar(const View& view) {
  constexpr double kLeast = 16;
  constexpr double kGap = 4;
  const auto all = static_cast<double>(view.report().checks.size());
  if (all == 0) return "";
  double sum = 0;
  const auto width = [&](Verdict verdict) {
    const int n = view.count(verdict);
    return n == 0 ? 0.0 : std::max(kLeast, 1000 * n / all);
  };
  for (Verdict verdict : kOrder) sum += width(verdict);
  std::string parts;
  double x = 0;
  for (Verdict verdict : kOrder) {
    if (width(verdict) == 0) continue;
    const double share = (1000 + kGap) * width(verdict) / sum;
    parts += fmt::format(
        "<rect class=\"{}\" x=\"{:.2f}\" width=\"{:.2f}\" height=\"8\"><title>{} {}</title></rect>",
        colour(verdict), x, share - kGap, grouped(view.count(verdict)), view.say(verdict));
    x += share;
  }
  return fmt::format(
      "<svg class=\"totals\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"{}\">{}</svg>",
      view.say(words::kTotals), parts);
}

// The line that also ends the console, taken apart; escaped.
struct Headline {
  std::string word;
  std::string sentence;
  std::string colour;
};

Headline headline_of(const View& view) {
  const std::string line = verdict_line(view.report(), view.language());
  const std::string_view colon = view.language()(": ", ":");
  const std::size_t at = line.find(colon);
  Headline headline;
  headline.word = escape(line.substr(0, at));
  std::string sentence = at == std::string::npos ? "" : line.substr(at + colon.size());
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] -= 'a' - 'A';
  headline.sentence = escape(brief(sentence, 600));
  const Ending end = ending(view.report());
  headline.colour = colour(end == Ending::conformant    ? Verdict::conformant
                           : end == Ending::no_verdict  ? Verdict::inconclusive
                           : end == Ending::interrupted ? Verdict::inconclusive
                                                        : Verdict::deviating);
  return headline;
}

std::string headlines(const View& view) {
  const auto deviating = view.with(Verdict::deviating);
  if (deviating.empty()) return "";
  std::string out =
      fmt::format("<ol class=\"headlines\" aria-label=\"{}\">", view.say(words::kWhatDeviates));
  for (std::size_t i = 0; i < deviating.size() && i < kHeadlines; ++i) {
    const CheckResult& check = *deviating[i];
    out += fmt::format("<li class=\"{}\"><a href=\"#{}\">{}<span>{}</span></a></li>",
                       colour(check.verdict), anchor("c-", check.id), icon(check.verdict),
                       escape(brief(view.pick(check.title), 300)));
  }
  if (deviating.size() > kHeadlines) {
    out += fmt::format("<li><a href=\"#deviating\">{}</a></li>",
                       view.say(words::kAndMore, deviating.size() - kHeadlines));
  }
  return out + "</ol>";
}

std::string banner(std::string_view kind, const std::string& text) {
  return fmt::format("<p class=\"banner {}\" role=\"note\">{}</p>", kind, text);
}

std::string banners(const View& view) {
  const Report& report = view.report();
  std::string out;
  if (!report.trouble.empty() && ending(report) != Ending::no_verdict) {
    out += banner("v-inconclusive", escape(brief(report.trouble, 1000)));
  }
  for (std::size_t i = 0; i < report.stale.size() && i < 20; ++i) {
    const Stale& stale = report.stale[i];
    out += banner("v-deviating", fmt::format("<code>{}</code> {}", escape(brief(stale.check, 200)),
                                             escape(brief(stale.sentence, 600))));
  }
  if (!report.complete) out += banner("v-inconclusive", view.say(words::kInterrupted));
  if (!report.leftover.empty()) {
    out += banner("v-deviating", fmt::format("{} <a href=\"#leftovers\">{}</a>",
                                             view.say(words::kLeftBehind, report.leftover.size()),
                                             view.say(words::kSeeLeftovers)));
  }
  if (report.notices.empty()) return out;
  out += fmt::format("<ul class=\"notices\" aria-label=\"{}\">", view.say(words::kNotices));
  for (std::size_t i = 0; i < report.notices.size() && i < 20; ++i) {
    out += fmt::format("<li>{}</li>", escape(brief(report.notices[i], 600)));
  }
  return out + "</ul>";
}

}  // namespace

std::string masthead(const View& view) {
  const Report& report = view.report();
  const Headline headline = headline_of(view);
  return fmt::format(
      "<p class=\"eyebrow\"><strong class=\"{}\">{}</strong> flowlog-conformance {}</p>\n"
      "<h1>{}</h1>\n{}\n{}\n{}\n{}",
      headline.colour, headline.word, escape(brief(report.program_version, 60)), headline.sentence,
      headlines(view), banners(view), totals_bar(view), facts(view));
}

std::string tools(const View& view) {
  std::string chips;
  for (Verdict verdict : kOrder) {
    const int n = view.count(verdict);
    chips += fmt::format(
        "<button type=\"button\" class=\"chip {}\" data-verdict=\"{}\" aria-pressed=\"false\"{}>"
        "{}{} <b>{}</b></button>",
        colour(verdict), name(verdict), n == 0 ? " disabled" : "", icon(verdict), view.say(verdict),
        grouped(n));
  }
  return fmt::format(
      "<div class=\"row\"><input id=\"search\" type=\"search\" placeholder=\"{0}\" "
      "aria-label=\"{0}\" autocomplete=\"off\" spellcheck=\"false\">"
      "<output id=\"shown\" data-form=\"{1}\"></output>"
      "<button type=\"button\" id=\"theme\" aria-label=\"{2}\" title=\"{2}\">"
      "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-theme\"/></svg></button></div>"
      "<div class=\"chips\" role=\"group\" aria-label=\"{3}\">{4}</div>",
      view.say(words::kSearch), view.say(words::kShown), view.say(words::kTheme),
      view.say(words::kFilter), chips);
}

std::string footer(const View& view) {
  const Text& end = view.report().complete ? words::kComplete : words::kIncomplete;
  return fmt::format("<p>{}</p><p>{}</p><p class=\"keys\">{}</p>", view.say(end),
                     view.say(words::kBeside), view.pick(words::kKeys));
}

std::string leftovers(const View& view) {
  const Report& report = view.report();
  if (report.leftover.empty()) return "";
  std::string out;
  for (const Leftover& left : report.leftover) {
    const std::string id =
        left.flow_log_id.empty()
            ? view.say(words::kUnknownId)
            : fmt::format("<code>{}</code>", breakable(brief(left.flow_log_id, 200)));
    out += fmt::format("<li><p>{}</p><dl>", id);
    const std::pair<const Text&, const std::string&> facts[] = {
        {words::kResource, left.resource_id},
        {words::kName, left.name},
        {words::kAccount, left.account},
        {words::kReason, left.reason}};
    for (const auto& [name, value] : facts) {
      if (value.empty()) continue;
      out += fact(view.say(name), breakable(brief(value, 600)));
    }
    out += "</dl></li>";
  }
  return fmt::format(
      "<section id=\"leftovers\"><h2>{} <span class=\"count\">{}</span></h2><p "
      "class=\"hint\">{}</p>"
      "<ul class=\"leftovers\">{}</ul></section>",
      view.say(words::kLeftovers), report.leftover.size(),
      view.say(words::kLeftoversHint, "<code>flowlog-conformance sweep</code>"), out);
}

}  // namespace flowlog::page

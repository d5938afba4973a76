#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/html/markup.h"
#include "reports/html/parts.h"
#include "reports/html/words.h"

namespace flowlog::page {
namespace {

// Drawn 360 wide, so that its letters stay readable on a phone.
constexpr double kWidth = 360;
constexpr std::size_t kBars = 10;

std::vector<double> answer_seconds(const Report& report) {
  std::vector<double> seconds;
  for (const CheckResult& check : report.checks) {
    for (const auto* evidence : {&check.example, &check.original}) {
      if (!*evidence || (*evidence)->status == 0) continue;
      const double value = (*evidence)->seconds;
      if (std::isfinite(value) && value >= 0) seconds.push_back(value);
    }
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

// REQUIRES: not empty, sorted. The smallest value that `share` of all do not exceed.
double quantile(const std::vector<double>& sorted, double share) {
  const auto n = static_cast<double>(sorted.size());
  const auto rank = static_cast<std::size_t>(std::ceil(share * n));
  return sorted[std::min(std::max<std::size_t>(rank, 1), sorted.size()) - 1];
}

// Buckets are 1, 2, 5, 10, … of a second's parts; below the first is the first.
double bucket_floor(int index) {
  static constexpr double kSteps[] = {1, 2, 5};
  return 1e-4 * std::pow(10, index / 3) * kSteps[index % 3];
}

int bucket_of(double seconds) {
  int index = 0;
  while (index < 23 && seconds >= bucket_floor(index + 1)) ++index;
  return index;
}

std::string figure(const std::string& title, const std::string& note, const std::string& inside) {
  return fmt::format(
      "<figure><figcaption><h3>{}</h3><p class=\"hint\">{}</p></figcaption>{}</figure>", title,
      note, inside);
}

std::string svg(double height, const std::string& label, const std::string& inside) {
  return fmt::format(
      "<svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">{}</svg>",
      kWidth, height, label, inside);
}

std::string latency(const View& view) {
  const std::vector<double> seconds = answer_seconds(view.report());
  if (seconds.empty()) return "";
  const int first = bucket_of(seconds.front());
  const int last = std::max(bucket_of(seconds.back()), first + 3);
  std::vector<long> counts(static_cast<std::size_t>(last - first + 1), 0);
  for (double value : seconds) ++counts[static_cast<std::size_t>(bucket_of(value) - first)];
  const auto most = static_cast<double>(*std::max_element(counts.begin(), counts.end()));
  const double slot = kWidth / static_cast<double>(counts.size());
  const bool crowded = counts.size() > 8;
  std::string bars = "<line x1=\"0\" x2=\"360\" y1=\"140.5\" y2=\"140.5\"/>";
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double x = slot * static_cast<double>(i);
    const double height = 118 * static_cast<double>(counts[i]) / most;
    const int index = first + static_cast<int>(i);
    const std::string from = view.duration(bucket_floor(index));
    bars += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"><title>{} – {}: {}"
        "</title></rect>",
        x + slot * 0.08, 140 - height, slot * 0.84, height, from,
        view.duration(bucket_floor(index + 1)), grouped(counts[i]));
    if (counts[i] > 0) {
      bars += fmt::format("<text class=\"value\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + slot / 2,
                          134 - height, grouped(counts[i]));
    }
    if (crowded && index % 3 != 0) continue;
    bars += fmt::format("<text x=\"{:.1f}\" y=\"157\">{}</text>", x + slot * 0.08, from);
  }
  const std::string note =
      view.say(words::kLatencyNote, grouped(static_cast<long>(seconds.size())),
               view.duration(quantile(seconds, 0.5)), view.duration(quantile(seconds, 0.95)));
  return figure(view.say(words::kLatency), note, svg(164, view.say(words::kLatency), bars));
}

struct Bar {
  std::string label;  // escaped
  std::string link;   // a fragment, or empty
  double value = 0;
  std::string shown;
};

// Horizontal bars, the longest first.
std::string bars(const std::string& label, const std::vector<Bar>& all) {
  double most = 0;
  for (const Bar& bar : all) most = std::max(most, bar.value);
  std::string out;
  double y = 0;
  for (const Bar& bar : all) {
    const double width = most > 0 ? std::max(1.0, kWidth * bar.value / most) : 1;
    const std::string name =
        bar.link.empty() ? bar.label : fmt::format("<a href=\"#{}\">{}</a>", bar.link, bar.label);
    out += fmt::format(
        "<text class=\"name\" x=\"0\" y=\"{0:.0f}\">{1}</text>"
        "<text class=\"end\" x=\"360\" y=\"{0:.0f}\">{2}</text>"
        "<rect class=\"rail\" x=\"0\" y=\"{3:.0f}\" width=\"360\" height=\"4\"/>"
        "<rect x=\"0\" y=\"{3:.0f}\" width=\"{4:.1f}\" height=\"4\"/>",
        y + 12, name, bar.shown, y + 17, width);
    y += 30;
  }
  return svg(y, label, out);
}

std::string by_theme(const View& view) {
  std::map<std::string_view, long> requests;
  long total = 0;
  for (const CheckResult& check : view.report().checks) {
    requests[parse_check_id(check.id).theme] += check.requests;
    total += check.requests;
  }
  if (total == 0) return "";
  std::vector<std::pair<std::string_view, long>> sorted(requests.begin(), requests.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<Bar> out;
  long rest = 0;
  for (const auto& [theme, count] : sorted) {
    if (count == 0) continue;
    if (out.size() < kBars) {
      out.push_back({theme_title(view, theme), "", static_cast<double>(count), grouped(count)});
    } else {
      rest += count;
    }
  }
  if (rest > 0) {
    out.push_back({view.say(words::kOther), "", static_cast<double>(rest), grouped(rest)});
  }
  const auto checks = static_cast<long>(view.report().checks.size());
  const std::string note = view.say(words::kByThemeNote, grouped(total), grouped(checks));
  return figure(view.say(words::kByTheme), note, bars(view.say(words::kByTheme), out));
}

std::string slowest(const View& view) {
  std::vector<const CheckResult*> checks;
  for (const CheckResult& check : view.report().checks) {
    if (std::isfinite(check.seconds) && check.seconds > 0) checks.push_back(&check);
  }
  if (checks.empty()) return "";
  std::stable_sort(checks.begin(), checks.end(),
                   [](const auto* a, const auto* b) { return a->seconds > b->seconds; });
  if (checks.size() > kBars / 2) checks.resize(kBars / 2);
  std::vector<Bar> out;
  for (const CheckResult* check : checks) {
    out.push_back({escape(brief(check->id, 42)), anchor("c-", check->id), check->seconds,
                   view.duration(check->seconds)});
  }
  return figure(view.say(words::kSlowest), "", bars(view.say(words::kSlowest), out));
}

}  // namespace

std::string pictures(const View& view) {
  const std::string inside = latency(view) + by_theme(view) + slowest(view);
  if (inside.empty()) return "";
  return fmt::format(
      "<section id=\"pictures\"><h2>{}</h2><div class=\"figures\">{}</div></section>",
      view.say(words::kPictures), inside);
}

}  // namespace flowlog::page

// What every part of the page looks things up in.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog::page {

// A check id taken apart: "param.Tags.N.Key.length/over-max".
struct CheckName {
  std::string_view theme;      // "param"
  std::string_view parameter;  // "Tags.N.Key", empty when the theme is not "param"
  std::string_view rule;       // "length", likewise
  std::string_view variety;    // "over-max": the class of input, empty when there is none
};
CheckName parse_check_id(std::string_view id);

// REQUIRES: the report outlives the view.
class View {
 public:
  View(const Report& report, const std::string& lang);

  const Report& report() const { return report_; }
  Language language() const { return language_; }

  // The words in the page's language, English where there is no other; escaped.
  std::string say(const Text& words) const;
  std::string say(Verdict verdict) const { return std::string(language_(verdict)); }
  // As say, with {} filled in. REQUIRES: text among `values` is already escaped.
  template <typename... Values>
  std::string say(const Text& words, const Values&... values) const {
    return fmt::vformat(say(words), fmt::make_format_args(values...));
  }
  const std::string& pick(const Text& words) const { return language_(words); }

  const CheckResult* check(std::string_view id) const;  // nullptr when there is none
  const RowResult* row(std::string_view id) const;
  std::vector<const CheckResult*> with(Verdict verdict) const;
  int count(Verdict verdict) const;

  std::string duration(double seconds) const;  // 420 ms, 4.2 s, 2 min 5 s

 private:
  const Report& report_;
  Language language_;
  std::unordered_map<std::string_view, const CheckResult*> checks_;
  std::unordered_map<std::string_view, const RowResult*> rows_;
};

std::string grouped(long value);  // 1,234

// The code of an error row's title "400 Some.Code: message", or the last part of the row's id.
std::string row_label(const RowResult& row, const std::string& title);

// What a person calls a theme, "param" for one; escaped.
std::string theme_title(const View& view, std::string_view theme);

// The picture that stands for a verdict, not read aloud.
std::string icon(Verdict verdict);
// "v-deviating": gives an element and what it holds the verdict's colour.
std::string colour(Verdict verdict);

}  // namespace flowlog::page

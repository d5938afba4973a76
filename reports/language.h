// The language a report is written in: English unless "zh".
#pragma once

#include <string>
#include <string_view>

#include "reports/report.h"

namespace flowlog {

class Language {
 public:
  Language(std::string_view word = "en") : zh_(word == "zh") {}  // NOLINT: meant to convert
  Language(const std::string& word) : Language(std::string_view(word)) {}  // NOLINT
  Language(const char* word) : Language(std::string_view(word)) {}         // NOLINT

  std::string_view operator()(std::string_view en, std::string_view zh) const {
    return zh_ ? zh : en;
  }
  // The other language where this one is missing.
  const std::string& operator()(const Text& words) const {
    const std::string& mine = zh_ ? words.zh : words.en;
    return mine.empty() ? (zh_ ? words.en : words.zh) : mine;
  }
  std::string_view word() const { return zh_ ? "zh" : "en"; }
  std::string_view operator()(Verdict verdict) const;

 private:
  bool zh_;
};

inline std::string_view Language::operator()(Verdict verdict) const {
  if (!zh_) return name(verdict);
  switch (verdict) {
    case Verdict::conformant:
      return "符合";
    case Verdict::deviating:
      return "偏离";
    case Verdict::finding:
      return "发现";
    case Verdict::known:
      return "已知偏离";
    case Verdict::skipped:
      return "跳过";
    case Verdict::inconclusive:
      return "无法判定";
  }
  return "";
}

}  // namespace flowlog

#include "specs/pages/pattern.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace flowlog {
namespace {

constexpr int kMostSteps = 1000;  // ICU's own unit; a sentence needs a few

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

}  // namespace

struct Pattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

Pattern::Pattern(std::string_view expression) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  auto compiled = std::make_shared<Compiled>();
  compiled->pattern.reset(
      icu::RegexPattern::compile(unicode(expression), UREGEX_CASE_INSENSITIVE, where, status));
  if (U_FAILURE(status)) throw std::invalid_argument("no pattern: " + std::string(expression));
  compiled_ = std::move(compiled);
}

std::optional<PatternMatch> Pattern::find(std::string_view text) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString subject = unicode(text);
  const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(subject, status));
  if (U_FAILURE(status)) return std::nullopt;
  matcher->setTimeLimit(kMostSteps, status);
  if (!matcher->find(status) || U_FAILURE(status)) return std::nullopt;
  PatternMatch match;
  for (int32_t i = 0; i <= matcher->groupCount(); ++i) {
    match.groups.push_back(utf8(matcher->group(i, status)));
  }
  match.rest = utf8(subject.tempSubString(matcher->end(status)));
  return match;
}

std::string replaced(const std::string& text, const Pattern& pattern, std::string_view by) {
  std::string out;
  std::string rest = text;
  while (const auto found = pattern.find(rest)) {
    if (found->groups[0].empty()) break;
    out += rest.substr(0, rest.size() - found->rest.size() - found->groups[0].size());
    out += by;
    rest = found->rest;
  }
  return out + rest;
}

}  // namespace flowlog

#include "reports/github.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "base/text.h"
#include "reports/cause.h"
#include "reports/check_text.h"
#include "reports/exit_status.h"
#include "reports/markdown.h"
#include "reports/printable.h"
#include "reports/style.h"

namespace flowlog {
namespace {

constexpr std::size_t kMostAnnotations = 10;
constexpr std::size_t kAnnotation = 1000;

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

std::string escape(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out.push_back(c);
    }
  }
  return out;
}

struct Annotation {
  std::string title;
  std::string text;  // lines
};

std::string lines(std::string_view command, const std::vector<Annotation>& annotations,
                  Language say) {
  std::string out;
  for (std::size_t i = 0; i < annotations.size(); ++i) {
    if (i + 1 == kMostAnnotations && annotations.size() > kMostAnnotations) {
      const std::string more =
          fmt::format(fmt::runtime(say("and {} more", "以及另外 {} 项")), annotations.size() - i);
      return out + fmt::format("::{}::{}\n", command, more);
    }
    out += fmt::format("::{} title={}::{}\n", command, escape(annotations[i].title, true),
                       escape(defuse(annotations[i].text), false));
  }
  return out;
}

// Of the first check of a cause, with the number of the others.
Annotation of_cause(const Report& report, const Cause& cause, Language say) {
  const CheckResult& check = *cause.checks.front();
  std::string text = join(documented(report, check, say), "\n");
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty())
      text += fmt::format("\n{}{}{}", label, say(": ", "："), excerpt(value, kAnnotation));
  };
  add(say("came back", "实际"), check.observed);
  add(say("meaning", "含义"), check.message);
  add(say("repeat", "重现"), check.command);
  if (const std::size_t others = cause.checks.size() - 1; others > 0) {
    text +=
        fmt::format(fmt::runtime(say("\nthe same in {} more", "\n另有 {} 项检查与此相同")), others);
  }
  return {printable(check.id), text};
}

}  // namespace

bool in_github_actions() {
  return environment("GITHUB_ACTIONS") == "true";
}

std::string annotations(const Report& report, Language say) {
  std::vector<Annotation> errors;
  std::vector<Annotation> warnings;
  if (!report.trouble.empty() || !report.complete) {
    errors.push_back({"flowlog-conformance", verdict_line(report, say)});
  }
  for (const Leftover& left : report.leftover) {
    errors.push_back({std::string(say("left behind", "残留资源")), leftover_line(left, say)});
  }
  for (const Stale& stale : report.stale) {
    errors.push_back({printable(stale.check), excerpt(stale.sentence, kAnnotation)});
  }
  for (const Cause& cause : failures(report)) errors.push_back(of_cause(report, cause, say));
  for (const Cause& cause : causes(report, Verdict::inconclusive)) {
    warnings.push_back(of_cause(report, cause, say));
  }
  return lines("error", errors, say) + lines("warning", warnings, say);
}

std::string append_step_summary(const std::string& markdown) {
  const std::string path = environment("GITHUB_STEP_SUMMARY");
  if (path.empty()) return "";
  std::ofstream out(path, std::ios::binary | std::ios::app);
  out << markdown << '\n';
  out.close();
  if (out) return "";
  return fmt::format("cannot write the job's summary {}: {}", path,
                     std::strerror(errno));  // NOLINT
}

std::string tell_github(const Report& told, Language say, std::FILE* out) {
  std::string failure = append_step_summary(markdown(told, say));
  if (in_github_actions()) std::fputs(annotations(told, say).c_str(), out);
  return failure;
}

}  // namespace flowlog

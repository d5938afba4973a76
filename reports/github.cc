#include "reports/github.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "base/text.h"
#include "reports/ending.h"
#include "reports/printable.h"
#include "reports/style.h"
#include "reports/telling.h"

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

std::string lines(std::string_view command, const std::vector<Annotation>& annotations) {
  std::string out;
  for (std::size_t i = 0; i < annotations.size(); ++i) {
    if (i + 1 == kMostAnnotations && annotations.size() > kMostAnnotations) {
      return out + fmt::format("::{}::… {}\n", command, annotations.size() - i);
    }
    out += fmt::format("::{} title={}::{}\n", command, escape(annotations[i].title, true),
                       escape(defuse(annotations[i].text), false));
  }
  return out;
}

Annotation of_check(const Report& report, const CheckResult& check, Language say) {
  std::string text = join(documented(report, check, say), "\n");
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("\n{}: {}", label, excerpt(value, kAnnotation));
  };
  add(say("came back", "实际"), check.observed);
  add(say("meaning", "含义"), check.message);
  add(say("repeat", "重现"), check.command);
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
  for (const CheckResult& check : report.checks) {
    if (fails(report, check)) {
      errors.push_back(of_check(report, check, say));
    } else if (check.verdict == Verdict::inconclusive) {
      warnings.push_back(of_check(report, check, say));
    }
  }
  return lines("error", errors) + lines("warning", warnings);
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

}  // namespace flowlog

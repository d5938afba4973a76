#include "reports/junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <pugixml.hpp>
#include <sstream>

#include "base/text.h"
#include "reports/check_text.h"
#include "reports/curl.h"
#include "reports/exit_status.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kCase = 8000;    // bytes of one case's text
constexpr std::size_t kBody = 2000;    // bytes of an answer's body in it
constexpr std::size_t kMessage = 400;  // bytes of a message attribute
constexpr std::size_t kCurl = 1500;

// Milliseconds, so that sums are exact in what is printed.
long milliseconds(double seconds) {
  if (!std::isfinite(seconds) || seconds <= 0) return 0;
  return std::lround(std::min(seconds, 1e9) * 1000);
}

std::string decimal(long ms) {
  return fmt::format("{}.{:03}", ms / 1000, ms % 1000);
}

struct Tally {
  long tests = 0;
  long failures = 0;
  long errors = 0;
  long skipped = 0;
  long ms = 0;

  void add(const Tally& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    ms += other.ms;
  }
};

void write_totals(pugi::xml_node node, const Tally& tally) {
  node.append_attribute("tests") = tally.tests;
  node.append_attribute("failures") = tally.failures;
  node.append_attribute("errors") = tally.errors;
  node.append_attribute("skipped") = tally.skipped;
}

void put(pugi::xml_node parent, const char* element, const std::string& text) {
  parent.append_child(element).text().set(text.c_str());
}

void property(pugi::xml_node properties, const std::string& name, const std::string& value) {
  pugi::xml_node node = properties.append_child("property");
  node.append_attribute("name") = name.c_str();
  node.append_attribute("value") = value.c_str();
}

std::string theme(const CheckResult& check) {
  return "flowlog." + printable(check.id.substr(0, check.id.find_first_of("./")));
}

std::string class_of(const CheckResult& check) {
  const std::size_t slash = check.id.find('/');
  return slash == std::string::npos ? "flowlog" : "flowlog." + printable(check.id.substr(0, slash));
}

std::string exchange_text(const Report& report, const Evidence& seen, const std::string& answer,
                          Language say) {
  std::string out;
  if (!answer.empty()) out += fmt::format("{}{}\n", say("answer: ", "应答："), answer);
  for (const auto& [name, value] : request_lines(seen)) {
    out += fmt::format("  {}: {}\n", name, value);
  }
  const std::string body = excerpt(seen.body, kBody, Layout::lines);
  if (!body.empty()) out += fmt::format("{}\n{}\n", say("body:", "内容："), body);
  const std::string command = curl(seen, report.endpoint, report.curl_options);
  if (command.size() <= kCurl) out += fmt::format("curl: {}\n", printable(command));
  return out;
}

// The first lines say what was documented and what came back; a reader may cut the rest.
std::string failure_text(const Report& report, const CheckResult& check, Language say) {
  std::string out;
  const auto line = [&out, &say](std::string_view label, const std::string& text) {
    if (!text.empty()) out += fmt::format("{}{}{}\n", label, say(": ", "："), text);
  };
  line(say("documented", "文档"), join(documented(report, check, say), say("; ", "；")));
  line(say("expected", "期望"), excerpt(check.expected, kMessage));
  line(say("came back", "实际"), excerpt(check.observed, kMessage));
  line(say("meaning", "含义"), excerpt(check.message, kMessage));
  line(say("known", "已知"), excerpt(check.known, kMessage));
  for (const std::string& remark : check.remarks) {
    line(say("also", "另外"), excerpt(remark, kMessage));
  }
  line(say("repeat", "重现"), printable(check.command));
  const std::vector<const Evidence*> shown = evidence_of(check);
  const bool script = shown.size() > 1;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (script) {
      out += fmt::format(fmt::runtime(say("request {} of {}:\n", "请求 {}/{}：\n")), i + 1,
                         shown.size());
    }
    const std::string answer = script ? answer_line(*shown[i], say) : answer_line(check, say);
    out += exchange_text(report, *shown[i], answer, say);
  }
  return excerpt(out, kCase, Layout::lines);
}

// What is required and what happened instead, the same from run to run: readers group by it.
std::string short_text(const CheckResult& check, Language say) {
  const std::string& title = say(check.title);
  const std::string& meaning = check.message.empty() ? headline(check) : check.message;
  const std::string_view between = title.empty() || meaning.empty() ? "" : say(": ", "：");
  return excerpt(stable(check, fmt::format("{}{}{}", title, between, meaning)), kMessage);
}

void result(pugi::xml_node testcase, const char* element, std::string_view type,
            const std::string& message, const std::string& text) {
  pugi::xml_node node = testcase.append_child(element);
  if (!type.empty()) node.append_attribute("type") = std::string(type).c_str();
  node.append_attribute("message") = message.c_str();
  if (!text.empty()) node.text().set(text.c_str());
}

pugi::xml_node append_case(pugi::xml_node suite, const std::string& classname,
                           const std::string& name, long ms) {
  pugi::xml_node node = suite.append_child("testcase");
  node.append_attribute("classname") = classname.c_str();
  node.append_attribute("name") = name.c_str();
  node.append_attribute("time") = decimal(ms).c_str();
  return node;
}

Tally write_case(pugi::xml_node suite, const Report& report, const CheckResult& check,
                 Language say) {
  Tally tally;
  tally.tests = 1;
  tally.ms = milliseconds(check.seconds);
  pugi::xml_node node = append_case(suite, class_of(check), printable(check.id), tally.ms);
  if (fails(report, check)) {
    tally.failures = 1;
    result(node, "failure", name(check.verdict), short_text(check, say),
           failure_text(report, check, say));
  } else if (check.verdict == Verdict::inconclusive) {
    tally.errors = 1;
    result(node, "error", name(check.verdict), short_text(check, say),
           failure_text(report, check, say));
  } else if (check.verdict == Verdict::skipped) {
    tally.skipped = 1;
    result(node, "skipped", "", excerpt(check.message, kMessage), "");
  } else if (check.verdict != Verdict::conformant || !check.remarks.empty()) {
    put(node, "system-out", failure_text(report, check, say));
  }
  return tally;
}

void run_properties(pugi::xml_node properties, const Report& report) {
  property(properties, "endpoint", printable(report.endpoint));
  property(properties, "contract", printable(report.contract));
  property(properties, "seed", printable(report.seed));
  property(properties, "profile", printable(report.profile));
  property(properties, "region", printable(report.region));
  property(properties, "complete", report.complete ? "true" : "false");
}

std::string rows_of(const std::vector<const CheckResult*>& checks) {
  std::vector<std::string> rows;
  for (const CheckResult* check : checks) {
    for (const std::string& row : check->rows) {
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
  }
  return printable(join(rows, " "));
}

void check_properties(pugi::xml_node properties, const std::vector<const CheckResult*>& checks,
                      Language say) {
  property(properties, "rows", rows_of(checks));
  for (const CheckResult* check : checks) {
    const std::string id = printable(check->id);
    if (!check->rows.empty()) property(properties, "rows." + id, rows_of({check}));
    if (check->verdict == Verdict::finding)
      property(properties, "finding." + id, short_text(*check, say));
    if (check->verdict == Verdict::known) {
      property(properties, "known." + id, excerpt(check->known, kMessage));
    }
  }
}

std::string findings_section(const std::vector<const CheckResult*>& checks, Language say) {
  std::string out;
  for (const CheckResult* check : checks) {
    if (check->verdict != Verdict::finding) continue;
    if (out.empty()) out = std::string(say("Findings:\n", "发现：\n"));
    out += fmt::format("{}{}{}\n", printable(check->id), say(": ", "："), short_text(*check, say));
  }
  return excerpt(out, kCase * 4, Layout::lines);
}

pugi::xml_node append_suite(pugi::xml_node root, const std::string& name, const Report& report) {
  pugi::xml_node suite = root.append_child("testsuite");
  suite.append_attribute("name") = name.c_str();
  // The format's time stamps bear no zone.
  suite.append_attribute("timestamp") = printable(report.started.substr(0, 19)).c_str();
  suite.append_attribute("hostname") = "localhost";
  return suite;
}

void close_suite(pugi::xml_node suite, const Tally& tally) {
  write_totals(suite, tally);
  suite.append_attribute("time") = decimal(tally.ms).c_str();
}

Tally write_suite(pugi::xml_node root, const std::string& name, const Report& report,
                  const std::vector<const CheckResult*>& checks, Language say) {
  pugi::xml_node suite = append_suite(root, name, report);
  pugi::xml_node properties = suite.append_child("properties");
  run_properties(properties, report);
  check_properties(properties, checks, say);
  Tally tally;
  for (const CheckResult* check : checks) tally.add(write_case(suite, report, *check, say));
  put(suite, "system-out", findings_section(checks, say));
  put(suite, "system-err", "");
  close_suite(suite, tally);
  return tally;
}

// Trouble of the run as a whole: kind of element, name, message.
struct RunCase {
  const char* element;
  std::string name;
  std::string message;
};

std::vector<RunCase> run_cases(const Report& report, Language say) {
  std::vector<RunCase> out;
  const std::string line = verdict_line(report, say);
  if (!report.complete) out.push_back({"error", "run/complete", line});
  if (!report.trouble.empty()) {
    out.push_back({"error", "run/verdict", excerpt(report.trouble, kMessage)});
  } else if (report.complete && exit_status(report) == ExitStatus::no_verdict &&
             report.totals()[Verdict::inconclusive] == 0) {
    out.push_back({"error", "run/verdict", line});
  }
  if (!report.leftover.empty()) out.push_back({"failure", "run/nothing-left-behind", line});
  for (const Stale& stale : report.stale) {
    out.push_back(
        {"failure", "run/known/" + printable(stale.check), excerpt(stale.sentence, kMessage)});
  }
  return out;
}

std::string leftovers_text(const Report& report, Language say) {
  std::string out;
  for (const Leftover& left : report.leftover) {
    out += fmt::format("{}{}\n", say("left behind: ", "残留："), leftover_line(left, say));
  }
  return out;
}

Tally write_run(pugi::xml_node root, const Report& report, Language say) {
  const std::vector<RunCase> cases = run_cases(report, say);
  if (cases.empty()) return {};
  pugi::xml_node suite = append_suite(root, "flowlog.run", report);
  run_properties(suite.append_child("properties"), report);
  const std::string left = leftovers_text(report, say);
  Tally tally;
  for (const RunCase& item : cases) {
    pugi::xml_node node = append_case(suite, "flowlog.run", item.name, 0);
    const bool error = std::string_view(item.element) == "error";
    result(node, item.element, "run", item.message,
           item.name == "run/nothing-left-behind" ? left : item.message);
    ++tally.tests;
    ++(error ? tally.errors : tally.failures);
  }
  put(suite, "system-out", "");
  put(suite, "system-err", left);
  close_suite(suite, tally);
  return tally;
}

}  // namespace

std::string junit(const Report& report, Language say) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = document.append_child("testsuites");
  root.append_attribute("name") = "flowlog-conformance";

  std::vector<std::string> themes;  // in the order of first appearance
  std::map<std::string, std::vector<const CheckResult*>> checks;
  for (const CheckResult& check : report.checks) {
    const std::string name = theme(check);
    if (checks[name].empty()) themes.push_back(name);
    checks[name].push_back(&check);
  }
  Tally all;
  for (const std::string& name : themes) {
    all.add(write_suite(root, name, report, checks[name], say));
  }
  all.add(write_run(root, report, say));
  write_totals(root, all);
  root.append_attribute("time") = decimal(all.ms).c_str();

  std::ostringstream out;
  document.save(out, " ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace flowlog

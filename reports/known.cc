#include "reports/known.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/json_node.h"
#include "base/text.h"
#include "reports/exit_status.h"
#include "reports/files.h"
#include "reports/json_parts.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const std::string year(text.substr(0, 4));
  const std::string month(text.substr(5, 2));
  const std::string day(text.substr(8, 2));
  if (!digits(year) || !digits(month) || !digits(day)) return false;
  return std::chrono::year_month_day(std::chrono::year(std::stoi(year)),
                                     std::chrono::month(static_cast<unsigned>(std::stoi(month))),
                                     std::chrono::day(static_cast<unsigned>(std::stoi(day))))
      .ok();
}

std::string filled(const JsonNode& node, std::string_view name) {
  const JsonNode member = node.at(name);
  std::string text = member.text();
  if (text.empty()) member.fail("some text");
  return text;
}

KnownEntry read_entry(const JsonNode& node) {
  node.only({"check", "reason", "ticket", "expires"});
  KnownEntry entry;
  entry.check = filled(node, "check");
  if (entry.check.find_first_of("*?") != std::string::npos) {
    node.at("check").reject("a check is listed by its whole id; patterns are not taken");
  }
  entry.reason = filled(node, "reason");
  entry.ticket = filled(node, "ticket");
  entry.expires = filled(node, "expires");
  if (!is_day(entry.expires)) node.at("expires").fail("a day such as 2026-03-31");
  return entry;
}

CheckResult* find_check(Report& report, std::string_view id) {
  const auto found = std::find_if(report.checks.begin(), report.checks.end(),
                                  [&](const CheckResult& check) { return check.id == id; });
  return found == report.checks.end() ? nullptr : &*found;
}

void apply_entry(const KnownEntry& entry, const std::string& file, const std::string& today,
                 Report& report) {
  CheckResult* check = find_check(report, entry.check);
  if (today > entry.expires) {
    report.stale.push_back(
        {entry.check, fmt::format("{}: the entry for {} ({}) expired on {}; renew or remove it",
                                  file, entry.check, entry.ticket, entry.expires)});
    return;
  }
  if (check == nullptr) return;
  if (check->verdict == Verdict::conformant) {
    report.stale.push_back(
        {entry.check, fmt::format("{}: {} ({}) no longer deviates; remove its entry", file,
                                  entry.check, entry.ticket)});
  } else if (fails(report, *check)) {
    check->verdict = Verdict::known;
    check->known = fmt::format("{} ({}, until {})", entry.reason, entry.ticket, entry.expires);
  }
}

}  // namespace

const KnownEntry* Known::entry(std::string_view check) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const KnownEntry& e) { return e.check == check; });
  return found == entries.end() ? nullptr : &*found;
}

Known parse_known(std::string_view text, const std::string& file) {
  const JsonNode root = JsonNode::parse(text, file);
  root.only({"known"});
  Known known;
  known.file = file;
  for (const JsonNode& node : root.at("known").items()) {
    KnownEntry entry = read_entry(node);
    if (known.entry(entry.check) != nullptr) {
      node.at("check").reject(fmt::format("\"{}\" is listed twice", entry.check));
    }
    known.entries.push_back(std::move(entry));
  }
  return known;
}

Known load_known(const std::string& path) {
  return parse_known(read_whole_file(path), path);
}

void require_known_ids(const Known& known, const std::vector<std::string>& ids) {
  for (const KnownEntry& entry : known.entries) {
    if (std::find(ids.begin(), ids.end(), entry.check) != ids.end()) continue;
    const auto near = nearest(entry.check, ids);
    throw InputError(fmt::format("{}: there is no check {}{}", known.file, show(entry.check),
                                 near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
  }
}

void apply(const Known& known, const std::string& today, Report& report) {
  report.stale.clear();
  for (const KnownEntry& entry : known.entries) apply_entry(entry, known.file, today, report);
  tally_rows(report);
}

std::string known_file(const Report& report, const std::string& expires,
                       const std::string& ticket) {
  Json list = Json::array();
  for (const CheckResult& check : report.checks) {
    if (!fails(report, check) && check.verdict != Verdict::known) continue;
    // What it means lasts; what came holds ids of one answer.
    const std::string& said = check.message.empty() ? check.observed : check.message;
    const std::string reason = excerpt(said, 300);
    list.push_back({{"check", check.id},
                    {"reason", reason.empty() ? "deviates" : reason},
                    {"ticket", ticket},
                    {"expires", expires}});
  }
  Json root = Json::object();
  root["known"] = std::move(list);
  return dump(root, 2) + '\n';
}

}  // namespace flowlog

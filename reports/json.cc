#include "reports/json.h"

#include "reports/json_parts.h"

namespace flowlog {

std::string json(const Report& report, Language say) {
  Json out = encode_run(report);
  out["checks"] = Json::array();
  for (const CheckResult& check : report.checks) out["checks"].push_back(encode(check, say));
  out["rows"] = Json::array();
  for (const RowResult& row : report.rows) out["rows"].push_back(encode(row, say));
  return dump(out, 2) + "\n";
}

Report parse_report(std::string_view text, const std::string& file) {
  const JsonNode root = JsonNode::parse(text, file);
  Report report;
  decode_run(root, report);
  for (const JsonNode& check : root.at("checks").items()) {
    report.checks.push_back(decode_check(check));
  }
  if (const auto rows = root.find("rows")) {
    for (const JsonNode& row : rows->items()) report.rows.push_back(decode_row(row));
  }
  return report;
}

}  // namespace flowlog

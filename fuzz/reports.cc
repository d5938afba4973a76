// Whatever a server said, every report is whole: XML and JSON are well-formed, HTML is UTF-8.
#include <unicode/ustring.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "reports/exit_status.h"
#include "reports/har.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/markdown.h"

namespace {

using namespace flowlog;

// Takes the input apart, piece by piece; empty when it is used up.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : text_(text) {}
  std::string next() {
    const auto end = text_.find('\n');
    const std::string piece(text_.substr(0, end));
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
    return piece;
  }
  bool empty() const { return text_.empty(); }
  std::string rest() { return std::string(text_); }

 private:
  std::string_view text_;
};

Evidence exchange_of(Pieces& pieces) {
  Evidence evidence;
  evidence.method = "GET";
  evidence.target = "/?" + pieces.next();
  evidence.params = {{pieces.next(), pieces.next()}};
  evidence.request_headers = {{pieces.next(), pieces.next()}};
  evidence.status = 200;
  evidence.response_headers = {{pieces.next(), pieces.next()}};
  evidence.request_id = pieces.next();
  evidence.failure = pieces.next();
  evidence.started = "2026-01-02T03:04:05Z";
  evidence.body = pieces.rest();
  evidence.body_size = evidence.body.size();
  return evidence;
}

Report report_of(std::string_view text) {
  Pieces pieces(text);
  Report report;
  report.program_version = "0";
  report.endpoint = pieces.next();
  report.profile = pieces.next();
  report.contract = "CreateFlowLog 2020-04-01";
  report.seed = "1";
  report.started = "2026-01-02T03:04:05Z";
  report.complete = true;
  report.notices = {pieces.next()};
  report.leftover = {{"default", pieces.next(), "", pieces.next(), ""}};
  report.rows = {{"errors/7", {pieces.next(), ""}, "errors", Verdict::skipped, {}}};
  for (int i = 0; i < 6 && !pieces.empty(); ++i) {
    CheckResult check;
    check.id = "param.FlowLogName.length/case-" + std::to_string(i);
    check.title = {"Title", "标题"};
    check.rows = {"errors/7"};
    check.verdict = static_cast<Verdict>(i);
    check.standing = "documented";
    check.expected = pieces.next();
    check.observed = pieces.next();
    check.message = pieces.next();
    check.remarks = {pieces.next()};
    check.command = pieces.next();
    check.example = exchange_of(pieces);
    report.checks.push_back(std::move(check));
  }
  tally_rows(report);
  return report;
}

// ICU's word and not ours: it is another's, and ours would be watched branch by branch.
bool well_formed(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<int32_t>(text.size()), &error);
  return error == U_BUFFER_OVERFLOW_ERROR || error == U_STRING_NOT_TERMINATED_WARNING;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Report report = report_of({reinterpret_cast<const char*>(data), size});
  const std::string language = size % 2 == 0 ? "en" : "zh";
  pugi::xml_document document;
  if (!document.load_string(junit(report, language).c_str())) __builtin_trap();
  if (!well_formed(html(report, language))) __builtin_trap();
  if (!well_formed(markdown(report, language))) __builtin_trap();
  const std::string text = json(report);
  if (json(parse_report(text, "report.json")) != text) __builtin_trap();
  if (!nlohmann::json::accept(har(report))) __builtin_trap();
  return 0;
}

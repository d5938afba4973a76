#include "sample.h"

namespace flowlog {
namespace {

constexpr const char* kRequestId = "202611250304050000000000000000A1";

Evidence long_name() {
  Evidence e;
  e.method = "GET";
  const std::string name(129, 'a');
  e.params = {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogName", name},
              {"ResourceType", "vpc"},     {"ResourceId", "vpc-1"},   {"TrafficType", "All"}};
  e.target = "/?Action=CreateFlowLog&Version=2020-04-01&FlowLogName=" + name +
             "&ResourceType=vpc&ResourceId=vpc-1&TrafficType=All";
  e.request_headers = {
      {"Host", "127.0.0.1:18080"}, {"X-Date", "20261125T030405Z"}, {"Authorization", "(removed)"}};
  e.status = 200;
  e.response_headers = {{"Content-Type", "application/json"}};
  e.body = R"({"ResponseMetadata":{"RequestId":"202611250304050000000000000000A1"},)"
           R"("Result":{"FlowLogId":"fl-7"}})";
  e.body_size = e.body.size();
  e.started = "2026-11-25T03:04:05Z";
  e.seconds = 0.0125;
  e.request_id = kRequestId;
  return e;
}

CheckResult deviating() {
  CheckResult c;
  c.id = "param.FlowLogName.length/over-max";
  c.title = {"A name of one character too many is refused", "名称多一个字符时被拒绝"};
  c.rows = {"errors/7", "parameters/FlowLogName"};
  c.verdict = Verdict::deviating;
  c.standing = "documented";
  c.cases = 3;
  c.requests = 9;
  c.created = 1;
  c.seconds = 0.25;
  c.expected = "400 InvalidName.Malformed";
  c.observed = "200, FlowLogId fl-7";
  c.message = "The endpoint takes a name longer than the page allows.";
  c.example = long_name();
  c.command = "flowlog-conformance run --only 'param.FlowLogName.length/over-max' --seed 7";
  c.remarks = {"a name of 300 characters is taken as well"};
  return c;
}

CheckResult inconclusive() {
  CheckResult c;
  c.id = "error.InvalidVpc.InvalidStatus/vpc_invalid_status";
  c.title = {"A VPC in the wrong state is refused", "VPC 状态不正确时被拒绝"};
  c.rows = {"errors/20"};
  c.verdict = Verdict::inconclusive;
  c.standing = "documented";
  c.cases = 1;
  c.requests = 1;
  c.seconds = 10.0;
  c.expected = "400 InvalidVpc.InvalidStatus";
  c.observed = "no answer within 10 s";
  c.message = "Nothing came that could be judged.";
  Evidence e;
  e.method = "GET";
  e.target = "/?Action=CreateFlowLog";
  e.params = {{"Action", "CreateFlowLog"}};
  e.failure = "no answer within 10 s";
  e.started = "2026-11-25T03:04:06Z";
  e.seconds = 10.0;
  c.example = e;
  c.command =
      "flowlog-conformance run --only 'error.InvalidVpc.InvalidStatus/vpc_invalid_status' --seed 7";
  return c;
}

CheckResult plain(std::string id, Verdict verdict, std::vector<std::string> rows, Text title) {
  CheckResult c;
  c.id = std::move(id);
  c.title = std::move(title);
  c.rows = std::move(rows);
  c.verdict = verdict;
  c.standing = "documented";
  c.cases = 2;
  c.requests = 2;
  c.seconds = 0.0016;
  c.expected = "success";
  c.observed = "200";
  return c;
}

CheckResult skipped(std::string id, std::string row) {
  CheckResult c = plain(std::move(id), Verdict::skipped, {std::move(row)},
                        {"An account in arrears is refused", "欠费账号被拒绝"});
  c.cases = 0;
  c.requests = 0;
  c.seconds = 0;
  c.expected = c.observed = "";
  c.message = "account.arrears: name such an account under accounts.arrears in the profile";
  return c;
}

}  // namespace

Report clean_report() {
  Report r;
  r.program_version = "0.1.0";
  r.endpoint = "http://127.0.0.1:18080";
  r.profile = "staging";
  r.region = "cn-beijing";
  r.contract = "CreateFlowLog 2020-04-01 (page read 2026-11-25)";
  r.seed = "7";
  r.started = "2026-11-25T03:04:00Z";
  r.seconds = 12.5;
  r.complete = true;
  r.requests = 2;
  r.created = 1;
  r.checks = {plain("param.TrafficType.values/valid", Verdict::conformant,
                    {"parameters/TrafficType"},
                    {"Every documented traffic type is taken", "文档列出的流量类型均被接受"})};
  r.rows = {{"parameters/TrafficType",
             {"TrafficType: String, required", "TrafficType:必选"},
             "parameters",
             Verdict::skipped,
             {}}};
  tally_rows(r);
  return r;
}

Report sample_report() {
  Report r = clean_report();
  r.requests = 16;
  r.created = 3;
  r.throttled = 2;
  CheckResult finding = plain("param.FlowLogName.required/left-out", Verdict::finding,
                              {"contradictions/FlowLogName", "parameters/FlowLogName"},
                              {"A request without a name", "不带名称的请求"});
  finding.message = "Two pages differ; the endpoint takes a request without a name.";
  CheckResult known =
      plain("answer.Result.FlowLogId/prefix", Verdict::known, {"answer/Result.FlowLogId"},
            {"The id begins with fl-", "ID 以 fl- 开头"});
  known.observed = "id 42";
  known.known = "fix is on its way (VPC-1234, until 2026-12-31)";
  r.checks.push_back(deviating());
  r.checks.push_back(finding);
  r.checks.push_back(known);
  r.checks.push_back(skipped("error.UnsupportedOperation/arrears", "errors/26"));
  r.checks.push_back(skipped("error.UnsupportedOperation/arrears-again", "errors/26"));
  r.checks.push_back(inconclusive());
  for (std::size_t i = 0; i < r.checks.size(); ++i) r.checks[i].place = static_cast<int>(i) + 1;
  r.notices = {"The endpoint throttled 2 requests; the run slowed down to 5 a second."};
  const auto row = [&r](std::string id, Text title, std::string group) {
    r.rows.push_back({std::move(id), std::move(title), std::move(group), Verdict::skipped, {}});
  };
  row("parameters/FlowLogName", {"FlowLogName: String, required", "FlowLogName:必选"},
      "parameters");
  row("errors/7",
      {"400 InvalidName.Malformed: The specified name is malformed. Ensure the maximum length of "
       "name is 128.",
       "400 InvalidName.Malformed:指定的名称格式不合法。名称长度不能超过128个字符。"},
      "errors");
  row("errors/20", {"400 InvalidVpc.InvalidStatus", "400 InvalidVpc.InvalidStatus"}, "errors");
  row("errors/26", {"400 UnsupportedOperation", "400 UnsupportedOperation"}, "errors");
  row("answer/Result.FlowLogId", {"FlowLogId: String", "FlowLogId"}, "answer");
  row("contradictions/FlowLogName",
      {"FlowLogName is required, and has a default", "名称必选且有默认值"}, "contradictions");
  row("notes/quota", {"Ten flow logs an account and region", "每账号每地域 10 个"}, "notes");
  tally_rows(r);
  return r;
}

std::string hostile_text() {
  std::string text = "bad \x1b[31mred\x1b[0m \x1b]8;;http://evil\x07 ]]> <![CDATA[x]]> &amp; <b>";
  text += std::string("\0\x01\x08\x0b\x0c\x7f", 6);
  text += "\xEF\xBF\xBE \xEF\xBF\xBF \xED\xA0\x80 \xC0\xAF \xFF\xFE \xC2\x9B \xE2\x80\xAE";
  text += "\r\n::error file=x::owned\n##vso[task.setvariable variable=a]b\n```\n| a | b |\n";
  text += "<script>alert(1)</script> @everyone #1 https://evil.test 流日志🚀";
  return text;
}

Report hostile_report() {
  Report r = sample_report();
  const std::string text = hostile_text();
  r.trouble = text;
  r.notices.push_back(text);
  r.endpoint += text;
  r.leftover.push_back({"default", text, text, text, text});
  r.stale.push_back({text, text});
  for (CheckResult& c : r.checks) {
    c.observed = text;
    c.message = text;
    c.expected = text;
    c.command = text;
    c.known = text;
    c.remarks = {text};
    Evidence e = c.example.value_or(long_name());
    e.status = 400;
    e.body = text;
    e.body_size = text.size();
    e.request_id = text;
    e.failure = text;
    e.params.emplace_back(text, text);
    e.target += text;
    e.request_headers.emplace_back("X-Odd", text);
    e.response_headers.emplace_back("X-Odd", text);
    c.example = e;
    c.original = e;
  }
  return r;
}

}  // namespace flowlog

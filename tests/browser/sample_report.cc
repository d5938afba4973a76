// sample_report KIND LANG > page.html: the page of a report made up for the browser's tests.
// KIND: full (every verdict), clean (all conformant), hostile (a server that attacks the reader),
// large (1,000 checks, bodies of 1 MB).
#include <fmt/format.h>

#include <cstdio>

#include "base/text.h"
#include "reports/chinese.h"
#include "reports/html.h"

namespace flowlog {
namespace {

struct Rule {
  const char* name;
  std::vector<const char*> classes;
};

struct Parameter {
  const char* name;
  std::vector<Rule> rules;
};

const std::vector<Parameter> kParameters{
    {"Action", {{"required", {"left-out"}}, {"values", {"exact", "other-case", "unknown"}}}},
    {"Version", {{"required", {"left-out"}}, {"values", {"exact", "unknown"}}}},
    {"FlowLogName",
     {{"required", {"left-out", "empty"}},
      {"length", {"shortest", "longest", "between", "over-max", "far-over-max"}},
      {"first", {"letter", "digit", "chinese", "dot", "dash", "emoji"}},
      {"characters", {"allowed", "space", "slash", "control", "emoji", "beyond-bmp"}}}},
    {"Description",
     {{"length", {"empty", "longest", "over-max", "far-over-max"}},
      {"first", {"letter", "full-width-comma", "space"}},
      {"characters", {"allowed", "angle-bracket", "control"}}}},
    {"ResourceType",
     {{"required", {"left-out", "empty"}}, {"values", {"vpc", "subnet", "eni", "upper", "word"}}}},
    {"ResourceId", {{"required", {"left-out"}}, {"exists", {"own", "unknown", "of-other-type"}}}},
    {"TrafficType",
     {{"required", {"left-out"}}, {"values", {"All", "Allow", "Drop", "lower", "unknown"}}}},
    {"LogProjectName",
     {{"required", {"left-out"}},
      {"length", {"shortest", "longest", "under-min", "over-max"}},
      {"characters", {"allowed", "upper", "underscore"}}}},
    {"LogTopicName",
     {{"required", {"left-out"}}, {"length", {"shortest", "longest", "under-min", "over-max"}}}},
    {"AggregationInterval",
     {{"values",
       {"one", "five", "ten", "zero", "negative", "decimal", "exponent", "beyond-32-bits",
        "beyond-64-bits", "trailing-text", "trailing-newline"}}}},
    {"ProjectName", {{"exists", {"default", "own", "unknown"}}}},
    {"Tags.N.Key",
     {{"length", {"longest", "over-max"}},
      {"characters", {"allowed", "emoji"}},
      {"prefix", {"volc", "sys", "mixed-case"}},
      {"unique", {"repeated"}},
      {"index", {"gap", "zero", "negative", "leading-zero", "text"}},
      {"count", {"twenty", "twenty-one"}}}},
    {"Tags.N.Value", {{"length", {"empty", "longest", "over-max"}}, {"needs", {"without-key"}}}},
    {"ClientToken", {{"length", {"longest", "over-max"}}, {"characters", {"ascii", "non-ascii"}}}},
};

struct Error {
  int status;
  const char* code;
  const char* message;
  const char* zh;
};

const std::vector<Error> kErrors{
    {400, "IdempotentParameterMismatch", "Arguments on this idempotent request are inconsistent.",
     "此幂等请求的参数与前一个请求中使用的参数不一致。"},
    {400, "InvalidDescription.Malformed", "The specified description is malformed.",
     "指定的描述格式不合法。请修复描述格式后重试。"},
    {400, "InvalidDescription.Malformed", "Ensure the maximum length of description is 255.",
     "指定的描述格式不合法。描述长度不能超过255个字符。"},
    {400, "InvalidEni.InvalidStatus", "The network interface is not in the correct status.",
     "指定的弹性网卡所处的状态无法响应该请求。"},
    {400, "InvalidFlowLog.CloudProfileNotAvailable", "The cloud profile is not available.", ""},
    {400, "InvalidFlowLog.TlsNotSupport", "The specified account is not supported.", ""},
    {400, "InvalidName.Malformed",
     "The specified name is malformed. Ensure the maximum length of name is 128.",
     "指定的名称格式不合法。名称长度不能超过128个字符。"},
    {400, "InvalidName.Malformed", "The specified name is malformed.",
     "指定的名称格式不合法。请修复名称格式后重试。"},
    {400, "InvalidParameter.ClientTokenMalformed", "The parameter ClientToken is malformed.", ""},
    {400, "InvalidParameter.FlowLogAggregationInterval", "The interval is invalid.", ""},
    {400, "InvalidParameter.FlowLogInvalidResource", "The resource is not allowed.", ""},
    {400, "InvalidParameter.FlowLogResourceAlreadyBound", "The resource is already bound.", ""},
    {400, "InvalidParameter.FlowLogTrafficType", "The specified traffic type is invalid.", ""},
    {400, "InvalidParameter.TLSTopicExisted", "The topic name already exists.", ""},
    {400, "InvalidResourceType.Malformed", "The parameter resource type is invalid.", ""},
    {400, "InvalidSubnet.InvalidStatus", "The subnet is not in the correct status.", ""},
    {400, "InvalidTag.Disorder", "The specified index order of tag is malformed.", ""},
    {400, "InvalidTagKey.Malformed", "The specified parameter tag key is invalid.", ""},
    {400, "InvalidTagValue.Malformed", "The specified parameter tag value is invalid.", ""},
    {400, "InvalidVpc.InvalidStatus", "The VPC is not in the correct status.", ""},
    {400, "LimitExceeded.TLSProject", "You've reached the limit of TLS projects.", ""},
    {400, "LimitExceeded.TLSTopic", "You've reached the limit of TLS topics.", ""},
    {400, "LimitExceeded.Tags", "You've reached the limit of tags.", ""},
    {400, "OrderError", "Failed to create an order in one step.", ""},
    {400, "UnsupportedOperation", "The account balance is less than 100 yuan.", ""},
    {400, "UnsupportedOperation", "The account is in arrears.", ""},
    {401, "InvalidOperation.NoPermission", "The service is not allowed to do this.", ""},
    {403, "Forbidden.PurchaseLimited", "The account may not purchase the resource.", ""},
    {403, "Forbidden.ShareENI", "You are not authorized for this interface.", ""},
    {403, "InvalidFlowLog.TlsAccessDenied", "TLS service access denied.", ""},
    {404, "InvalidProject.NotFound", "The specified Project does not exist.", ""},
    {404, "InvalidResource.NotFound", "The specified resource does not exist.", ""},
    {409, "InvalidOperation.Conflict", "The specified resource operation conflicts.", ""},
    {412, "IdempotentProcessing", "The token's first request is still in process.", ""},
};

// Conditions that this made-up profile does not meet, by row.
const std::map<int, const char*> kUnmet{
    {4, "resource.eni_invalid_status"},   {5, "account.cloud_profile_unavailable"},
    {6, "account.tls_not_supported"},     {21, "account.tls_project_limit"},
    {22, "account.tls_topic_limit"},      {24, "account.order_error"},
    {27, "account.service_unauthorized"}, {28, "account.purchase_limited"}};

using Pairs = std::vector<std::pair<std::string, std::string>>;

const Pairs kValid{{"Action", "CreateFlowLog"},
                   {"Version", "2020-04-01"},
                   {"FlowLogName", "FlowLog-1"},
                   {"ResourceType", "vpc"},
                   {"ResourceId", "vpc-mock0001"},
                   {"TrafficType", "All"},
                   {"LogProjectName", "flowlog-project-1"},
                   {"LogTopicName", "flowlog-topic-1"}};

const char* const kRequestId = "2026112503151200000000000000A41F";

std::string answer(std::string_view rest) {
  return fmt::format(
      R"({{"ResponseMetadata":{{"RequestId":"{}","Action":"CreateFlowLog","Version":"2020-04-01",)"
      R"("Service":"vpc","Region":"cn-beijing"{}}})",
      kRequestId, rest);
}

std::string failure(const Error& error) {
  return answer(
      fmt::format(R"(,"Error":{{"Code":"{}","Message":"{}"}}}})", error.code, error.message));
}

std::string success() {
  return answer(fmt::format(R"(}},"Result":{{"RequestId":"{}","FlowLogId":"fl-7c31a0e5f2b84d96"}})",
                            kRequestId));
}

Evidence evidence(const Pairs& params, int status, std::string body) {
  static int count = 0;
  Evidence e;
  e.method = "GET";
  e.params = params;
  e.target = "/?";
  for (const auto& [name, value] : params) {
    e.target += fmt::format("{}{}={}", e.target.size() > 2 ? "&" : "", name, value);
  }
  e.request_headers = {{"Host", "127.0.0.1:18080"},
                       {"X-Date", "20261125T031512Z"},
                       {"Authorization", "(removed)"},
                       {"User-Agent", "flowlog-conformance/0.1.0"}};
  e.status = status;
  e.response_headers = {{"Content-Type", "application/json"},
                        {"Content-Length", std::to_string(body.size())}};
  e.body_size = body.size();
  e.body = std::move(body);
  e.started = "2026-11-25T03:15:12Z";
  ++count;
  e.seconds = 0.0004 * (1 + count * 7 % 11) * (count % 9 == 0 ? 12 : 1);
  e.request_id = kRequestId;
  return e;
}

CheckResult passed(std::string id, Text title, std::vector<std::string> rows) {
  CheckResult check;
  check.id = std::move(id);
  check.title = std::move(title);
  check.rows = std::move(rows);
  check.verdict = Verdict::conformant;
  check.standing = "documented";
  check.cases = 3;
  check.requests = 3 + static_cast<int>(check.id.size() % 5);
  check.seconds = 0.0009 * static_cast<double>(check.id.size() * check.rows[0].size() % 71 + 3);
  check.expected = "success";
  check.observed = "200";
  check.example = evidence(kValid, 200, success());
  return check;
}

void add_rows(Report& report) {
  const auto add = [&](std::string group, std::string name, Text title) {
    report.rows.push_back({group + "/" + name, std::move(title), group, Verdict::skipped, {}});
  };
  for (const Parameter& parameter : kParameters) {
    add("parameters", parameter.name, {fmt::format("{}: String", parameter.name), ""});
  }
  for (std::size_t i = 0; i < kErrors.size(); ++i) {
    const Error& e = kErrors[i];
    const std::string zh = *e.zh == 0 ? "" : fmt::format("{} {}: {}", e.status, e.code, e.zh);
    add("errors", std::to_string(i + 1),
        {fmt::format("{} {}: {}", e.status, e.code, e.message), zh});
  }
  for (const char* path : {"ResponseMetadata.RequestId", "ResponseMetadata.Action",
                           "ResponseMetadata.Version", "ResponseMetadata.Service",
                           "ResponseMetadata.Region", "Result.RequestId", "Result.FlowLogId"}) {
    add("answer", path, {fmt::format("{}: String", path), ""});
  }
  add("notes", "asynchronous",
      {"Creating, then Active.", "Creating 表示创建中，Active 表示创建完成。"});
  add("notes", "quota", {"Up to 10 flow logs for one account in one region.", ""});
  add("notes", "idempotency", {"Without a token there is no idempotency check.", ""});
  for (const char* code : {"MissingParameter", "MissingAuthenticationToken", "MissingSignature",
                           "InvalidTimestamp", "ServiceNotFound", "InvalidActionOrVersion",
                           "InvalidAccessKey", "SignatureDoesNotMatch", "FlowLimitExceeded"}) {
    add("common", code, {fmt::format("400 {}", code), ""});
  }
}

void add_checks(Report& report) {
  for (const Parameter& parameter : kParameters) {
    for (const Rule& rule : parameter.rules) {
      for (const char* variety : rule.classes) {
        report.checks.push_back(
            passed(fmt::format("param.{}.{}/{}", parameter.name, rule.name, variety),
                   {fmt::format("{}, {}: {}", parameter.name, rule.name, variety),
                    fmt::format("{} 的 {} 规则：{}", parameter.name, rule.name, variety)},
                   {fmt::format("parameters/{}", parameter.name)}));
      }
    }
  }
  for (std::size_t i = 0; i < kErrors.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    CheckResult check = passed(fmt::format("error.{}/row-{}", kErrors[i].code, number),
                               {fmt::format("{} comes for its documented reason", kErrors[i].code),
                                fmt::format("{} 按文档所述原因返回", kErrors[i].code)},
                               {fmt::format("errors/{}", number)});
    check.expected = fmt::format("{} {}", kErrors[i].status, kErrors[i].code);
    check.observed = check.expected;
    check.example = evidence(kValid, kErrors[i].status, failure(kErrors[i]));
    if (const auto unmet = kUnmet.find(number); unmet != kUnmet.end()) {
      check.verdict = Verdict::skipped;
      check.message = fmt::format("Needs the condition {}: name it in the profile.", unmet->second);
      check.example.reset();
      check.requests = 0;
    }
    report.checks.push_back(std::move(check));
  }
  for (const RowResult& row : report.rows) {
    if (row.group == "answer") {
      report.checks.push_back(passed("answer." + row.id.substr(7) + "/present",
                                     {row.id.substr(7) + " is there", ""}, {row.id}));
    } else if (row.group == "common" && row.id != "common/FlowLimitExceeded") {
      report.checks.push_back(
          passed("auth." + row.id.substr(7), {row.id.substr(7) + " comes", ""}, {row.id}));
    }
  }
  report.checks.push_back(passed("lifecycle.states/creating-then-active",
                                 {"Creating comes before Active", "先 Creating 后 Active"},
                                 {"notes/asynchronous"}));
  report.checks.push_back(passed("idempotency.same-token/other-order",
                                 {"The same arguments in another order are the same request", ""},
                                 {"notes/idempotency"}));
}

CheckResult& find(Report& report, std::string_view id) {
  for (CheckResult& check : report.checks) {
    if (check.id == id) return check;
  }
  std::fprintf(stderr, "no check %s\n", std::string(id).c_str());
  std::abort();
}

Pairs with(Pairs params, std::string_view name, std::string value) {
  for (auto& [key, old] : params) {
    if (key == name) {
      old = std::move(value);
      return params;
    }
  }
  params.emplace_back(name, std::move(value));
  return params;
}

void repeat(CheckResult& check) {
  check.command = fmt::format("flowlog-conformance run --only '{}' --seed 20261125", check.id);
}

void deviate(Report& report) {
  CheckResult& length = find(report, "param.FlowLogName.length/over-max");
  length.title = {"A name of more than 128 characters is refused", "超过 128 个字符的名称应被拒绝"};
  length.verdict = Verdict::deviating;
  length.rows.push_back("errors/7");
  length.expected =
      "400 InvalidName.Malformed: The specified name is malformed. Ensure the maximum length of "
      "name is 128.";
  length.observed = "200, created fl-7c31a0e5f2b84d96";
  length.message = "the request was accepted, although it breaks FlowLogName/length";
  length.example = evidence(with(kValid, "FlowLogName", std::string(129, 'a')), 200, success());
  Pairs first = with(kValid, "FlowLogName", "aQ7.流量_" + std::string(180, 'x') + "-日志");
  first.emplace_back("Description", "random text, 17 = 17");
  first.emplace_back("Tags.1.Key", "team");
  first.emplace_back("Tags.1.Value", "network + edge");
  length.original = evidence(first, 200, success());
  repeat(length);

  CheckResult& interval = find(report, "param.AggregationInterval.values/decimal");
  interval.title = {"A decimal interval is refused", "小数采样间隔应被拒绝"};
  interval.verdict = Verdict::deviating;
  interval.rows.push_back("errors/10");
  interval.expected = "400 InvalidParameter.FlowLogAggregationInterval: The interval is invalid.";
  interval.observed = "500 InternalError";
  interval.message = "A malformed number must not be the service's own fault.";
  interval.example =
      evidence(with(kValid, "AggregationInterval", "10.0"), 500,
               answer(R"(,"Error":{"Code":"InternalError","Message":"strconv: invalid syntax"}})"));
  repeat(interval);

  CheckResult& resource = find(report, "error.InvalidResource.NotFound/row-32");
  resource.verdict = Verdict::deviating;
  resource.observed = "400 InvalidVpc.InvalidStatus: The VPC is not in the correct status.";
  resource.message = "An unknown resource is answered as one in the wrong state.";
  resource.expected = "404 InvalidResource.NotFound: The specified resource does not exist.";
  resource.example = evidence(with(kValid, "ResourceId", "vpc-none"), 400, failure(kErrors[19]));
  repeat(resource);

  // A script: the second request tells, the third proves it.
  CheckResult& token = find(report, "idempotency.same-token/other-order");
  token.verdict = Verdict::deviating;
  token.expected = "the same FlowLogId as before, fl-7c31a0e5f2b84d96";
  token.observed = "412 IdempotentProcessing: The token's first request is still in process.";
  token.message = "The same request with the same ClientToken was taken for another one.";
  const Pairs sent = with(kValid, "ClientToken", "token-1");
  token.example = evidence(Pairs(sent.rbegin(), sent.rend()), 412, failure(kErrors[33]));
  token.steps = {evidence(sent, 200, success()), *token.example,
                 evidence({{"Action", "DescribeFlowLogs"}, {"ResourceId", "vpc-mock0001"}}, 200,
                          R"({"Result":{"FlowLogs":[],"TotalCount":0}})")};
  repeat(token);

  // One cause that several checks show.
  for (const char* code : {"MissingParameter", "MissingAuthenticationToken", "MissingSignature",
                           "InvalidTimestamp", "ServiceNotFound"}) {
    CheckResult& id = find(report, std::string("auth.") + code);
    id.verdict = Verdict::deviating;
    id.expected = "a RequestId";
    id.observed = "HTTP 400, no RequestId";
    id.message = "The answer does not have the documented shape.";
    repeat(id);
  }
}

void vary(Report& report) {
  deviate(report);
  CheckResult& empty = find(report, "param.FlowLogName.required/empty");
  empty.title = {"An empty name counts as left out", "空名称视为未填写"};
  empty.verdict = Verdict::finding;
  empty.standing = "inferred";
  empty.expected = "the page is silent: as if left out, or as the empty text";
  empty.observed = "400 MissingParameter: as if left out";
  empty.message = "Say on the page what an empty value means.";

  CheckResult& id = find(report, "answer.Result.FlowLogId/present");
  id.remarks = {"The example's FlowLogId is not of the form fl-…, unlike the table's."};

  CheckResult& known = find(report, "param.Tags.N.Key.prefix/mixed-case");
  known.verdict = Verdict::known;
  known.observed = "200";
  known.known = "Prefix is compared with case until the next release (NET-1482, until 2027-01-31)";

  CheckResult& silent = find(report, "lifecycle.states/creating-then-active");
  silent.verdict = Verdict::inconclusive;
  silent.observed.clear();
  silent.message = "No answer within 10 s.";
  silent.example->status = 0;
  silent.example->failure = "The connection was closed before an answer came.";
  silent.example->body.clear();
  repeat(silent);

  report.notices = {"The endpoint's clock is 3 s ahead of this machine's.",
                    "With two rules broken at once the endpoint names the name before the tag."};
  report.leftover = {{"default", "fl-7c31a0e5f2b84d96", "vpc-mock0001", "fc-20261125-0007",
                      "The deletion was answered 409 InvalidOperation.Conflict eight times."}};
}

// Every text that a server chooses tries to leave its place.
void attack(Report& report) {
  const std::string script =
      "</script></pre></title><script>window.hacked=1</script><img src=x "
      "onerror=\"window.hacked=1\">\"' onmouseover='window.hacked=1' <!-- {{script}} ]]> "
      "<svg/onload=window.hacked=1> javascript:window.hacked=1";
  const std::string bytes("\0\x01\x1b[31m\xff\xfe\xc3\x28\xed\xa0\x80\xe2\x80\xae", 17);
  for (CheckResult& check : report.checks) {
    check.title = {script, script};
    check.expected = check.message = check.known = script;
    check.observed = bytes + script;
    check.remarks = {script};
    check.command = "run --only '" + script + "'";
    if (!check.example) continue;
    check.example->body = bytes + script;
    check.example->method = check.example->target = script;
    check.example->failure = script;
    check.example->params = {{script, script}, {bytes, bytes}};
    check.example->response_headers = {{script, script + bytes}};
  }
  report.endpoint = "http://" + script;
  report.contract = report.profile = report.region = report.program_version = script;
  report.seed = report.started = report.trouble = script;
  report.notices = {script};
  report.leftover = {{script, script, script, script, bytes}};
  for (RowResult& row : report.rows) row.title = {script, script};
}

void enlarge(Report& report) {
  const std::string body = "{\"text\":\"" + std::string(1U << 20U, 'x') + "\"}";
  Pairs many = kValid;
  for (int i = 1; i <= 20; ++i) {
    many.emplace_back(fmt::format("Tags.{}.Key", i),
                      fmt::format("键-{}-{}", i, std::string(120, 'k')));
    many.emplace_back(fmt::format("Tags.{}.Value", i), std::string(250, 'v'));
  }
  while (report.checks.size() < 1000) {
    report.checks.push_back(passed(fmt::format("model.sequence/{}", report.checks.size()),
                                   {"A sequence of calls agrees with the model", ""},
                                   {"notes/asynchronous"}));
  }
  std::size_t n = 0;
  for (CheckResult& check : report.checks) {
    if (!check.example) continue;
    check.example->params = many;
    check.example->body = body.substr(0, 64U << 10U);
    check.example->body_size = body.size();
    if (++n % 10 == 0) check.verdict = Verdict::deviating;
  }
}

Report sample(std::string_view kind) {
  Report report;
  report.program_version = "0.1.0";
  report.endpoint = "http://127.0.0.1:18080";
  report.embedded = true;
  report.profile = "embedded";
  report.region = "cn-beijing";
  report.contract = "CreateFlowLog 2020-04-01 (CreateFlowLog, read 2026-11-25)";
  report.seed = "20261125";
  report.started = "2026-11-25T03:15:12Z";
  report.seconds = 6.42;
  report.complete = true;
  add_rows(report);
  add_checks(report);
  if (kind != "clean") vary(report);
  if (kind == "hostile") attack(report);
  if (kind == "large") enlarge(report);
  for (const CheckResult& check : report.checks) report.requests += check.requests;
  report.created = 96;
  tally_rows(report);
  return report;
}

}  // namespace
}  // namespace flowlog

int main(int argc, char** argv) {
  const std::string kind = argc > 1 ? argv[1] : "full";
  const std::string lang = argc > 2 ? argv[2] : "en";
  flowlog::Report translated;
  const flowlog::Report report = flowlog::sample(kind);
  const std::string page = flowlog::html(flowlog::as_told(report, lang, translated), lang);
  return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}

#include "tests/browser/sample_rows.h"

#include <fmt/format.h>

#include <map>

namespace flowlog::test {
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

// Conditions that this made-up profile does not meet, by row.
const std::map<int, const char*> kUnmet{
    {4, "resource.eni_invalid_status"},   {5, "account.cloud_profile_unavailable"},
    {6, "account.tls_not_supported"},     {21, "account.tls_project_limit"},
    {22, "account.tls_topic_limit"},      {24, "account.order_error"},
    {27, "account.service_unauthorized"}, {28, "account.purchase_limited"}};

const char* const kRequestId = "2026112503151200000000000000A41F";

}  // namespace

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

const Pairs kValid{{"Action", "CreateFlowLog"},
                   {"Version", "2020-04-01"},
                   {"FlowLogName", "FlowLog-1"},
                   {"ResourceType", "vpc"},
                   {"ResourceId", "vpc-mock0001"},
                   {"TrafficType", "All"},
                   {"LogProjectName", "flowlog-project-1"},
                   {"LogTopicName", "flowlog-topic-1"}};

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

}  // namespace flowlog::test

// sample_report KIND LANG > page.html: the page of a report made up for the browser's tests.
// KIND: full (every verdict), clean (all conformant), hostile (a server that attacks the reader),
// large (1,000 checks, bodies of 1 MB).
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "reports/chinese.h"
#include "reports/html.h"
#include "tests/browser/sample_rows.h"

namespace flowlog::test {
namespace {

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
}  // namespace flowlog::test

int main(int argc, char** argv) {
  const std::string kind = argc > 1 ? argv[1] : "full";
  const std::string lang = argc > 2 ? argv[2] : "en";
  flowlog::Report translated;
  const flowlog::Report report = flowlog::test::sample(kind);
  const std::string page = flowlog::html(flowlog::as_told(report, lang, translated), lang);
  return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}

// A token after its request was refused, or what it made was deleted.
#include <fmt/format.h>

#include "engine/script.h"
#include "suites/catalog.h"
#include "suites/idempotency.h"

namespace flowlog {
namespace {

// A request that the first rule with a row of its own refuses.
Params refused_request(CheckContext& context, Params params) {
  for (const Parameter& parameter : context.service().creator().contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      if (parameter.required || parameter.token || rule.kind != RuleKind::length ||
          context.service().rows_for(rule).empty()) {
        continue;
      }
      set(params, first_name(parameter), std::string(rule.max + 1, 'a'));
      return params;
    }
  }
  return params;
}

Check after_rejection(const CatalogOptions& options) {
  return script_check(
      options, "idempotency.rejected/then-valid",
      {"A token of a refused request may serve again", "被拒绝请求所用的 ClientToken 可再次使用"},
      token_rows(*options.service, true), [](CheckContext& context) {
        const Params params = with_token(context, context.smallest(), context.token());
        const Reply first = context.create(refused_request(context, params));
        context.answers(first, context.situation());
        if (first.created()) return;
        const Reply second = context.create(params);
        const auto answered = context.answered(second);
        if (!answered) return;
        Situation replayed = context.situation();
        replayed.replay = kOtherArguments;
        const Assessment assessment = context.assess(
            second, expect(context.service(), second.sent, context.inventory(), replayed));
        if (!second.created() && assessment.verdict() == Verdict::conformant) {
          context.finding(*answered, "the documentation leaves it open", context.observed(second),
                          "A token is spent by a request that was refused.");
          return;
        }
        context.accepted(second);
      });
}

// A request for a resource that is not there.
Params request_for_nothing(CheckContext& context, Params params) {
  const std::string& target = context.service().creator().parameter(Role::target_id);
  std::string id = find(params, target).value_or("");
  if (!id.empty()) id.back() = id.back() == 'z' ? 'y' : 'z';
  set(params, target, id);
  return params;
}

Check rejected_again(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.rejected/same-again",
      {"A refused request must be refused again under its token",
       "被拒绝的请求以相同 ClientToken 重发应再次被拒绝"},
      token_rows(*options.service), [](CheckContext& context) {
        const auto fresh = [&] { return with_token(context, context.smallest(), context.token()); };
        for (const Params& params :
             {refused_request(context, fresh()), request_for_nothing(context, fresh())}) {
          for (int i = 0; i < 2; ++i) {
            context.answers(context.create(params), context.situation());
          }
        }
        context.nothing_left();
      });
  check.creations = 0;
  check.requests = 5;
  return check;
}

Check after_deletion(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.deleted/same-arguments",
      {"A token after its flow log was deleted may be answered either way",
       "流日志删除后再次使用其 ClientToken，文档未明确"},
      token_rows(*options.service), [](CheckContext& context) {
        const Params params = with_token(context, context.smallest(), context.token());
        const Reply first = context.create(params);
        if (!context.accepted(first) || !context.remove(first.id())) return;
        const Reply again = context.create(params);
        const auto answered = context.answered(again);
        if (!answered) return;
        const bool documented = again.created() || (again.answer.kind == Response::Kind::error &&
                                                    again.answer.http / 100 == 4);
        if (!documented) {
          context.answers(again, context.situation());
          return;
        }
        const char* what = !again.created()           ? "is refused"
                           : again.id() == first.id() ? "gives the id of the deleted flow log"
                                                      : "makes a new flow log";
        context.finding(*answered, "the documentation leaves it open", context.observed(again),
                        fmt::format("The token of a deleted flow log {}.", what));
      });
  check.standing = Standing::inferred;
  check.creations = 2;
  check.requests = 10;
  return check;
}

}  // namespace

void spent_token_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  checks.push_back(after_rejection(options));
  checks.push_back(rejected_again(options));
  checks.push_back(after_deletion(options));
}

std::vector<std::string> token_rows(const Service& service, bool refused) {
  std::vector<std::string> rows{"parameters/" + service.creator().parameter(Role::token),
                                "notes/idempotency"};
  if (refused) {
    for (std::string& row : rows_of(service, &Trigger::replay, kOtherArguments))
      rows.push_back(row);
  }
  return rows;
}

}  // namespace flowlog

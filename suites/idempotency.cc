// What a ClientToken promises: the same request again is the same request; another one under its
// token is refused; without it, and between accounts, nothing is shared.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "engine/script.h"
#include "suites/catalog.h"
#include "suites/token_texts.h"

namespace flowlog {
namespace {

constexpr const char* kNote = "notes/idempotency";
constexpr const char* kOtherArguments = "other-arguments";

std::vector<std::string> rows(const Api& api, bool refused = false) {
  std::vector<std::string> rows{std::string("parameters/") + kToken, kNote};
  if (refused) {
    for (std::string& row : rows_of(api, &Trigger::replay, kOtherArguments)) rows.push_back(row);
  }
  return rows;
}

bool told_bound(const CheckContext& context, const Reply& reply) {
  return std::ranges::any_of(
      rows_of(context.api(), &Trigger::condition, "resource.bound"),
      [&](const std::string& id) { return context.api().row(id)->code == reply.answer.code; });
}

// The answer to a request that was sent before, which must be the answer of then. That its resource
// is bound by then is its own doing.
bool same_again(CheckContext& context, const Reply& first, const Reply& reply) {
  const auto again = context.answered(reply);
  if (!again) return false;
  if (told_bound(context, *again)) {
    return context.claim(false, Standing::documented, *again,
                         fmt::format("the same FlowLogId as before, {}", first.id()),
                         context.observed(*again),
                         "The same request with the same ClientToken was taken for another one.");
  }
  if (!context.accepted(*again)) return false;
  return context.claim(again->id() == first.id(), Standing::documented, *again,
                       fmt::format("the same FlowLogId as before, {}", first.id()),
                       context.observed(*again),
                       "The same request with the same ClientToken got another FlowLogId.");
}

void one_stands(CheckContext& context, const Reply& reply, std::size_t lease = 0) {
  const auto answered = context.answered(reply);
  if (!answered) return;
  const auto found = context.standing(lease, "", 1);
  if (!found) return;
  context.claim(found->size() == 1, Standing::documented, *answered, "one flow log on the resource",
                fmt::format("{} flow logs stand on {}", found->size(), context.lease(lease).id()),
                "Requests with one ClientToken made another number of flow logs than one.");
}

Check same_arguments(const CatalogOptions& options) {
  return script_check(options, "idempotency.same-token/same-arguments",
                      {"The same request again gives the same FlowLogId and one flow log",
                       "相同请求重复发送应返回相同 FlowLogId，且只有一个流日志"},
                      rows(*options.api), [](CheckContext& context) {
                        const Params params = with_token(context.smallest(), context.token());
                        const Reply first = context.create(params);
                        if (!context.accepted(first)) return;
                        const Reply again = context.create(params);
                        if (same_again(context, first, again)) one_stands(context, again);
                      });
}

Check all_arguments(const CatalogOptions& options) {
  return script_check(
      options, "idempotency.same-token/other-order",
      {"The order of the parameters makes no other request", "参数顺序不同仍视为同一请求"},
      rows(*options.api), [](CheckContext& context) {
        const Params params = with_token(
            full_request(context.api(), context.profile(), context.smallest()), context.token());
        const Reply first = context.create(params);
        if (!context.accepted(first)) return;
        RequestOverrides backwards;  // what is signed is sorted, what is sent need not be
        backwards.change = [](WireRequest& request) { reverse_query(request.target); };
        same_again(context, first, context.create_patiently(params, backwards));
      });
}

Check explicit_default(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.same-token/explicit-default",
      {"A default that is written out may be answered as the same request or as another",
       "显式传入默认值，可视为相同请求，也可视为不同请求"},
      rows(*options.api), [](CheckContext& context) {
        Params params = with_token(context.smallest(), context.token());
        const Reply first = context.create(params);
        if (!context.accepted(first)) return;
        for (const Parameter& parameter : context.api().create.parameters) {
          if (parameter.required || !parameter.default_value || parameter.default_value->empty()) {
            continue;
          }
          set(params, parameter.name, *parameter.default_value);
        }
        const Reply again = context.create(params);
        const auto answered = context.answered(again);
        if (!answered) return;
        if (again.created() && again.id() == first.id()) {
          context.finding(*answered, "the documentation leaves it open", context.observed(again),
                          "A default that is written out counts as the same request.");
          return;
        }
        Situation situation = context.situation();
        situation.replay = kOtherArguments;
        context.answers(again, situation);
      });
  check.standing = Standing::inferred;
  return check;
}

void forget(Params& params, const Parameter& parameter) {
  flowlog::erase(params, first_name(parameter));
  // A value means nothing without its key.
  if (parameter.name.ends_with(".Key")) {
    std::string value = first_name(parameter);
    value.replace(value.size() - 3, 3, "Value");
    flowlog::erase(params, value);
  }
}

// The two requests, made on the first leased resource; the id of a second one where there is one.
std::pair<Params, Params> requests_of(CheckContext& context, const std::string& name,
                                      const std::string& how) {
  const Parameter& parameter = *context.api().create.parameter(name);
  const std::string token = context.token();
  const Params small = with_token(context.smallest(), token);
  const Params full = full_request(context.api(), context.profile(), small);
  const std::string sent = first_name(parameter);
  if (how == "changed") {
    Params second = full;
    if (context.leases() > 1) {
      const Params on_other = context.smallest(1);
      for (const auto& [key, value] : on_other) set(second, key, value);
    } else {
      const std::string value = find(full, sent).value_or("");
      set(second, sent, other_value(context.profile(), parameter, value).value_or(value));
    }
    return {full, second};
  }
  Params without = how == "added" ? small : full;
  forget(without, parameter);
  Params with = without;
  if (const Rule* needs = parameter.rule("needs"); needs != nullptr) {
    const std::string key = first_name(*context.api().create.parameter(needs->target));
    set(with, key, *find(full, key));
    set(without, key, *find(full, key));
  }
  set(with, sent, *find(full, sent));
  if (how == "added") return {without, with};
  return {with, without};
}

Check other_argument(const CatalogOptions& options, const Parameter& parameter,
                     const std::string& how) {
  const std::string name = parameter.name;
  Check check = script_check(options, fmt::format("idempotency.other-arguments/{}.{}", name, how),
                             {fmt::format("The same token with {} {} must be refused", name, how),
                              fmt::format("相同 ClientToken 但 {} 不同（{}）应被拒绝", name, how)},
                             rows(*options.api, true), [name, how](CheckContext& context) {
                               const auto [params, other] = requests_of(context, name, how);
                               if (!context.accepted(context.create(params))) return;
                               Situation situation = context.situation();
                               situation.replay = kOtherArguments;
                               context.answers(context.create(other), situation);
                             });
  check.rows.push_back(parameter.row());
  return check;
}

bool names_a_resource(const Parameter& parameter) {
  return std::ranges::any_of(parameter.rules, [](const Rule& rule) {
    return rule.kind == RuleKind::exists && rule.target == "resource";
  });
}

bool names_a_project(const Parameter& parameter) {
  return std::ranges::any_of(parameter.rules, [](const Rule& rule) {
    return rule.kind == RuleKind::exists && rule.target == "project";
  });
}

bool has_one_word(const Parameter& parameter) {
  const Rule* values = parameter.rule("values");
  return values != nullptr && values->words.size() < 2;
}

void add_other_arguments(const CatalogOptions& options, std::vector<Check>& checks) {
  const Contract& contract = options.api->create;
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.name == kToken || has_one_word(parameter)) continue;
    for (const char* how : {"changed", "added", "left-out"}) {
      if (parameter.required && how != std::string_view("changed")) continue;
      Check check = other_argument(options, parameter, how);
      if (names_a_project(parameter) && !has_second_project(*options.profile, parameter)) {
        check.needs.push_back("projects");
      }
      if (names_a_resource(parameter)) lease_more(check, 1);
      checks.push_back(std::move(check));
    }
  }
}

Check other_account(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.same-token/other-account",
      {"The same token from another account is another token",
       "不同账号使用相同 ClientToken 互不影响"},
      rows(*options.api), [](CheckContext& context) {
        const std::string token = context.token();
        const auto first = context.accepted(context.create(with_token(context.smallest(0), token)));
        if (!first) return;
        const auto other =
            context.accepted(context.create(with_token(context.smallest(1), token), "other"));
        if (!other) return;
        context.claim(other->id() != first->id(), Standing::documented, *other,
                      "a flow log of its own", context.observed(*other),
                      "Two accounts got one FlowLogId for one token.");
      });
  lease_of_other(options, check);
  check.creations = 2;
  check.requests = 10;
  return check;
}

// Two tokens that are no more alike than `change` makes them are two tokens.
Check two_tokens(const CatalogOptions& options, const std::string& name, Text title,
                 std::string (*change)(const std::string&), bool longest) {
  Check check = script_check(
      options, "idempotency.two-tokens/" + name, std::move(title), rows(*options.api),
      [change, longest](CheckContext& context) {
        const Parameter* parameter = context.api().create.parameter(kToken);
        const Rule* length = parameter == nullptr ? nullptr : parameter->rule("length");
        const std::string token =
            context.token(longest && length != nullptr ? length->max : std::size_t{0});
        const Reply first = context.create(with_token(context.smallest(0), token));
        if (!context.accepted(first)) return;
        context.accepted(context.create(with_token(context.smallest(1), change(token))));
      });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 10;
  return check;
}

Check without_token(const CatalogOptions& options) {
  Check check =
      script_check(options, "idempotency.no-token/same-arguments",
                   {"Without a token the same request is a second one",
                    "不传 ClientToken 时，相同请求不做幂等处理"},
                   rows(*options.api), [](CheckContext& context) {
                     const Params params = context.smallest();
                     if (!context.accepted(context.create(params))) return;
                     context.answers(context.create(params), context.situation("resource.bound"));
                   });
  return check;
}

Check two_without_token(const CatalogOptions& options) {
  Check check =
      script_check(options, "idempotency.no-token/other-resource",
                   {"Without a token every request makes a flow log of its own",
                    "不传 ClientToken 时，每个请求各自创建流日志"},
                   rows(*options.api), [](CheckContext& context) {
                     const auto first = context.accepted(context.create(context.smallest(0)));
                     if (!first) return;
                     const auto second = context.accepted(context.create(context.smallest(1)));
                     if (!second) return;
                     context.claim(second->id() != first->id(), Standing::documented, *second,
                                   "a FlowLogId of its own", context.observed(*second),
                                   "Two requests without a token got one FlowLogId.");
                   });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 10;
  return check;
}

// A request that the first rule with a row of its own refuses.
Params refused_request(CheckContext& context, Params params) {
  for (const Parameter& parameter : context.api().create.parameters) {
    for (const Rule& rule : parameter.rules) {
      if (parameter.required || parameter.name == kToken || rule.kind != RuleKind::length ||
          context.api().rows_for(rule).empty()) {
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
      rows(*options.api, true), [](CheckContext& context) {
        const Params params = with_token(context.smallest(), context.token());
        const Reply first = context.create(refused_request(context, params));
        context.answers(first, context.situation());
        if (first.created()) return;
        const Reply second = context.create(params);
        const auto answered = context.answered(second);
        if (!answered) return;
        Situation replayed = context.situation();
        replayed.replay = kOtherArguments;
        const Assessment assessment = context.assess(
            second, expect(context.api(), second.sent, context.inventory(), replayed));
        if (!second.created() && assessment.verdict() == Verdict::conformant) {
          context.finding(*answered, "the documentation leaves it open", context.observed(second),
                          "A token is spent by a request that was refused.");
          return;
        }
        context.accepted(second);
      });
}

Check rejected_again(const CatalogOptions& options) {
  Check check = script_check(options, "idempotency.rejected/same-again",
                             {"A refused request must be refused again under its token",
                              "被拒绝的请求以相同 ClientToken 重发应再次被拒绝"},
                             rows(*options.api), [](CheckContext& context) {
                               const Params params = refused_request(
                                   context, with_token(context.smallest(), context.token()));
                               for (int i = 0; i < 2; ++i)
                                 context.answers(context.create(params), context.situation());
                               context.nothing_left();
                             });
  check.creations = 0;
  check.requests = 3;
  return check;
}

Check after_deletion(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.deleted/same-arguments",
      {"A token after its flow log was deleted may be answered either way",
       "流日志删除后再次使用其 ClientToken，文档未明确"},
      rows(*options.api), [](CheckContext& context) {
        const Params params = with_token(context.smallest(), context.token());
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

void idempotency_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (options.api->create.parameter(kToken) == nullptr) return;
  checks.push_back(same_arguments(options));
  checks.push_back(all_arguments(options));
  checks.push_back(explicit_default(options));
  checks.push_back(other_account(options));
  add_other_arguments(options, checks);
  checks.push_back(two_tokens(options, "last-character",
                              {"Tokens that differ in their last character only are two tokens",
                               "仅末位字符不同的 ClientToken 互不影响"},
                              with_other_end, true));
  checks.push_back(two_tokens(options, "letter-case",
                              {"Tokens that differ in letter case only are two tokens",
                               "仅大小写不同的 ClientToken 互不影响"},
                              in_capitals, false));
  checks.push_back(two_tokens(options, "percent-escape",
                              {"A token that a percent-encoding spells is another token",
                               "百分号编码形式的 ClientToken 视为不同的 ClientToken"},
                              with_escaped_end, false));
  checks.push_back(without_token(options));
  checks.push_back(two_without_token(options));
  checks.push_back(after_rejection(options));
  checks.push_back(rejected_again(options));
  checks.push_back(after_deletion(options));
}

}  // namespace flowlog

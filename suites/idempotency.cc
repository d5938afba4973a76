// What a ClientToken promises: the same request again is the same request; another one under its
// token is refused; without it, and between accounts, nothing is shared.
#include "suites/idempotency.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "engine/script.h"
#include "suites/catalog.h"
#include "suites/state_trace.h"
#include "suites/token_texts.h"

namespace flowlog {
namespace {

bool told_bound(const CheckContext& context, const Reply& reply) {
  return std::ranges::any_of(
      rows_of(context.service(), &Trigger::condition, "resource.bound"),
      [&](const std::string& id) { return context.service().row(id)->code == reply.answer.code; });
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

// Once more when nothing is under way any more, and no less than this after the first.
constexpr std::chrono::milliseconds kRemembered{1300};

void repeat(CheckContext& context) {
  const Params params = with_token(context, context.smallest(), context.token());
  const Instant begin = context.now();
  const Reply first = context.create(params);
  if (!context.accepted(first)) return;
  const Reply again = context.create(params);
  if (!same_again(context, first, again)) return;
  one_stands(context, again);
  if (!trace_states(context, first.id(), ready_state(context.service())).read) return;
  if (context.now() < begin + kRemembered) context.pause(begin + kRemembered - context.now());
  same_again(context, first, context.create(params));
}

Check same_arguments(const CatalogOptions& options) {
  Check check = script_check(options, "idempotency.same-token/same-arguments",
                             {"The same request again gives the same FlowLogId and one flow log",
                              "相同请求重复发送应返回相同 FlowLogId，且只有一个流日志"},
                             token_rows(*options.service), repeat);
  check.requests = 12;
  return check;
}

Check all_arguments(const CatalogOptions& options) {
  return script_check(
      options, "idempotency.same-token/other-order",
      {"The order of the parameters makes no other request", "参数顺序不同仍视为同一请求"},
      token_rows(*options.service), [](CheckContext& context) {
        const Params params = with_token(
            context, full_request(context.service(), context.profile(), context.smallest()),
            context.token());
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
      token_rows(*options.service), [](CheckContext& context) {
        Params params = with_token(context, context.smallest(), context.token());
        const Reply first = context.create(params);
        if (!context.accepted(first)) return;
        for (const Parameter& parameter : context.service().creator().contract.parameters) {
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

void forget(const Contract& contract, Params& params, const Parameter& parameter) {
  flowlog::erase(params, first_name(parameter));
  // What needs it means nothing without it.
  for (const Parameter& other : contract.parameters) {
    const Rule* needs = other.rule("needs");
    if (needs != nullptr && needs->target == parameter.name) {
      flowlog::erase(params, first_name(other));
    }
  }
}

Params small_with_token(CheckContext& context) {
  return with_token(context, context.smallest(), context.token());
}

Params full_with_token(CheckContext& context) {
  return full_request(context.service(), context.profile(), small_with_token(context));
}

// The first request has all that the other one may change or leave out.
bool begins_full(const std::string& how) {
  return how != "added";
}

// The two requests, made on the first leased resource; the id of a second one where there is one.
// `given`: the first of them, where it was sent before.
std::pair<Params, Params> requests_of(CheckContext& context, const std::string& name,
                                      const std::string& how, const Reply* given) {
  const Parameter& parameter = *context.service().creator().contract.parameter(name);
  const Params small = given == nullptr ? small_with_token(context) : given->sent;
  const Params full = full_request(context.service(), context.profile(), small);
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
  forget(context.service().creator().contract, without, parameter);
  Params with = without;
  if (const Rule* needs = parameter.rule("needs"); needs != nullptr) {
    const std::string key =
        first_name(*context.service().creator().contract.parameter(needs->target));
    set(with, key, *find(full, key));
    set(without, key, *find(full, key));
  }
  set(with, sent, *find(full, sent));
  if (how == "added") return {without, with};
  return {with, without};
}

bool names_a_resource(const Parameter& parameter) {
  return std::ranges::any_of(parameter.rules, [](const Rule& rule) {
    return rule.kind == RuleKind::exists && rule.target == "resource";
  });
}

bool is_needed(const Contract& contract, const Parameter& parameter) {
  return std::ranges::any_of(contract.parameters, [&](const Parameter& other) {
    const Rule* needs = other.rule("needs");
    return needs != nullptr && needs->target == parameter.name;
  });
}

// Another parameter comes or goes with it, so that the first request is one of its own.
bool is_entangled(const Contract& contract, const Parameter& parameter, const std::string& how) {
  return (how == "left-out" && is_needed(contract, parameter)) ||
         (how == "added" && parameter.rule("needs") != nullptr);
}

Text title_of_other(const std::string& name, const std::string& how) {
  if (how == "changed") {
    return {fmt::format("The same token with another {} must be refused", name),
            fmt::format("相同 ClientToken 但 {} 取值不同应被拒绝", name)};
  }
  if (how == "added") {
    return {fmt::format("The same token with {} added must be refused", name),
            fmt::format("相同 ClientToken 但增加 {} 应被拒绝", name)};
  }
  return {fmt::format("The same token without {} must be refused", name),
          fmt::format("相同 ClientToken 但省略 {} 应被拒绝", name)};
}

Check other_argument(const CatalogOptions& options, const Parameter& parameter,
                     const std::string& how) {
  const std::string name = parameter.name;
  Check check = script_check(options, fmt::format("idempotency.other-arguments/{}.{}", name, how),
                             title_of_other(name, how), token_rows(*options.service, true),
                             [name, how](CheckContext& context) {
                               const Reply* given = context.given();
                               const auto [first, other] = requests_of(context, name, how, given);
                               const bool made =
                                   given != nullptr || context.accepted(context.create(first));
                               if (!made) return;
                               Situation situation = context.situation();
                               situation.replay = kOtherArguments;
                               context.answers(context.create(other), situation);
                               if (context.leases() > 1) context.nothing_left(1);
                             });
  check.rows.push_back(parameter.row());
  if (names_a_resource(parameter)) {
    lease_more(check, 1);
  } else if (!is_entangled(options.service->creator().contract, parameter, how)) {
    const std::string begin = "idempotency.other-arguments, ";
    check.given = begins_full(how) ? Given{begin + "full", full_with_token}
                                   : Given{begin + "smallest", small_with_token};
    check.resources = {{.type = resource_type_for(options, check.given.name)}};
  }
  return check;
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
  const Contract& contract = options.service->creator().contract;
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.token || has_one_word(parameter)) continue;
    for (const char* how : {"changed", "added", "left-out"}) {
      if (parameter.required && how != std::string_view("changed")) continue;
      Check check = other_argument(options, parameter, how);
      if (names_a_project(parameter) && !has_second_project(*options.profile, parameter)) {
        check.needs.push_back("projects");
      }
      checks.push_back(std::move(check));
    }
  }
}

Check other_account(const CatalogOptions& options) {
  Check check = script_check(
      options, "idempotency.same-token/other-account",
      {"The same token from another account is another token",
       "不同账号使用相同 ClientToken 互不影响"},
      token_rows(*options.service), [](CheckContext& context) {
        const std::string token = context.token();
        const auto first =
            context.accepted(context.create(with_token(context, context.smallest(0), token)));
        if (!first) return;
        const auto other = context.accepted(
            context.create(with_token(context, context.smallest(1), token), "other"));
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

}  // namespace

void idempotency_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (options.service->creator().parameter(Role::token).empty()) return;
  checks.push_back(same_arguments(options));
  checks.push_back(all_arguments(options));
  checks.push_back(explicit_default(options));
  checks.push_back(other_account(options));
  add_other_arguments(options, checks);
  token_identity_checks(options, checks);
  spent_token_checks(options, checks);
}

}  // namespace flowlog

// What a token promises for actions on things: the same request again is the same request and is
// carried out once, another one under its token is refused, and no other token or account is meant.
#include <fmt/format.h>

#include "suites/catalog.h"
#include "suites/idempotency.h"
#include "suites/things.h"
#include "suites/token_texts.h"

namespace flowlog {
namespace {

std::vector<std::string> rows_about(const CatalogOptions& options, bool refused) {
  const Contract& contract = options.contract();
  std::vector<std::string> rows{contract.parameter(options.action->parameter(Role::token))->row()};
  if (!refused) return rows;
  for (const ErrorRow& row : contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (trigger.replay == kOtherArguments) rows.push_back(row.id);
    }
  }
  return rows;
}

Params with_token_of(const CheckContext& context, Params params, const std::string& token) {
  return with_value(std::move(params), context.action().parameter(Role::token), token);
}

Params with_new_token(CheckContext& context) {
  return with_token_of(context, context.smallest_of_action(), context.token());
}

// Sends the first request of a script; false where it was not accepted.
bool first_accepted(CheckContext& context, const Params& params) {
  return succeeded(context, params).has_value();
}

Situation replayed(const CheckContext& context) {
  Situation situation = context.situation();
  situation.replay = kOtherArguments;
  return situation;
}

Check token_check(const CatalogOptions& options, const std::string& id, Text title, bool refused,
                  std::function<void(CheckContext&)> script) {
  return script_check(options, "idempotency." + id, std::move(title), rows_about(options, refused),
                      std::move(script));
}

Check check_of_two(const CatalogOptions& options, const std::string& id, Text title, bool refused,
                   std::function<void(CheckContext&)> script) {
  Check check = token_check(options, id, std::move(title), refused, std::move(script));
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 14;
  return check;
}

Check same_arguments(const CatalogOptions& options) {
  return token_check(
      options, "same-token/same-arguments",
      {"The same request again is taken for the same one", "相同请求重复发送应视为同一请求"}, false,
      [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = with_new_token(context);
        if (!first_accepted(context, params)) return;
        const auto after = context.settled();
        if (!after) return;
        const auto again = succeeded(context, params);
        const auto last = context.settled();
        if (!last || !again) return;
        claim_kept(context, *again, *after, *last, {});
      });
}

Check other_order(const CatalogOptions& options) {
  return token_check(
      options, "same-token/other-order",
      {"The order of the parameters makes no other request", "参数顺序不同仍视为同一请求"}, false,
      [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = context.filled(with_new_token(context));
        if (!first_accepted(context, params) || !context.settled()) return;
        RequestOverrides backwards;  // what is signed is sorted, what is sent need not be
        backwards.change = [](WireRequest& request) { reverse_query(request.target); };
        context.answers(context.call(params, backwards), context.situation());
      });
}

// Takes back what the request did, by requests of their own.
bool undo(CheckContext& context) {
  if (context.action().effect != Effect::update) {
    return context.bring_into(context.action().states.from);
  }
  const auto before = context.settled();
  const auto params =
      before ? with_change(context, context.smallest_of_action(), &*before) : std::nullopt;
  return params && first_accepted(context, *params);
}

Check carried_out_once(const CatalogOptions& options) {
  Check check = token_check(
      options, "same-token/carried-out-once",
      {"The same request again does not undo what came after it", "重复发送的相同请求不会再次执行"},
      false, [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params smallest = with_new_token(context);
        const Params params = with_change(context, smallest, nullptr).value_or(smallest);
        if (!first_accepted(context, params) || !context.settled() || !undo(context)) return;
        const auto before = context.settled();
        if (!before) return;
        const auto again = succeeded(context, params);
        const auto after = context.settled();
        if (!again || !after) return;
        if (!context.claim(before->status == after->status, Standing::documented, *again,
                           "stays " + before->status, after->status,
                           "A request that was carried out before was carried out again.")) {
          return;
        }
        claim_kept(context, *again, *before, *after, {});
      });
  check.requests = 16;
  return check;
}

// The first of the two requests under one token is accepted, the second is not, and changes
// nothing.
void one_token(CheckContext& context, const Params& first, const Params& second) {
  if (!first_accepted(context, first)) return;
  const auto before = context.settled();
  if (!before) return;
  const Reply reply = context.perform(second);
  context.answers(reply, replayed(context));
  const auto after = context.settled();
  const auto answered = context.answered(reply);
  if (after && answered && !reply.created()) claim_kept(context, *answered, *before, *after, {});
}

Check other_arguments(const CatalogOptions& options) {
  return check_of_two(
      options, "same-token/other-arguments",
      {"Another request under a used token must be refused", "以已用 Token 发送不同参数应被拒绝"},
      true, [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = with_new_token(context);
        const std::string other = context.prepare_another();
        if (other.empty()) return;
        one_token(context, params, with_value(params, context.action().parameter(Role::id), other));
      });
}

Check other_argument(const CatalogOptions& options, const Parameter& parameter) {
  Check check = token_check(
      options, "other-arguments/" + parameter.name,
      {fmt::format("The same token with another {} must be refused", parameter.name),
       fmt::format("相同 Token 但 {} 不同应被拒绝", parameter.name)},
      true, [&parameter](CheckContext& context) {
        if (!context.prepare()) return;
        const auto one = other_value(context.profile(), parameter, "");
        const auto other = one ? other_value(context.profile(), parameter, *one) : std::nullopt;
        if (!other) {
          context.inconclusive(fmt::format("There is no other {}.", parameter.name));
          return;
        }
        const Params params = with_new_token(context);
        one_token(context, with_value(params, parameter.name, *one),
                  with_value(params, parameter.name, *other));
      });
  check.rows.push_back(parameter.row());
  return check;
}

// To the other account the thing does not exist, and the token is a new one.
Check other_account(const CatalogOptions& options) {
  Check check = token_check(
      options, "same-token/other-account",
      {"The same token from another account is another token", "不同账号使用相同 Token 互不影响"},
      false, [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = with_new_token(context);
        if (!first_accepted(context, params)) return;
        judge_as_other(context, context.filled(params));
      });
  check.needs = {"account.other"};
  return check;
}

Check after_rejection(const CatalogOptions& options) {
  return token_check(
      options, "rejected/then-valid",
      {"A token of a refused request may serve again", "被拒绝请求所用的 Token 可再次使用"}, true,
      [](CheckContext& context) {
        if (!context.prepare()) return;
        const Params params = context.filled(with_new_token(context));
        const std::string unknown =
            context.instance().substr(0, context.instance().size() - 1) + "~";
        const Reply first =
            context.perform(with_value(params, context.action().parameter(Role::id), unknown));
        context.answers(first, context.situation());
        if (first.created()) return;
        const Reply second = context.perform(params);
        const auto answered = context.answered(second);
        if (!answered) return;
        const Assessment spent =
            context.assess(second, expect(context.contract_of(second.sent), second.sent,
                                          context.inventory(), replayed(context)));
        if (!second.created() && spent.verdict() == Verdict::conformant) {
          context.finding(*answered, "the documentation leaves it open", context.observed(second),
                          "A token is spent by a request that was refused.");
          return;
        }
        context.answers(second, context.situation());
      });
}

// Two requests, on a thing each, are two requests: with tokens that are no more alike than `change`
// makes them, or without any.
Check two_requests(const CatalogOptions& options, const std::string& id, Text title,
                   std::string (*change)(const std::string&), bool longest) {
  return check_of_two(
      options, id, std::move(title), false, [change, longest](CheckContext& context) {
        if (!context.prepare()) return;
        const std::string other = context.prepare_another();
        if (other.empty()) return;
        const Action& action = context.action();
        const Rule* length =
            action.contract.parameter(action.parameter(Role::token))->rule("length");
        Params first = context.smallest_of_action();
        Params second = with_value(first, action.parameter(Role::id), other);
        if (change != nullptr) {
          const std::string token =
              context.token(longest && length != nullptr ? length->max : std::size_t{0});
          first = with_token_of(context, std::move(first), token);
          second = with_token_of(context, std::move(second), change(token));
        }
        if (!first_accepted(context, first)) return;
        context.answers(context.perform(second), context.situation());
      });
}

}  // namespace

void token_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& action = *options.action;
  if (action.effect == Effect::create || action.parameter(Role::token).empty()) return;
  checks.push_back(same_arguments(options));
  checks.push_back(other_order(options));
  checks.push_back(carried_out_once(options));
  checks.push_back(other_arguments(options));
  for (const Parameter& parameter : options.contract().parameters) {
    if (shown_member(*options.service, action, parameter.name) == nullptr) continue;
    if (can_be_changed(action, parameter)) checks.push_back(other_argument(options, parameter));
  }
  checks.push_back(other_account(options));
  checks.push_back(after_rejection(options));
  checks.push_back(two_requests(options, "two-tokens/last-character",
                                {"Tokens that differ in their last character only are two tokens",
                                 "仅末位字符不同的 Token 互不影响"},
                                with_other_end, true));
  checks.push_back(two_requests(
      options, "two-tokens/letter-case",
      {"Tokens that differ in letter case only are two tokens", "仅大小写不同的 Token 互不影响"},
      in_capitals, false));
  checks.push_back(two_requests(
      options, "no-token/two-requests",
      {"Without a token every request is one of its own", "不传 Token 时每个请求各自执行"}, nullptr,
      false));
}

}  // namespace flowlog

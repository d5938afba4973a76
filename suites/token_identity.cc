// Which tokens are one token, and that none is no token.
#include <fmt/format.h>

#include "base/text.h"
#include "engine/script.h"
#include "suites/catalog.h"
#include "suites/idempotency.h"
#include "suites/token_texts.h"

namespace flowlog {
namespace {

// Two tokens that are no more alike than `change` makes them are two tokens.
Check two_tokens(const CatalogOptions& options, const std::string& name, Text title,
                 std::string (*change)(const std::string&), bool longest) {
  Check check = script_check(
      options, "idempotency.two-tokens/" + name, std::move(title), token_rows(*options.service),
      [change, longest](CheckContext& context) {
        const Action& creator = context.service().creator();
        const Parameter* parameter = creator.contract.parameter(creator.parameter(Role::token));
        const Rule* length = parameter == nullptr ? nullptr : parameter->rule("length");
        const std::string token =
            context.token(longest && length != nullptr ? length->max : std::size_t{0});
        const Reply first = context.create(with_token(context, context.smallest(0), token));
        if (!context.accepted(first)) return;
        context.accepted(context.create(with_token(context, context.smallest(1), change(token))));
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
                   token_rows(*options.service), [](CheckContext& context) {
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
                   token_rows(*options.service), [](CheckContext& context) {
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

bool is_another(CheckContext& context, const AnsweredReply& first, const AnsweredReply& second) {
  return context.claim(!second.created() || second.id() != first.id(), Standing::related, second,
                       "no answer to the first request", context.observed(second),
                       "A token with a blank beside it is taken for the token without it.");
}

// Blanks are ASCII, and part of a token. A replay would be answered with the first one's id,
// another request is refused, for its resource is bound.
Check blank_beside_token(const CatalogOptions& options) {
  Check check = script_check(options, "idempotency.two-tokens/surrounding-blank",
                             {"A token with a blank beside it must be another token",
                              "首尾带空格的 ClientToken 视为不同的 ClientToken"},
                             token_rows(*options.service), [](CheckContext& context) {
                               const std::string token = context.token();
                               const Params params = with_token(context, context.smallest(), token);
                               const auto first = context.accepted(context.create(params));
                               if (!first) return;
                               for (const std::string& other : {token + ' ', ' ' + token}) {
                                 const Reply reply =
                                     context.create(with_token(context, params, other));
                                 const auto answered = context.answered(reply);
                                 if (!answered || !is_another(context, *first, *answered)) return;
                                 context.answers(reply, context.situation("resource.bound"));
                               }
                             });
  check.requests = 7;
  return check;
}

}  // namespace

void token_identity_checks(const CatalogOptions& options, std::vector<Check>& checks) {
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
  checks.push_back(blank_beside_token(options));
  checks.push_back(without_token(options));
  checks.push_back(two_without_token(options));
}

}  // namespace flowlog

// CheckContext: a request that is too long for what stands in front of the API travels as a form.
#include "client/wire_style.h"
#include "engine/check_context.h"

namespace flowlog {
namespace {

constexpr std::string_view kFormStyle = "go-sdk/form";

}  // namespace

RequestOverrides CheckContext::as_form(const Params& params, const std::string& account) const {
  RequestOverrides form;
  form.change = [params, credentials = account_of(account).credentials,
                 scope = run_context_.client.options().scope](WireRequest& request) {
    request = rewrite_in_style(*wire_style(kFormStyle), request, params, credentials, scope);
  };
  return form;
}

// An endpoint that takes no form, or does not read it, has not answered this request: what it says
// counts only where it is lawful, or a success.
Reply CheckContext::arriving(Reply reply, bool may_create) {
  if (reply.created()) return reply;
  const Expectation expectation =
      expect(contract_of(reply.sent), reply.sent, inventory(reply.account), situation());
  if (!judge(expectation, reply.answer, false).too_long) return reply;
  const RequestOverrides form = as_form(reply.sent, reply.account);
  Reply again = may_create ? create_with(reply.sent, form, reply.account)
                           : call(reply.sent, form, reply.account);
  if (again.created()) return again;
  const Judgement judgement = judge(expectation, again.answer, false);
  const bool lawful =
      judgement.verdict == Verdict::conformant || judgement.verdict == Verdict::finding;
  return lawful && !judgement.too_long ? again : reply;
}

}  // namespace flowlog

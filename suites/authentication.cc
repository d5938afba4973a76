// Signatures and protocol: each way of breaking them is refused with its own row of the common
// errors. Each is tried on the action that only reads, and, where creating is allowed, on
// CreateFlowLog.
#include <fmt/format.h>

#include "engine/check_context.h"
#include "generators/indexed_group.h"
#include "suites/authentication_faults.h"
#include "suites/catalog.h"
#include "suites/refusals.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr const char* kLookedAfter = "wrong-signature";

Check on_reading(const Service& service, const AuthenticationFault& fault) {
  Check check;
  check.id = fmt::format("auth.{}/{}", fault.slug, service.lister().name);
  check.title = {fmt::format("{}: {} must be refused", service.lister().name, fault.title.en),
                 fmt::format("{}：{}应被拒绝", service.lister().name, fault.title.zh)};
  cite_refusals(service, fault.triggers, check);
  check.standing = fault.standing;
  check.creates = false;
  check.requests = 1 + static_cast<int>(fault.further.size());
  check.script = [fault, &service](CheckContext& context) {
    std::vector<RequestOverrides> ways = fault.further;
    ways.insert(ways.begin(), fault.overrides);
    for (const RequestOverrides& way : ways) {
      context.begin_case();
      const Reply reply = context.call(reading_query(context.service()), way);
      context.judged(reply,
                     refusal(service, fault.triggers, fault.standing, fault.answer_standing));
    }
  };
  return check;
}

Check on_creating(const CatalogOptions& options, const AuthenticationFault& fault) {
  const Service& service = *options.service;
  Check check;
  check.id = fmt::format("auth.{}/{}", fault.slug, service.creator().name);
  check.title = {fmt::format("{}: {} must be refused", service.creator().name, fault.title.en),
                 fmt::format("{}：{}应被拒绝", service.creator().name, fault.title.zh)};
  cite_refusals(service, fault.triggers, check);
  check.standing = fault.standing;
  check.controls = {kAcceptedControl};
  check.resources = {{resource_type_for(options, check.id), ""}};
  check.requests = fault.slug == kLookedAfter ? 2 : 1;
  check.script = [fault, &service](CheckContext& context) {
    const Reply reply = context.create_with(context.smallest(), fault.overrides);
    context.judged(reply, refusal(service, fault.triggers, fault.standing, fault.answer_standing));
    // Whoever refuses one of them before it acts, refuses all so.
    if (fault.slug == kLookedAfter) context.nothing_left();
  };
  return check;
}

// Action and Version are the protocol's: an unknown one is no business of one action.
Check unknown_operation(const Service& service, const std::string& name) {
  Check check;
  check.id = "auth.unknown-operation/" + name;
  check.title = {"An unknown " + name + " must be refused", "未知的 " + name + " 应被拒绝"};
  cite_refusals(service, {"unknown-action"}, check);
  check.standing = Standing::related;
  check.creates = false;
  check.requests = 1;
  check.script = [name, &service](CheckContext& context) {
    Params query = reading_query(context.service());
    set(query, name, name == "Action" ? "NoSuchAction" : "1999-01-01");
    context.judged(context.call(query), refusal(service, {"unknown-action"}, Standing::related));
  };
  return check;
}

Check signed_reading() {
  Check check;
  check.id = "auth.signed/accepted";
  check.title = {"A rightly signed request must be accepted", "签名正确的请求应被接受"};
  check.rows = {"notes/signing"};
  check.standing = Standing::related;
  check.creates = false;
  check.requests = 1;
  check.script = [](CheckContext& context) {
    const Reply reply = context.call(reading_query(context.service()));
    const auto answered = context.answered(reply);
    if (!answered) return;
    context.claim(reply.created(), Standing::related, *answered, "2xx", context.observed(reply),
                  "A rightly signed call of the action that only reads is refused.");
  };
  return check;
}

// Sorted by name, which is not the order of name and value as one: FlowLogIds.10 stands after
// FlowLogIds.1, and '0' before '='.
Check signed_index(const Service& service) {
  const std::string& ids = service.lister().parameter(Role::id);
  Check check;
  check.id = "auth.signed/ten-" + ids.substr(0, ids.find('.'));
  check.title = {"A rightly signed request with ten indexed parameters must be accepted",
                 "含十个带序号参数且签名正确的请求应被接受"};
  check.rows = {"notes/signing"};
  check.standing = Standing::related;
  check.creates = false;
  check.requests = 1;
  check.script = [](CheckContext& context) {
    const Action& lister = context.service().lister();
    const Parameter& ids = *lister.contract.parameter(lister.parameter(Role::id));
    Params query = reading_query(context.service());
    for (std::size_t i = 1; i <= 10; ++i) {
      set(query, IndexedGroup::sent_name(ids, i), fmt::format("flowlogconformance-none-{}", i));
    }
    const Reply reply = context.call(query);
    const auto answered = context.answered(reply);
    if (!answered) return;
    context.claim(reply.created(), Standing::related, *answered, "2xx", context.observed(reply),
                  "A rightly signed call with ten indexed parameters is refused.");
  };
  return check;
}

}  // namespace

void authentication_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Service& service = *options.service;
  const Account* account = options.profile->account("default");
  const Credentials known = account == nullptr ? Credentials{} : account->credentials;
  checks.push_back(signed_reading());
  const Action& lister = service.lister();
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  if (ids != nullptr && ids->indexed()) checks.push_back(signed_index(service));
  const Scope scope{options.profile->region, options.profile->service};
  for (const AuthenticationFault& fault : authentication_faults(known, scope, service)) {
    if (!has_refusals(service, fault.triggers)) continue;  // no page says what it gets
    checks.push_back(on_reading(service, fault));
    checks.push_back(on_creating(options, fault));
  }
  for (const char* name : {"Action", "Version"}) checks.push_back(unknown_operation(service, name));
}

}  // namespace flowlog

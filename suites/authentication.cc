// Signatures and protocol: each way of breaking them is refused with its own row of the common
// errors. Each is tried on the action that only reads, and, where creating is allowed, on
// CreateFlowLog.
#include <fmt/format.h>

#include "engine/check_context.h"
#include "generators/indexed_group.h"
#include "suites/authentication_faults.h"
#include "suites/catalog.h"
#include "suites/refusals.h"

namespace flowlog {
namespace {

Params reading_query(const Service& service) {
  const Action& lister = service.lister();
  return {{"Action", lister.name},
          {"Version", lister.contract.version},
          {lister.parameter(Role::page_size), "10"}};
}

Check on_reading(const Api& api, const AuthenticationFault& fault) {
  Check check;
  check.id = fmt::format("auth.{}/{}", fault.slug, api.describe.action);
  check.title = {fmt::format("{}: {} must be refused", api.describe.action, fault.title.en),
                 fmt::format("{}：{}应被拒绝", api.describe.action, fault.title.zh)};
  cite_refusals(api, fault.triggers, check);
  check.standing = fault.standing;
  check.creates = false;
  check.requests = 1 + static_cast<int>(fault.further.size());
  check.script = [fault, &api](CheckContext& context) {
    std::vector<RequestOverrides> ways = fault.further;
    ways.insert(ways.begin(), fault.overrides);
    for (const RequestOverrides& way : ways) {
      context.begin_case();
      const Reply reply = context.call(reading_query(context.service()), way);
      context.judged(reply, refusal(api, fault.triggers, fault.standing, fault.answer_standing));
    }
  };
  return check;
}

Check on_creating(const CatalogOptions& options, const AuthenticationFault& fault) {
  const Api& api = *options.api;
  Check check;
  check.id = fmt::format("auth.{}/{}", fault.slug, api.create.action);
  check.title = {fmt::format("{}: {} must be refused", api.create.action, fault.title.en),
                 fmt::format("{}：{}应被拒绝", api.create.action, fault.title.zh)};
  cite_refusals(api, fault.triggers, check);
  check.standing = fault.standing;
  check.controls = {kAcceptedControl};
  check.resources = {{resource_type_for(options, check.id), ""}};
  check.requests = 2;
  check.script = [fault, &api](CheckContext& context) {
    const Reply reply = context.create_with(context.smallest(), fault.overrides);
    context.judged(reply, refusal(api, fault.triggers, fault.standing, fault.answer_standing));
    context.nothing_left();
  };
  return check;
}

// Action and Version are the protocol's: an unknown one is no business of one action.
Check unknown_operation(const Api& api, const std::string& name) {
  Check check;
  check.id = "auth.unknown-operation/" + name;
  check.title = {"An unknown " + name + " must be refused", "未知的 " + name + " 应被拒绝"};
  cite_refusals(api, {"unknown-action"}, check);
  check.standing = Standing::related;
  check.creates = false;
  check.requests = 1;
  check.script = [name, &api](CheckContext& context) {
    Params query = reading_query(context.service());
    set(query, name, name == "Action" ? "NoSuchAction" : "1999-01-01");
    context.judged(context.call(query), refusal(api, {"unknown-action"}, Standing::related));
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
                  "A rightly signed call of the action that only reads must succeed.");
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
                  "A rightly signed call with ten indexed parameters must succeed.");
  };
  return check;
}

}  // namespace

void authentication_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Api& api = *options.api;
  const Account* account = options.profile->account("default");
  const Credentials known = account == nullptr ? Credentials{} : account->credentials;
  checks.push_back(signed_reading());
  const Action& lister = options.service->lister();
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  if (ids != nullptr && ids->indexed()) checks.push_back(signed_index(*options.service));
  const Scope scope{options.profile->region, options.profile->service};
  for (const AuthenticationFault& fault : authentication_faults(known, scope)) {
    checks.push_back(on_reading(api, fault));
    checks.push_back(on_creating(options, fault));
  }
  for (const char* name : {"Action", "Version"}) checks.push_back(unknown_operation(api, name));
}

}  // namespace flowlog

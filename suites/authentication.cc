// Signatures and protocol: each way of breaking them is refused with its own row of the common
// errors. Each is tried on the action that only reads, and, where creating is allowed, on
// CreateFlowLog.
#include <fmt/format.h>

#include "base/text.h"
#include "engine/check_context.h"
#include "suites/catalog.h"
#include "suites/refusals.h"

namespace flowlog {
namespace {

constexpr std::chrono::hours kFarOff{25};

struct AuthenticationFault {
  const char* slug;
  Text title;
  std::set<std::string> triggers;  // of the common rows: any of them is lawful
  RequestOverrides overrides;
  Standing standing = Standing::related;
};

std::string& authorization(WireRequest& request) {
  for (auto& [name, value] : request.headers) {
    if (lower_ascii(name) == "authorization") return value;
  }
  request.headers.emplace_back("Authorization", "");
  return request.headers.back().second;
}

void drop_header(WireRequest& request, std::string_view name) {
  std::erase_if(request.headers, [&](const auto& h) { return lower_ascii(h.first) == name; });
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

// The text between `from` and the next `until` (or the end) becomes `with`.
void replace_between(std::string& text, std::string_view from, char until, std::string_view with) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return;
  const std::size_t start = at + from.size();
  const std::size_t end = std::min(text.find(until, start), text.size());
  text.replace(start, end - start, with);
}

void flip_last_digit(std::string& hex) {
  if (!hex.empty()) hex.back() = hex.back() == '0' ? '1' : '0';
}

RequestOverrides change(std::function<void(WireRequest&)> what) {
  RequestOverrides overrides;
  overrides.change = std::move(what);
  return overrides;
}

RequestOverrides skewed(std::chrono::seconds skew) {
  RequestOverrides overrides;
  overrides.skew = skew;
  return overrides;
}

RequestOverrides scoped(Scope scope) {
  RequestOverrides overrides;
  overrides.scope = std::move(scope);
  return overrides;
}

RequestOverrides keyed(Credentials credentials) {
  RequestOverrides overrides;
  overrides.credentials = std::move(credentials);
  return overrides;
}

// One byte more in a value that stays lawful with it, so that nothing but the signature is wrong.
void lengthen_a_value(WireRequest& request) {
  for (const std::string_view name : {"MaxResults=", "FlowLogName="}) {
    const std::size_t at = request.target.find(name);
    if (at == std::string::npos) continue;
    request.target.insert(std::min(request.target.find('&', at), request.target.size()), "0");
    return;
  }
}

// A made-up access key of the usual form.
constexpr const char* kUnknownKey = "AKLTnosuchkeynosuchkeynosuchkeynosuchkey";

std::string between(const std::string& text, std::string_view from, char until) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return {};
  const std::size_t start = at + from.size();
  return text.substr(start, std::min(text.find(until, start), text.size()) - start);
}

// The right signature for what the request has become; without a body.
void sign_again(WireRequest& request, const Credentials& credentials, const Scope& scope) {
  std::string& value = authorization(request);
  Headers covered;
  for (const std::string& name : split(between(value, "SignedHeaders=", ','), ';')) {
    covered.emplace_back(name, header(request.headers, name));
  }
  const std::size_t query = std::min(request.target.find('?'), request.target.size());
  const std::string canonical = canonical_request(
      request.method, request.target.substr(0, query),
      std::string_view(request.target).substr(std::min(query + 1, request.target.size())), covered,
      sha256_hex(request.body));
  const std::string date = header(request.headers, "X-Date");
  replace_between(
      value, "Signature=", ',',
      signature(credentials.secret_key, date, scope, string_to_sign(date, scope, canonical)));
}

std::vector<AuthenticationFault> faults(const Credentials& known, const Scope& scope) {
  const std::set<std::string> malformed = {"malformed-authorization", "malformed-credential",
                                           "no-signature", "no-authorization",
                                           "missing-credential-info"};
  std::vector<AuthenticationFault> all;
  all.push_back({"no-authorization",
                 {"a request without Authorization", "没有 Authorization 的请求"},
                 {"no-authorization"},
                 change([](WireRequest& r) { drop_header(r, "authorization"); })});
  all.push_back({"malformed-authorization",
                 {"an Authorization that is none", "格式错误的 Authorization"},
                 malformed,
                 change([](WireRequest& r) { authorization(r) = "garbage"; })});
  all.push_back({"no-signature",
                 {"an Authorization without a signature", "Authorization 缺少签名"},
                 {"no-signature", "malformed-authorization"},
                 change([](WireRequest& r) {
                   std::string& value = authorization(r);
                   value.erase(std::min(value.rfind(", Signature="), value.size()));
                 })});
  all.push_back({"malformed-credential",
                 {"a Credential without a scope", "Credential 缺少范围"},
                 malformed,
                 change([](WireRequest& r) {
                   replace_between(authorization(r), "Credential=", ',', "garbage");
                 })});
  all.push_back(
      {"empty-access-key",
       {"a Credential without an access key", "Credential 缺少访问密钥"},
       {"missing-credential-info", "malformed-credential", "unknown-key"},
       change([](WireRequest& r) { replace_between(authorization(r), "Credential=", '/', ""); })});
  Credentials stranger = known;
  stranger.access_key = kUnknownKey;
  stranger.session_token.clear();
  all.push_back({"unknown-key",
                 {"an unknown access key", "未知的访问密钥"},
                 {"unknown-key"},
                 keyed(stranger)});
  Credentials wrong = known;
  wrong.secret_key += "x";
  all.push_back({"wrong-secret",
                 {"a signature made with another secret key", "用错误的私钥签名"},
                 {"wrong-signature"},
                 keyed(wrong)});
  all.push_back({"wrong-signature",
                 {"a signature with one digit changed", "签名被改动一位"},
                 {"wrong-signature"},
                 change([](WireRequest& r) { flip_last_digit(authorization(r)); })});
  all.push_back({"short-signature",
                 {"a signature with its last digits missing", "签名被截断"},
                 {"wrong-signature", "malformed-authorization"},
                 change([](WireRequest& r) {
                   std::string& value = authorization(r);
                   value.resize(value.size() - 2);
                 })});
  all.push_back({"changed-query",
                 {"a query with one byte changed after signing", "签名后查询串被改动一个字节"},
                 {"wrong-signature"},
                 change(lengthen_a_value)});
  all.push_back({"added-parameter",
                 {"a parameter added after signing", "签名后增加参数"},
                 {"wrong-signature"},
                 change([](WireRequest& r) { r.target += "&Zz=1"; })});
  all.push_back({"changed-date",
                 {"an X-Date changed by a second after signing", "签名后 X-Date 被改动一秒"},
                 {"wrong-signature"},
                 change([](WireRequest& r) {
                   for (auto& [name, value] : r.headers) {
                     if (lower_ascii(name) != "x-date" || value.size() < 2) continue;
                     char& digit = value[value.size() - 2];
                     digit = digit == '0' ? '1' : '0';
                   }
                 })});
  all.push_back({"expired",
                 {"a request signed a day ago", "一天前签名的请求"},
                 {"expired"},
                 skewed(-kFarOff)});
  all.push_back({"future",
                 {"a request signed for tomorrow", "签名时间在未来一天"},
                 {"future"},
                 skewed(kFarOff)});
  all.push_back({"unknown-service",
                 {"a scope with an unknown service", "范围中的服务不存在"},
                 {"unknown-service"},
                 scoped({"", "nosuchservice"})});
  all.push_back(
      {"wrong-scope-ending",
       {"a scope that does not end in \"request\"", "范围未以 request 结尾"},
       {"malformed-credential", "malformed-authorization", "wrong-signature", "no-authorization"},
       change([](WireRequest& r) { replace(authorization(r), "/request,", "/nonsense,"); })});
  Credentials token = known;
  token.session_token = "nosuchsessiontoken";
  all.push_back({"bad-session-token",
                 {"a session token that is none", "无效的会话令牌"},
                 {"bad-session-token", "unknown-key", "wrong-signature"},
                 keyed(token),
                 Standing::inferred});
  all.push_back({"wrong-method",
                 {"the HTTP method DELETE", "HTTP 方法 DELETE"},
                 {"wrong-method", "wrong-signature"},
                 change([known, scope](WireRequest& r) {
                   r.method = "DELETE";
                   sign_again(r, known, scope);
                 }),
                 Standing::inferred});
  all.push_back({"signature-in-capitals",
                 {"a signature in capital letters", "大写的签名"},
                 {"wrong-signature", "malformed-authorization"},
                 change([](WireRequest& r) {
                   std::string& value = authorization(r);
                   for (std::size_t i = value.rfind('='); i < value.size(); ++i) {
                     if (value[i] >= 'a' && value[i] <= 'f') value[i] -= 'a' - 'A';
                   }
                 }),
                 Standing::inferred});
  return all;
}

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
  check.requests = 1;
  check.script = [fault, &api](CheckContext& context) {
    const Reply reply = context.call(reading_query(context.service()), fault.overrides);
    context.judged(reply, refusal(api, fault.triggers, fault.standing));
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
    context.judged(reply, refusal(api, fault.triggers, fault.standing));
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

}  // namespace

void authentication_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Api& api = *options.api;
  const Account* account = options.profile->account("default");
  const Credentials known = account == nullptr ? Credentials{} : account->credentials;
  checks.push_back(signed_reading());
  const Scope scope{options.profile->region, options.profile->service};
  for (const AuthenticationFault& fault : faults(known, scope)) {
    checks.push_back(on_reading(api, fault));
    checks.push_back(on_creating(options, fault));
  }
  for (const char* name : {"Action", "Version"}) checks.push_back(unknown_operation(api, name));
}

}  // namespace flowlog

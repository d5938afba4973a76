#include "suites/authentication_faults.h"

#include <algorithm>
#include <chrono>

#include "base/percent.h"
#include "base/text.h"
#include "client/wire_style.h"

namespace flowlog {
namespace {

constexpr std::chrono::hours kFarOff{25};

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

// Parameters whose value mostly stays lawful with one byte more.
std::vector<std::string> values_to_lengthen(const Service& service) {
  std::vector<std::string> names = {service.lister().parameter(Role::page_size),
                                    service.creator().parameter(Role::name)};
  std::erase(names, "");
  return names;
}

// One byte more in a value that stays lawful with it, so that nothing but the signature is wrong.
void lengthen_a_value(WireRequest& request, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const std::size_t at = request.target.find(name + "=");
    if (at == std::string::npos) continue;
    request.target.insert(std::min(request.target.find('&', at), request.target.size()), "0");
    return;
  }
  request.target += "0";
}

// A made-up access key of the usual form.
constexpr const char* kUnknownKey = "AKLTnosuchkeynosuchkeynosuchkeynosuchkey";

std::string between(const std::string& text, std::string_view from, char until) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return {};
  const std::size_t start = at + from.size();
  return text.substr(start, std::min(text.find(until, start), text.size()) - start);
}

struct Resigned {
  std::string scope_date = {};                // empty: that of X-Date
  std::string ending = "request";             // of the scope
  std::set<std::string> unsigned_names = {};  // headers that are sent and not signed
  std::string payload_hash = {};              // empty: of the body that is sent
};

// The right signature for what the request has become and for what is said of it.
void sign_again(WireRequest& request, const Credentials& credentials, const Scope& scope,
                const Resigned& how = {}) {
  const std::string date = header(request.headers, "X-Date");
  const std::string day = how.scope_date.empty() ? date.substr(0, 8) : how.scope_date;
  const std::string place = join({day, scope.region, scope.service, how.ending}, "/");
  Headers covered;
  for (const std::string& name :
       split(between(authorization(request), "SignedHeaders=", ','), ';')) {
    if (!how.unsigned_names.contains(name)) {
      covered.emplace_back(name, header(request.headers, name));
    }
  }
  const std::string hash = how.payload_hash.empty() ? sha256_hex(request.body) : how.payload_hash;
  const std::size_t query = std::min(request.target.find('?'), request.target.size());
  const std::string canonical = canonical_request(
      request.method, request.target.substr(0, query),
      std::string_view(request.target).substr(std::min(query + 1, request.target.size())), covered,
      hash);
  std::string key = credentials.secret_key;
  for (const std::string& part : {day, scope.region, scope.service, how.ending}) {
    key = hmac_sha256(key, part);
  }
  const std::string text = join({"HMAC-SHA256", date, place, sha256_hex(canonical)}, "\n");
  authorization(request) = "HMAC-SHA256 Credential=" + credentials.access_key + '/' + place +
                           ", SignedHeaders=" + signed_header_names(covered) +
                           ", Signature=" + hex(hmac_sha256(key, text));
}

// A body that is not the one whose hash is told and signed.
void tell_another_body(WireRequest& request, const Credentials& credentials, const Scope& scope) {
  const std::string hash = sha256_hex("another body");
  request.headers.emplace_back("X-Content-Sha256", hash);
  replace(authorization(request), "SignedHeaders=", "SignedHeaders=x-content-sha256;");
  sign_again(request, credentials, scope, {.payload_hash = hash});
}

// The signature in the query instead of the header, and one digit of it wrong.
void sign_url_wrongly(WireRequest& request, const Credentials& credentials, const Scope& scope) {
  Params params;
  const std::size_t query = std::min(request.target.find('?'), request.target.size());
  for (const std::string& pair : split(request.target.substr(query + 1), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    params.emplace_back(percent_decode(pair.substr(0, equals)),
                        percent_decode(pair.substr(std::min(equals + 1, pair.size()))));
  }
  request = rewrite_in_style(*wire_style("go-sdk/signed-url"), request, params, credentials, scope);
  const std::string name = "X-Signature=";
  const std::size_t begin = request.target.find(name) + name.size();
  char& digit =
      request.target.at(std::min(request.target.find('&', begin), request.target.size()) - 1);
  digit = digit == '0' ? '1' : '0';
}

using Triggers = std::set<std::string>;

const Triggers kMalformed = {"malformed-authorization", "malformed-credential", "no-signature",
                             "no-authorization", "missing-credential-info"};

Triggers malformed_or(const Triggers& others) {
  Triggers all = kMalformed;
  all.insert(others.begin(), others.end());
  return all;
}

std::vector<AuthenticationFault> of_form() {
  return {
      {"no-authorization",
       {"a request without Authorization", "没有 Authorization 的请求"},
       {"no-authorization"},
       change([](WireRequest& r) { drop_header(r, "authorization"); })},
      {"malformed-authorization",
       {"an Authorization that is none", "格式错误的 Authorization"},
       kMalformed,
       change([](WireRequest& r) { authorization(r) = "garbage"; })},
      {"no-signature",
       {"an Authorization without a signature", "Authorization 缺少签名"},
       {"no-signature", "malformed-authorization"},
       change([](WireRequest& r) {
         std::string& value = authorization(r);
         value.erase(std::min(value.rfind(", Signature="), value.size()));
       })},
      {"malformed-credential",
       {"a Credential without a scope", "Credential 缺少范围"},
       kMalformed,
       change([](WireRequest& r) {
         replace_between(authorization(r), "Credential=", ',', "garbage");
       })},
      {"empty-access-key",
       {"a Credential without an access key", "Credential 缺少访问密钥"},
       {"missing-credential-info", "malformed-credential", "unknown-key"},
       change([](WireRequest& r) { replace_between(authorization(r), "Credential=", '/', ""); })},
  };
}

std::vector<AuthenticationFault> of_keys(const Credentials& known) {
  Credentials stranger = known;
  stranger.access_key = kUnknownKey;
  stranger.session_token.clear();
  Credentials wrong = known;
  wrong.secret_key += "x";
  return {
      {"unknown-key",
       {"an unknown access key", "未知的访问密钥"},
       {"unknown-key"},
       keyed(stranger)},
      {"wrong-secret",
       {"a signature made with another secret key", "用错误的私钥签名"},
       {"wrong-signature"},
       keyed(wrong)},
  };
}

// Where the key has no session token, no page says what becomes of one that comes with it.
AuthenticationFault bad_session_token(const Credentials& known) {
  const bool has = !known.session_token.empty();
  const Standing standing = has ? Standing::related : Standing::inferred;
  Credentials token = known;
  token.session_token = "nosuchsessiontoken";
  AuthenticationFault fault = {"bad-session-token",
                               {"a session token that is none", "无效的会话令牌"},
                               {"bad-session-token", "unknown-key", "wrong-signature"},
                               keyed(token),
                               standing,
                               standing};
  if (has) {
    token.session_token.clear();
    fault.further = {keyed(token)};
    fault.triggers.insert({"no-authorization", "missing-credential-info"});
  }
  return fault;
}

std::vector<AuthenticationFault> of_signature(const Service& service) {
  return {
      {"wrong-signature",
       {"a signature with one digit changed", "签名被改动一位"},
       {"wrong-signature"},
       change([](WireRequest& r) { flip_last_digit(authorization(r)); })},
      {"short-signature",
       {"a signature with its last digits missing", "签名被截断"},
       {"wrong-signature", "malformed-authorization"},
       change([](WireRequest& r) {
         std::string& value = authorization(r);
         value.resize(value.size() - 2);
       })},
      {"changed-query",
       {"a query with one byte changed after signing", "签名后查询串被改动一个字节"},
       {"wrong-signature"},
       change(
           [names = values_to_lengthen(service)](WireRequest& r) { lengthen_a_value(r, names); })},
      {"added-parameter",
       {"a parameter added after signing", "签名后增加参数"},
       {"wrong-signature"},
       change([](WireRequest& r) { r.target += "&Zz=1"; })},
      {"changed-date",
       {"an X-Date changed by a second after signing", "签名后 X-Date 被改动一秒"},
       {"wrong-signature"},
       change([](WireRequest& r) {
         for (auto& [name, value] : r.headers) {
           if (lower_ascii(name) != "x-date" || value.size() < 2) continue;
           char& digit = value[value.size() - 2];
           digit = digit == '0' ? '1' : '0';
         }
       })},
      {"signature-in-capitals",
       {"a signature in capital letters", "大写的签名"},
       {"wrong-signature", "malformed-authorization"},
       change([](WireRequest& r) {
         std::string& value = authorization(r);
         for (std::size_t i = value.rfind('='); i < value.size(); ++i) {
           if (value[i] >= 'a' && value[i] <= 'f') value[i] -= 'a' - 'A';
         }
       }),
       Standing::inferred,
       Standing::inferred},
  };
}

std::vector<AuthenticationFault> of_time_and_scope(const Credentials& known, const Scope& scope) {
  const auto resigned = [&](const Resigned& how) {
    return change([=](WireRequest& r) { sign_again(r, known, scope, how); });
  };
  return {
      {"expired",
       {"a request signed a day ago", "一天前签名的请求"},
       {"expired"},
       skewed(-kFarOff)},
      {"future",
       {"a request signed for tomorrow", "签名时间在未来一天"},
       {"future"},
       skewed(kFarOff)},
      {"unknown-service",
       {"a scope with an unknown service", "范围中的服务不存在"},
       {"unknown-service"},
       scoped({"", "nosuchservice"})},
      {.slug = "wrong-scope-ending",
       .title = {"a scope that does not end in \"request\"", "范围未以 request 结尾"},
       .triggers = malformed_or({"wrong-signature"}),
       .overrides =
           change([](WireRequest& r) { replace(authorization(r), "/request,", "/nonsense,"); }),
       .further = {resigned({.ending = "nonsense"})}},
      {"wrong-scope-date",
       {"a scope of another day than X-Date", "范围中的日期与 X-Date 不同"},
       malformed_or({"wrong-signature", "expired"}),
       resigned({.scope_date = "20200101"})},
  };
}

std::vector<AuthenticationFault> of_what_is_signed(const Credentials& known, const Scope& scope) {
  return {
      {"unsigned-date",
       {"an X-Date that is not among the signed headers", "X-Date 未列入 SignedHeaders"},
       malformed_or({"wrong-signature", "expired"}),
       change(
           [=](WireRequest& r) { sign_again(r, known, scope, {.unsigned_names = {"x-date"}}); })},
      {"wrong-body-hash",
       {"an X-Content-Sha256 that is not that of the body", "X-Content-Sha256 与请求体不符"},
       malformed_or({"wrong-signature"}),
       change([=](WireRequest& r) { tell_another_body(r, known, scope); })},
      {"wrong-signature-in-query",
       {"a wrong signature in the query", "查询串中的签名错误"},
       malformed_or({"wrong-signature"}),
       change([=](WireRequest& r) { sign_url_wrongly(r, known, scope); })},
      {"wrong-method",
       {"the HTTP method DELETE", "HTTP 方法 DELETE"},
       {"wrong-method", "wrong-signature"},
       change([=](WireRequest& r) {
         r.method = "DELETE";
         sign_again(r, known, scope);
       }),
       Standing::related,
       Standing::inferred},
  };
}

}  // namespace

std::vector<AuthenticationFault> authentication_faults(const Credentials& known, const Scope& scope,
                                                       const Service& service) {
  std::vector<AuthenticationFault> all;
  for (const auto& some : {of_form(), of_keys(known), of_signature(service),
                           of_time_and_scope(known, scope), of_what_is_signed(known, scope)}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  all.push_back(bad_session_token(known));
  return all;
}

}  // namespace flowlog

#include "mock/authenticator.h"

#include <array>
#include <ctime>

#include "base/text.h"
#include "client/signing.h"

namespace flowlog::mock {
namespace {

constexpr std::string_view algorithm = "HMAC-SHA256";
constexpr std::string_view scope_end = "request";
// SentParameter in the query form beside or after signing, and so never part of what is signed
// unless listed.
constexpr std::string_view signature_name = "X-Signature";
constexpr std::string_view token_name = "X-Security-Token";
constexpr std::string_view list_name = "X-SignedQueries";

// What a request says of its signature, from either form.
struct Claim {
  std::string credential;
  std::string access_key;
  std::string credential_date;
  Scope scope;
  std::string date;  // X-Date
  std::string session_token;
  std::vector<std::string> signed_headers;
  std::string signature;
  bool in_query = false;
};

std::optional<std::string> member(std::string_view text, std::string_view name) {
  for (std::string piece : split(text, ',')) {
    piece.erase(0, piece.find_first_not_of(' '));
    if (piece.starts_with(std::string(name) + '=')) return piece.substr(name.size() + 1);
  }
  return std::nullopt;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "20260102T030405Z", or nothing.
std::optional<WallTime> parse_date(const std::string& text) {
  const bool formed = text.size() == 16 && text[8] == 'T' && text[15] == 'Z' &&
                      all_digits(text.substr(0, 8)) && all_digits(text.substr(9, 6));
  if (!formed) return std::nullopt;
  const auto number = [&](int from, int count) { return std::stoi(text.substr(from, count)); };
  using namespace std::chrono;
  const year_month_day day{year(number(0, 4)), month(number(4, 2)), std::chrono::day(number(6, 2))};
  if (!day.ok() || number(9, 2) > 23 || number(11, 2) > 59 || number(13, 2) > 60)
    return std::nullopt;
  return sys_days(day) + hours(number(9, 2)) + minutes(number(11, 2)) + seconds(number(13, 2));
}

bool same_secretly(std::string_view a, std::string_view b) {
  unsigned char difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  }
  return difference == 0;
}

// One request on its way through the checks.
class Examination {
 public:
  Examination(const Rows& rows, const Behaviour& behaviour, Backend& backend, const Scope& served,
              const HttpRequest& request, const RequestTarget& target)
      : rows_(rows),
        how_(behaviour.auth),
        backend_(backend),
        served_(served),
        request_(request),
        target_(target) {}

  std::variant<Identity, Refusal> run();

 private:
  using Refused = std::optional<Refusal>;

  Refused claim();
  Refused claim_of_header(const std::string& authorization);
  Refused claim_of_query();
  Refused credential();
  Refused time();
  Refused service();
  Refused key();
  Refused session_token();
  Refused signature();

  bool signs(std::string_view name) const;
  bool only_host_and_date() const;
  std::vector<std::string> possible_requests() const;
  Headers signed_headers(bool default_port) const;
  Params signed_query(bool with_token) const;
  std::string canonical(const Params& query) const;
  bool query_is_covered() const;
  std::string payload_hash() const;
  std::string expected_signature(const std::string& canonical, const std::string& ending) const;
  bool matches(const std::string& expected) const;

  const Rows& rows_;
  const decltype(Behaviour::auth)& how_;
  Backend& backend_;
  const Scope& served_;
  const HttpRequest& request_;
  const RequestTarget& target_;
  Claim claim_;
  Tenant* account_ = nullptr;
  bool admitted_ = false;  // whatever else it says
};

std::variant<Identity, Refusal> Examination::run() {
  if (how_.none) return Identity{&backend_.accounts().front(), served_};
  static constexpr std::array steps = {&Examination::claim,    &Examination::credential,
                                       &Examination::time,     &Examination::service,
                                       &Examination::key,      &Examination::session_token,
                                       &Examination::signature};
  for (const auto step : steps) {
    if (auto refusal = (this->*step)()) return *refusal;
    if (admitted_) return Identity{&backend_.accounts().front(), served_};
  }
  return Identity{account_, claim_.scope};
}

Examination::Refused Examination::claim() {
  const std::string authorization = header(request_.headers, "Authorization");
  if (!authorization.empty()) return claim_of_header(authorization);
  const bool in_query = find(target_.query, signature_name) || find(target_.query, "X-Credential");
  if (in_query && !how_.no_query_form) return claim_of_query();
  admitted_ = how_.no_header_check;
  if (admitted_) return std::nullopt;
  return rows_.for_authentication("no-authorization");
}

Examination::Refused Examination::claim_of_header(const std::string& authorization) {
  const std::string start = std::string(algorithm) + ' ';
  if (!authorization.starts_with(start)) return rows_.for_authentication("malformed-authorization");
  const std::string members = authorization.substr(start.size());
  const auto signature = member(members, "Signature");
  const auto names = member(members, "SignedHeaders");
  const auto credential = member(members, "Credential");
  if (!signature || signature->empty()) return rows_.for_authentication("no-signature");
  if (!credential) return rows_.for_authentication("missing-credential-info", {"credential"});
  if (!names) return rows_.for_authentication("malformed-authorization");
  claim_.credential = *credential;
  claim_.signed_headers = split(*names, ';');
  claim_.signature = *signature;
  claim_.date = header(request_.headers, "X-Date");
  claim_.session_token = header(request_.headers, token_name);
  const bool enough = (signs("x-date") || how_.no_signed_date) &&
                      (signs("host") || !how_.host_required) &&
                      (only_host_and_date() || !how_.only_host_and_date);
  if (!enough) return rows_.for_authentication("malformed-authorization");
  return std::nullopt;
}

bool Examination::signs(std::string_view name) const {
  const auto& names = claim_.signed_headers;
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Examination::only_host_and_date() const {
  return std::ranges::all_of(claim_.signed_headers, [](const std::string& name) {
    return name == "host" || name == "x-date" || name == "x-security-token";
  });
}

Examination::Refused Examination::claim_of_query() {
  const auto value = [&](std::string_view name) { return find(target_.query, name).value_or(""); };
  claim_.in_query = true;
  claim_.credential = value("X-Credential");
  claim_.signature = value(signature_name);
  claim_.date = value("X-Date");
  claim_.session_token = value(token_name);
  if (!value("X-SignedHeaders").empty())
    claim_.signed_headers = split(value("X-SignedHeaders"), ';');
  if (value("X-Algorithm") != algorithm) return rows_.for_authentication("malformed-authorization");
  if (claim_.signature.empty()) return rows_.for_authentication("no-signature");
  return std::nullopt;
}

Examination::Refused Examination::credential() {
  const std::vector<std::string> pieces = split(claim_.credential, '/');
  if (pieces.size() != 5) return rows_.for_authentication("malformed-credential");
  claim_.access_key = pieces[0];
  claim_.credential_date = pieces[1];
  claim_.scope = {pieces[2], pieces[3]};
  const auto missing = [&](const char* what) {
    return rows_.for_authentication("missing-credential-info", {what});
  };
  if (claim_.access_key.empty()) return missing("access key");
  if (claim_.scope.region.empty()) return missing("region");
  if (claim_.scope.service.empty()) return missing("service");
  if (claim_.date.empty()) return missing("X-Date");
  if (how_.no_credential_check) return std::nullopt;
  const bool formed = (pieces[4] == scope_end || how_.no_scope_end) && pieces[1].size() == 8 &&
                      all_digits(pieces[1]);
  if (!formed) return rows_.for_authentication("malformed-credential");
  return std::nullopt;
}

Examination::Refused Examination::time() {
  const auto signed_at = parse_date(claim_.date);
  if (!signed_at) return how_.no_expiry ? std::nullopt : rows_.for_authentication("expired");
  const WallTime now = backend_.clock().wall();
  if (!how_.no_expiry && *signed_at < now - clock_window)
    return rows_.for_authentication("expired");
  if (!how_.no_future && *signed_at > now + clock_window) return rows_.for_authentication("future");
  const bool one_day = claim_.credential_date == claim_.date.substr(0, 8);
  if (!one_day && !how_.no_credential_check && !how_.no_scope_date)
    return rows_.for_authentication("malformed-credential");
  return std::nullopt;
}

Examination::Refused Examination::service() {
  if (claim_.scope.service != served_.service && !how_.no_service_check) {
    return rows_.for_authentication("unknown-service");
  }
  // No row says what an unknown region gets; the credential names a place that is not here.
  if (claim_.scope.region != served_.region && !how_.no_credential_check) {
    return rows_.for_authentication("malformed-credential");
  }
  return std::nullopt;
}

Examination::Refused Examination::key() {
  account_ = backend_.by_key(claim_.access_key);
  if (account_ != nullptr) return std::nullopt;
  account_ = &backend_.accounts().front();  // where the check is left out
  admitted_ = how_.no_key_check;
  if (admitted_) return std::nullopt;
  return rows_.for_authentication("unknown-key");
}

Examination::Refused Examination::session_token() {
  if (how_.no_token_check || claim_.session_token == account_->credentials.session_token) {
    return std::nullopt;
  }
  return rows_.for_authentication("bad-session-token");
}

Headers Examination::signed_headers(bool default_port) const {
  Headers headers;
  for (const std::string& name : claim_.signed_headers) {
    if (name.empty()) continue;
    std::string value = header(request_.headers, name);
    const bool strips = default_port && name == "host";
    if (strips && value.ends_with(":80")) value.resize(value.size() - 3);
    if (strips && value.ends_with(":443")) value.resize(value.size() - 4);
    headers.emplace_back(name, value);
  }
  return headers;
}

// In the query form the signed names are listed; without a list, everything but the signature and
// the session token is signed. The list need not name itself: its signature could not be made
// before it is whole. `with_token`: the session token too, listed or not.
Params Examination::signed_query(bool with_token) const {
  if (!claim_.in_query) {
    return how_.plus_is_plus ? parse_target(request_.target, false).query : target_.query;
  }
  const std::string list = find(target_.query, list_name).value_or("");
  const std::vector<std::string> names = split(list, ';');
  Params chosen;
  for (const auto& pair : target_.query) {
    const bool outside = pair.first == signature_name || pair.first == token_name;
    const bool listed = std::find(names.begin(), names.end(), pair.first) != names.end();
    const bool token = with_token && pair.first == token_name;
    const bool covered = list.empty() ? !outside : listed && pair.first != signature_name;
    if (covered || token) chosen.push_back(pair);
  }
  return chosen;
}

bool Examination::query_is_covered() const {
  if (!claim_.in_query) return true;
  const Params covered = signed_query(false);
  return std::all_of(target_.query.begin(), target_.query.end(), [&](const auto& pair) {
    const bool list = pair.first == list_name && !how_.list_names_itself;
    return list || pair.first == signature_name || pair.first == token_name ||
           find(covered, pair.first);
  });
}

std::string Examination::canonical(const Params& query) const {
  if (!how_.sorts_pairs && !how_.query_as_sent) return canonical_query(query);
  std::vector<std::string> pairs;
  for (const auto& [name, value] : query) {
    pairs.push_back(percent_encode(name) + '=' + percent_encode(value));
  }
  if (how_.sorts_pairs) std::sort(pairs.begin(), pairs.end());
  return join(pairs, "&");
}

std::string Examination::payload_hash() const {
  const std::string told = header(request_.headers, "X-Content-Sha256");
  if (how_.told_hash && !told.empty()) return told;
  const bool unsigned_body = claim_.in_query && find(target_.query, "X-NotSignBody");
  return sha256_hex(unsigned_body ? std::string() : request_.body);
}

// The canonical requests that official clients would have signed for what came.
std::vector<std::string> Examination::possible_requests() const {
  const std::string hash = payload_hash();
  std::vector<std::string> possible;
  // The Go client signs the session token of a signed URL, and does not list it.
  const bool token_in_query = claim_.in_query && !claim_.session_token.empty();
  for (int with_token = 0; with_token <= (token_in_query ? 1 : 0); ++with_token) {
    const std::string query = canonical(signed_query(with_token == 1));
    for (const bool default_port : {false, true}) {
      possible.push_back(canonical_request(request_.method, target_.path, query,
                                           signed_headers(default_port), hash));
    }
    if (claim_.in_query && claim_.signed_headers.empty()) {
      // Official clients write one more newline where the headers would stand.
      possible.push_back(request_.method + '\n' + target_.path + '\n' + query + "\n\n\n\n" + hash);
    }
  }
  return possible;
}

bool Examination::matches(const std::string& expected) const {
  if (how_.signature_prefix_only) {
    return claim_.signature.substr(0, 8) == expected.substr(0, 8);
  }
  if (how_.signature_any_case) return lower_ascii(claim_.signature) == expected;
  return same_secretly(claim_.signature, expected);
}

std::string Examination::expected_signature(const std::string& canonical,
                                            const std::string& ending) const {
  const std::vector<std::string> scope = {
      how_.no_scope_date ? claim_.credential_date : claim_.date.substr(0, 8), claim_.scope.region,
      claim_.scope.service, ending};
  std::string key = account_->credentials.secret_key;
  for (const std::string& part : scope) key = hmac_sha256(key, part);
  const std::string text =
      join({std::string(algorithm), claim_.date, join(scope, "/"), sha256_hex(canonical)}, "\n");
  return hex(hmac_sha256(key, text));
}

Examination::Refused Examination::signature() {
  if (how_.no_signature_check) return std::nullopt;
  if (how_.no_post_signature_check && request_.method == "POST") return std::nullopt;
  if (how_.no_query_signature_check && claim_.in_query) return std::nullopt;
  const std::string told = header(request_.headers, "X-Content-Sha256");
  const bool body_told = told.empty() || told == sha256_hex(request_.body) || how_.told_hash;
  if (body_told && query_is_covered()) {
    const std::string ending = claim_.credential.substr(claim_.credential.rfind('/') + 1);
    for (const std::string& canonical : possible_requests()) {
      if (matches(expected_signature(canonical, std::string(scope_end)))) return std::nullopt;
      // Where the ending is not looked at, what was signed with it counts as well.
      if (how_.no_scope_end && matches(expected_signature(canonical, ending))) return std::nullopt;
    }
  }
  return rows_.for_authentication("wrong-signature");
}

}  // namespace

std::variant<Identity, Refusal> Authenticator::identify(const HttpRequest& request,
                                                        const RequestTarget& target) const {
  return Examination(rows_, behaviour_, backend_, served_, request, target).run();
}

Params without_signature(const Params& query) {
  Params rest;
  for (const auto& pair : query) {
    if (!pair.first.starts_with("X-")) rest.push_back(pair);
  }
  return rest;
}

}  // namespace flowlog::mock

#include "client/wire_style.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view list_name = "X-SignedQueries";
constexpr std::string_view token_name = "X-Security-Token";
constexpr std::string_view signature_name = "X-Signature";

bool addresses(const std::pair<std::string, std::string>& pair) {
  return pair.first == "Action" || pair.first == "Version";
}

// Letters, digits and `bare` as they are.
std::string escape(std::string_view raw, std::string_view bare, bool blank_is_plus) {
  std::string out;
  for (const char c : raw) {
    if (c == ' ' && blank_is_plus) {
      out += '+';
    } else if (bare.find(c) != std::string_view::npos) {
      out += c;
    } else if (const std::string strict = percent_encode({&c, 1}); strict == "~") {
      out += "%7E";
    } else {
      out += strict;
    }
  }
  return out;
}

std::string encoded(const Params& params, std::string_view bare, bool blank_is_plus) {
  std::string text;
  for (const auto& [name, value] : params) {
    if (!text.empty()) text += '&';
    text += escape(name, bare, blank_is_plus) + '=' + escape(value, bare, blank_is_plus);
  }
  return text;
}

Params sorted(Params params) {
  std::stable_sort(params.begin(), params.end(), [](const auto& a, const auto& b) {
    return percent_encode(a.first) < percent_encode(b.first);
  });
  return params;
}

Params ordered(const WireStyle& style, Params query) {
  if (style.order == WireStyle::Order::sorted) return sorted(std::move(query));
  const bool first = style.order == WireStyle::Order::action_first;
  std::stable_partition(query.begin(), query.end(),
                        [&](const auto& pair) { return addresses(pair) == first; });
  return query;
}

// A pair on its way into nested JSON: what is left of its dotted name.
struct Branch {
  std::vector<std::string> path;
  std::string value;
};

// Members by their first word, in order; 1, 2, 3 … make an array.
Json nested(const std::vector<Branch>& branches) {
  std::vector<std::pair<std::string, std::vector<Branch>>> groups;
  for (const Branch& branch : branches) {
    const std::string& word = branch.path.front();
    auto group = std::ranges::find_if(groups, [&](const auto& g) { return g.first == word; });
    if (group == groups.end()) group = groups.insert(groups.end(), {word, {}});
    group->second.push_back({{branch.path.begin() + 1, branch.path.end()}, branch.value});
  }
  bool array = !groups.empty();
  for (std::size_t i = 0; i < groups.size(); ++i) array &= groups[i].first == std::to_string(i + 1);
  Json made = array ? Json::array() : Json::object();
  for (const auto& [word, inner] : groups) {
    const bool leaf = inner.front().path.empty();
    const Json value = leaf ? Json(inner.front().value) : nested(inner);
    if (array) {
      made.push_back(value);
    } else {
      made[word] = value;
    }
  }
  return made;
}

Json json_of(const WireStyle& style, const Params& params) {
  if (style.carrier == WireStyle::Carrier::flat_json) {
    Json flat = Json::object();
    for (const auto& [name, value] : params) flat[name] = value;
    return flat;
  }
  std::vector<Branch> branches;
  for (const auto& [name, value] : params) branches.push_back({split(name, '.'), value});
  return branches.empty() ? Json::object() : nested(branches);
}

std::string credential_of(const Credentials& credentials, const std::string& date,
                          const Scope& scope) {
  return credentials.access_key + '/' + date.substr(0, 8) + '/' + scope.region + '/' +
         scope.service + "/request";
}

Headers signed_of(const WireStyle& style, const Headers& headers) {
  Headers chosen;
  for (const auto& pair : headers) {
    const auto& names = style.signs;
    if (std::find(names.begin(), names.end(), lower_ascii(pair.first)) != names.end()) {
      chosen.push_back(pair);
    }
  }
  return chosen;
}

std::string names_of(const Params& query) {
  std::vector<std::string> names;
  for (const auto& pair : query) names.push_back(pair.first);
  std::sort(names.begin(), names.end());
  return join(names, ";");
}

// What is signed where no header is: official clients leave one line more.
std::string canonical_of_query(const std::string& method, std::string_view path,
                               const Params& query, const Headers& headers) {
  if (!headers.empty()) {
    return canonical_request(method, path, canonical_query(query), headers, sha256_hex(""));
  }
  return method + '\n' + std::string(path) + '\n' + canonical_query(query) + "\n\n\n\n" +
         sha256_hex("");
}

void sign_in_query(const WireStyle& style, WireRequest& request, std::string_view path,
                   Params query, const Credentials& credentials, const Scope& scope,
                   const std::string& date) {
  const Headers chosen = signed_of(style, request.headers);
  const bool token = !credentials.session_token.empty();
  const auto add_token = [&](Params& to) {
    if (token) to.emplace_back(token_name, credentials.session_token);
  };
  query.insert(query.end(), {{"X-Algorithm", "HMAC-SHA256"},
                             {"X-Credential", credential_of(credentials, date, scope)},
                             {"X-Date", date},
                             {"X-NotSignBody", ""},
                             {"X-SignedHeaders", signed_header_names(chosen)}});
  if (style.token == WireStyle::Token::listed) add_token(query);
  if (style.lists_itself) query.emplace_back(list_name, "");
  const std::string list = names_of(query);
  if (style.lists_itself) set(query, list_name, list);
  if (style.token == WireStyle::Token::signed_unlisted) add_token(query);
  const std::string text =
      string_to_sign(date, scope, canonical_of_query(request.method, path, query, chosen));
  if (style.token == WireStyle::Token::unsigned_unlisted) add_token(query);
  if (!style.signature_sorted) query = ordered(style, std::move(query));
  if (!style.lists_itself) query.emplace_back(list_name, list);
  query.emplace_back(signature_name, signature(credentials.secret_key, date, scope, text));
  if (style.signature_sorted) query = ordered(style, std::move(query));
  request.target = std::string(path) + '?' + encoded(query, style.bare, style.blank_is_plus);
}

void sign_in_header(const WireStyle& style, WireRequest& request, std::string_view path,
                    const Params& query, const Credentials& credentials, const Scope& scope,
                    const std::string& date) {
  request.target =
      std::string(path) + '?' + encoded(ordered(style, query), style.bare, style.blank_is_plus);
  const Headers chosen = signed_of(style, request.headers);
  const std::string canonical = canonical_request(request.method, path, canonical_query(query),
                                                  chosen, sha256_hex(request.body));
  request.headers.emplace_back(
      "Authorization",
      "HMAC-SHA256 Credential=" + credential_of(credentials, date, scope) +
          ", SignedHeaders=" + signed_header_names(chosen) + ", Signature=" +
          signature(credentials.secret_key, date, scope, string_to_sign(date, scope, canonical)));
}

// As write_with_body, at the moment that `date` names.
WireRequest write_at(const WireStyle& style, std::string_view host, std::string_view path,
                     const Params& query, const std::string& body, const Headers& extra,
                     const Credentials& credentials, const Scope& scope, const std::string& date) {
  WireRequest request{std::string(style.method()), "", {{"Host", std::string(host)}}, body};
  if (!style.content_type.empty()) {
    request.headers.emplace_back("Content-Type", style.content_type);
  }
  if (style.place == WireStyle::Place::query) {
    request.headers.insert(request.headers.end(), extra.begin(), extra.end());
    sign_in_query(style, request, path, query, credentials, scope, date);
    return request;
  }
  request.headers.emplace_back("X-Date", date);
  if (style.hashes_empty_body || !body.empty()) {
    request.headers.emplace_back("X-Content-Sha256", sha256_hex(body));
  }
  if (!credentials.session_token.empty()) {
    request.headers.emplace_back(token_name, credentials.session_token);
  }
  for (const auto& pair : style.extra) {
    if (header(extra, pair.first).empty()) request.headers.push_back(pair);
  }
  request.headers.insert(request.headers.end(), extra.begin(), extra.end());
  sign_in_header(style, request, path, query, credentials, scope, date);
  return request;
}

// What travels in the query beside a body.
Params query_beside(const WireStyle& style, Params params) {
  if (style.carrier == WireStyle::Carrier::query) return params;
  std::erase_if(params, [](const auto& pair) { return !addresses(pair); });
  return params;
}

}  // namespace

std::string body_in_style(const WireStyle& style, const Params& params) {
  if (style.carrier == WireStyle::Carrier::query) return {};
  Params rest;
  for (const auto& pair : params) {
    if (!addresses(pair)) rest.push_back(pair);
  }
  if (style.carrier == WireStyle::Carrier::form) {
    return encoded(style.form_sorted ? sorted(rest) : rest, style.form_bare, true);
  }
  return json_of(style, rest).dump(-1, ' ', false, Json::error_handler_t::replace);
}

WireRequest write_with_body(const WireStyle& style, std::string_view host, std::string_view path,
                            const Params& query, const std::string& body, const Headers& extra,
                            const Credentials& credentials, const Scope& scope, WallTime time) {
  return write_at(style, host, path, query, body, extra, credentials, scope, basic_time(time));
}

WireRequest write_in_style(const WireStyle& style, std::string_view host, std::string_view path,
                           const Params& params, const Headers& extra,
                           const Credentials& credentials, const Scope& scope, WallTime time) {
  return write_at(style, host, path, query_beside(style, params), body_in_style(style, params),
                  extra, credentials, scope, basic_time(time));
}

WireRequest rewrite_in_style(const WireStyle& style, const WireRequest& request,
                             const Params& params, const Credentials& credentials,
                             const Scope& scope) {
  Headers kept;
  for (const auto& pair : request.headers) {
    const std::string name = lower_ascii(pair.first);
    const bool own = name == "host" || name == "authorization" || name == "content-type" ||
                     name == "x-date" || name == "x-content-sha256" || name == "x-security-token";
    if (!own) kept.push_back(pair);
  }
  return write_at(style, header(request.headers, "Host"),
                  request.target.substr(0, request.target.find('?')), query_beside(style, params),
                  body_in_style(style, params), kept, credentials, scope,
                  header(request.headers, "X-Date"));
}

}  // namespace flowlog

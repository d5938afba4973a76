#include "client/signing.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr std::string_view algorithm = "HMAC-SHA256";
constexpr std::string_view terminator = "request";

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

// Lower-case names, trimmed values, by name.
Headers canonical_headers(const Headers& headers) {
  Headers sorted;
  for (const auto& [name, value] : headers) sorted.emplace_back(lower_ascii(name), trimmed(value));
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return sorted;
}

std::string credential_scope(std::string_view date, const Scope& scope) {
  return std::string(date.substr(0, 8)) + '/' + scope.region + '/' + scope.service + '/' +
         std::string(terminator);
}

// Host and every X- header; the others travel unsigned.
Headers signed_headers(const Headers& headers) {
  Headers chosen;
  for (const auto& pair : headers) {
    const std::string name = lower_ascii(pair.first);
    if (name == "host" || name.starts_with("x-")) chosen.push_back(pair);
  }
  return chosen;
}

}  // namespace

std::string sha256_hex(std::string_view data) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(bytes(data), data.size(), digest);
  return hex({reinterpret_cast<const char*>(digest), sizeof digest});
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.empty() ? "" : key.data(), static_cast<int>(key.size()), bytes(data),
       data.size(), digest, &size);
  return {reinterpret_cast<const char*>(digest), size};
}

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string percent_encode(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() * 3);
  for (const char c : text) {
    if (unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4];
    encoded += digits[byte & 15];
  }
  return encoded;
}

std::string canonical_query(const Params& params) {
  Params encoded;
  encoded.reserve(params.size());
  for (const auto& [name, value] : params) {
    encoded.emplace_back(percent_encode(name), percent_encode(value));
  }
  std::stable_sort(encoded.begin(), encoded.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string query;
  for (const auto& [name, value] : encoded) {
    if (!query.empty()) query += '&';
    query.append(name).append("=").append(value);
  }
  return query;
}

std::string canonical_request(std::string_view method, std::string_view path,
                              std::string_view canonical_query, const Headers& headers,
                              std::string_view payload_hash) {
  std::string text;
  text.append(method).append("\n").append(path).append("\n").append(canonical_query).append("\n");
  for (const auto& [name, value] : canonical_headers(headers)) {
    text.append(name).append(":").append(value).append("\n");
  }
  return text.append("\n").append(signed_header_names(headers)).append("\n").append(payload_hash);
}

std::string signed_header_names(const Headers& headers) {
  std::vector<std::string> names;
  for (auto& pair : canonical_headers(headers)) names.push_back(std::move(pair.first));
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return join(names, ";");
}

std::string string_to_sign(std::string_view date, const Scope& scope,
                           std::string_view canonical_request) {
  std::string text(algorithm);
  return text.append("\n")
      .append(date)
      .append("\n")
      .append(credential_scope(date, scope))
      .append("\n")
      .append(sha256_hex(canonical_request));
}

std::string signing_key(std::string_view secret_key, std::string_view date, const Scope& scope) {
  std::string key = hmac_sha256(secret_key, date.substr(0, 8));
  key = hmac_sha256(key, scope.region);
  key = hmac_sha256(key, scope.service);
  return hmac_sha256(key, terminator);
}

std::string signature(std::string_view secret_key, std::string_view date, const Scope& scope,
                      std::string_view string_to_sign) {
  return hex(hmac_sha256(signing_key(secret_key, date, scope), string_to_sign));
}

std::string SigningKeys::of(std::string_view secret_key, std::string_view date,
                            const Scope& scope) {
  std::array<std::string, 4> name{std::string(secret_key), std::string(date.substr(0, 8)),
                                  scope.region, scope.service};
  const std::lock_guard lock(mutex_);
  if (const auto known = keys_.find(name); known != keys_.end()) return known->second;
  ++derived_;
  if (keys_.size() >= kMost) keys_.clear();
  return keys_.emplace(std::move(name), signing_key(secret_key, date, scope)).first->second;
}

long SigningKeys::derived() const {
  const std::lock_guard lock(mutex_);
  return derived_;
}

WireRequest sign(std::string_view method, std::string_view host, std::string_view path,
                 const Params& query, std::string_view body, const Headers& extra,
                 const Credentials& credentials, const Scope& scope, WallTime time,
                 SigningKeys* keys) {
  const std::string date = basic_time(time);
  const std::string text = canonical_query(query);
  const std::string payload_hash = sha256_hex(body);

  WireRequest request{std::string(method), std::string(path), {}, std::string(body)};
  if (!text.empty()) request.target.append("?").append(text);
  request.headers = {{"Host", std::string(host)}, {"X-Date", date}};
  if (!body.empty()) request.headers.emplace_back("X-Content-Sha256", payload_hash);
  if (!credentials.session_token.empty()) {
    request.headers.emplace_back("X-Security-Token", credentials.session_token);
  }
  request.headers.insert(request.headers.end(), extra.begin(), extra.end());

  const Headers chosen = signed_headers(request.headers);
  const std::string canonical = canonical_request(method, path, text, chosen, payload_hash);
  const std::string key = keys == nullptr ? signing_key(credentials.secret_key, date, scope)
                                          : keys->of(credentials.secret_key, date, scope);
  request.headers.emplace_back(
      "Authorization",
      std::string(algorithm) + " Credential=" + credentials.access_key + '/' +
          credential_scope(date, scope) + ", SignedHeaders=" + signed_header_names(chosen) +
          ", Signature=" + hex(hmac_sha256(key, string_to_sign(date, scope, canonical))));
  return request;
}

}  // namespace flowlog

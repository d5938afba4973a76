// Requests that are changed after their signing, or signed with parts chosen freely.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "client/signing.h"
#include "tests/mock/harness.h"

namespace flowlog::mock {

inline constexpr const char* now_date = "20260102T030405Z";

inline std::string& header_of(WireRequest& wire, const std::string& name) {
  for (auto& [key, value] : wire.headers) {
    if (key == name) return value;
  }
  return wire.headers.emplace_back(name, "").second;
}

inline void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from << " in " << text;
  text.replace(at, from.size(), to);
}

inline void expect_row(const Reply& reply, int status, const std::string& code) {
  EXPECT_EQ(reply.status, status);
  EXPECT_EQ(reply.code(), code);
}

// A request signed with parts chosen freely, as a client of one's own would.
inline WireRequest handmade(const std::string& key, const std::string& secret,
                            const std::string& date, const Scope& scope,
                            const Headers& signed_headers, const Params& query) {
  WireRequest wire{"GET", "/?" + canonical_query(query), signed_headers, ""};
  const std::string canonical =
      canonical_request("GET", "/", canonical_query(query), signed_headers, sha256_hex(""));
  wire.headers.emplace_back(
      "Authorization",
      "HMAC-SHA256 Credential=" + key + '/' + date.substr(0, 8) + '/' + scope.region + '/' +
          scope.service + "/request, SignedHeaders=" + signed_header_names(signed_headers) +
          ", Signature=" + signature(secret, date, scope, string_to_sign(date, scope, canonical)));
  return wire;
}

// "a;b;c" of the names.
inline std::string listed(const Params& query) {
  std::vector<std::string> names;
  for (const auto& pair : query) names.push_back(pair.first);
  std::sort(names.begin(), names.end());
  return join(names, ";");
}

inline void put_signature(Params& query, const Credentials& keys, const std::string& canonical) {
  query.emplace_back("X-Signature",
                     signature(keys.secret_key, now_date, {"cn-beijing", "vpc"},
                               string_to_sign(now_date, {"cn-beijing", "vpc"}, canonical)));
}

inline Params unsigned_form(const Credentials& keys) {
  Params query = Harness::creation({{"ResourceId", "vpc-session-01"}});
  query.insert(query.end(), {{"X-Algorithm", "HMAC-SHA256"},
                             {"X-Credential", keys.access_key + "/20260102/cn-beijing/vpc/request"},
                             {"X-Date", now_date},
                             {"X-NotSignBody", ""},
                             {"X-SignedHeaders", ""}});
  return query;
}

}  // namespace flowlog::mock

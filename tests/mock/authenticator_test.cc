#include "mock/authenticator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "tests/mock/handmade.h"
#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

// The answer to a well-signed creation that is changed afterwards.
Reply tampered(const std::function<void(WireRequest&)>& change) {
  Harness mock;
  WireRequest wire = mock.signed_request(Harness::creation());
  change(wire);
  return mock.send(wire);
}

Reply send_signed(const std::string& date, const Scope& scope, const Headers& extra = {}) {
  Harness mock;
  const Credentials& keys = mock.backend().by_name("default").credentials;
  Headers headers = {{"X-Date", date}};
  headers.insert(headers.end(), extra.begin(), extra.end());
  return mock.send(
      handmade(keys.access_key, keys.secret_key, date, scope, headers, Harness::creation()));
}

TEST(Authenticator, AcceptsWhatOfficialClientsSigned) {
  std::ifstream file(std::string(FLOWLOG_SOURCE_DIR) + "/tests/client/data/signing.json");
  const nlohmann::json vectors = nlohmann::json::parse(file)["vectors"];
  ASSERT_GE(vectors.size(), 19u);
  for (const auto& vector : vectors) {
    const bool session = vector["headers"].contains("X-Security-Token");
    Tenant account;
    account.credentials = {vector["access_key"], vector["secret_key"],
                           session ? vector["headers"]["X-Security-Token"] : nlohmann::json("")};
    StillClock clock;
    const Behaviour honest;
    const Rows rows(built_in_service(), built_in_service().creator().contract, honest);
    Backend backend(built_in_service(), honest, {}, clock, {account});
    const Authenticator authenticator(rows, honest, backend, {vector["region"], vector["service"]});
    HttpRequest request{vector["method"],
                        "/?" + vector["canonical_query"].get<std::string>(),
                        {{"Authorization", vector["authorization"]}},
                        vector["body"]};
    for (const auto& [name, value] : vector["headers"].items()) {
      request.headers.emplace_back(name, value);
    }
    const auto identified = authenticator.identify(request, parse_target(request.target));
    EXPECT_TRUE(std::holds_alternative<Identity>(identified)) << vector["name"];
  }
}

TEST(Authenticator, TakesASignatureOverXDateAlone) {
  EXPECT_EQ(send_signed(now_date, {"cn-beijing", "vpc"}).status, 200);
}

TEST(Authenticator, TakesASignatureOverContentTypeAndEveryXHeader) {
  const Reply reply =
      send_signed(now_date, {"cn-beijing", "vpc"},
                  {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                   {"Host", "mock:18080"},
                   {"X-Content-Sha256", sha256_hex("")},
                   {"X-Other", "  a  b "}});
  EXPECT_EQ(reply.status, 200) << reply.body;
}

// The Go client signs a Host without its default port and sends it with one.
TEST(Authenticator, TakesAHostSignedWithoutItsDefaultPort) {
  Harness mock;
  const Credentials& keys = mock.backend().by_name("default").credentials;
  WireRequest wire = handmade(keys.access_key, keys.secret_key, now_date, {"cn-beijing", "vpc"},
                              {{"Host", "mock"}, {"X-Date", now_date}}, Harness::creation());
  header_of(wire, "Host") = "mock:80";
  EXPECT_EQ(mock.send(wire).status, 200);
}

// On the wire a space may come as '+', when %20 was signed.
TEST(Authenticator, TakesAPlusForASignedSpace) {
  Harness mock;
  WireRequest wire = mock.signed_request(Harness::creation({{"Description", "a b"}}));
  replace(wire.target, "a%20b", "a+b");
  EXPECT_EQ(mock.send(wire).status, 200);
}

// What is signed is the encoded path: decoded, /a%2Fb and /a/b would be one.
TEST(Authenticator, ChecksThePathAsItWasSent) {
  Harness mock;
  const Credentials& keys = mock.backend().by_name("default").credentials;
  WireRequest wire = sign("GET", "mock", "/a%2Fb/", Harness::creation(), "", {}, keys,
                          {"cn-beijing", "vpc"}, mock.clock.wall());
  EXPECT_EQ(mock.send(wire).status, 200);
  replace(wire.target, "/a%2Fb/", "/a/b/");
  expect_row(mock.send(wire), 401, "SignatureDoesNotMatch");
}

TEST(Authenticator, TakesTheQueryInAnyOrder) {
  const Reply reply = tampered([](WireRequest& wire) {
    replace(wire.target, "Action=CreateFlowLog&", "");
    wire.target += "&Action=CreateFlowLog";
  });
  EXPECT_EQ(reply.status, 200);
}

// The Node client makes the list after the signature: the list is neither listed nor signed. The
// session token is both.
TEST(Authenticator, TakesAListOfSignedQueriesThatDoesNotNameItself) {
  Harness mock;
  const Credentials& keys = mock.backend().by_name("session").credentials;
  Params query = unsigned_form(keys);
  query.emplace_back("X-Security-Token", keys.session_token);
  const std::string list = listed(query);
  put_signature(query, keys, "GET\n/\n" + canonical_query(query) + "\n\n\n\n" + sha256_hex(""));
  query.emplace_back("X-SignedQueries", list);
  const Reply reply = mock.send({"GET", "/?" + canonical_query(query), {{"Host", "mock"}}, ""});
  EXPECT_EQ(reply.status, 200) << reply.body;
}

TEST(Authenticator, RefusesAShortenedListOfSignedQueries) {
  Harness mock;
  const Credentials& keys = mock.backend().by_name("session").credentials;
  Params query = unsigned_form(keys);
  query.emplace_back("X-Security-Token", keys.session_token);
  std::string list = listed(query);
  put_signature(query, keys, "GET\n/\n" + canonical_query(query) + "\n\n\n\n" + sha256_hex(""));
  replace(list, "FlowLogName;", "");
  query.emplace_back("X-SignedQueries", list);
  expect_row(mock.send({"GET", "/?" + canonical_query(query), {}, ""}), 401,
             "SignatureDoesNotMatch");
}

// The Go client signs the session token of a signed URL without listing it.
TEST(Authenticator, TakesASessionTokenThatIsSignedAndNotListed) {
  Harness mock;
  const Credentials& keys = mock.backend().by_name("session").credentials;
  Params query = unsigned_form(keys);
  query.emplace_back("X-SignedQueries", "");
  set(query, "X-SignedQueries", listed(query));
  query.emplace_back("X-Security-Token", keys.session_token);
  put_signature(query, keys, "GET\n/\n" + canonical_query(query) + "\n\n\n\n" + sha256_hex(""));
  const Reply reply = mock.send({"GET", "/?" + canonical_query(query), {{"Host", "mock"}}, ""});
  EXPECT_EQ(reply.status, 200) << reply.body;
}

// The form of the official Go client: everything listed, one newline more than in the header form.
Params query_form(const Credentials& keys, const char* gap) {
  Params query = Harness::creation();
  const Scope scope{"cn-beijing", "vpc"};
  query.insert(query.end(), {{"X-Algorithm", "HMAC-SHA256"},
                             {"X-Credential", keys.access_key + "/20260102/cn-beijing/vpc/request"},
                             {"X-Date", now_date},
                             {"X-NotSignBody", ""},
                             {"X-SignedHeaders", ""},
                             {"X-SignedQueries", ""}});
  std::vector<std::string> names;
  for (const auto& pair : query) names.push_back(pair.first);
  std::sort(names.begin(), names.end());
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ";") + name;
  set(query, "X-SignedQueries", list);
  const std::string canonical = "GET\n/\n" + canonical_query(query) + gap + sha256_hex("");
  query.emplace_back("X-Signature", signature(keys.secret_key, now_date, scope,
                                              string_to_sign(now_date, scope, canonical)));
  return query;
}

TEST(Authenticator, TakesASignatureInTheQuery) {
  for (const char* gap : {"\n\n\n", "\n\n\n\n"}) {
    Harness mock;
    const Params query = query_form(mock.backend().by_name("default").credentials, gap);
    const Reply reply = mock.send({"GET", "/?" + canonical_query(query), {{"Host", "mock"}}, ""});
    EXPECT_EQ(reply.status, 200) << reply.body;
  }
}

TEST(Authenticator, RefusesAQueryFormWithAParameterOutsideTheSignature) {
  Harness mock;
  Params query = query_form(mock.backend().by_name("default").credentials, "\n\n\n");
  query.emplace_back("Description", "added");
  expect_row(mock.send({"GET", "/?" + canonical_query(query), {}, ""}), 401,
             "SignatureDoesNotMatch");
}

TEST(Authenticator, NamesAMissingAuthorization) {
  expect_row(tampered([](WireRequest& wire) {
               std::erase_if(wire.headers, [](auto& h) { return h.first == "Authorization"; });
             }),
             401, "MissingAuthenticationToken");
}

TEST(Authenticator, NamesWhatIsMissingInTheCredential) {
  for (const char* part : {"AKMOCK", "cn-beijing", "vpc"}) {
    const Reply reply = tampered([&](WireRequest& wire) {
      std::string& text = header_of(wire, "Authorization");
      const std::size_t at = text.find(part);
      const std::size_t end = text.find('/', at);
      text.erase(at, end - at);
    });
    expect_row(reply, 400, "MissingRequestInfo");
  }
}

TEST(Authenticator, NamesAMissingSignature) {
  for (const char* rest : {"", ", Signature="}) {
    expect_row(tampered([&](WireRequest& wire) {
                 std::string& text = header_of(wire, "Authorization");
                 text = text.substr(0, text.find(", Signature=")) + rest;
               }),
               401, "MissingSignature");
  }
}

TEST(Authenticator, NamesAMalformedAuthorization) {
  expect_row(tampered([](WireRequest& wire) { header_of(wire, "Authorization") = "Bearer abc"; }),
             400, "InvalidAuthorization");
  expect_row(tampered([](WireRequest& wire) {
               replace(header_of(wire, "Authorization"), "SignedHeaders=", "Headers=");
             }),
             400, "InvalidAuthorization");
  expect_row(tampered([](WireRequest& wire) {
               replace(header_of(wire, "Authorization"), "host;x-date", "host");
             }),
             400, "InvalidAuthorization");
}

TEST(Authenticator, NamesAMalformedCredential) {
  expect_row(tampered([](WireRequest& wire) {
               replace(header_of(wire, "Authorization"), "/request", "/aws4_request");
             }),
             400, "InvalidCredential");
  expect_row(tampered([](WireRequest& wire) {
               replace(header_of(wire, "Authorization"), "/vpc/request", "/request");
             }),
             400, "InvalidCredential");
  expect_row(tampered([](WireRequest& wire) {
               replace(header_of(wire, "Authorization"), "/20260102/", "/20260101/");
             }),
             400, "InvalidCredential");
}

TEST(Authenticator, HoldsTheClockToItsWindow) {
  const Scope scope{"cn-beijing", "vpc"};
  EXPECT_EQ(send_signed("20260102T024905Z", scope).status, 200);
  EXPECT_EQ(send_signed("20260102T031905Z", scope).status, 200);
  expect_row(send_signed("20260102T024904Z", scope), 400, "InvalidTimestamp");
  expect_row(send_signed("20260102T031906Z", scope), 400, "InvalidTimestamp");
  expect_row(send_signed("20260102T0304Z", scope), 400, "InvalidTimestamp");
  expect_row(send_signed("20261302T030405Z", scope), 400, "InvalidTimestamp");
}

TEST(Authenticator, NamesAnUnknownService) {
  expect_row(send_signed(now_date, {"cn-beijing", "ecs"}), 404, "ServiceNotFound");
}

TEST(Authenticator, RefusesARegionThatIsNotHere) {
  expect_row(send_signed(now_date, {"cn-nowhere", "vpc"}), 400, "InvalidCredential");
}

TEST(Authenticator, NamesAnUnknownKey) {
  Harness mock;
  expect_row(mock.send(handmade("AKNOBODY", "secret", now_date, {"cn-beijing", "vpc"},
                                {{"X-Date", now_date}}, Harness::creation())),
             401, "InvalidAccessKey");
}

TEST(Authenticator, RefusesAnythingChangedAfterSigning) {
  const std::pair<const char*, std::function<void(WireRequest&)>> changes[] = {
      {"one digit of the signature",
       [](WireRequest& wire) {
         char& digit = header_of(wire, "Authorization").back();
         digit = digit == '0' ? '1' : '0';
       }},
      {"upper-case digits",
       [](WireRequest& wire) {
         std::string& text = header_of(wire, "Authorization");
         for (std::size_t i = text.find("Signature=") + 10; i < text.size(); ++i) {
           text[i] = static_cast<char>(std::toupper(text[i]));
         }
       }},
      {"a value", [](WireRequest& wire) { replace(wire.target, "FlowLog-1", "FlowLog-2"); }},
      {"a parameter more", [](WireRequest& wire) { wire.target += "&Description=a"; }},
      {"a parameter less", [](WireRequest& wire) { replace(wire.target, "&TrafficType=All", ""); }},
      {"the date", [](WireRequest& wire) { header_of(wire, "X-Date") = "20260102T030406Z"; }},
      {"the host", [](WireRequest& wire) { header_of(wire, "Host") = "other"; }},
      {"the method", [](WireRequest& wire) { wire.method = "POST"; }},
      {"the path", [](WireRequest& wire) { wire.target.insert(1, "a"); }},
      {"a body", [](WireRequest& wire) { wire.body = "a=b"; }},
      {"a false hash of the body",
       [](WireRequest& wire) { header_of(wire, "X-Content-Sha256") = sha256_hex("a"); }},
  };
  for (const auto& [what, change] : changes) {
    const Reply reply = tampered(change);
    EXPECT_EQ(reply.status, 401) << what;
    EXPECT_EQ(reply.code(), "SignatureDoesNotMatch") << what;
  }
}

TEST(Authenticator, WantsTheSessionTokenOfTheKey) {
  Harness mock;
  EXPECT_EQ(mock.create({{"ResourceId", "vpc-session-01"}}, "session").status, 200);
  WireRequest wire = mock.signed_request(Harness::creation(), "session");
  header_of(wire, "X-Security-Token") = "another";
  expect_row(mock.send(wire), 401, "InvalidSecretToken");
  expect_row(send_signed(now_date, {"cn-beijing", "vpc"}, {{"X-Security-Token", "stray"}}), 401,
             "InvalidSecretToken");
}

TEST(Authenticator, AnAccountWithoutAPolicyMayDoNothing) {
  Harness mock;
  expect_row(mock.describe({}, "forbidden"), 403, "LackPolicy");
}

TEST(Authenticator, NamesAnUnknownActionOrVersion) {
  Harness mock;
  const Reply reply = mock.call({{"Action", "CreateFlowlog"}, {"Version", "2020-04-01"}});
  expect_row(reply, 404, "InvalidActionOrVersion");
  EXPECT_EQ(reply.message(), "Could not find operation CreateFlowlog for version 2020-04-01.");
  expect_row(mock.create({{"Version", "2020-04-02"}}), 404, "InvalidActionOrVersion");
  expect_row(mock.call({{"Version", "2020-04-01"}}), 400, "MissingParameter");
}

}  // namespace
}  // namespace flowlog::mock

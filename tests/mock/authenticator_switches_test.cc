// The switches of a mock's authentication: what it leaves out, and what it refuses beyond its duty.
#include <gtest/gtest.h>

#include <functional>

#include "tests/mock/handmade.h"
#include "tests/mock/harness.h"

namespace flowlog::mock {
namespace {

// The same request to a mock with one switch of its authentication changed.
Reply switched(const std::function<void(Behaviour&)>& change, const Params& query,
               const Headers& signed_headers) {
  Behaviour behaviour;
  change(behaviour);
  Harness mock(behaviour);
  const Credentials& keys = mock.backend().by_name("default").credentials;
  WireRequest wire = handmade(keys.access_key, keys.secret_key, now_date, {"cn-beijing", "vpc"},
                              signed_headers, query);
  if (header(wire.headers, "X-Date").empty()) wire.headers.emplace_back("X-Date", now_date);
  if (header(wire.headers, "Host").empty()) wire.headers.emplace_back("Host", "mock");
  return mock.send(wire);
}

TEST(AuthenticatorSwitches, LeavesOutTheCheckThatASwitchNames) {
  const Headers date_alone = {{"X-Date", now_date}};
  const Headers host_alone = {{"Host", "mock"}};
  const Headers typed = {{"Content-Type", "text/plain"}, {"X-Date", now_date}};
  const Params ids = {{"Action", "DescribeFlowLogs"},
                      {"FlowLogIds.1", "fl-a"},
                      {"FlowLogIds.10", "fl-b"},
                      {"Version", "2020-04-01"}};
  const auto honest = [](Behaviour&) {};
  EXPECT_EQ(switched(honest, ids, date_alone).status, 200);
  EXPECT_EQ(switched(honest, ids, typed).status, 200);
  expect_row(switched(honest, ids, host_alone), 400, "InvalidAuthorization");
  EXPECT_EQ(switched([](auto& b) { b.auth.no_signed_date = true; }, ids, host_alone).status, 200);
  expect_row(switched([](auto& b) { b.auth.sorts_pairs = true; }, ids, date_alone), 401,
             "SignatureDoesNotMatch");
  expect_row(switched([](auto& b) { b.auth.host_required = true; }, ids, date_alone), 400,
             "InvalidAuthorization");
  expect_row(switched([](auto& b) { b.auth.only_host_and_date = true; }, ids, typed), 400,
             "InvalidAuthorization");
}

TEST(AuthenticatorSwitches, RefusesWhatIsWrittenOtherwiseWhereASwitchSaysSo) {
  const auto sent = [](const std::function<void(Behaviour&)>& change,
                       const std::function<void(WireRequest&)>& rewrite) {
    Behaviour behaviour;
    change(behaviour);
    Harness mock(behaviour);
    WireRequest wire = mock.signed_request(Harness::creation({{"Description", "a b"}}));
    rewrite(wire);
    return mock.send(wire);
  };
  const auto plus = [](WireRequest& wire) { replace(wire.target, "a%20b", "a+b"); };
  const auto reordered = [](WireRequest& wire) {
    replace(wire.target, "Action=CreateFlowLog&", "");
    wire.target += "&Action=CreateFlowLog";
  };
  expect_row(sent([](auto& b) { b.auth.plus_is_plus = true; }, plus), 401, "SignatureDoesNotMatch");
  expect_row(sent([](auto& b) { b.auth.query_as_sent = true; }, reordered), 401,
             "SignatureDoesNotMatch");
  // A plus that stays one is no character of a description.
  EXPECT_EQ(sent([](auto& b) { b.plus_kept = true; }, plus).code(), "InvalidDescription.Malformed");
  const auto form = [](WireRequest& wire) {
    wire.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  };
  EXPECT_EQ(sent([](Behaviour&) {}, form).status, 200);
  EXPECT_EQ(sent([](auto& b) { b.type_decides = true; }, form).code(), "MissingParameter");
}

// A key and a scope of another day than X-Date's are refused, but where the switch says otherwise.
TEST(AuthenticatorSwitches, HoldsTheScopeToTheDayOfXDateAndToItsEnd) {
  const auto sent = [](const std::function<void(Behaviour&)>& change, bool other_day) {
    Behaviour behaviour;
    change(behaviour);
    Harness mock(behaviour);
    const Credentials& keys = mock.backend().by_name("default").credentials;
    const Scope scope{"cn-beijing", "vpc"};
    WireRequest wire = mock.signed_request(Harness::creation());
    std::string& text = header_of(wire, "Authorization");
    if (!other_day) {
      replace(text, "/request,", "/nonsense,");
      return mock.send(wire);
    }
    const std::string canonical = canonical_request(
        "GET", "/", canonical_query(Harness::creation()),
        {{"Host", header(wire.headers, "Host")}, {"X-Date", now_date}}, sha256_hex(""));
    std::string to_sign = string_to_sign(now_date, scope, canonical);
    replace(to_sign, "20260102/cn", "20260101/cn");
    replace(text, "/20260102/", "/20260101/");
    text = text.substr(0, text.find("Signature=")) +
           "Signature=" + signature(keys.secret_key, "20260101", scope, to_sign);
    return mock.send(wire);
  };
  for (const bool other_day : {true, false}) {
    expect_row(sent([](Behaviour&) {}, other_day), 400, "InvalidCredential");
  }
  EXPECT_EQ(sent([](auto& b) { b.auth.no_scope_date = true; }, true).status, 200);
  EXPECT_EQ(sent([](auto& b) { b.auth.no_scope_end = true; }, false).status, 200);
  expect_row(sent([](auto& b) { b.auth.no_scope_end = true; }, true), 400, "InvalidCredential");
}

TEST(AuthenticatorSwitches, LooksForNoSignatureInTheQueryWhereASwitchSaysSo) {
  for (const bool listed_alone : {true, false}) {
    Behaviour behaviour;
    behaviour.auth.no_query_form = !listed_alone;
    behaviour.auth.list_names_itself = listed_alone;
    Harness mock(behaviour);
    const Credentials& keys = mock.backend().by_name("default").credentials;
    Params query = unsigned_form(keys);
    set(query, "ResourceId", "vpc-default-01");
    const std::string list = listed(query);
    put_signature(query, keys, "GET\n/\n" + canonical_query(query) + "\n\n\n\n" + sha256_hex(""));
    query.emplace_back("X-SignedQueries", list);
    EXPECT_EQ(mock.send({"GET", "/?" + canonical_query(query), {{"Host", "mock"}}, ""}).code(),
              listed_alone ? "SignatureDoesNotMatch" : "MissingAuthenticationToken");
  }
}

TEST(AuthenticatorSwitches, LetsAnySignatureOfAQueryInWhereASwitchSaysSo) {
  for (const bool unchecked : {false, true}) {
    Behaviour behaviour;
    behaviour.auth.no_query_signature_check = unchecked;
    Harness mock(behaviour);
    const Credentials& keys = mock.backend().by_name("default").credentials;
    Params query = unsigned_form(keys);
    set(query, "ResourceId", "vpc-default-01");
    query.emplace_back("X-SignedQueries", "");
    set(query, "X-SignedQueries", listed(query));
    put_signature(query, keys, "another request");
    EXPECT_EQ(mock.send({"GET", "/?" + canonical_query(query), {{"Host", "mock"}}, ""}).status,
              unchecked ? 200 : 401);
    WireRequest wire = mock.signed_request(Harness::creation());
    wire.target += "&Description=x";
    EXPECT_EQ(mock.send(wire).status, 401);
  }
}

}  // namespace
}  // namespace flowlog::mock

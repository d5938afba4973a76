// What is the profile's fault, and what is the endpoint's.
#include "engine/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/engine.h"
#include "tests/engine/bench_lab.h"

namespace flowlog {
namespace {

using testing::HasSubstr;

constexpr const char* kProfile = R"({
  "endpoint": "http://127.0.0.1:8080",
  "accounts": {"default": {"access_key": "AK", "secret_key": "SK"},
               "arrears": {"access_key": "AK2", "secret_key": "SK2"}},
  "resources": {"vpc": ["vpc-1", "vpc-2"], "eni": ["eni-1"], "vpc_invalid_status": "vpc-9"},
  "projects": ["default", "team-a"]})";

class ClaimsTest : public testing::Test {
 protected:
  bool see(const std::string& type, const std::string& id, const Response& answer,
           bool valid = true, const std::string& project = "") {
    Params sent{{"ResourceType", type}, {"ResourceId", id}};
    if (!project.empty()) sent.emplace_back("ProjectName", project);
    return claims.see(sent, *profile.account("default"), answer, valid);
  }
  static Response refusal(const std::string& row) {
    Response answer;
    answer.kind = Response::Kind::error;
    for (const ErrorRow& error : built_in_service().creator().contract.errors) {
      if (error.id != row) continue;
      answer.http = error.http.front();
      answer.code = error.code;
      answer.message = error.message.en;
    }
    return answer;
  }
  static Response success() {
    Response answer;
    answer.kind = Response::Kind::success;
    answer.http = 200;
    return answer;
  }

  Profile profile = load_profile(kProfile, "staging.json");
  Claims claims{built_in_service(), profile, false};
};

TEST_F(ClaimsTest, AnIdThatTheEndpointNeverKnewIsTheProfilesFaultWithItsPointer) {
  EXPECT_FALSE(see("vpc", "vpc-2", refusal("errors/32")));
  EXPECT_THAT(claims.fault(), HasSubstr("staging.json: /resources/vpc/1: the vpc vpc-2"));
}

TEST_F(ClaimsTest, AnIdThatTheEndpointAcceptedOnceAndThenDeniesIsNot) {
  see("vpc", "vpc-1", success());
  see("vpc", "vpc-1", refusal("errors/32"));
  EXPECT_EQ(claims.fault(), "");
}

TEST_F(ClaimsTest, AnIdThatTheEndpointCalledBoundAndThenDeniesIsNot) {
  see("vpc", "vpc-1", refusal("errors/12"));
  see("vpc", "vpc-1", refusal("errors/32"));
  EXPECT_EQ(claims.fault(), "");
}

TEST_F(ClaimsTest, ADenialOfARequestWithFaultsOfItsOwnDecidesNothing) {
  EXPECT_TRUE(see("vpc", "vpc-1", refusal("errors/32"), false));
  EXPECT_EQ(claims.fault(), "");
}

TEST_F(ClaimsTest, AResourceIsNeverAcceptedOnlyWhereValidRequestsWereRefusedOnIt) {
  see("vpc", "vpc-1", refusal("errors/7"), false);
  EXPECT_FALSE(claims.never_accepted("vpc-1"));
  see("vpc", "vpc-1", refusal("errors/12"));
  EXPECT_TRUE(claims.never_accepted("vpc-1"));
  see("vpc", "vpc-1", success());
  EXPECT_FALSE(claims.never_accepted("vpc-1"));
}

TEST_F(ClaimsTest, AnIdThatTheProfileDoesNotListMayBeUnknown) {
  EXPECT_FALSE(see("vpc", "vpc-of-nobody", refusal("errors/32"), false));
  EXPECT_FALSE(see("eni", "vpc-1", refusal("errors/32"), false));
  EXPECT_EQ(claims.fault(), "");
}

TEST_F(ClaimsTest, AStateThatTheProfileClaimsIsRightAndAnotherIsNot) {
  see("vpc", "vpc-9", refusal("errors/20"));
  EXPECT_EQ(claims.fault(), "");
  see("vpc", "vpc-1", refusal("errors/20"));
  EXPECT_THAT(claims.fault(), HasSubstr("/resources/vpc/0"));
}

TEST_F(ClaimsTest, AResourceOfAConditionThatIsUnknownIsNamed) {
  see("vpc", "vpc-9", refusal("errors/32"));
  EXPECT_THAT(claims.fault(), HasSubstr("/resources/vpc_invalid_status"));
}

TEST_F(ClaimsTest, AProjectThatIsUnknownIsNamed) {
  see("vpc", "vpc-1", success());
  see("vpc", "vpc-1", refusal("errors/31"), true, "nowhere");
  EXPECT_EQ(claims.fault(), "");
  see("vpc", "vpc-1", refusal("errors/31"), true, "team-a");
  EXPECT_THAT(claims.fault(), HasSubstr("/projects/1"));
}

TEST_F(ClaimsTest, AnAccountInAStateThatItDoesNotStandForIsNamedUnlessItEverCreated) {
  see("vpc", "vpc-1", refusal("errors/26"));
  EXPECT_THAT(claims.fault(), HasSubstr("/accounts/default"));
  Claims other(built_in_service(), profile, false);
  const Params sent{{"ResourceType", "vpc"}, {"ResourceId", "vpc-1"}};
  other.see(sent, *profile.account("default"), success(), true);
  other.see(sent, *profile.account("default"), refusal("errors/26"), true);
  other.see(sent, *profile.account("arrears"), refusal("errors/26"), true);
  EXPECT_EQ(other.fault(), "");
}

TEST_F(ClaimsTest, AnEndpointsOwnProfileIsNeverAtFault) {
  Claims certain(built_in_service(), profile, true);
  const Params sent{{"ResourceType", "vpc"}, {"ResourceId", "vpc-1"}};
  certain.see(sent, *profile.account("default"), refusal("errors/32"), true);
  EXPECT_EQ(certain.fault(), "");
}

TEST_F(ClaimsTest, TwoAccountsWithOneKeyContradictEachOther) {
  EXPECT_EQ(contradiction(profile), "");
  profile.accounts["arrears"].credentials = profile.accounts["default"].credentials;
  EXPECT_THAT(contradiction(profile), HasSubstr("/accounts/arrears"));
}

// An endpoint that refuses a forbidden name with "no such resource", and takes a good one.
class ClaimsOnAnEndpointTest : public testing::Test, protected test::BenchLab {
 protected:
  CheckResult run(std::function<void(CheckContext&)> script) {
    PlannedCheck one;
    one.check.id = "check/1";
    one.check.confirm = false;
    one.check.resources = {{"vpc", ""}};
    one.check.script = std::move(script);
    Plan plan;
    plan.checks.push_back(std::move(one));
    Engine engine(uncertain, plan, {});
    engine.start();
    return engine.finish().front();
  }
  static std::optional<Answered> deny() {
    WireResponse answer = refusal("errors/32");
    answer.status = 404;
    return answer;
  }
  static void with_forbidden_name(CheckContext& context) {
    Params params = context.smallest();
    set(params, "FlowLogName", "#");
    context.answers(context.create(params), context.situation());
  }

  RunContext uncertain{.service = service,
                       .profile = profile,
                       .client = client,
                       .tracker = tracker,
                       .lease_pool = lease_pool,
                       .monitor = monitor,
                       .redactor = redactor,
                       .clock = clock,
                       .run = "run2",
                       .profile_is_certain = false};
};

TEST_F(ClaimsOnAnEndpointTest, ADenialThatAGoodRequestDisprovesDeviates) {
  on_create = [](const Params& params) {
    return find(params, "FlowLogName") == "#" ? deny() : std::nullopt;
  };
  EXPECT_EQ(name(run(with_forbidden_name).verdict), "deviating");
  EXPECT_EQ(uncertain.claims.fault(), "");
  EXPECT_TRUE(fake.stored.empty());
}

TEST_F(ClaimsOnAnEndpointTest, ADenialThatAGoodRequestGetsAsWellIsTheProfilesFault) {
  on_create = [](const Params&) { return deny(); };
  const CheckResult result = run(with_forbidden_name);
  EXPECT_EQ(name(result.verdict), "inconclusive");
  EXPECT_THAT(result.message, HasSubstr("the profile is at fault"));
  EXPECT_THAT(uncertain.claims.fault(), HasSubstr("vpc-1"));
}

}  // namespace
}  // namespace flowlog

#include "profiles/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/json_node.h"
#include "mock/mock.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// No variable of the machine that runs the test, and none that a test sets, outlives it.
class ProfileTest : public testing::Test {
 protected:
  ProfileTest() {
    for (const char* name : kNames) {
      if (const char* value = std::getenv(name)) saved_.emplace_back(name, value);
      unsetenv(name);
    }
  }
  ~ProfileTest() override {
    for (const char* name : kNames) unsetenv(name);
    for (const auto& [name, value] : saved_) setenv(name.c_str(), value.c_str(), 1);
  }

  static std::string complaint(const std::string& text) {
    try {
      load_profile(text, "staging.json");
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  }
  // A profile whose default account is `account`.
  static std::string with_default(const std::string& account) {
    return R"({"endpoint":"http://127.0.0.1:1","accounts":{"default":)" + account + "}}";
  }

  static constexpr const char* kNames[] = {
      "VOLCENGINE_ACCESS_KEY",   "VOLCENGINE_SECRET_KEY",   "VOLCENGINE_SESSION_TOKEN",
      "VOLCSTACK_ACCESS_KEY_ID", "VOLCSTACK_ACCESS_KEY",    "VOLCSTACK_SECRET_ACCESS_KEY",
      "VOLCSTACK_SECRET_KEY",    "VOLCSTACK_SESSION_TOKEN", "FLOWLOG_TEST_KEY",
      "FLOWLOG_TEST_SECRET"};
  std::vector<std::pair<std::string, std::string>> saved_;
};

const char* const kFull = R"({
  "name": "staging", "endpoint": "https://open.example.test", "region": "cn-shanghai",
  "service": "vpc2",
  "accounts": {
    "default": {"access_key": "AK", "secret_key": "SK", "session_token": "ST"},
    "arrears": {"access_key": "AK2", "secret_key": "SK2", "resources": {"vpc": ["vpc-a"]}}
  },
  "resources": {
    "vpc": ["vpc-1", "vpc-2"], "subnet": ["subnet-1"], "eni": [],
    "vpc_invalid_status": "vpc-bad", "subnet_invalid_status": "subnet-bad",
    "eni_invalid_status": "eni-bad", "eni_shared": "eni-shared",
    "unsupported": {"type": "eni", "id": "eni-un"}, "busy": {"type": "vpc", "id": "vpc-busy"},
    "conflicting_topic": {"project": "p", "topic": "t"}
  },
  "projects": ["default", "team-a"],
  "quota": {"flow_logs": 12},
  "limits": {"concurrency": 8, "requests_per_second": 2.5, "max_requests": 5000, "max_creates": 100},
  "active_timeout_s": 90.5,
  "may_create": true
})";

TEST_F(ProfileTest, ReadsEveryMember) {
  const Profile p = load_profile(kFull, "x.json");
  EXPECT_EQ(p.name, "staging");
  EXPECT_EQ(p.endpoint, "https://open.example.test");
  EXPECT_EQ(p.region, "cn-shanghai");
  EXPECT_EQ(p.service, "vpc2");
  ASSERT_NE(p.account("default"), nullptr);
  EXPECT_EQ(p.account("default")->credentials.access_key, "AK");
  EXPECT_EQ(p.account("default")->credentials.secret_key, "SK");
  EXPECT_EQ(p.account("default")->credentials.session_token, "ST");
  EXPECT_EQ(p.account("other"), nullptr);
  EXPECT_THAT(p.resources.free.at("vpc"), ElementsAre("vpc-1", "vpc-2"));
  EXPECT_FALSE(p.resources.free.contains("eni"));
  EXPECT_EQ(p.resources.conditions.at("resource.vpc_invalid_status").type, "vpc");
  EXPECT_EQ(p.resources.conditions.at("resource.subnet_invalid_status").id, "subnet-bad");
  EXPECT_EQ(p.resources.conditions.at("resource.eni_invalid_status").id, "eni-bad");
  EXPECT_EQ(p.resources.conditions.at("resource.eni_shared").type, "eni");
  EXPECT_EQ(p.resources.conditions.at("resource.unsupported").id, "eni-un");
  EXPECT_EQ(p.resources.conditions.at("resource.busy").type, "vpc");
  EXPECT_EQ(p.resources.conflicting_topic->topic, "t");
  EXPECT_THAT(p.projects, ElementsAre("default", "team-a"));
  EXPECT_EQ(p.flow_log_quota, 12);
  EXPECT_EQ(p.concurrency, 8);
  EXPECT_EQ(p.requests_per_second, 2.5);
  EXPECT_EQ(p.max_requests, 5000);
  EXPECT_EQ(p.max_creates, 100);
  EXPECT_EQ(p.active_timeout_s, 90.5);
  EXPECT_TRUE(p.may_create);
  EXPECT_THAT(p.warnings, IsEmpty());
}

TEST_F(ProfileTest, AnAccountsOwnResourcesReplaceTheProfiles) {
  const Profile p = load_profile(kFull, "x.json");
  EXPECT_THAT(p.resources_of(*p.account("arrears")).free.at("vpc"), ElementsAre("vpc-a"));
  EXPECT_EQ(&p.resources_of(*p.account("default")), &p.resources);
}

TEST_F(ProfileTest, NeedsNothingButAnEndpoint) {
  const Profile p = load_profile(R"({"endpoint": "http://127.0.0.1:1"})", "some/staging.json");
  EXPECT_EQ(p.name, "staging");
  EXPECT_EQ(p.region, "cn-beijing");
  EXPECT_EQ(p.service, "vpc");
  EXPECT_EQ(p.max_creates, 0);
  ASSERT_NE(p.account("default"), nullptr);
  EXPECT_THAT(p.warnings, ElementsAre(HasSubstr("VOLCENGINE_ACCESS_KEY")));
  EXPECT_THAT(complaint("{}"), HasSubstr(R"("endpoint")"));
}

TEST_F(ProfileTest, CreatesByDefaultOnLoopbackOnly) {
  const auto may = [](const std::string& rest) {
    return load_profile(R"({"endpoint": )" + rest + "}", "x").may_create;
  };
  EXPECT_TRUE(may(R"("http://127.0.0.1:1")"));
  EXPECT_TRUE(may(R"("http://[::1]:1")"));
  EXPECT_FALSE(may(R"("https://open.example.test")"));
  EXPECT_FALSE(may(R"("http://127.0.0.1:1", "may_create": false)"));
  EXPECT_TRUE(may(R"("https://open.example.test", "may_create": true)"));
}

TEST_F(ProfileTest, AMisspeltMemberNamesFilePointerAndTheNearest) {
  EXPECT_EQ(complaint(R"({"endpoint": "http://h", "limits": {"concurency": 1}})"),
            "staging.json: /limits/concurency: unknown member \"concurency\"; "
            "did you mean \"concurrency\"?");
  EXPECT_THAT(complaint(R"({"endpoint": "http://h", "acounts": {}})"), HasSubstr("\"accounts\"?"));
  EXPECT_THAT(complaint(R"({"endpoint": "http://h", "accounts": {"arears": {}}})"),
              AllOf(HasSubstr("/accounts/arears"), HasSubstr("did you mean \"arrears\"?")));
  EXPECT_THAT(complaint(R"({"endpoint": "http://h", "resources": {"vpcs": []}})"),
              HasSubstr("did you mean \"vpc\"?"));
  EXPECT_THAT(complaint(with_default(R"({"acces_key": "AK"})")),
              HasSubstr("did you mean \"access_key\"?"));
  EXPECT_THAT(complaint(R"({"endpoint":"http://h","resources":{"busy":{"type":"vcp","id":"x"}}})"),
              AllOf(HasSubstr("/resources/busy/type"), HasSubstr("did you mean \"vpc\"?")));
}

TEST_F(ProfileTest, RefusesWrongTypesAndRanges) {
  for (const char* rest :
       {R"("limits": {"concurrency": -1})", R"("limits": {"max_creates": 1.5})",
        R"("limits": {"requests_per_second": "20"})", R"("may_create": "yes")",
        R"("projects": "default")", R"("resources": {"vpc": "vpc-1"})",
        R"("resources": {"vpc": [1]})", R"("resources": {"vpc": [""]})",
        R"("quota": {"flow_logs": true})", R"("active_timeout_s": -1)", R"("region": "a/b")",
        R"("region": "")", R"("accounts": [])", R"("resources": {"busy": {"type": "vpc"}})"}) {
    const std::string text = std::string(R"({"endpoint": "http://h", )") + rest + "}";
    EXPECT_THAT(complaint(text), HasSubstr("staging.json: /")) << rest;
  }
  EXPECT_THAT(complaint("[]"), HasSubstr("expected an object"));
  EXPECT_THAT(complaint(R"({"endpoint": "ftp://h"})"), HasSubstr("/endpoint"));
}

TEST_F(ProfileTest, AKeyStandsInTheFileOrInTheEnvironmentNotInBoth) {
  EXPECT_THAT(
      complaint(with_default(R"({"access_key": "AK", "access_key_env": "X", "secret_key": "SK"})")),
      AllOf(HasSubstr("access_key_env"), HasSubstr("one of them")));
  EXPECT_THAT(complaint(with_default(R"({"access_key": "AK"})")), HasSubstr("lacks secret_key"));
  EXPECT_THAT(complaint(R"({"endpoint": "http://h", "accounts": {"other": {}}})"),
              HasSubstr("lacks access_key or access_key_env"));
}

TEST_F(ProfileTest, ReadsKeysFromTheVariablesThatItNames) {
  setenv("FLOWLOG_TEST_KEY", "AK", 1);
  setenv("FLOWLOG_TEST_SECRET", "SK", 1);
  const Profile p = load_profile(
      with_default(
          R"({"access_key_env":"FLOWLOG_TEST_KEY","secret_key_env":"FLOWLOG_TEST_SECRET"})"),
      "x");
  EXPECT_EQ(p.account("default")->credentials.access_key, "AK");
  EXPECT_EQ(p.account("default")->credentials.secret_key, "SK");
}

TEST_F(ProfileTest, AnUnsetVariableIsNamedWithItsAccount) {
  setenv("FLOWLOG_TEST_KEY", "AK", 1);
  EXPECT_THAT(
      complaint(with_default(
          R"({"access_key_env":"FLOWLOG_TEST_KEY","secret_key_env":"FLOWLOG_TEST_SECRET"})")),
      AllOf(HasSubstr("FLOWLOG_TEST_SECRET"), HasSubstr("account default"), HasSubstr("is not set"),
            Not(HasSubstr("\n"))));
}

TEST_F(ProfileTest, AnUnsetSessionTokenIsNone) {
  const Profile p = load_profile(with_default(R"({"access_key":"AK","secret_key":"SK",
                       "session_token_env":"VOLCENGINE_SESSION_TOKEN"})"),
                                 "x");
  EXPECT_EQ(p.account("default")->credentials.session_token, "");
  EXPECT_TRUE(p.warnings.empty());
}

TEST_F(ProfileTest, NamesWhatIsWrongWithAKeyAndNeverShowsIt) {
  const auto keyed = [](const std::string& secret) {
    return complaint(with_default(R"({"access_key":"AK","secret_key":)" + secret + "}"));
  };
  EXPECT_THAT(keyed(R"("hushhush\n")"), AllOf(HasSubstr("newline"), HasSubstr("secret_key")));
  EXPECT_THAT(keyed(R"(" hushhush")"), HasSubstr("blank"));
  EXPECT_THAT(keyed(R"("hush\u0001hush")"), HasSubstr("character"));
  EXPECT_THAT(keyed(R"("")"), HasSubstr("empty"));
  for (const char* secret : {R"("hushhush\n")", R"(" hushhush")", R"("hushhush ")",
                             R"(["hushhush"])", R"("hushhush)", R"({"hush":"hushhush"})"}) {
    EXPECT_THAT(keyed(secret), AllOf(Not(IsEmpty()), Not(HasSubstr("hushhush")))) << secret;
  }
  EXPECT_THAT(complaint(with_default(R"("hushhush")")), Not(HasSubstr("hushhush")));
  setenv("VOLCENGINE_ACCESS_KEY", "AK", 1);
  setenv("VOLCENGINE_SECRET_KEY", "hushhush\n", 1);
  EXPECT_THAT(
      complaint(R"({"endpoint": "http://h"})"),
      AllOf(HasSubstr("VOLCENGINE_SECRET_KEY"), HasSubstr("newline"), Not(HasSubstr("hushhush"))));
}

TEST_F(ProfileTest, TakesTheDefaultAccountFromTheEnvironmentNewerNamesFirst) {
  setenv("VOLCSTACK_ACCESS_KEY_ID", "old-AK", 1);
  setenv("VOLCSTACK_SECRET_KEY", "old-SK", 1);
  Profile p = profile_of_endpoint("http://127.0.0.1:1");
  EXPECT_EQ(p.account("default")->credentials.access_key, "old-AK");
  EXPECT_EQ(p.account("default")->credentials.secret_key, "old-SK");
  setenv("VOLCENGINE_ACCESS_KEY", "AK", 1);
  setenv("VOLCENGINE_SECRET_KEY", "SK", 1);
  setenv("VOLCENGINE_SESSION_TOKEN", "ST", 1);
  p = load_profile(with_default(R"({"resources": {"vpc": ["vpc-1"]}})"), "x");
  EXPECT_EQ(p.account("default")->credentials.access_key, "AK");
  EXPECT_EQ(p.account("default")->credentials.session_token, "ST");
  EXPECT_EQ(p.account("default")->resources.free.size(), 1u);
}

TEST_F(ProfileTest, HalfOfTheKeysInTheEnvironmentIsAnError) {
  setenv("VOLCENGINE_ACCESS_KEY", "AK", 1);
  EXPECT_THAT(complaint(R"({"endpoint": "http://h"})"), HasSubstr("VOLCENGINE_SECRET_KEY"));
}

TEST_F(ProfileTest, AResourceThatStandsTwiceIsUsedOnceAndNamed) {
  const Profile p = load_profile(
      R"({"endpoint": "http://127.0.0.1:1", "accounts": {"default": {"access_key": "A",
          "secret_key": "S"}}, "resources": {"vpc": ["vpc-1", "vpc-1", "vpc-2"],
          "vpc_invalid_status": "vpc-2"}})",
      "x");
  EXPECT_THAT(p.resources.free.at("vpc"), ElementsAre("vpc-1"));
  EXPECT_THAT(p.warnings, ElementsAre(HasSubstr("vpc-1"), HasSubstr("vpc-2")));
}

TEST_F(ProfileTest, WarnsOfAFileWithKeysThatOthersCanRead) {
  char name[] = "/tmp/flowlog-profile-XXXXXX";
  const std::string dir = mkdtemp(name);
  const std::string path = dir + "/p.json";
  std::ofstream(path) << kFull;
  for (const mode_t mode : {0640, 0604, 0644}) {
    chmod(path.c_str(), mode);
    EXPECT_THAT(load_profile_file(path).warnings, ElementsAre(HasSubstr("read by others")));
  }
  chmod(path.c_str(), 0600);
  EXPECT_THAT(load_profile_file(path).warnings, IsEmpty());
  std::ofstream(path) << R"({"endpoint": "http://127.0.0.1:1"})";
  chmod(path.c_str(), 0644);
  for (const auto& warning : load_profile_file(path).warnings) {
    EXPECT_THAT(warning, Not(HasSubstr("read by others")));
  }
  std::filesystem::remove_all(dir);
}

TEST_F(ProfileTest, AFileThatCannotBeReadIsOneSentence) {
  EXPECT_THROW(load_profile_file("/nonexistent/p.json"), InputError);
  EXPECT_THROW(load_profile_file("/tmp"), InputError);
}

TEST_F(ProfileTest, KnowsEveryAccountThatTheContractHasAConditionFor) {
  for (const ErrorRow& row : built_in_service().creator().contract.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (!trigger.condition.starts_with("account.")) continue;
      const std::string account = trigger.condition.substr(8);
      EXPECT_EQ(complaint(R"({"endpoint": "http://h", "accounts": {"default": {"access_key": "A",
                    "secret_key": "S"}, ")" +
                          account + R"(": {"access_key": "A", "secret_key": "S"}}})"),
                "")
          << account;
    }
  }
}

TEST_F(ProfileTest, LoadsTheProfileOfTheMock) {
  const mock::Mock mock(built_in_service(), {});
  const Profile p = load_profile(mock.profile().dump(), "mock.json");
  EXPECT_EQ(p.endpoint, mock.url());
  EXPECT_TRUE(p.may_create);
  EXPECT_THAT(p.warnings, IsEmpty());
}

}  // namespace
}  // namespace flowlog

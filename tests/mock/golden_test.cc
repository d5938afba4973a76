// Requests read off the documentation by hand, sent to the mock over HTTP.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/mock/caller.h"

namespace flowlog::mock {
namespace {

using nlohmann::json;

json load(const std::string& name) {
  std::ifstream file(std::string(FLOWLOG_SOURCE_DIR) + "/tests/golden/" + name);
  return json::parse(file);
}

// "@vpc" to the first free VPC that the account may use.
std::string resolve(const std::string& value, const json& profile, const std::string& account) {
  if (!value.starts_with('@')) return value;
  const json& own = profile["accounts"][account];
  const json& resources = own.contains("resources") ? own["resources"] : profile["resources"];
  return resources.at(value.substr(1)).at(0);
}

Params request_of(const json& golden, const json& test, const json& profile,
                  const std::string& account) {
  Params params = {{"Action", "CreateFlowLog"}, {"Version", "2020-04-01"}};
  json arguments = golden["base"];
  arguments.update(test["set"]);
  for (const auto& [name, value] : arguments.items()) {
    flowlog::erase(params, name);
    if (!value.is_null()) params.emplace_back(name, resolve(value, profile, account));
  }
  return params;
}

bool lawful(const json& test, const Reply& reply) {
  return std::any_of(test["expect"].begin(), test["expect"].end(), [&](const json& expected) {
    const bool code = !expected.contains("code") || expected["code"] == reply.code();
    return expected["http"] == reply.status && code;
  });
}

void run(const std::string& file) {
  const Mock mock(built_in_service(), {});
  const json golden = load(file);
  const json profile = mock.profile();
  ASSERT_GT(golden["cases"].size(), 50u);
  for (const json& test : golden["cases"]) {
    const std::string account = test.value("account", "default");
    Caller caller(mock, account);
    const Reply reply = caller.call(request_of(golden, test, profile, account));
    EXPECT_TRUE(lawful(test, reply)) << test["name"] << ": " << reply.status << ' ' << reply.code()
                                     << ", expected " << test["expect"];
    if (!reply.flow_log_id().empty()) caller.remove_and_wait(reply.flow_log_id());
  }
}

TEST(Golden, EveryGivenCaseIsAnsweredLawfully) {
  run("golden.json");
}

TEST(Golden, EveryCaseOfOurOwnIsAnsweredLawfully) {
  run("own.json");
}

}  // namespace
}  // namespace flowlog::mock

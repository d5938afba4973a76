#include "mock/state_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/json_node.h"
#include "tests/mock/caller.h"

namespace flowlog::mock {
namespace {

using testing::HasSubstr;

class StateFileTest : public testing::Test {
 protected:
  StateFileTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "flowlog-mock-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    options_.state = folder_ + "/state.json";
    options_.creating = std::chrono::milliseconds(0);
  }
  ~StateFileTest() override { std::filesystem::remove_all(folder_); }

  std::string refusal(const std::string& text) const {
    std::ofstream(options_.state) << text;
    try {
      const Mock mock(built_in_service(), options_);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  }

  std::string folder_;
  Options options_;
};

TEST_F(StateFileTest, KeepsFlowLogsAndTokensOverARestart) {
  const Params params = {{"Description", "网络, of the first run"},
                         {"Tags.1.Key", "team"},
                         {"Tags.1.Value", "网络"},
                         {"ClientToken", "token-1"}};
  nlohmann::json before;
  std::string id;
  {
    const Mock mock(built_in_service(), options_);
    Caller caller(mock);
    id = caller.create(params).flow_log_id();
    before = caller.describe().body["Result"]["FlowLogs"];
  }
  ASSERT_EQ(before.size(), 1u);
  const Mock mock(built_in_service(), options_);
  Caller caller(mock);
  EXPECT_EQ(caller.describe().body["Result"]["FlowLogs"], before);
  EXPECT_EQ(caller.create(params).flow_log_id(), id);
  EXPECT_EQ(caller.create({{"ClientToken", "token-1"}}).code(), "IdempotentParameterMismatch");
  EXPECT_EQ(caller.create().code(), "InvalidParameter.FlowLogResourceAlreadyBound");
  EXPECT_EQ(mock.stats().created, 1);
}

TEST_F(StateFileTest, KeepsChangesTagsAndStates) {
  options_.changing = std::chrono::milliseconds(0);
  nlohmann::json before;
  {
    const Mock mock(built_in_service(), options_);
    Caller caller(mock);
    const std::string id = caller.create().flow_log_id();
    const auto act = [&](const char* action, Params params) {
      params.insert(params.begin(), {{"Action", action}, {"Version", "2020-04-01"}});
      return caller.call(params).status;
    };
    EXPECT_EQ(act("ModifyFlowLogAttribute",
                  {{"FlowLogId", id}, {"FlowLogName", "b"}, {"ClientToken", "t"}}),
              200);
    EXPECT_EQ(act("DeactiveFlowLog", {{"FlowLogId", id}}), 200);
    EXPECT_EQ(act("TagResources",
                  {{"ResourceType", "flowlog"}, {"ResourceIds.1", id}, {"Tags.1.Key", "k"}}),
              200);
    before = caller.describe().body["Result"]["FlowLogs"];
  }
  ASSERT_EQ(before.size(), 1u);
  EXPECT_EQ(before[0]["Status"], "Inactive");
  EXPECT_EQ(before[0]["FlowLogName"], "b");
  EXPECT_EQ(before[0]["Tags"].size(), 1u);
  const Mock mock(built_in_service(), options_);
  EXPECT_EQ(Caller(mock).describe().body["Result"]["FlowLogs"], before);
}

TEST_F(StateFileTest, HoldsWhatAClientWasToldBeforeTheMockEnds) {
  const Mock mock(built_in_service(), options_);
  const std::string id = Caller(mock).create().flow_log_id();
  Options other = options_;
  const Mock after_a_crash(built_in_service(), other);
  EXPECT_EQ(listed_ids(Caller(after_a_crash).describe()), std::vector<std::string>{id});
}

TEST_F(StateFileTest, NeverGivesAnIdASecondTime) {
  std::string first;
  {
    const Mock mock(built_in_service(), options_);
    Caller caller(mock);
    first = caller.create().flow_log_id();
    caller.remove_and_wait(first);
  }
  const Mock mock(built_in_service(), options_);
  Caller caller(mock);
  EXPECT_EQ(mock.stats().standing, 0);
  EXPECT_NE(caller.create().flow_log_id(), first);
}

TEST_F(StateFileTest, EndsADeletionThatWasUnderWay) {
  std::string id;
  {
    options_.deleting = std::chrono::hours(1);
    const Mock mock(built_in_service(), options_);
    Caller caller(mock);
    id = caller.create().flow_log_id();
    caller.call({{"Action", "DeleteFlowLog"}, {"Version", "2020-04-01"}, {"FlowLogId", id}});
  }
  {
    const Mock mock(built_in_service(), options_);
    const Reply shown = Caller(mock).describe();
    EXPECT_EQ(shown.body["Result"]["FlowLogs"][0]["Status"], "Deleting");
  }
  options_.deleting = std::chrono::milliseconds(0);
  const Mock mock(built_in_service(), options_);
  EXPECT_TRUE(listed_ids(Caller(mock).describe()).empty());
}

TEST_F(StateFileTest, OfAnotherMakeIsRefusedWithItsPlace) {
  EXPECT_THAT(refusal("{"), HasSubstr("state.json"));
  EXPECT_THAT(refusal(R"({"schema": "flowlog-conformance/report/1"})"), HasSubstr("/schema"));
  const std::string head = R"({"schema": "flowlog-conformance/mock-state/2", "serial": 1, )";
  EXPECT_THAT(refusal(head + R"("accounts": {"nobody": {}}})"), HasSubstr("no account \"nobody\""));
  EXPECT_THAT(refusal(head + R"("accounts": {"default": {"ever_created": -1}}})"),
              HasSubstr("/accounts/default/ever_created"));
}

TEST_F(StateFileTest, ReplacesTheFileBehindALinkAndNothingThatIsNone) {
  namespace fs = std::filesystem;
  const std::string file = folder_ + "/real.json";
  {
    const Mock mock(built_in_service(), options_);
    Caller(mock).create();
  }
  fs::rename(options_.state, file);
  fs::create_symlink(file, options_.state);
  {
    const Mock mock(built_in_service(), options_);
    Caller(mock).create();
  }
  EXPECT_TRUE(fs::is_symlink(options_.state));
  fs::remove(options_.state);
  fs::create_directory(options_.state);
  EXPECT_THROW(Mock(built_in_service(), options_), InputError);
}

}  // namespace
}  // namespace flowlog::mock

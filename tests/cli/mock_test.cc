// `flowlog-conformance mock` as an endpoint in its own right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/stat.h>

#include "process.h"

namespace flowlog::cli {
namespace {

using testing::HasSubstr;

TEST(MockCommand, EndsWithZeroWhenToldTo) {
  const Folder folder;
  MockProcess mock(folder);
  const ProcessResult outcome = mock.stop();
  EXPECT_EQ(outcome.status, 0) << outcome.all();
  EXPECT_THAT(outcome.out, HasSubstr("Serving on http://127.0.0.1:"));
}

TEST(MockCommand, WritesAProfileThatOnlyItsOwnerMayRead) {
  const Folder folder;
  MockProcess mock(folder);
  struct stat status {};
  ASSERT_EQ(::stat(mock.profile().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(MockCommand, SaysThatAPortIsTaken) {
  const Folder folder;
  MockProcess mock(folder);
  const std::string url = mock.url();
  const ProcessResult outcome =
      run_program(folder, {"mock", "--port", url.substr(url.rfind(':') + 1)});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("already in use"));
}

TEST(MockCommand, WarnsOfAnAddressThatOthersReach) {
  const Folder folder;
  MockProcess open(folder, {"--bind", "0.0.0.0"});
  EXPECT_THAT(open.stop().err, HasSubstr("from other machines"));
  MockProcess closed(folder);
  EXPECT_EQ(closed.stop().err, "");
}

TEST(MockCommand, NamesTheNearestDeviation) {
  const Folder folder;
  const ProcessResult outcome =
      run_program(folder, {"mock", "--deviation", "length.FlowLogName.cut-silentl"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("length.FlowLogName.cut-silently"));
}

TEST(MockCommand, GoesOnFromItsStateFile) {
  const Folder folder;
  const std::vector<std::string> keeping = {"--state", folder.file("mock-state.json")};
  MockProcess first(folder, keeping);
  const ProcessResult run = run_program(
      folder, {"run", "--profile", first.profile(), "--only", "request.smallest/accepted"});
  EXPECT_EQ(run.status, 0) << run.all().substr(0, 4000);
  EXPECT_THAT(first.stop().out, HasSubstr(" 1 flow log created, 0 still there."));
  MockProcess second(folder, keeping);
  EXPECT_THAT(second.stop().out, HasSubstr("0 requests, 1 flow log created"));
}

TEST(MockCommand, IsFoundConformantFromAnotherProcessAndNothingIsLeft) {
  const Folder folder;
  MockProcess mock(folder);
  const ProcessResult run = run_program(folder, {"run", "--profile", mock.profile()});
  EXPECT_EQ(run.status, 0) << run.all().substr(0, 4000);
  const ProcessResult sweep =
      run_program(folder, {"sweep", "--profile", mock.profile(), "--dry-run"});
  EXPECT_EQ(sweep.status, 0) << sweep.all();
  EXPECT_THAT(sweep.out, HasSubstr("0 found"));
}

TEST(MockCommand, ShowsWhatAClientSentWithoutItsControls) {
  const Folder folder;
  MockProcess mock(folder, {"--verbose"});
  httplib::Client http(mock.url());
  httplib::Request request;
  request.method = "G\x1b[31mT";
  request.path = "/";
  static_cast<void>(http.send(request));
  const std::string said = mock.stop().err;
  EXPECT_THAT(said, HasSubstr("\\u{1B}[31mT"));
  EXPECT_THAT(said, testing::Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace flowlog::cli

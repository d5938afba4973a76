// Two runs at once, of two machines: no lock reaches across, so that each meets what the other
// made on the same resources.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

std::vector<std::string> accused(const Folder& folder) {
  const auto report =
      nlohmann::json::parse(read_whole(folder.file("conformance-report/report.json")));
  std::vector<std::string> ids;
  for (const auto& check : report.at("checks")) {
    if (check.at("verdict") == "deviating") ids.push_back(check.at("id"));
  }
  return ids;
}

TEST(TwoRuns, AtOnceAccuseNobody) {
  const Folder place;
  MockProcess mock(place);
  const std::vector<std::string> arguments = {
      "run",          "--profile", mock.profile(),
      "--no-history", "--only",    "request.*,lifecycle.*,model.*,race.*,idempotency.*,quota.*"};
  const Folder here;
  const Folder there;
  Process one(here, arguments);
  Process other(there, arguments);
  for (const ProcessResult& result : {one.wait(), other.wait()}) {
    EXPECT_NE(result.status, 1) << result.out;
  }
  EXPECT_THAT(accused(here), testing::IsEmpty());
  EXPECT_THAT(accused(there), testing::IsEmpty());
}

}  // namespace
}  // namespace flowlog::cli

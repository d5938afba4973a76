// What checks are called.
#include <gtest/gtest.h>

#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"
#include "tests/engine/fake_api.h"

namespace flowlog {
namespace {

TEST(Titles, HoldNoWordOfAnIdInTheirPlace) {
  mock::Mock server(built_in_service(), {});
  const Profile profile = load_profile(server.profile().dump(), "profile");
  int seen = 0;
  for (const Check& check : catalog({&built_in_service(), &profile, 1, 1})) {
    if (!check.id.starts_with("idempotency.other-arguments/")) continue;
    ++seen;
    for (const char* word : {"left-out", "changed", "added）"}) {
      EXPECT_EQ(check.title.en.find(word), std::string::npos) << check.title.en;
      EXPECT_EQ(check.title.zh.find(word), std::string::npos) << check.title.zh;
    }
  }
  EXPECT_GT(seen, 10);
}

}  // namespace
}  // namespace flowlog

#include "base/counted.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

TEST(Counted, OneIsSingular) {
  EXPECT_EQ(counted(0, "check"), "0 checks");
  EXPECT_EQ(counted(1, "check"), "1 check");
  EXPECT_EQ(counted(2, "check"), "2 checks");
}

}  // namespace
}  // namespace flowlog

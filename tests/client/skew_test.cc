#include "client/skew.h"

#include <gtest/gtest.h>

namespace flowlog {
namespace {

using namespace std::chrono_literals;

// The example of RFC 9110: 784111777 seconds after the epoch.
constexpr auto example = "Sun, 06 Nov 1994 08:49:37 GMT";

TEST(Skew, ReadsAnHttpDate) {
  EXPECT_EQ(parse_http_date(example), WallTime(784111777s));
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), WallTime(0s));
  EXPECT_EQ(parse_http_date("Thu, 29 Feb 2024 00:00:00 GMT"), WallTime(1709164800s));
}

TEST(Skew, RefusesWhatIsNoHttpDate) {
  for (const char* text : {"", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
                           "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT",
                           "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
                           "Sun, 06 Nov 1994 08:60:00 GMT", "Sun,  6 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

Exchange answered_at(WallTime time, const std::string& date) {
  Exchange exchange;
  exchange.started = time - 2s;
  exchange.seconds = 2;
  exchange.answer = WireResponse{200, {{"date", date}}, ""};
  return exchange;
}

TEST(Skew, ComparesTheMomentOfTheAnswerWithTheServersDate) {
  const WallTime theirs(784111777s);
  EXPECT_EQ(clock_skew(answered_at(theirs + 20min, example)), 20min);
  EXPECT_EQ(clock_skew(answered_at(theirs - 90s, example)), -90s);
  EXPECT_EQ(clock_skew(answered_at(theirs, "nonsense")), std::nullopt);
  EXPECT_EQ(clock_skew(Exchange{}), std::nullopt);
  Exchange failed;
  failed.answer = Failure{};
  EXPECT_EQ(clock_skew(failed), std::nullopt);
}

TEST(Skew, IsDescribedFromThisMachinesSide) {
  EXPECT_EQ(describe_skew(20min), "this machine's clock is 20 min ahead of the server's");
  EXPECT_EQ(describe_skew(-20min), "this machine's clock is 20 min behind the server's");
  EXPECT_EQ(describe_skew(30s), "this machine's clock is 30 s ahead of the server's");
  EXPECT_EQ(describe_skew(-1s), "this machine's clock agrees with the server's");
}

TEST(Skew, OfADateThatNoClockHoldsIsLarge) {
  const auto last = parse_http_date("Fri, 31 Dec 9999 23:59:59 GMT");
  ASSERT_TRUE(last);
  EXPECT_GT(*last, *parse_http_date("Fri, 02 Jan 2026 03:04:05 GMT"));
  const auto first = parse_http_date("Mon, 01 Jan 0001 00:00:00 GMT");
  ASSERT_TRUE(first);
  EXPECT_LT(*first, *parse_http_date("Fri, 02 Jan 2026 03:04:05 GMT"));
}

}  // namespace
}  // namespace flowlog

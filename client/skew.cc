#include "client/skew.h"

#include <algorithm>
#include <array>

namespace flowlog {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::string_view shape = "aaa, 00 aaa 0000 00:00:00 GMT";

bool is_shaped(std::string_view text) {
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool fits = shape[i] == '0'   ? text[i] >= '0' && text[i] <= '9'
                      : shape[i] == 'a' ? true
                                        : text[i] == shape[i];
    if (!fits) return false;
  }
  return true;
}

// REQUIRES: all digits
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::optional<WallTime> parse_http_date(std::string_view text) {
  if (!is_shaped(text)) return std::nullopt;
  if (std::find(days.begin(), days.end(), text.substr(0, 3)) == days.end()) return std::nullopt;
  const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
  const std::chrono::year_month_day date{
      std::chrono::year(number(text.substr(12, 4))),
      std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
      std::chrono::day(static_cast<unsigned>(number(text.substr(5, 2))))};
  const int hour = number(text.substr(17, 2));
  const int minute = number(text.substr(20, 2));
  const int second = number(text.substr(23, 2));
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return wall_time(std::chrono::sys_days(date) + std::chrono::hours(hour) +
                   std::chrono::minutes(minute) + std::chrono::seconds(second));
}

std::optional<std::chrono::seconds> clock_skew(const Exchange& exchange) {
  const WireResponse* response = exchange.response();
  if (response == nullptr) return std::nullopt;
  const auto theirs = parse_http_date(header(response->headers, "Date"));
  if (!theirs) return std::nullopt;
  const auto answered = exchange.started + std::chrono::duration_cast<WallTime::duration>(
                                               std::chrono::duration<double>(exchange.seconds));
  return std::chrono::round<std::chrono::seconds>(answered - *theirs);
}

std::string describe_skew(std::chrono::seconds skew) {
  const auto size = std::chrono::abs(skew);
  if (size <= std::chrono::seconds(1)) return "this machine's clock agrees with the server's";
  const bool minutes = size >= std::chrono::minutes(2);
  const auto count =
      minutes ? std::chrono::round<std::chrono::minutes>(size).count() : size.count();
  return "this machine's clock is " + std::to_string(count) + (minutes ? " min " : " s ") +
         (skew.count() > 0 ? "ahead of" : "behind") + " the server's";
}

}  // namespace flowlog

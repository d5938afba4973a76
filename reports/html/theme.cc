#include <array>

#include "reports/html/markup.h"
#include "reports/html/view.h"
#include "reports/html/words.h"

namespace flowlog::page {

std::string theme_title(const View& view, std::string_view theme) {
  using Entry = std::pair<std::string_view, const Text&>;
  static const std::array kTitles{
      Entry{"param", words::kParameters},      Entry{"error", words::kErrors},
      Entry{"answer", words::kAnswer},         Entry{"auth", words::kAuthentication},
      Entry{"request", words::kWholeRequests}, Entry{"idempotency", words::kIdempotency},
      Entry{"lifecycle", words::kLifecycle},   Entry{"race", words::kRaces},
      Entry{"quota", words::kQuota},           Entry{"model", words::kModel}};
  for (const auto& [name, title] : kTitles) {
    if (name == theme) return view.say(title);
  }
  return escape(brief(theme, 40));
}

}  // namespace flowlog::page

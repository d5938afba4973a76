#include "oracle/message_check.h"

#include <algorithm>

#include "base/text.h"

namespace flowlog {

bool unfit_message(std::string_view message) {
  static constexpr std::string_view kLeaks[] = {
      "%s",        "%v",         "%d",      "%!",        "<nil>",    "{0}",         "{}",
      "Traceback", "Exception:", "panic:",  "goroutine", "at java.", ".java:",      ".go:",
      ".py\"",     "SQLSTATE",   "SELECT ", "INSERT ",   "UPDATE ",  "syntax error"};
  return message.find_first_not_of(' ') == std::string_view::npos || message == "null" ||
         message == "undefined" || message == "None" ||
         std::ranges::any_of(kLeaks, [&](std::string_view leak) {
           return message.find(leak) != std::string_view::npos;
         });
}

bool of_another_language(std::string_view documented, std::string_view message) {
  const auto beyond_ascii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (std::ranges::none_of(message, beyond_ascii) ||
      std::ranges::any_of(documented, beyond_ascii)) {
    return false;
  }
  constexpr std::size_t kTelling = 4;  // letters of a word that tells a language
  return std::ranges::none_of(split(documented, ' '), [&](const std::string& word) {
    return word.size() >= kTelling && message.find(word) != std::string_view::npos;
  });
}

}  // namespace flowlog

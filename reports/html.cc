#include "reports/html.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cassert>
#include <initializer_list>
#include <utility>

#include "reports/console.h"
#include "reports/exit_status.h"
#include "reports/html/assets.h"
#include "reports/html/page_data.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

// What a policy calls an inline style or script: its SHA-256 in base64.
std::string source_hash(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, std::size_t{2} * EVP_MAX_MD_SIZE> base64{};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  return fmt::format("'sha256-{}'", std::string(base64.begin(), base64.begin() + length));
}

// Only the page's own style and script, by their hashes; nothing from anywhere.
std::string policy() {
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; "
      "form-action 'none'",
      source_hash(page::kStyle), source_hash(page::kScript));
}

// Text between tags and in quoted attributes.
std::string escape(std::string_view text) {
  std::string out;
  for (const char c : printable(text, Layout::lines)) {
    if (std::string_view("&<>\"'`").find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return out;
}

// The template with every {{name}} replaced. Text that was put in is not looked at again.
// REQUIRES: every name of the template is among `parts`.
std::string fill(std::string_view form,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
  std::string out;
  while (true) {
    const std::size_t begin = form.find("{{");
    if (begin == std::string_view::npos) break;
    const std::size_t end = form.find("}}", begin);
    assert(end != std::string_view::npos);
    const std::string_view name = form.substr(begin + 2, end - begin - 2);
    out += form.substr(0, begin);
    for (const auto& [key, value] : parts) {
      if (key == name) out += value;
    }
    form.remove_prefix(end + 2);
  }
  out += form;
  return out;
}

std::string title(const Report& report, Language say) {
  return fmt::format("{} · {}", verdict_line(report, say), excerpt(report.endpoint, 200));
}

}  // namespace

std::string html(const Report& report, const std::string& lang) {
  const Language say(lang);
  const ExitStatus end = exit_status(report);
  const bool bad = end == ExitStatus::deviating || end == ExitStatus::left_behind;
  const std::string_view dot = end == ExitStatus::conformant ? "2e8b57" : bad ? "c0392b" : "b07400";
  // What the console says is there for those who run no scripts.
  const std::string summary = closing(report, Style{.say = say}, static_cast<int>(end), "");
  return fill(page::kTemplate, {{"lang", say("en", "zh-CN")},
                                {"policy", policy()},
                                {"title", escape(excerpt(title(report, say), 400))},
                                {"dot", dot},
                                {"style", page::kStyle},
                                {"summary", escape(summary)},
                                {"words", page::kWords},
                                {"data", page::page_data(report, say)},
                                {"script", page::kScript}});
}

}  // namespace flowlog

#include "reports/html.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "reports/html/assets.h"
#include "reports/html/markup.h"
#include "reports/html/parts.h"
#include "reports/html/words.h"

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

}  // namespace

std::string html(const Report& report, const std::string& lang) {
  const page::View view(report, lang);
  const std::string subject = page::escape(page::brief(report.endpoint, 200));
  const std::string title = view.say(page::words::kPageTitle, subject);
  const bool bad = view.count(Verdict::deviating) > 0;
  const std::string body = page::masthead(view);
  return page::fill(page::kTemplate, {{"lang", view.language()("en", "zh-CN")},
                                      {"policy", policy()},
                                      {"title", title},
                                      {"dot", bad ? "c0392b" : "2e8b57"},
                                      {"style", page::kStyle},
                                      {"skip", view.say(page::words::kSkipLink)},
                                      {"masthead", body},
                                      {"tools", page::tools(view)},
                                      {"leftovers", page::leftovers(view)},
                                      {"map", page::map(view)},
                                      {"checks", page::checks(view)},
                                      {"pictures", page::pictures(view)},
                                      {"footer", page::footer(view)},
                                      {"script", page::kScript}});
}

}  // namespace flowlog

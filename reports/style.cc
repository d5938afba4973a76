#include "reports/style.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidest = 120;

bool set(const char* variable) {
  const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return value != nullptr && *value != '\0';
}

std::string_view code(Ink ink) {
  switch (ink) {
    case Ink::red:
      return "31";
    case Ink::green:
      return "32";
    case Ink::yellow:
      return "33";
    case Ink::magenta:
      return "35";
    case Ink::cyan:
      return "36";
    case Ink::dim:
      return "2";
    case Ink::bold:
      return "1";
    case Ink::none:
      break;
  }
  return "";
}

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string Style::ink(Ink ink, std::string_view text) const {
  if (!color || ink == Ink::none || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code(ink)) + "m" + std::string(text) + "\x1b[0m";
}

Style detect_style(int fd, Language say) {
  Style style;
  style.say = say;
  if (::isatty(fd) == 0) return style;
  const char* term = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe)
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  style.color = !dumb && !set("NO_COLOR");
  style.rewrite = !dumb && !set("CI");
  winsize size{};
  const bool known = ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= kNarrowest;
  style.width = known ? std::min<std::size_t>(size.ws_col, kWidest) : 80;
  return style;
}

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::conformant:
      return Ink::green;
    case Verdict::deviating:
      return Ink::red;
    case Verdict::inconclusive:
      return Ink::magenta;
    case Verdict::finding:
      return Ink::yellow;
    case Verdict::known:
      return Ink::cyan;
    case Verdict::skipped:
      return Ink::dim;
  }
  return Ink::none;
}

std::string wrap(const Style& style, std::string_view text, std::size_t indent) {
  if (style.width <= indent + kNarrowest / 2) return std::string(text);
  const std::size_t room = style.width - indent;
  std::string out;
  std::size_t used = 0;
  for (const std::string& word : split(text, ' ')) {
    const std::size_t length = columns(word);
    if (used > 0 && used + 1 + length > room) {
      out += '\n' + std::string(indent, ' ');
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += length;
  }
  return out;
}

std::string defuse(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool fresh = true;  // nothing but blanks since the line began
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("##")) {
      std::size_t end = at + 2;
      while (end < text.size() && letter(text[end])) ++end;
      if (end < text.size() && text[end] == '[') {
        out += "#\\u{23}";
        ++at;
        fresh = false;
        continue;
      }
    }
    if (fresh && rest.starts_with("::")) {
      out += "\\u{3A}:";
      ++at;
      fresh = false;
      continue;
    }
    out.push_back(text[at]);
    fresh = text[at] == '\n' || (fresh && (text[at] == ' ' || text[at] == '\t'));
  }
  return out;
}

}  // namespace flowlog

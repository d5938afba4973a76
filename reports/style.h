// How text is laid out for whoever reads it: colour, width, language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/language.h"

namespace flowlog {

enum class Ink { none, red, green, yellow, magenta, cyan, dim, bold };

struct Style {
  bool color = false;     // escape sequences of our own, never a server's
  bool rewrite = false;   // a line may be drawn over: a terminal, and no CI
  std::size_t width = 0;  // columns to wrap at; 0: never
  Language say;

  std::string ink(Ink ink, std::string_view text) const;
};

// The style of file descriptor `fd` and the environment: no colour when it is no terminal, when
// NO_COLOR is set to anything, or when TERM is "dumb"; no rewriting in CI either.
Style detect_style(int fd, Language say);

Ink ink_of(Verdict verdict);

// `text` broken at blanks to style.width, the lines after the first indented by `indent` columns.
std::string wrap(const Style& style, std::string_view text, std::size_t indent);

// Lines of a log that CI systems would take for commands (`::error`, `##vso[`) are made harmless.
std::string defuse(std::string_view text);

}  // namespace flowlog

// Text on its way into the page. Whatever is not written by this library passes through here.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace flowlog::page {

// `bytes` as HTML, safe between tags and in quoted attributes, and always valid UTF-8: printable()
// with its line feeds and tabs, and markup escaped.
std::string escape(std::string_view bytes);

// As escape, with a place to break the line after each `.`, `/`, `,`, `=` and `&`, and within
// WordsWrittenLikeThis.
std::string breakable(std::string_view bytes);

// The first `limit` bytes or fewer, never cut inside a character.
std::string_view head(std::string_view bytes, std::size_t limit);
// head, with `…` when something is left out; not yet escaped.
std::string brief(std::string_view bytes, std::size_t limit);

// `prefix` and `id` as the value of an id attribute and, after '#', of a link to it. Two ids never
// share one.
std::string anchor(std::string_view prefix, std::string_view id);

// The template with every {{name}} replaced. Text that was put in is not looked at again.
// REQUIRES: every name of the template is among `parts`.
std::string fill(std::string_view form,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> parts);

// Bytes as they are, with JSON laid out over lines: only blanks outside strings change. A value of
// the member `Code` that `expected` does not hold is marked. Markup, already escaped.
std::string body_markup(std::string_view body, std::string_view expected);

}  // namespace flowlog::page

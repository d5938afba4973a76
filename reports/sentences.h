// The catalogue of sentences: English and Chinese side by side, in sentences.json.
//
// A pattern is a sentence with holes: '*' any text, '+' one word (not empty, no blank), '~' a
// sentence of its own, '^' a word of its own; the last two are turned as well. A hole ends at the
// first place outside of quotes where the pattern goes on, the last one where the text ends. The
// Chinese has the same holes in the same order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flowlog {

struct Sentence {
  std::string en;
  std::string zh;
};

// In the order of the file. Read at the first call.
const std::vector<Sentence>& sentences();

// What stands in the holes of `pattern`; nothing where `text` is no such sentence.
std::optional<std::vector<std::string_view>> holes_of(std::string_view pattern,
                                                      std::string_view text);

// `text` by the first sentence of the catalogue that fits; nothing where none does. `chinese`
// turns what stands in '~' and '^'.
std::optional<std::string> by_catalogue(std::string_view text,
                                        std::string (*chinese)(std::string_view));

// Where `part` begins in `text` outside of quotes, at `from` or later; npos where it does not.
std::size_t find_unquoted(std::string_view text, std::string_view part, std::size_t from = 0);

}  // namespace flowlog

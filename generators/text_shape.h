// Random text of one shape, and how it gets smaller without leaving that shape.
#pragma once

#include <rapidcheck.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "generators/alphabet.h"

namespace flowlog {

// Text of `min` to `max` code points, each from the alphabet of its position, between two fixed
// pieces that the counts leave out.
struct TextShape {
  std::size_t min = 1;
  std::size_t max = 1;
  Alphabet first;
  Alphabet inner;
  Alphabet last;
  Alphabet only;  // of a text of one character

  // Where not empty, exactly one character of the text comes from here, at least `odd_after`
  // characters from the start and `odd_before` from the end.
  Alphabet odd;
  std::size_t odd_after = 0;
  std::size_t odd_before = 0;

  std::string before;
  std::string after;
  // Lower-case ASCII beginnings that the text must not have in any letter case.
  std::vector<std::string> avoid;

  // The alphabet of position `i` of a text of `length`; the odd character left aside.
  const Alphabet& at(std::size_t i, std::size_t length) const;
  // Where no character may stand alone, 2 instead of 1.
  std::size_t shortest() const;
};

// Texts of `shape`, all lengths alike. A failing text shrinks within 60 steps for its length:
// straight to the shortest of plain characters, then the same length of plain characters, then by
// halving at the end and at the front, then character by character. Safe on any thread.
// A draw throws TooNarrow (draws.h) where a length or an alphabet leaves nothing to choose.
rc::Gen<std::string> text_of(const TextShape& shape);

// The one text of `points`, which must have the shape, with the same shrinks. `odd` is where its
// odd character stands.
rc::Shrinkable<std::string> exactly(const TextShape& shape, std::u32string points,
                                    std::optional<std::size_t> odd = std::nullopt);

}  // namespace flowlog

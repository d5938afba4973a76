// Kinds of characters that implementations tell apart: letters of each sort, marks, blanks, what
// cannot be seen, what needs more than one unit. No character belongs to two kinds.
#pragma once

#include <string>
#include <vector>

#include "specs/charset.h"
#include "specs/contract.h"

namespace flowlog {

struct CharacterKind {
  std::string id;  // "full-width-mark"
  Text text;       // "a full-width mark"
  Charset set;
  std::u32string samples;  // worth trying, best first; few, so that each can be sent
};

// In a fixed order; lives for the whole program.
const std::vector<CharacterKind>& character_kinds();
// REQUIRES: a kind of that id.
const CharacterKind& character_kind(const std::string& id);

}  // namespace flowlog

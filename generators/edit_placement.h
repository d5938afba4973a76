// Where a value goes: from texts for a parameter to edits of a request.
#pragma once

#include <optional>
#include <string>

#include "generators/classes/classes.h"
#include "generators/indexed_group.h"

namespace flowlog {

// Refers to contract and parameter, which must outlive it and the generators it makes.
class EditPlacement {
 public:
  EditPlacement(const Contract& contract, const Parameter& parameter);

  // The value alone; of an indexed parameter, at index 1 with what it needs. A value that other
  // parameters depend on brings them along: a resource type brings a resource of that type.
  Edit edit(std::string value) const;
  rc::Shrinkable<Edit> edit(rc::Shrinkable<std::string> value) const;
  // As edit(); of an indexed parameter at the last index that is lawful, shrinking to the first;
  // else nothing.
  std::optional<rc::Shrinkable<Edit>> last_edit(rc::Shrinkable<std::string> value) const;
  // As edit(); of an indexed parameter at any lawful index, shrinking to the first.
  rc::Gen<Edit> anywhere(rc::Gen<std::string> value) const;

 private:
  using Drawn = std::pair<std::size_t, std::string>;  // index and value

  Edit edit_at(const Drawn& drawn) const;

  const Contract* contract_;
  const Parameter* parameter_;
  std::optional<IndexedGroup> group_;
};

}  // namespace flowlog

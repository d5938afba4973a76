// Builds the classes of one rule.
#pragma once

#include <string>
#include <vector>

#include "generators/classes/classes.h"
#include "generators/edit_placement.h"

namespace flowlog {

// A class in the making.
class ClassBuilder {
 public:
  ClassBuilder(InputClass input, const EditPlacement& place);

  ClassBuilder& bound(Edit edit);  // without shrinks
  ClassBuilder& bound(rc::Shrinkable<Edit> edit);
  ClassBuilder& bound(const std::string& value);
  ClassBuilder& bound(const rc::Shrinkable<std::string>& value);
  // Also at the last lawful index where the parameter is indexed.
  ClassBuilder& bound_everywhere(const rc::Shrinkable<std::string>& value);
  // Left out where draws of it throw TooNarrow.
  ClassBuilder& random(rc::Gen<Edit> gen);
  ClassBuilder& random(rc::Gen<std::string> gen);

 private:
  friend class ClassList;
  InputClass input_;
  const EditPlacement* place_;
};

class ClassList {
 public:
  ClassList(const Contract& contract, const Parameter& parameter, const Rule& rule);
  ClassList(const ClassList&) = delete;

  const Contract& contract() const { return contract_; }
  const Parameter& parameter() const { return parameter_; }
  const Rule& rule() const { return rule_; }
  const EditPlacement& place() const { return place_; }

  // Valid until the next call.
  ClassBuilder& add(Side side, std::string id, Text text);
  // Valid, invalid, grey; without those that stayed empty and without repeated boundaries.
  std::vector<InputClass> take();

 private:
  const Contract& contract_;
  const Parameter& parameter_;
  const Rule& rule_;
  EditPlacement place_;
  std::vector<ClassBuilder> builders_;
};

// Each appends the classes of a rule of its kinds.
void add_length_classes(ClassList& list);
void add_character_classes(ClassList& list);  // characters, first, last
void add_word_classes(ClassList& list);       // values of a String
void add_integer_classes(ClassList& list);    // values of an Integer
void add_range_classes(ClassList& list);      // an Integer between two ends
void add_prefix_classes(ClassList& list);
void add_edges_classes(ClassList& list);
void add_unique_classes(ClassList& list);
void add_count_classes(ClassList& list);
void add_index_classes(ClassList& list);
void add_needs_classes(ClassList& list);
void add_required_classes(ClassList& list);
void add_exists_classes(ClassList& list);

// The side of an empty value that breaks a rule. It may be read as left out: sure to be refused
// only where leaving out is.
Side side_of_empty(const Parameter& parameter);

}  // namespace flowlog

// What one sentence states, before it is known whether its other words let that stand.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "specs/contract.h"
#include "specs/pages/page.h"
#include "specs/pages/reading.h"

namespace flowlog {

struct Stated {
  Rule rule;
  std::vector<Span> spans;
  bool partial = false;     // characters: what else may stand there is not said
  bool open_below = false;  // length: its `min` is not said
};

struct Statements {
  Reading reading;
  std::vector<Stated> rules;
  std::optional<std::string> default_value;
  Span default_span;
  std::vector<Unread> unread;

  explicit Statements(std::string sentence) : reading(std::move(sentence)) {}

  // Takes the span, of which the rule is read.
  Stated& add(RuleKind kind, std::vector<Span> spans);
  void cannot_read(std::optional<RuleKind> kind, Text why);
};

Text not_understood();

// What the value begins and ends with, and what it consists of.
void read_edges(Statements& said);
void read_characters(Statements& said);

}  // namespace flowlog

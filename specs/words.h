// How the enumerations of contracts and services are spelt in its files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "specs/contract.h"
#include "specs/service.h"

namespace flowlog {

template <class Value>
using Words = std::vector<std::pair<std::string, Value>>;

const Words<Standing>& standing_words();
const Words<RuleKind>& rule_kind_words();
const Words<IntegerForm>& integer_form_words();
const Words<Type>& type_words();
const Words<Presence>& presence_words();
const Words<Effect>& effect_words();
const Words<Role>& role_words();
const Words<Shows>& shows_words();
const Words<FilterMatch>& filter_match_words();
const Words<StateMeaning>& state_meaning_words();
const Words<Provision>& provision_words();

// REQUIRES: `value` stands in `words`.
template <class Value>
const std::string& word_for(const Words<Value>& words, Value value) {
  std::size_t i = 0;
  while (words.at(i).second != value) ++i;
  return words[i].first;
}

}  // namespace flowlog

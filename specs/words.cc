#include "specs/words.h"

namespace flowlog {

const Words<Standing>& standing_words() {
  static const Words<Standing> words = {{"documented", Standing::documented},
                                        {"related", Standing::related},
                                        {"inferred", Standing::inferred}};
  return words;
}

const Words<RuleKind>& rule_kind_words() {
  static const Words<RuleKind> words = {{"required", RuleKind::required},
                                        {"length", RuleKind::length},
                                        {"characters", RuleKind::characters},
                                        {"first", RuleKind::first},
                                        {"last", RuleKind::last},
                                        {"values", RuleKind::values},
                                        {"prefix", RuleKind::prefix},
                                        {"edges", RuleKind::edges},
                                        {"unique", RuleKind::unique},
                                        {"count", RuleKind::count},
                                        {"index", RuleKind::index},
                                        {"needs", RuleKind::needs},
                                        {"exists", RuleKind::exists}};
  return words;
}

const Words<IntegerForm>& integer_form_words() {
  static const Words<IntegerForm> words = {{"leading_zero", IntegerForm::leading_zero},
                                           {"plus_sign", IntegerForm::plus_sign},
                                           {"surrounding_blanks", IntegerForm::surrounding_blanks},
                                           {"full_width_digits", IntegerForm::full_width_digits}};
  return words;
}

const Words<Type>& type_words() {
  static const Words<Type> words = {{"String", Type::string}, {"Integer", Type::integer}};
  return words;
}

const Words<Presence>& presence_words() {
  static const Words<Presence> words = {
      {"always", Presence::always}, {"success", Presence::success}, {"failure", Presence::failure}};
  return words;
}

}  // namespace flowlog

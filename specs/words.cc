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
                                        {"exists", RuleKind::exists},
                                        {"range", RuleKind::range}};
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

const Words<Effect>& effect_words() {
  static const Words<Effect> words = {
      {"create", Effect::create},         {"read", Effect::read},
      {"update", Effect::update},         {"delete", Effect::remove},
      {"transition", Effect::transition}, {"tag", Effect::tag},
      {"untag", Effect::untag},           {"read_tags", Effect::read_tags}};
  return words;
}

const Words<Role>& role_words() {
  static const Words<Role> words = {{"id", Role::id},
                                    {"token", Role::token},
                                    {"name", Role::name},
                                    {"description", Role::description},
                                    {"target_id", Role::target_id},
                                    {"target_type", Role::target_type},
                                    {"project", Role::project},
                                    {"tag_key", Role::tag_key},
                                    {"tag_value", Role::tag_value},
                                    {"page_size", Role::page_size},
                                    {"page_token", Role::page_token}};
  return words;
}

const Words<Shows>& shows_words() {
  static const Words<Shows> words = {{"id", Shows::id},
                                     {"parameter", Shows::parameter},
                                     {"state", Shows::state},
                                     {"created_at", Shows::created_at},
                                     {"updated_at", Shows::updated_at},
                                     {"account", Shows::account},
                                     {"left_behind", Shows::left_behind},
                                     {"target_parent", Shows::target_parent},
                                     {"tags", Shows::tags},
                                     {"tag_key", Shows::tag_key},
                                     {"tag_value", Shows::tag_value},
                                     {"constant", Shows::constant}};
  return words;
}

const Words<FilterMatch>& filter_match_words() {
  static const Words<FilterMatch> words = {{"equal", FilterMatch::equal},
                                           {"equal_or_within", FilterMatch::equal_or_within},
                                           {"any_of", FilterMatch::any_of},
                                           {"tag_key", FilterMatch::tag_key},
                                           {"tag_value", FilterMatch::tag_value}};
  return words;
}

const Words<StateMeaning>& state_meaning_words() {
  static const Words<StateMeaning> words = {{"initial", StateMeaning::initial},
                                            {"ready", StateMeaning::ready},
                                            {"pending", StateMeaning::pending},
                                            {"inactive", StateMeaning::inactive},
                                            {"deleting", StateMeaning::deleting}};
  return words;
}

const Words<Provision>& provision_words() {
  static const Words<Provision> words = {{"account", Provision::account},
                                         {"resource", Provision::resource},
                                         {"typed_resource", Provision::typed_resource},
                                         {"instance", Provision::instance},
                                         {"parameters", Provision::parameters},
                                         {"suite", Provision::suite}};
  return words;
}

}  // namespace flowlog

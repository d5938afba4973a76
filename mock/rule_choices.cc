#include <fmt/format.h>

#include <algorithm>

#include "mock/action_choices.h"
#include "mock/views.h"

namespace flowlog::mock {
namespace {

using ViewFunction = std::string (*)(const Rule&, const std::string&);

constexpr char32_t chinese = U'\u6d41';

// A rule that is misread, and what a client sees of it. {} stands for the parameter.
struct Misreading {
  const char* id;
  ViewFunction view;
  const char* text;
};

constexpr Misreading of_characters[] = {
    {"only-first", views::first_character, "of {} only the first character is looked at."},
    {"last-not-looked-at", views::without_last, "the last character of {} is not looked at."},
    {"newline-at-end", views::before_newline, "{} may end in a newline."},
    {"non-ascii-unchecked", views::ascii, "{} may hold an emoji."},
};
constexpr Misreading of_words[] = {
    {"any-case", views::word_in_any_case, "{} is taken in any letter case."},
    {"only-start", views::word_at_start, "{} may go on after a known word."},
    {"trimmed", views::trimmed, "{} may have blanks or a newline around it."},
};
constexpr Misreading of_integers[] = {
    {"leading-digits", views::leading_integer, "a {} such as 5m or 5.0 is accepted."},
    {"sign-ignored", views::without_minus, "the sign of {} is ignored."},
    {"wraps-at-32-bits", views::modulo_32_bits, "{} wraps at 32 bits."},
    {"newline-at-end", views::before_newline, "{} may end in a newline."},
};

class RuleChoices {
 public:
  RuleChoices(const ActionChoices& choices, const Parameter& parameter)
      : choices_(choices), parameter_(parameter) {}

  void add(const Rule& rule) const;
  void add_unchecked(const Rule& rule) const;

 private:
  bool has(RuleKind kind) const {
    return std::ranges::find(parameter_.rules, kind, &Rule::kind) != parameter_.rules.end();
  }
  std::string id(const std::string& kind, const std::string& how) const {
    return fmt::format("{}.{}.{}", kind, parameter_.name, how);
  }
  // Every rule of these kinds sees its value through the view.
  void misread(const std::string& kind, const Misreading& how,
               const std::vector<RuleKind>& kinds) const;
  void add_lengths(const Rule& rule) const;
  void add_characters(const Rule& rule) const;

  const ActionChoices& choices_;
  const Parameter& parameter_;
};

void RuleChoices::misread(const std::string& kind, const Misreading& how,
                          const std::vector<RuleKind>& kinds) const {
  std::vector<std::string> addresses;
  for (const Rule& rule : parameter_.rules) {
    if (std::ranges::find(kinds, rule.kind) != kinds.end()) {
      addresses.push_back(choices_.scope() + rule.address);
    }
  }
  choices_.add(id(kind, how.id), fmt::format(fmt::runtime(how.text), parameter_.name),
               [=, view = how.view](Behaviour& behaviour) {
                 for (const std::string& address : addresses) behaviour.rules[address].sees = view;
               });
}

void RuleChoices::add_lengths(const Rule& rule) const {
  misread("length", {"cut-silently", views::cut, "a {} that is too long is accepted, as if cut."},
          {rule.kind});
  const auto characters = std::ranges::find(parameter_.rules, RuleKind::characters, &Rule::kind);
  if (characters == parameter_.rules.end() || !characters->allowed.contains(chinese)) return;
  misread("length",
          {"counts-bytes", views::bytes, "a {} of Chinese characters counts three for each."},
          {rule.kind});
}

void RuleChoices::add_characters(const Rule& rule) const {
  const std::vector<RuleKind> kinds = {RuleKind::characters, RuleKind::first, RuleKind::last};
  // Where a newline may be accepted as it is, taking one is no misreading.
  const bool newline = rule.allowed.contains(U'\n') || rule.grey.contains(U'\n');
  for (const Misreading& how : of_characters) {
    if (!newline || how.view != views::before_newline) misread("characters", how, kinds);
  }
  const bool marks = rule.allowed.contains(U'-') && !has(RuleKind::last);
  if (marks) {
    misread("strict", {"mark-at-end", views::strict_at_end, "a {} that ends in a mark is refused."},
            {rule.kind});
    misread("strict",
            {"marks-in-a-row", views::strict_in_a_row, "a {} with two marks in a row is refused."},
            {rule.kind});
  }
  if (rule.allowed.contains(U'A')) {
    misread("strict",
            {"capitals", views::strict_on_capitals, "a {} with a capital letter is refused."},
            {rule.kind});
  }
}

// Where success is lawful as well, laxness is no deviation.
bool may_succeed(const Rule& rule) {
  return std::ranges::find(rule.also, "success") != rule.also.end();
}

void RuleChoices::add(const Rule& rule) const {
  if (may_succeed(rule)) return;
  switch (rule.kind) {
    case RuleKind::length:
      return add_lengths(rule);
    case RuleKind::characters:
      return add_characters(rule);
    case RuleKind::values:
      if (parameter_.type == Type::integer) {
        for (const Misreading& how : of_integers) misread("values", how, {rule.kind});
        return misread("values",
                       {"next-above", views::next_word_above, "{} is taken to the next above."},
                       {rule.kind});
      }
      for (const Misreading& how : of_words) misread("values", how, {rule.kind});
      if (rule.neighbours.empty()) return;
      return misread("values",
                     {"words-of-others", views::word_of_others, "{} takes others' words."},
                     {rule.kind});
    case RuleKind::range:
      for (const Misreading& how : of_integers) misread("range", how, {rule.kind});
      return;
    case RuleKind::prefix:
      misread("prefix",
              {"exact-case", views::prefix_in_exact_case,
               "a {} may begin with a forbidden word in capitals."},
              {rule.kind});
      return misread(
          "prefix", {"anywhere", views::from_word, "a {} with a forbidden word inside is refused."},
          {rule.kind});
    default:
      return;
  }
}

void RuleChoices::add_unchecked(const Rule& rule) const {
  if (may_succeed(rule)) return;
  const std::string kind(name(rule.kind));
  if (rule.kind == RuleKind::required) {
    choices_.add(id(kind, "unchecked"), fmt::format("{} may be left out.", parameter_.name),
                 [key = choices_.scope() + parameter_.name](Behaviour& behaviour) {
                   behaviour.optional.insert(key);
                 });
  } else if (rule.kind == RuleKind::exists && rule.target == "instance") {
    // No page says what deleting an unknown one gets.
    if (choices_.action.effect == Effect::remove) return;
    choices_.add(id(kind, "unchecked"), fmt::format("any {} is accepted.", parameter_.name),
                 [](ActionReading& how) { how.unknown_ok = true; });
  } else {
    choices_.add(id(kind, "unchecked"),
                 fmt::format("the rule {} of {} is not checked.", kind, parameter_.name),
                 [key = choices_.scope() + rule.address](Behaviour& behaviour) {
                   behaviour.rules[key].off = true;
                 });
  }
}

}  // namespace

bool can_be_broken_alone(const ActionChoices& choices, const Parameter& parameter,
                         const Rule& rule) {
  const int quota = choices.service.quota();
  if (rule.kind != RuleKind::count || quota <= 0) return true;
  const bool of_things = std::ranges::any_of(parameter.rules, [](const Rule& other) {
    return other.kind == RuleKind::exists && other.target == "instance";
  });
  return !of_things || rule.max < static_cast<std::size_t>(quota);
}

void add_rule_deviations(const ActionChoices& choices) {
  for (const Parameter& parameter : choices.action.contract.parameters) {
    if (parameter.name == "Action" || parameter.name == "Version") continue;
    const RuleChoices rules(choices, parameter);
    for (const Rule& rule : parameter.rules) {
      // From what no page says nothing deviates.
      if (rule.standing == Standing::inferred) continue;
      if (!can_be_broken_alone(choices, parameter, rule)) continue;
      rules.add(rule);
      rules.add_unchecked(rule);
    }
  }
}

}  // namespace flowlog::mock

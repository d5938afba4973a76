#include "mock/checker.h"

#include <set>

#include "base/text.h"

namespace flowlog::mock {
namespace {

constexpr std::string_view index_mark = ".N.";

std::u32string characters(const std::string& value) {
  return decode_utf8(repair_utf8(value)).value_or(std::u32string());
}

// The text in place of N when `name` has the form of `pattern` ("Tags.N.Key"), or nothing.
std::optional<std::string> index_in(std::string_view name, const std::string& pattern,
                                    bool any_case) {
  const std::size_t mark = pattern.find(index_mark);
  const std::string folded = any_case ? lower_ascii(pattern) : pattern;
  const std::string_view head = std::string_view(folded).substr(0, mark + 1);
  const std::string_view tail = std::string_view(folded).substr(mark + 2);
  if (name.size() < head.size() + tail.size() || !name.starts_with(head) || !name.ends_with(tail)) {
    return std::nullopt;
  }
  name.remove_prefix(head.size());
  name.remove_suffix(tail.size());
  if (name.find('.') != std::string_view::npos) return std::nullopt;
  return std::string(name);
}

bool within(const Charset& allowed, const Charset& grey, bool grey_accepted, char32_t point) {
  return allowed.contains(point) || (grey_accepted && grey.contains(point));
}

bool keeps_characters(const Rule& rule, const std::u32string& text, bool grey) {
  return std::all_of(text.begin(), text.end(),
                     [&](char32_t point) { return within(rule.allowed, rule.grey, grey, point); });
}

bool keeps_length(const Rule& rule, std::size_t length, const Behaviour& behaviour) {
  const bool grey = std::find(rule.grey_lengths.begin(), rule.grey_lengths.end(), length) !=
                    rule.grey_lengths.end();
  if (grey) return behaviour.grey_lengths;
  return length >= rule.min && length <= rule.max;
}

// The number that a lenient parser reads; the text itself where no form of the rule applies.
std::string lenient_integer(const Rule& rule, std::string value) {
  const auto takes = [&](IntegerForm form) {
    return std::find(rule.grey_forms.begin(), rule.grey_forms.end(), form) != rule.grey_forms.end();
  };
  if (takes(IntegerForm::surrounding_blanks)) {
    value.erase(0, value.find_first_not_of(' '));
    value.erase(value.find_last_not_of(' ') + 1);
  }
  if (takes(IntegerForm::plus_sign) && value.starts_with('+')) value.erase(0, 1);
  if (takes(IntegerForm::full_width_digits)) {
    std::u32string text = characters(value);
    for (char32_t& point : text) {
      if (point >= U'０' && point <= U'９') point = point - U'０' + U'0';
    }
    value = encode_utf8(text);
  }
  if (takes(IntegerForm::leading_zero)) value.erase(0, value.find_first_not_of('0'));
  return value;
}

bool keeps_values(const Parameter& parameter, const Rule& rule, const std::string& value,
                  const Behaviour& behaviour) {
  const auto listed = [&](const std::string& text) {
    return std::find(rule.words.begin(), rule.words.end(), text) != rule.words.end();
  };
  if (listed(value)) return true;
  return parameter.type == Type::integer && behaviour.grey_integers &&
         listed(lenient_integer(rule, value));
}

bool keeps_prefix(const Rule& rule, const std::string& value) {
  const std::string text = lower_ascii(value);
  return std::none_of(rule.words.begin(), rule.words.end(),
                      [&](const std::string& word) { return text.starts_with(lower_ascii(word)); });
}

bool keeps_edges(const std::string& value) {
  return !value.starts_with(' ') && !value.ends_with(' ');
}

bool keeps(const Parameter& parameter, const Rule& rule, const std::string& value,
           const Behaviour& behaviour) {
  const std::u32string text = characters(value);
  const bool grey = behaviour.grey_characters;
  switch (rule.kind) {
    case RuleKind::length:
      return keeps_length(rule, text.size(), behaviour);
    case RuleKind::characters:
      return keeps_characters(rule, text, grey);
    case RuleKind::first:
      return text.empty() || within(rule.allowed, rule.grey, grey, text.front());
    case RuleKind::last:
      return text.empty() || within(rule.allowed, rule.grey, grey, text.back());
    case RuleKind::values:
      return keeps_values(parameter, rule, value, behaviour);
    case RuleKind::prefix:
      return keeps_prefix(rule, value);
    case RuleKind::edges:
      return behaviour.edges_stripped || keeps_edges(value);
    default:
      return true;
  }
}

// Rules about the siblings of an indexed parameter together.
bool keeps_unique(const std::vector<std::string>& values) {
  return std::set<std::string>(values.begin(), values.end()).size() == values.size();
}

bool keeps_index(const std::vector<SentParameter>& siblings) {
  std::set<std::string> indexes;
  for (const SentParameter& sent : siblings) indexes.insert(sent.index);
  for (std::size_t n = 1; n <= indexes.size(); ++n) {
    if (!indexes.contains(std::to_string(n))) return false;
  }
  return true;
}

// The first sibling whose partner ("Tags.3.Key" for "Tags.3.Value") was not sent, or nullptr.
const SentParameter* without_partner(const std::vector<SentParameter>& siblings,
                                     const std::vector<SentParameter>& partners) {
  std::set<std::string> indexes;
  for (const SentParameter& partner : partners) indexes.insert(partner.index);
  const auto alone = std::find_if(siblings.begin(), siblings.end(), [&](const SentParameter& sent) {
    return !indexes.contains(sent.index);
  });
  return alone == siblings.end() ? nullptr : &*alone;
}

std::string seen(const RuleReading& reading, const Rule& rule, const std::string& value) {
  return reading.sees ? reading.sees(rule, value) : value;
}

// The name to blame when the siblings together break `rule`, or nothing.
std::optional<std::string> broken_together(const Rule& rule,
                                           const std::vector<SentParameter>& siblings,
                                           const Reading& reading, const RuleReading& how) {
  if (siblings.empty()) return std::nullopt;
  switch (rule.kind) {
    case RuleKind::unique: {
      std::vector<std::string> values;
      for (const SentParameter& sent : siblings) values.push_back(seen(how, rule, sent.value));
      return keeps_unique(values) ? std::nullopt : std::optional(siblings.back().name);
    }
    case RuleKind::count:
      return siblings.size() <= rule.max ? std::nullopt : std::optional(siblings.back().name);
    case RuleKind::index: {
      std::vector<SentParameter> indexed = siblings;
      for (SentParameter& sent : indexed) sent.index = seen(how, rule, sent.index);
      return keeps_index(indexed) ? std::nullopt : std::optional(siblings.back().name);
    }
    case RuleKind::needs: {
      const SentParameter* alone = without_partner(siblings, reading.sent(rule.target));
      return alone == nullptr ? std::nullopt : std::optional(alone->name);
    }
    default:
      return std::nullopt;
  }
}

void check_rule(const Parameter& parameter, const Rule& rule, const Reading& reading,
                const Behaviour& behaviour, std::vector<BrokenRule>& found) {
  const auto lie = behaviour.rules.find(rule.address);
  const RuleReading how = lie == behaviour.rules.end() ? RuleReading() : lie->second;
  if (how.off) return;
  const std::vector<SentParameter>& siblings = reading.sent(parameter.name);
  if (const auto blamed = broken_together(rule, siblings, reading, how)) {
    found.push_back({&parameter, &rule, *blamed});
    return;
  }
  for (const SentParameter& sent : siblings) {
    if (!keeps(parameter, rule, seen(how, rule, sent.value), behaviour)) {
      found.push_back({&parameter, &rule, sent.name});
      return;
    }
  }
}

}  // namespace

Reading::Reading(const Contract& contract, const Params& params, const Behaviour& behaviour)
    : contract_(contract) {
  for (const Parameter& parameter : contract.parameters) {
    const auto lie = behaviour.defaults.find(parameter.name);
    if (lie != behaviour.defaults.end()) {
      defaults_[parameter.name] = lie->second;
    } else if (parameter.default_value) {
      defaults_[parameter.name] = *parameter.default_value;
    }
  }
  for (const auto& [name, value] : params) {
    if (value.empty() && behaviour.empty_is_absent) continue;
    add(name, value, behaviour);
  }
}

void Reading::add(const std::string& name, const std::string& value, const Behaviour& behaviour) {
  const bool any_case = behaviour.names_any_case;
  const std::string folded = any_case ? lower_ascii(name) : name;
  for (const Parameter& parameter : contract_.parameters) {
    std::optional<std::string> index;
    if (parameter.indexed()) {
      index = index_in(folded, parameter.name, any_case);
    } else if (folded == (any_case ? lower_ascii(parameter.name) : parameter.name)) {
      index = "";
    }
    if (!index) continue;
    std::vector<SentParameter>& all = sent_[parameter.name];
    const auto [place, fresh] = places_.try_emplace({parameter.name, *index}, all.size());
    if (fresh) {
      all.push_back({name, *index, value});
    } else if (behaviour.last_duplicate_wins) {
      all[place->second].value = value;
    }
    return;
  }
  unknown_.push_back(name);
}

const std::vector<SentParameter>& Reading::sent(const std::string& parameter) const {
  static const std::vector<SentParameter> none;
  const auto found = sent_.find(parameter);
  return found == sent_.end() ? none : found->second;
}

std::optional<std::string> Reading::value(const std::string& parameter) const {
  const std::vector<SentParameter>& all = sent(parameter);
  return all.empty() ? std::nullopt : std::optional(all.front().value);
}

std::string Reading::value_or_default(const std::string& parameter) const {
  if (auto sent = value(parameter)) return *sent;
  const auto found = defaults_.find(parameter);
  return found == defaults_.end() ? std::string() : found->second;
}

std::vector<BrokenRule> broken_rules(const Reading& reading, const Behaviour& behaviour) {
  std::vector<BrokenRule> found;
  for (const Parameter& parameter : reading.contract().parameters) {
    const bool needed = parameter.required && !behaviour.optional.contains(parameter.name);
    if (needed && reading.sent(parameter.name).empty()) {
      found.push_back({&parameter, nullptr, parameter.name, true});
      continue;
    }
    for (const Rule& rule : parameter.rules) check_rule(parameter, rule, reading, behaviour, found);
  }
  return found;
}

}  // namespace flowlog::mock

#include "mock/checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"

namespace flowlog::mock {
namespace {

constexpr std::string_view index_mark = ".N";

std::u32string characters(const std::string& value) {
  return decode_utf8(repair_utf8(value)).value_or(std::u32string());
}

// What stands in the places of N, joined by dots, when `name` has the form of `pattern`
// ("Tags.N.Key"); else nothing.
std::optional<std::string> index_in(std::string_view name, const std::string& pattern,
                                    bool any_case) {
  const std::string folded = any_case ? lower_ascii(pattern) : pattern;
  if (!name.starts_with(folded.substr(0, pattern.find(index_mark) + 1))) return std::nullopt;
  const std::vector<std::string> sent = split(name, '.');
  const std::vector<std::string> form = split(pattern, '.');
  const std::vector<std::string> wanted = split(folded, '.');
  if (sent.size() != form.size()) return std::nullopt;
  std::vector<std::string> index;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (form[i] == "N") {
      index.push_back(sent[i]);
    } else if (sent[i] != wanted[i]) {
      return std::nullopt;
    }
  }
  return fmt::format("{}", fmt::join(index, "."));
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
  if (takes(IntegerForm::surrounding_blanks)) value = std::string(trimmed(value, " "));
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

bool keeps_prefix(const Rule& rule, const std::string& value, const Behaviour& behaviour) {
  const std::string text = lower_ascii(value);
  const auto none = [&](const std::vector<std::string>& words) {
    return std::none_of(words.begin(), words.end(), [&](const std::string& word) {
      return text.starts_with(lower_ascii(word));
    });
  };
  return none(rule.words) && (behaviour.grey_beginnings || none(rule.grey_words));
}

bool is_canonical(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
         (text == "0" || text.front() != '0');
}

bool keeps_range(const Rule& rule, const std::string& value, const Behaviour& behaviour) {
  const std::string text = behaviour.grey_integers ? lenient_integer(rule, value) : value;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return is_canonical(text) && error == std::errc() && number >= rule.min && number <= rule.max;
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
      return keeps_prefix(rule, value, behaviour);
    case RuleKind::edges:
      return behaviour.edges_stripped || keeps_edges(value);
    case RuleKind::range:
      return keeps_range(rule, value, behaviour);
    default:
      return true;
  }
}

// Rules about the siblings of an indexed parameter together.
bool keeps_unique(const std::vector<std::string>& values) {
  return std::set<std::string>(values.begin(), values.end()).size() == values.size();
}

// Of "1.2" the "1": what an inner N is counted within.
std::string outer(const std::string& index) {
  const std::size_t dot = index.rfind('.');
  return dot == std::string::npos ? std::string() : index.substr(0, dot);
}

// The siblings of each outer N by themselves.
std::map<std::string, std::set<std::string>> groups(const std::vector<SentParameter>& siblings) {
  std::map<std::string, std::set<std::string>> all;
  for (const SentParameter& sent : siblings) {
    all[outer(sent.index)].insert(sent.index.substr(sent.index.rfind('.') + 1));
  }
  return all;
}

bool keeps_index(const std::vector<SentParameter>& siblings) {
  for (const auto& [place, indexes] : groups(siblings)) {
    for (std::size_t n = 1; n <= indexes.size(); ++n) {
      if (!indexes.contains(std::to_string(n))) return false;
    }
  }
  return true;
}

bool keeps_count(const Rule& rule, const std::vector<SentParameter>& siblings,
                 const Behaviour& behaviour) {
  const std::size_t max = behaviour.grey_counts ? std::max(rule.max, rule.grey_max) : rule.max;
  const auto all = groups(siblings);
  return std::all_of(all.begin(), all.end(),
                     [&](const auto& group) { return group.second.size() <= max; });
}

// The first sibling whose partner ("Tags.3.Key" for "Tags.3.Value") was not sent, or nullptr.
const SentParameter* without_partner(const std::vector<SentParameter>& siblings,
                                     const std::vector<SentParameter>& partners) {
  std::set<std::string> indexes;
  for (const SentParameter& partner : partners) indexes.insert(partner.index);
  const auto alone = std::find_if(siblings.begin(), siblings.end(), [&](const SentParameter& sent) {
    return !indexes.contains(sent.index) && !indexes.contains(outer(sent.index));
  });
  return alone == siblings.end() ? nullptr : &*alone;
}

std::string seen(const RuleReading& reading, const Rule& rule, const std::string& value) {
  return reading.sees ? reading.sees(rule, value) : value;
}

// The name to blame when the siblings together break `rule`, or nothing.
std::optional<std::string> broken_together(const Rule& rule,
                                           const std::vector<SentParameter>& siblings,
                                           const Reading& reading, const RuleReading& how,
                                           const Behaviour& behaviour) {
  if (siblings.empty()) return std::nullopt;
  switch (rule.kind) {
    case RuleKind::unique: {
      std::vector<std::string> values;
      for (const SentParameter& sent : siblings) values.push_back(seen(how, rule, sent.value));
      return keeps_unique(values) ? std::nullopt : std::optional(siblings.back().name);
    }
    case RuleKind::count:
      return keeps_count(rule, siblings, behaviour) ? std::nullopt
                                                    : std::optional(siblings.back().name);
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
  const auto lie = behaviour.rules.find(reading.scope() + rule.address);
  const RuleReading how = lie == behaviour.rules.end() ? RuleReading() : lie->second;
  if (how.off) return;
  const std::vector<SentParameter>& siblings = reading.sent(parameter.name);
  if (const auto blamed = broken_together(rule, siblings, reading, how, behaviour)) {
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

Reading::Reading(const Contract& contract, const Params& params, const Behaviour& behaviour,
                 std::string scope)
    : contract_(contract), scope_(std::move(scope)) {
  for (const Parameter& parameter : contract.parameters) {
    const auto lie = behaviour.defaults.find(scope_ + parameter.name);
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
    const bool needed =
        parameter.required && !behaviour.optional.contains(reading.scope() + parameter.name);
    if (needed && reading.sent(parameter.name).empty()) {
      found.push_back({&parameter, nullptr, parameter.name, true});
      continue;
    }
    for (const Rule& rule : parameter.rules) check_rule(parameter, rule, reading, behaviour, found);
  }
  return found;
}

}  // namespace flowlog::mock

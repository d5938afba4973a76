#include "oracle/violations.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "oracle/rule_check.h"

namespace flowlog {
namespace {

// One occurrence of a known parameter.
struct SentValue {
  const Parameter* parameter;
  std::string name;
  std::string index;
  std::string value;
};

// "Tags." of "Tags.N.Key"; what shares it shares the counting of N. REQUIRES: indexed.
std::string_view group_of(const Parameter& parameter) {
  std::string_view name = parameter.name;
  return name.substr(0, std::min(name.find(".N."), name.size() - 2) + 1);
}

// "TagFilters.N.Values.N": several for one index of its group.
bool within_index(const Parameter& parameter) {
  return parameter.name.find(".N.") != std::string::npos && parameter.name.ends_with(".N");
}

bool canonical(std::string_view index) {
  return !index.empty() && index[0] != '0' &&
         index.find_first_not_of("0123456789") == std::string_view::npos;
}

// REQUIRES: canonical(index). Beyond any request's reach it is just large.
std::size_t number(const std::string& index) {
  return index.size() > 9 ? 1'000'000'000 : std::stoul(index);
}

// Reads a request in which every name stands once.
class ViolationFinder {
 public:
  ViolationFinder(const Contract& contract, const Params& params, const Inventory& inventory)
      : contract_(contract), params_(params), inventory_(inventory) {
    for (const auto& [name, value] : params) {
      const Parameter* parameter = contract.parameter_of(name);
      if (parameter != nullptr) {
        sent_.push_back({parameter, name, index_of(*parameter, name), value});
      }
    }
  }

  std::vector<Violation> read() {
    for (const Parameter& parameter : contract_.parameters) {
      parameter_ = &parameter;
      for (const Rule& rule : parameter.rules) {
        rule_ = &rule;
        read_rule();
      }
    }
    return std::move(violations_);
  }

 private:
  void read_rule() {
    switch (rule_->kind) {
      case RuleKind::required:
        if (occurrences().empty()) add(parameter_->name, RuleStatus::broken);
        break;
      case RuleKind::unique:
        read_unique();
        break;
      case RuleKind::count:
        read_count();
        break;
      case RuleKind::index:
        read_index();
        break;
      case RuleKind::needs:
        for (const SentValue* sent : occurrences()) add(sent->name, stand_needs(*sent));
        break;
      case RuleKind::exists:
        for (const SentValue* sent : occurrences()) add(sent->name, stand_exists(*sent));
        break;
      default:
        for (const SentValue* sent : occurrences()) {
          add(sent->name, rule_status(*parameter_, *rule_, sent->value));
        }
    }
  }

  void add(const std::string& sent_name, RuleStatus rule_status) {
    if (rule_status == RuleStatus::kept) return;
    violations_.push_back({parameter_, rule_, sent_name, rule_status == RuleStatus::open});
  }

  std::vector<const SentValue*> occurrences() const {
    std::vector<const SentValue*> result;
    for (const SentValue& sent : sent_) {
      if (sent.parameter == parameter_) result.push_back(&sent);
    }
    return result;
  }

  // Blanks at the ends may be removed before keys are compared.
  RuleStatus stand_unique(const std::vector<const SentValue*>& siblings, std::size_t which) const {
    const std::string& value = siblings[which]->value;
    RuleStatus worst = RuleStatus::kept;
    for (std::size_t other = 0; other < which; ++other) {
      if (siblings[other]->value == value) return RuleStatus::broken;
      if (trimmed(siblings[other]->value, " ") == trimmed(value, " ")) worst = RuleStatus::open;
    }
    return worst;
  }

  void read_unique() {
    std::vector<const SentValue*> siblings = occurrences();
    bool edges = std::any_of(parameter_->rules.begin(), parameter_->rules.end(),
                             [](const Rule& rule) { return rule.kind == RuleKind::edges; });
    for (std::size_t i = 1; i < siblings.size(); ++i) {
      RuleStatus rule_status = stand_unique(siblings, i);
      if (rule_status == RuleStatus::broken || edges) add(siblings[i]->name, rule_status);
    }
  }

  void read_count() {
    std::vector<const SentValue*> siblings = occurrences();
    const auto one_too_many = [&](std::size_t count) {
      return count <= rule_->grey_max ? RuleStatus::open : RuleStatus::broken;
    };
    if (!within_index(*parameter_)) {
      if (siblings.size() > rule_->max) {
        add(siblings[rule_->max]->name, one_too_many(siblings.size()));
      }
      return;
    }
    std::map<std::string, std::size_t> times;  // by the outer index
    for (const SentValue* sent : siblings) {
      if (++times[sent->index] == rule_->max + 1) add(sent->name, RuleStatus::broken);
    }
  }

  void read_index() {
    std::set<std::size_t> counted;
    for (const SentValue& sent : sent_) {
      bool same_group =
          sent.parameter->indexed() && group_of(*sent.parameter) == group_of(*parameter_);
      if (same_group && canonical(sent.index)) counted.insert(number(sent.index));
    }
    std::size_t without_gap = 1;
    while (counted.contains(without_gap)) ++without_gap;
    for (const SentValue* sent : occurrences()) {
      // No page says how N is spelt: what is no canonical number may be read, ignored or refused.
      if (!canonical(sent->index) && sent->index != "0") {
        add(sent->name, RuleStatus::open);
      } else if (sent->index == "0" || number(sent->index) >= without_gap) {
        add(sent->name, RuleStatus::broken);
      }
    }
  }

  RuleStatus stand_needs(const SentValue& sent) const {
    bool found = std::any_of(sent_.begin(), sent_.end(), [&](const SentValue& other) {
      return other.parameter->name == rule_->target && other.index == sent.index;
    });
    return found ? RuleStatus::kept : RuleStatus::broken;
  }

  RuleStatus stand_exists(const SentValue& sent) const {
    return exists(sent.value) ? RuleStatus::kept : RuleStatus::broken;
  }

  bool exists(const std::string& value) const {
    if (rule_->target == "instance") return inventory_.instances.contains(value);
    if (rule_->target == "project") {
      return value == parameter_->default_value || inventory_.projects.contains(value);
    }
    return resource_exists(value);
  }

  bool resource_exists(const std::string& id) const {
    auto found = inventory_.resources.find(id);
    if (found == inventory_.resources.end()) return false;
    std::optional<std::string> asked = find(params_, rule_->of);
    return !asked || !type_is_word(*asked) || *asked == found->second;
  }

  // False for a type that is none: then there is no saying of which type the resource should be.
  bool type_is_word(const std::string& type) const {
    const Parameter* of = contract_.parameter(rule_->of);
    return of != nullptr && std::all_of(of->rules.begin(), of->rules.end(), [&](const Rule& rule) {
             return rule.kind != RuleKind::values ||
                    rule_status(*of, rule, type) == RuleStatus::kept;
           });
  }

  const Contract& contract_;
  const Params& params_;
  const Inventory& inventory_;
  std::vector<SentValue> sent_;
  std::vector<Violation> violations_;
  const Parameter* parameter_ = nullptr;
  const Rule* rule_ = nullptr;
};

// `params` with one value a name: the first of each, or the last.
Params one_each(const Params& params, bool last) {
  Params result;
  for (const auto& [name, value] : params) {
    if (!find(result, name)) {
      result.emplace_back(name, value);
    } else if (last) {
      set(result, name, value);
    }
  }
  return result;
}

auto place(const Violation& violation) {
  return std::tie(violation.parameter, violation.rule);
}

bool same(const Violation& a, const Violation& b) {
  return place(a) == place(b) && a.sent_name == b.sent_name;
}

// Appends to `all` what `other` finds; what only one of them finds is grey.
void merge(std::vector<Violation>& all, std::vector<Violation> other) {
  auto counterpart = [](std::vector<Violation>& in, const Violation& wanted) {
    auto it =
        std::find_if(in.begin(), in.end(), [&](const Violation& b) { return same(b, wanted); });
    return it == in.end() ? nullptr : &*it;
  };
  for (Violation& violation : all) {
    const Violation* match = counterpart(other, violation);
    violation.grey |= match == nullptr || match->grey;
  }
  for (Violation& violation : other) {
    if (counterpart(all, violation) != nullptr) continue;
    violation.grey = true;
    all.push_back(std::move(violation));
  }
}

void add_repeated(const Contract& contract, const Params& params,
                  std::vector<Violation>& violations) {
  std::map<std::string, int> times;
  for (const auto& [name, value] : params) {
    const Parameter* parameter = contract.parameter_of(name);
    if (++times[name] == 2 && parameter != nullptr) {
      violations.push_back({parameter, nullptr, name, true});
    }
  }
}

}  // namespace

std::string index_of(const Parameter& parameter, const std::string& sent_name) {
  if (!parameter.indexed()) return "";
  std::size_t before = group_of(parameter).size();
  if (within_index(parameter))
    return sent_name.substr(before, sent_name.find('.', before) - before);
  return sent_name.substr(before, sent_name.size() + 1 - parameter.name.size());
}

std::vector<std::string> unknown_names(const Contract& contract, const Params& params) {
  std::vector<std::string> names;
  for (const auto& [name, value] : params) {
    bool listed = std::find(names.begin(), names.end(), name) != names.end();
    if (!listed && contract.parameter_of(name) == nullptr) names.push_back(name);
  }
  return names;
}

std::vector<Violation> read(const Contract& contract, const Params& params,
                            const Inventory& inventory) {
  Params first = one_each(params, false);
  std::vector<Violation> violations = ViolationFinder(contract, first, inventory).read();
  if (first.size() == params.size()) return violations;
  merge(violations, ViolationFinder(contract, one_each(params, true), inventory).read());
  add_repeated(contract, params, violations);
  std::stable_sort(
      violations.begin(), violations.end(),
      [](const Violation& a, const Violation& b) { return std::less<>()(place(a), place(b)); });
  return violations;
}

}  // namespace flowlog

#include "generators/requests.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/text.h"
#include "generators/covering.h"
#include "generators/edit_placement.h"
#include "generators/gen_util.h"
#include "generators/indexed_group.h"
#include "generators/placeholders.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

// True iff another parameter's `exists` rule reads its type from this one.
bool gives_type(const Contract& contract, const Parameter& parameter) {
  return std::any_of(contract.parameters.begin(), contract.parameters.end(),
                     [&](const Parameter& other) {
                       const Rule* exists = rule_of(other, RuleKind::exists);
                       return exists != nullptr && exists->of == parameter.name;
                     });
}

bool names_resource(const Parameter& parameter) {
  const Rule* exists = rule_of(parameter, RuleKind::exists);
  return exists != nullptr && !exists->of.empty();
}

// Makes a thing of that name at the endpoint that stays behind: named, not listed, not described.
bool stays_behind(const Parameter& parameter) {
  return parameter.required && rule_of(parameter, RuleKind::last) != nullptr;
}

// The `nth` plain value; words take turns.
std::string plain(const Contract& contract, const Parameter& parameter, const std::string& type,
                  std::size_t nth = 0) {
  if (gives_type(contract, parameter)) return type;
  if (names_resource(parameter)) return resource_placeholder(type);
  if (const Rule* values = rule_of(parameter, RuleKind::values)) {
    return values->words[nth % values->words.size()];
  }
  if (const Rule* range = rule_of(parameter, RuleKind::range)) {
    return std::to_string(nth % 2 == 0 ? range->min : range->max);
  }
  if (names_instance(parameter)) return instance_placeholder();
  if (rule_of(parameter, RuleKind::exists) != nullptr) return parameter.default_value.value_or("");
  return ValidText(parameter).plain_value();
}

// Optional parameters that come and go together: one, or all siblings of an index.
std::vector<std::vector<const Parameter*>> optional_groups(const Contract& contract) {
  std::vector<std::vector<const Parameter*>> groups;
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.required) continue;
    std::vector<const Parameter*> group{&parameter};
    if (parameter.indexed()) group = IndexedGroup(contract, parameter).members();
    if (group.front() == &parameter) groups.push_back(std::move(group));
  }
  return groups;
}

Edit plain_group(const Contract& contract, const std::vector<const Parameter*>& group,
                 const std::string& type, std::size_t nth) {
  Edit edit;
  if (!group.front()->indexed()) {
    edit.set.emplace_back(group.front()->name, plain(contract, *group.front(), type, nth));
    return edit;
  }
  const IndexedGroup indexed(contract, *group.front());
  edit = indexed.keys(1 + nth % 2);
  for (const Parameter* member : group) {
    if (member == &indexed.key()) continue;
    edit.set.emplace_back(IndexedGroup::sent_name(*member, 1), indexed.plain_keys(1).front());
  }
  return edit;
}

rc::Gen<std::string> any_value(const Contract& contract, const Parameter& parameter,
                               const std::string& type) {
  const Rule* values = rule_of(parameter, RuleKind::values);
  const bool has_text = rule_of(parameter, RuleKind::length) != nullptr;
  if (values != nullptr && !gives_type(contract, parameter)) return one_of(values->words);
  if (values != nullptr || !has_text || stays_behind(parameter)) {
    return rc::gen::just(plain(contract, parameter, type));
  }
  const ValidText valid_text(parameter);
  return text_of(valid_text.shape(valid_text.min(), valid_text.max()));
}

using Tag = std::vector<std::string>;  // a value for each member, the key's first

Edit tags_edit(const IndexedGroup& group, const std::vector<Tag>& tags) {
  Edit edit = group.blank();
  std::vector<std::string> spare = group.plain_keys(2 * tags.size());
  std::vector<std::string> used;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const auto taken = [&](const std::string& key) {
      return std::find(used.begin(), used.end(), key) != used.end();
    };
    used.push_back(taken(tags[i][0]) ? *std::find_if_not(spare.begin(), spare.end(), taken)
                                     : tags[i][0]);
    edit.set.emplace_back(IndexedGroup::sent_name(group.key(), i + 1), used.back());
    std::size_t next = 1;
    for (const Parameter* member : group.members()) {
      if (member == &group.key()) continue;
      edit.set.emplace_back(IndexedGroup::sent_name(*member, i + 1), tags[i][next++]);
    }
  }
  return edit;
}

rc::Gen<Edit> any_tags(const IndexedGroup& group) {
  std::vector<rc::Gen<std::string>> values;
  const auto add = [&](const Parameter& member) {
    const ValidText valid_text(member);
    values.push_back(text_of(valid_text.shape(valid_text.min(), valid_text.max())));
  };
  add(group.key());
  for (const Parameter* member : group.members()) {
    if (member != &group.key()) add(*member);
  }
  return rc::gen::map(list_of(1, group.most(), each_of(std::move(values))),
                      [group](const std::vector<Tag>& tags) { return tags_edit(group, tags); });
}

rc::Gen<Edit> any_group(const Contract& contract, const std::vector<const Parameter*>& group,
                        const std::string& type) {
  if (group.front()->indexed()) return any_tags(IndexedGroup(contract, *group.front()));
  return rc::gen::map(any_value(contract, *group.front(), type),
                      [name = group.front()->name](std::string value) {
                        return Edit{{{name, std::move(value)}}, {}};
                      });
}

// Half of the time nothing, which is also the first shrink.
rc::Gen<Edit> maybe(rc::Gen<Edit> gen) {
  return [gen = std::move(gen)](const rc::Random& random, int size) {
    rc::Random root(random);
    const rc::Random own = root.split();
    if (below(root, 2) == 0) return rc::shrinkable::just(Edit{});
    return rc::shrinkable::mapShrinks(gen(own, size), [](rc::Seq<rc::Shrinkable<Edit>> smaller) {
      return rc::seq::concat(rc::seq::just(rc::shrinkable::just(Edit{})), std::move(smaller));
    });
  };
}

// True iff `sent` is `name`, in which N stands for any index.
bool belongs(const std::string& sent, const std::string& name) {
  if (sent == name) return true;
  const std::vector<std::string> parts = split(name, '.');
  const std::vector<std::string> own = split(sent, '.');
  return std::equal(
      parts.begin(), parts.end(), own.begin(), own.end(),
      [](const std::string& part, const std::string& is) { return part == "N" || part == is; });
}

}  // namespace

Params smallest_request(const Contract& contract, const std::string& resource_type) {
  Params params;
  for (const Parameter& parameter : contract.parameters) {
    if (!parameter.required) continue;
    params.emplace_back(
        parameter.indexed() ? IndexedGroup::sent_name(parameter, 1) : parameter.name,
        plain(contract, parameter, resource_type));
  }
  return params;
}

std::vector<Params> all_pairs(const Contract& contract, const std::string& resource_type) {
  const auto groups = optional_groups(contract);
  std::vector<Params> requests;
  for (const std::vector<bool>& row : pairwise(groups.size())) {
    Params params = smallest_request(contract, resource_type);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (!row[i]) continue;
      params = flowlog::apply(plain_group(contract, groups[i], resource_type, requests.size()),
                              std::move(params));
    }
    requests.push_back(std::move(params));
  }
  return requests;
}

rc::Gen<Params> any_valid_request(const Contract& contract, const std::string& resource_type) {
  std::vector<rc::Gen<Edit>> gens;
  for (const auto& group : optional_groups(contract)) {
    gens.push_back(maybe(any_group(contract, group, resource_type)));
  }
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.required) gens.push_back(any_group(contract, {&parameter}, resource_type));
  }
  return rc::gen::map(each_of(std::move(gens)), [base = smallest_request(contract, resource_type)](
                                                    const std::vector<Edit>& edits) {
    Params params = base;
    for (const Edit& edit : edits) params = flowlog::apply(edit, std::move(params));
    return params;
  });
}

std::vector<std::pair<const Parameter*, Edit>> missing_one(const Contract& contract) {
  std::vector<std::pair<const Parameter*, Edit>> edits;
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.required) edits.emplace_back(&parameter, Edit{{}, {parameter.name}});
  }
  return edits;
}

Params apply(const Edit& edit, Params base) {
  for (const std::string& name : edit.erase) {
    std::erase_if(base, [&](const auto& pair) { return belongs(pair.first, name); });
  }
  base.reserve(base.size() + edit.set.size());
  for (const auto& [name, value] : edit.set) set(base, name, value);
  return base;
}

}  // namespace flowlog

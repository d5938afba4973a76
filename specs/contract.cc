#include "specs/contract.h"

#include <algorithm>

#include "base/text.h"
#include "specs/words.h"

namespace flowlog {
namespace {

// The element of `list` whose `key` equals `wanted`, or nullptr.
template <class Element, class Key>
const Element* lookup(const std::vector<Element>& list, Key key, std::string_view wanted) {
  auto it = std::find_if(list.begin(), list.end(),
                         [&](const Element& element) { return element.*key == wanted; });
  return it == list.end() ? nullptr : &*it;
}

bool belongs(std::string_view sent_name, std::string_view pattern) {
  std::vector<std::string> sent = split(sent_name, '.');
  std::vector<std::string> wanted = split(pattern, '.');
  return std::equal(sent.begin(), sent.end(), wanted.begin(), wanted.end(),
                    [](const std::string& a, const std::string& b) { return b == "N" || a == b; });
}

}  // namespace

std::string_view name(Standing standing) {
  return word_for(standing_words(), standing);
}
std::string_view name(RuleKind kind) {
  return word_for(rule_kind_words(), kind);
}

const Rule* Parameter::rule(std::string_view id) const {
  return lookup(rules, &Rule::id, id);
}

const Parameter* Contract::parameter(std::string_view name) const {
  return lookup(parameters, &Parameter::name, name);
}

const Parameter* Contract::parameter_of(std::string_view sent_name) const {
  for (const Parameter& candidate : parameters) {
    bool match =
        candidate.indexed() ? belongs(sent_name, candidate.name) : sent_name == candidate.name;
    if (match) return &candidate;
  }
  return nullptr;
}

const Rule* Contract::rule(std::string_view address) const {
  auto slash = address.rfind('/');
  if (slash == std::string_view::npos) return nullptr;
  const Parameter* owner = parameter(address.substr(0, slash));
  return owner == nullptr ? nullptr : owner->rule(address.substr(slash + 1));
}

bool ErrorRow::triggered_by(const Rule& rule) const {
  return std::any_of(triggers.begin(), triggers.end(), [&](const Trigger& trigger) {
    return trigger.rule == rule.address || trigger.rule_kind == name(rule.kind);
  });
}

std::vector<const ErrorRow*> ContractView::rows() const {
  std::vector<const ErrorRow*> all;
  for (const std::vector<ErrorRow>* table : {&contract_->errors, common_}) {
    for (const ErrorRow& row : *table) all.push_back(&row);
  }
  return all;
}

const ErrorRow* ContractView::row(std::string_view id) const {
  const ErrorRow* own = lookup(contract_->errors, &ErrorRow::id, id);
  return own != nullptr ? own : lookup(*common_, &ErrorRow::id, id);
}

std::vector<const ErrorRow*> ContractView::rows_for(const Rule& rule) const {
  std::vector<const ErrorRow*> triggered = rows();
  std::erase_if(triggered, [&](const ErrorRow* row) { return !row->triggered_by(rule); });
  return triggered;
}

bool ContractView::throttles(std::string_view code) const {
  return std::ranges::any_of(rows(), [&](const ErrorRow* row) {
    return row->code == code && std::ranges::any_of(row->triggers, [](const Trigger& trigger) {
             return trigger.service == "throttled";
           });
  });
}

}  // namespace flowlog

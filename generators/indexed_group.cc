#include "generators/indexed_group.h"

#include <algorithm>

#include "base/text.h"
#include "generators/gen_util.h"
#include "generators/placeholders.h"
#include "generators/valid_text.h"

namespace flowlog {
namespace {

// Where the first N stands in "Tags.N.Key", "TagKeys.N". REQUIRES: indexed.
std::size_t place_of_n(const std::string& name) {
  return std::min(name.find(".N."), name.size() - 2) + 1;
}

std::string group(const Parameter& parameter) {
  return parameter.name.substr(0, place_of_n(parameter.name));
}

bool needs_another(const Parameter& parameter) {
  return std::any_of(parameter.rules.begin(), parameter.rules.end(),
                     [](const Rule& rule) { return rule.kind == RuleKind::needs; });
}

}  // namespace

IndexedGroup::IndexedGroup(const Contract& contract, const Parameter& parameter) {
  for (const Parameter& other : contract.parameters) {
    if (other.indexed() && group(other) == group(parameter)) members_.push_back(&other);
  }
  const auto it = std::find_if(members_.begin(), members_.end(),
                               [](const Parameter* member) { return !needs_another(*member); });
  key_ = it == members_.end() ? members_.front() : *it;
  for (const Rule& rule : key_->rules) {
    if (rule.kind == RuleKind::count) most_ = rule.max;
  }
  instances_ = names_instance(*key_);
  if (instances_) id_start_ = id_start(*key_);
  const ValidText valid_text(*key_);
  key_min_ = std::max<std::size_t>(valid_text.min(), 1);
  const Charset both = common(valid_text.first(), valid_text.last());
  const Charset letters = common(both, Charset({"[a-z]"}));
  letters_ = Alphabet(letters.empty() ? both : letters).lowest(26);
}

std::string IndexedGroup::sent_name(const Parameter& parameter, std::string_view index) {
  std::string name = parameter.name;
  name.replace(place_of_n(name), 1, index);
  if (name.ends_with(".N")) name.back() = '1';  // an index within the index
  return name;
}

std::string IndexedGroup::sent_name(const Parameter& parameter, std::size_t index) {
  return sent_name(parameter, std::to_string(index));
}

// The letters are digits; of one alone it takes more and more.
std::u32string IndexedGroup::spelled(std::size_t number) const {
  if (letters_.empty()) throw TooNarrow("no letter stands in a key of " + key_->name);
  if (letters_.size() == 1) return std::u32string(key_min_ + number, letters_.front());
  std::u32string text;
  for (std::size_t rest = number; rest > 0 || text.size() < key_min_; rest /= letters_.size()) {
    text.insert(text.begin(), letters_[rest % letters_.size()]);
  }
  return text;
}

std::vector<std::string> IndexedGroup::plain_keys(std::size_t count, std::string_view but) const {
  std::vector<std::string> keys;
  for (std::size_t number = 0; keys.size() < count; ++number) {
    std::string key = instances_ && number == 0 ? instance_placeholder()
                                                : id_start_ + encode_utf8(spelled(number));
    if (key != trimmed(but, " ")) keys.push_back(std::move(key));
  }
  return keys;
}

Edit IndexedGroup::blank() const {
  Edit edit;
  for (const Parameter* member : members_) edit.erase.push_back(member->name);
  return edit;
}

Edit IndexedGroup::keys_at(const std::vector<std::string>& indices) const {
  Edit edit = blank();
  const std::vector<std::string> keys = plain_keys(indices.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    edit.set.emplace_back(sent_name(*key_, indices[i]), keys[i]);
  }
  return edit;
}

Edit IndexedGroup::keys(std::size_t count) const {
  std::vector<std::string> indices;
  for (std::size_t i = 1; i <= count; ++i) indices.push_back(std::to_string(i));
  return keys_at(indices);
}

Edit IndexedGroup::with(const Parameter& parameter, std::string value, std::size_t index) const {
  const bool is_key = &parameter == key_;
  Edit edit = blank();
  const std::vector<std::string> before =
      plain_keys(is_key ? index - 1 : index, is_key ? std::string_view(value) : "");
  for (std::size_t i = 0; i < before.size(); ++i) {
    edit.set.emplace_back(sent_name(*key_, i + 1), before[i]);
  }
  edit.set.emplace_back(sent_name(parameter, index), std::move(value));
  return edit;
}

}  // namespace flowlog

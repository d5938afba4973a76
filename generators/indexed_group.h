// The parameters that share one index, such as Tags.N.Key and Tags.N.Value.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "generators/classes/classes.h"
#include "specs/contract.h"

namespace flowlog {

// Refers to the contract, which must outlive it.
class IndexedGroup {
 public:
  // REQUIRES: parameter.indexed() and it belongs to `contract`.
  IndexedGroup(const Contract& contract, const Parameter& parameter);

  const std::vector<const Parameter*>& members() const { return members_; }
  // The member that the others need; the first where none needs another.
  const Parameter& key() const { return *key_; }
  // How many one call may hold; 5 where no rule says.
  std::size_t most() const { return most_; }

  // "Tags.3.Key"
  static std::string sent_name(const Parameter& parameter, std::string_view index);
  static std::string sent_name(const Parameter& parameter, std::size_t index);

  // `count` valid keys, short and distinct: a, b, c, …; none of them equal to `but` when blanks at
  // its ends are removed. Where keys are ids of things, the first is a placeholder for one that
  // exists, and the others are ids that nothing has.
  std::vector<std::string> plain_keys(std::size_t count, std::string_view but = {}) const;

  // An edit that removes every sibling of the base and sets nothing yet.
  Edit blank() const;
  // blank() with plain keys at `indices`.
  Edit keys_at(const std::vector<std::string>& indices) const;
  Edit keys(std::size_t count) const;
  // blank() with `value` for `parameter`, a member, at `index`, and a plain key at each index
  // before it; also at its own where the parameter is not the key.
  Edit with(const Parameter& parameter, std::string value, std::size_t index) const;

 private:
  std::u32string spelled(std::size_t number) const;

  std::vector<const Parameter*> members_;
  const Parameter* key_;
  std::size_t most_ = 5;
  bool instances_ = false;  // keys are ids of things
  std::string id_start_;
  std::u32string letters_;  // to spell plain keys with
  std::size_t key_min_;
};

}  // namespace flowlog

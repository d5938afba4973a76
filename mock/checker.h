// The parameters of one request against the rules of a contract.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/params.h"
#include "mock/behaviour.h"
#include "specs/contract.h"

namespace flowlog::mock {

// One value as it was sent. `index` is the text in place of N, empty for plain parameters.
struct SentParameter {
  std::string name;
  std::string index;
  std::string value;
};

// What was sent, by parameter of the contract; of a repeated name one value counts.
class Reading {
 public:
  // REQUIRES that `contract` outlives it.
  Reading(const Contract& contract, const Params& params, const Behaviour& behaviour);

  // In the order of sending; empty when it was not sent.
  const std::vector<SentParameter>& sent(const std::string& parameter) const;
  // The value of a plain parameter, or nothing.
  std::optional<std::string> value(const std::string& parameter) const;
  // As value(), else the documented default, else "".
  std::string value_or_default(const std::string& parameter) const;
  // Names that belong to no parameter.
  const std::vector<std::string>& unknown() const { return unknown_; }
  const Contract& contract() const { return contract_; }

 private:
  void add(const std::string& name, const std::string& value, const Behaviour& behaviour);

  const Contract& contract_;
  std::map<std::string, std::vector<SentParameter>> sent_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;  // in sent_, by index
  std::map<std::string, std::string> defaults_;
  std::vector<std::string> unknown_;
};

struct BrokenRule {
  const Parameter* parameter = nullptr;
  const Rule* rule = nullptr;  // nullptr: a required parameter without a rule saying so
  std::string sent_name;
  bool missing = false;
};

// All breaches, in the contract's order. Rules of kind `exists` need a world and are left out.
// Characters are code points; a byte that is no UTF-8 counts as U+FFFD.
std::vector<BrokenRule> broken_rules(const Reading& reading, const Behaviour& behaviour);

}  // namespace flowlog::mock

// Classes of input for one rule of a parameter, driven by the rule alone: its valid boundaries,
// each distinct way of breaking it, and the grey values that the documentation leaves open.
#pragma once

#include <rapidcheck.h>

#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/params.h"
#include "specs/contract.h"

namespace flowlog {

enum class Side { valid, invalid, grey };

// What a generated value does to a base request: sets these parameters (in order), after removing
// those named in `erase`. "Tags.N.Key" in `erase` stands for every index.
struct Edit {
  Params set;
  std::vector<std::string> erase;
};
bool operator==(const Edit& a, const Edit& b);
void showValue(const Edit& edit, std::ostream& os);

struct InputClass {
  std::string id;  // "over-max", "forbidden-blank": unique within the rule, whatever the side
  Side side = Side::valid;
  Text text;  // "one character too many"
  const Parameter* parameter = nullptr;
  const Rule* rule = nullptr;
  std::vector<Edit> boundaries;  // always sent, in this order; may be empty when `random` is not
  // The boundaries again, each with its shrinks, which are members of the class.
  std::vector<rc::Shrinkable<Edit>> roots;
  // Random members of the class; made from values, never filtered, and safe to call from several
  // threads. Every shrink is a member of the class again. Empty (no value) when the class is only
  // its boundaries.
  std::optional<rc::Gen<Edit>> random;
};

// Every class of `rule`, valid ones first; none of them is empty. A value of an invalid class
// breaks exactly this rule when laid over a valid base request. Throws InputError
// (base/json_node.h) where the contract leaves no room for such values; `contract` and `parameter`
// outlive the result. Values may hold the placeholders of placeholders.h.
std::vector<InputClass> classes(const Contract& contract, const Parameter& parameter,
                                const Rule& rule);

// The classes of the rules of one contract, each made when first asked for and kept. For one
// thread.
class ClassBook {
 public:
  explicit ClassBook(const Contract& contract) : contract_(contract) {}

  // As classes(); valid for as long as the book. `parameter` and `rule` are of the contract.
  const std::vector<InputClass>& of(const Parameter& parameter, const Rule& rule);

 private:
  const Contract& contract_;
  std::map<const Rule*, std::vector<InputClass>> known_;
};

// How many classes there are for a rule, and how many boundaries in them.
struct RuleCount {
  const Parameter* parameter = nullptr;
  const Rule* rule = nullptr;
  std::size_t valid = 0;
  std::size_t invalid = 0;
  std::size_t grey = 0;
  std::size_t boundaries = 0;
  // Nothing tries this rule: what is said of it afterwards means nothing.
  bool untried() const { return invalid + grey == 0; }
};
std::vector<RuleCount> count_classes(const Contract& contract);

}  // namespace flowlog

#include "engine/shared_requests.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "engine/parts.h"
#include "generators/indexed_group.h"
#include "generators/requests.h"

namespace flowlog {
namespace {

// Front ends take 8 KB of request line and head; a name or value may grow threefold on the way.
constexpr std::size_t kMostBytes = 4096;

// What a case changes of the request that it lies over.
struct Difference {
  Edit edit;
  std::set<std::string> parameters;  // an indexed one as a whole
  std::size_t bytes = 0;
};

std::string parameter_of(const std::string& sent_name) {
  return sent_name.substr(0, sent_name.find('.'));
}

bool names_repeat(const Params& params) {
  std::set<std::string> names;
  return !std::ranges::all_of(params,
                              [&](const auto& pair) { return names.insert(pair.first).second; });
}

std::size_t bytes_sent(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
             text, [](unsigned char c) { return c > 0x7f || c <= ' ' || c == '%'; })) *
             2 +
         text.size();
}

Difference difference(const Case& one) {
  Difference out;
  for (const auto& [name, value] : one.params) {
    if (find(one.base, name) == value) continue;
    out.edit.set.emplace_back(name, value);
    out.parameters.insert(parameter_of(name));
    out.bytes += bytes_sent(name) + bytes_sent(value);
  }
  for (const auto& [name, value] : one.base) {
    if (find(one.params, name)) continue;
    out.edit.erase.push_back(name);
    out.parameters.insert(parameter_of(name));
  }
  return out;
}

struct Candidate {
  SharedCase which;
  Difference difference;
  std::string type;  // that it must be about; "": any
  // Of one that may stand at any index: its key at each of them.
  std::vector<std::string> keys = {};
};

// The group of which a case changes the first element alone; nullopt where it is another change.
std::optional<IndexedGroup> group_of(const Edit& edit, const Contract& contract) {
  if (edit.set.empty() || !edit.erase.empty()) return std::nullopt;
  for (const Parameter& parameter : contract.parameters) {
    if (!parameter.indexed()) continue;
    const IndexedGroup group(contract, parameter);
    const bool alone = std::ranges::all_of(edit.set, [&](const auto& pair) {
      return std::ranges::any_of(group.members(), [&](const Parameter* member) {
        return pair.first == IndexedGroup::sent_name(*member, 1);
      });
    });
    if (alone) return group;
  }
  return std::nullopt;
}

// The change at another index. A key that says nothing is that of the index.
Edit moved(Edit edit, std::size_t index, const Contract& contract) {
  if (index == 0) return edit;
  const auto group = group_of(edit, contract);
  const std::string key = IndexedGroup::sent_name(group->key(), 1);
  const std::vector<std::string> plain = group->plain_keys(index);
  for (auto& [name, value] : edit.set) {
    if (name == key && value == plain.front()) value = plain.back();
    const auto member = std::ranges::find(group->members(), name, [](const Parameter* one) {
      return IndexedGroup::sent_name(*one, 1);
    });
    name = IndexedGroup::sent_name(**member, index);
  }
  return edit;
}

// The key at each index from 1 on; none where it is to stay where it is.
std::vector<std::string> keys_of(const Edit& edit, const Contract& contract) {
  const auto group = group_of(edit, contract);
  if (!group) return {};
  std::vector<std::string> keys;
  for (std::size_t index = 1; index <= group->most(); ++index) {
    const Edit there = moved(edit, index, contract);
    const auto key = find(there.set, IndexedGroup::sent_name(group->key(), index));
    if (!key) return {};
    keys.push_back(lower_ascii(trimmed(*key)));
  }
  return keys;
}

// Of the resource that the check is about; "" where it needs none.
std::string type_of(const Check& check) {
  return check.resources.empty() ? "" : check.resources.front().type;
}

// Of a check's cases. What changes nothing is about the type of its resource.
void add_candidates(const Plan& plan, std::size_t index, const Contract& contract,
                    const std::set<std::string>& of_type,
                    std::map<std::string, std::vector<Candidate>>& by_parameter) {
  const Check& check = plan.checks[index].check;
  for (std::size_t i = 0; i < check.cases.size(); ++i) {
    const Case one = check.cases[i];
    if (names_repeat(one.params) || names_repeat(one.base)) continue;
    Candidate candidate{{index, i}, difference(one), ""};
    if (check.movable && !check.grey) candidate.keys = keys_of(candidate.difference.edit, contract);
    const auto& parameters = candidate.difference.parameters;
    const bool bound = parameters.empty() || std::ranges::any_of(parameters, [&](const auto& name) {
                         return of_type.contains(name);
                       });
    if (bound) candidate.type = type_of(check);
    by_parameter[parameters.empty() ? "" : *parameters.begin()].push_back(std::move(candidate));
  }
}

// The parameters of the smallest request that depend on the type of the resource.
std::set<std::string> type_parameters(const Contract& contract) {
  std::set<std::string> names;
  const std::vector<std::string> types = resource_types(contract);
  if (types.empty()) return names;
  const Params first = smallest_request(contract, types.front());
  const Params last = smallest_request(contract, types.back());
  for (const auto& [name, value] : first) {
    if (find(last, name) != value) names.insert(name);
  }
  return names;
}

class Sharing {
 public:
  explicit Sharing(const Plan& plan) : plan_(plan) {}

  std::vector<SharedRequest> of(std::map<std::string, std::vector<Candidate>> left) {
    std::vector<SharedRequest> requests;
    for (;;) {
      begin();
      for (auto* candidates : most_first(left)) {
        while (take_one(*candidates) && !keys_.empty()) continue;
      }
      if (request_.cases.empty()) return requests;
      if (request_.cases.size() > 1) requests.push_back(request_);
    }
  }

 private:
  void begin() {
    request_ = {};
    parameters_.clear();
    keys_.clear();
    bytes_ = 0;
    bound_ = false;
  }

  static std::vector<std::vector<Candidate>*> most_first(
      std::map<std::string, std::vector<Candidate>>& left) {
    std::vector<std::vector<Candidate>*> lists;
    for (auto& [name, candidates] : left) lists.push_back(&candidates);
    std::ranges::stable_sort(lists,
                             [](const auto* a, const auto* b) { return a->size() > b->size(); });
    return lists;
  }

  // The first that fits; false where none does.
  bool take_one(std::vector<Candidate>& candidates) {
    const auto it = std::ranges::find_if(candidates, [&](const Candidate& c) { return fits(c); });
    if (it == candidates.end()) return false;
    const Difference& difference = it->difference;
    if (request_.type.empty() || !it->type.empty()) {
      request_.type = it->type.empty() ? type_of(plan_.checks[it->which.check].check) : it->type;
    }
    bound_ |= !it->type.empty();
    parameters_.insert(difference.parameters.begin(), difference.parameters.end());
    bytes_ += difference.bytes;
    if (!it->keys.empty()) {
      keys_.insert(it->keys[keys_.size()]);
      it->which.index = keys_.size();
    }
    request_.cases.push_back(it->which);
    candidates.erase(it);
    return true;
  }

  bool fits(const Candidate& candidate) const {
    if (request_.cases.empty()) return true;
    if (bytes_ + candidate.difference.bytes > kMostBytes) return false;
    if (bound_ && !candidate.type.empty() && candidate.type != request_.type) return false;
    if (!keys_.empty() && !candidate.keys.empty()) return fits_among(candidate.keys);
    return std::ranges::none_of(candidate.difference.parameters, [&](const std::string& name) {
      return parameters_.contains(name);
    });
  }

  // REQUIRES: all of the request that are about the group may stand at any index, as this one may.
  bool fits_among(const std::vector<std::string>& keys) const {
    return keys_.size() < keys.size() && !keys_.contains(keys[keys_.size()]);
  }

  const Plan& plan_;
  SharedRequest request_;
  std::set<std::string> parameters_;
  std::set<std::string> keys_;  // of the cases that were moved, by index
  std::size_t bytes_ = 0;
  bool bound_ = false;  // to its type
};

}  // namespace

std::vector<SharedRequest> shared_requests(const Plan& plan, const Contract& contract) {
  const std::set<std::string> of_type = type_parameters(contract);
  // What may be refused has requests of its own.
  std::map<std::string, std::vector<Candidate>> certain;
  std::map<std::string, std::vector<Candidate>> open;
  for (std::size_t i = 0; i < plan.checks.size(); ++i) {
    const PlannedCheck& one = plan.checks[i];
    const bool divided = one.check.cases.size() > Parts::kCases;
    if (!one.check.shares || divided || !one.skipped.empty()) continue;
    add_candidates(plan, i, contract, of_type, one.check.grey ? open : certain);
  }
  std::vector<SharedRequest> requests = Sharing(plan).of(std::move(certain));
  for (SharedRequest& request : Sharing(plan).of(std::move(open))) {
    request.open = true;
    requests.push_back(std::move(request));
  }
  return requests;
}

std::string difference_name(const Params& params, const Params& base) {
  Case one;
  one.params = params;
  one.base = base;
  Edit edit = difference(one).edit;
  std::ranges::sort(edit.set);
  std::ranges::sort(edit.erase);
  std::string text = "changes";
  for (const auto& [name, value] : edit.set) {
    if (value.find('@') != std::string::npos) return "";
    text.append(1, '\0').append(name).append(1, '=').append(value);
  }
  for (const std::string& name : edit.erase) text.append(1, '\0').append(name);
  return text;
}

Params params_of(const SharedCase& one, const std::string& type, const Plan& plan,
                 const Contract& contract) {
  const Case made = plan.checks[one.check].check.cases[one.number];
  return flowlog::apply(difference(made).edit, smallest_request(contract, type));
}

Params params_of(const SharedRequest& request, const Plan& plan, const Contract& contract) {
  Params params = smallest_request(contract, request.type);
  for (const SharedCase& one : request.cases) {
    const Case made = plan.checks[one.check].check.cases[one.number];
    const Edit edit = moved(difference(made).edit, one.index, contract);
    params = flowlog::apply(edit, std::move(params));
  }
  return params;
}

std::vector<SharedRequest> split(const SharedRequest& request) {
  if (request.open) return {};
  const auto middle = request.cases.begin() + static_cast<std::ptrdiff_t>(request.cases.size() / 2);
  return {{request.type, {request.cases.begin(), middle}},
          {request.type, {middle, request.cases.end()}}};
}

}  // namespace flowlog

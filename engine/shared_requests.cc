#include "engine/shared_requests.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/parts.h"
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
};

// Of the resource that the check is about; "" where it needs none.
std::string type_of(const Check& check) {
  return check.resources.empty() ? "" : check.resources.front().type;
}

// Of a check's cases. What changes nothing is about the type of its resource.
void add_candidates(const Plan& plan, std::size_t index, const std::set<std::string>& of_type,
                    std::map<std::string, std::vector<Candidate>>& by_parameter) {
  const Check& check = plan.checks[index].check;
  for (std::size_t i = 0; i < check.cases.size(); ++i) {
    const Case one = check.cases[i];
    if (names_repeat(one.params) || names_repeat(one.base)) continue;
    Candidate candidate{{index, i}, difference(one), ""};
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
      for (auto* candidates : most_first(left)) take_one(*candidates);
      if (request_.cases.empty()) return requests;
      if (request_.cases.size() > 1) requests.push_back(request_);
    }
  }

 private:
  void begin() {
    request_ = {};
    parameters_.clear();
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

  // The first that fits.
  void take_one(std::vector<Candidate>& candidates) {
    const auto it = std::ranges::find_if(candidates, [&](const Candidate& c) { return fits(c); });
    if (it == candidates.end()) return;
    const Difference& difference = it->difference;
    if (request_.type.empty() || !it->type.empty()) {
      request_.type = it->type.empty() ? type_of(plan_.checks[it->which.check].check) : it->type;
    }
    bound_ |= !it->type.empty();
    parameters_.insert(difference.parameters.begin(), difference.parameters.end());
    bytes_ += difference.bytes;
    request_.cases.push_back(it->which);
    candidates.erase(it);
  }

  bool fits(const Candidate& candidate) const {
    if (request_.cases.empty()) return true;
    if (bytes_ + candidate.difference.bytes > kMostBytes) return false;
    if (bound_ && !candidate.type.empty() && candidate.type != request_.type) return false;
    return std::ranges::none_of(candidate.difference.parameters, [&](const std::string& name) {
      return parameters_.contains(name);
    });
  }

  const Plan& plan_;
  SharedRequest request_;
  std::set<std::string> parameters_;
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
    add_candidates(plan, i, of_type, one.check.grey ? open : certain);
  }
  std::vector<SharedRequest> requests = Sharing(plan).of(std::move(certain));
  std::ranges::move(Sharing(plan).of(std::move(open)), std::back_inserter(requests));
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
    params = flowlog::apply(difference(made).edit, std::move(params));
  }
  return params;
}

std::vector<SharedRequest> split(const SharedRequest& request) {
  const auto middle = request.cases.begin() + static_cast<std::ptrdiff_t>(request.cases.size() / 2);
  return {{request.type, {request.cases.begin(), middle}},
          {request.type, {middle, request.cases.end()}}};
}

}  // namespace flowlog

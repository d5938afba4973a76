#include "engine/check.h"

namespace flowlog {
namespace {

// FNV-1a: the same on every machine, unlike std::hash.
std::uint64_t hash(std::string_view text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return h;
}

}  // namespace

void Cases::keep_only(const std::function<bool(const Case&)>& wanted) {
  Cases kept;
  for (std::size_t i = 0; i < size(); ++i) {
    if (Case one = (*this)[i]; wanted(one)) kept.push_back(std::move(one));
  }
  *this = std::move(kept);
}

ContractView CatalogOptions::view() const {
  return {(action == nullptr ? service->creator() : *action).contract, service->common};
}

std::vector<std::string> resource_types(const Contract& contract) {
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      if (rule.kind != RuleKind::exists || rule.target != "resource") continue;
      const Parameter* type = contract.parameter(rule.of);
      const Rule* values = type == nullptr ? nullptr : type->rule("values");
      if (values != nullptr) return values->words;
    }
  }
  return {};
}

std::string resource_type_for(const CatalogOptions& options, std::string_view check_id) {
  const std::vector<std::string> words = resource_types(options.service->creator().contract);
  std::vector<std::string> spread;  // a type once for each of its resources
  for (const std::string& word : words) {
    const auto it = options.profile->resources.free.find(word);
    if (it != options.profile->resources.free.end()) {
      spread.insert(spread.end(), it->second.size(), word);
    }
  }
  if (!spread.empty()) return spread[hash(check_id) % spread.size()];
  return words.empty() ? "" : words.front();
}

rc::Random random_for(std::uint64_t seed, std::string_view check_id, std::uint64_t index) {
  return rc::Random(rc::Random::Key{seed, hash(check_id), index, 0});
}

}  // namespace flowlog

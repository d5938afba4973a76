#include <algorithm>
#include <utility>

#include "generators/indexed_group.h"
#include "generators/spellings.h"
#include "probe/steps.h"

namespace flowlog::probe {
namespace {

constexpr std::size_t kMostNeighbours = 8;

// Numbers that intervals and counts often are.
constexpr const char* kNumbers[] = {"0", "2", "3", "15", "20", "30", "60"};

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string> candidates(const Parameter& parameter, const Rule& rule) {
  std::vector<std::string> others;
  if (parameter.type == Type::integer) {
    for (const char* number : kNumbers) others.emplace_back(number);
  } else {
    others = rule.neighbours;
    if (others.size() > kMostNeighbours) others.resize(kMostNeighbours);
  }
  std::erase_if(others, [&](const std::string& word) { return holds(rule.words, word); });
  return others;
}

}  // namespace

void see_words(Asker& asker, const Parameter& parameter, SeenParameter& seen) {
  const Rule* rule = rule_of(parameter, RuleKind::values);
  if (rule == nullptr || rule->words.size() < 2) return;
  const auto ask = [&](const std::string& word, bool documented, std::vector<SeenWord>& list) {
    if (const auto taken = asker.takes(parameter, word)) {
      list.push_back({word, documented, *taken});
    }
  };
  for (const std::string& word : rule->words) ask(word, true, seen.words);
  for (const std::string& word : candidates(parameter, *rule)) ask(word, false, seen.words);
  for (const std::string& word : rule->words) {
    for (const std::string& other : other_cases(word)) ask(other, false, seen.other_cases);
  }
}

void see_count(Asker& asker, const Parameter& parameter, SeenParameter& seen) {
  const Rule* rule = rule_of(parameter, RuleKind::count);
  if (rule == nullptr) return;
  constexpr std::size_t kMost = 200;
  const IndexedGroup group(asker.contract(), parameter);
  seen.count = largest(rule->max, 1, kMost, [&](std::size_t count) {
    return asker.takes(parameter, group.keys(count));
  });
}

void see_fault_order(Asker& asker, Observed& observed) {
  std::vector<std::pair<std::string, Asker::Fault>> left;
  bool grouped = false;  // edits of one index take each other's place
  for (const Parameter* parameter : asked_about(asker.service())) {
    if (parameter->indexed() && std::exchange(grouped, true)) continue;
    if (const auto& fault = asker.fault_of(*parameter)) left.emplace_back(parameter->name, *fault);
  }
  while (!left.empty() && !asker.spent()) {
    std::vector<Edit> edits;
    for (const auto& [name, fault] : left) edits.push_back(fault.edit);
    SeenFault first{asker.answer_to(edits), {}};
    std::erase_if(left, [&](const auto& one) {
      if (one.second.answer != first.answer) return false;
      first.parameters.push_back(one.first);
      return true;
    });
    // An answer that none of them gets alone tells nothing more.
    if (first.answer.empty() || first.parameters.empty()) return;
    observed.fault_order.push_back(std::move(first));
  }
  if (left.empty() && !observed.fault_order.empty()) {
    observed.fault_order.push_back({asker.unknown_resource(), {}});
  }
}

}  // namespace flowlog::probe

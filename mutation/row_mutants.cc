#include "mutation/row_mutants.h"

#include <algorithm>
#include <stdexcept>

#include "generators/edit_placement.h"

namespace flowlog::mutation {
namespace {

// What two pages differ about, so that either is lawful.
constexpr const char* kEdges = "two pages differ: blanks at the ends may be refused or accepted";

using RowChange = std::function<void(ErrorRow&)>;

ErrorRow& row_in(Service& service, const std::string& id) {
  for (std::vector<ErrorRow>* table : {&service.contract_to_change().errors, &service.common}) {
    for (ErrorRow& row : *table) {
      if (row.id == id) return row;
    }
  }
  throw std::logic_error("no row " + id);
}

bool all_triggers(const ErrorRow& row, const std::function<bool(const Trigger&)>& is) {
  return std::ranges::all_of(row.triggers, is);
}

// Why nothing brings the row about, or "".
std::string why_unseen(const ErrorRow& row) {
  if (all_triggers(row, [](const Trigger& t) { return !t.service.empty(); })) {
    return "no request brings the service's own fault or load about";
  }
  if (all_triggers(row, [](const Trigger& t) { return t.authentication == "no-permission"; })) {
    return "no account that a profile can name lacks a policy";
  }
  return {};
}

// Another row with the same trigger; nullptr when there is none.
const ErrorRow* beside(const Service& service, const ErrorRow& row, const Trigger& trigger) {
  for (const ErrorRow& other : service.creator().contract.errors) {
    if (other.id != row.id && std::ranges::find(other.triggers, trigger) != other.triggers.end()) {
      return &other;
    }
  }
  return nullptr;
}

// Why the row, or another that is as lawful, comes without this trigger too; or "".
std::string why_needless(const Service& service, const ErrorRow& row, const Trigger& trigger) {
  if (!trigger.race.empty()) {
    const ErrorRow* other = beside(service, row, trigger);
    return other == nullptr ? "" : "either is lawful: " + other->id + " has this trigger too";
  }
  if (trigger.authentication == "missing-credential-info") {
    return "no page says which fault of an Authorization is named first";
  }
  const Rule* rule = service.creator().contract.rule(trigger.rule);
  if (rule == nullptr || rule->also.empty()) return {};
  if (rule->kind == RuleKind::edges) return kEdges;
  return rule->also.front() + " is lawful as well";
}

// What breaks the rule of a trigger that is needless.
std::optional<Edit> breach_of(const Contract& contract, const Trigger& trigger) {
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      if (rule.address != trigger.rule || !parameter.indexed()) continue;
      const EditPlacement place(contract, parameter);
      if (rule.kind == RuleKind::edges) return place.edit(" a ");
      if (rule.kind != RuleKind::unique) continue;
      Edit edit = place.edit("a");
      std::string second = edit.set.front().first;
      second.replace(second.find('1'), 1, "2");
      edit.set.emplace_back(second, "a");
      return edit;
    }
  }
  return std::nullopt;
}

std::string name_of(const Trigger& t) {
  std::string name;
  for (const std::string* part :
       {&t.rule, &t.rule_kind, &t.condition, &t.replay, &t.race, &t.authentication, &t.service}) {
    name += *part;
  }
  return name;
}

}  // namespace

void add_row(const Service& service, const ErrorRow& row, std::vector<Mutant>& out) {
  const std::string near = row.id.starts_with("errors/") ? "error." + row.code + "/*" : "";
  const std::string unseen = why_unseen(row);
  const auto mutant = [&](const std::string& what, const RowChange& change) {
    Mutant mutant;
    mutant.id = row.id + "." + what;
    mutant.row = row.id;
    if (!near.empty()) mutant.near = {near};
    mutant.change = [id = row.id, change](Service& service) { change(row_in(service, id)); };
    mutant.equivalent = unseen;
    mutant.unreachable = !unseen.empty();
    out.push_back(std::move(mutant));
  };
  mutant("http", [](ErrorRow& r) { r.http = {r.http.front() == 409 ? 410 : 409}; });
  mutant("code", [](ErrorRow& r) { r.code += "d"; });
  if (!row.message.en.empty()) {
    mutant("message", [](ErrorRow& r) { r.message.en = "Something else."; });
  }
  if (row.code_n) {
    mutant("code-n", [](ErrorRow& r) { r.code_n = *r.code_n + 1; });
  }
  for (std::size_t i = 0; i < row.triggers.size(); ++i) {
    mutant("without " + name_of(row.triggers[i]), [=](ErrorRow& r) {
      r.triggers.erase(r.triggers.begin() + static_cast<std::ptrdiff_t>(i));
    });
    const std::string needless = why_needless(service, row, row.triggers[i]);
    if (needless.empty()) continue;
    out.back().equivalent = needless;
    out.back().unreachable = false;
    out.back().shown_by = breach_of(service.creator().contract, row.triggers[i]);
  }
}

}  // namespace flowlog::mutation

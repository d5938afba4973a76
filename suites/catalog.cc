#include "suites/catalog.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "generators/placeholders.h"
#include "suites/things.h"

namespace flowlog {
namespace {

// Of every action; those of creating actions alone; those of all others.
constexpr Theme kShared[] = {request_checks, parameter_checks, error_table_checks, answer_checks};
constexpr Theme kOfCreating[] = {longest_request_checks, authentication_checks, wire_style_checks,
                                 idempotency_checks,     stored_checks,         left_behind_checks,
                                 lifecycle_checks,       paging_checks,         race_checks,
                                 quota_checks,           model_checks};
constexpr Theme kOfOthers[] = {token_checks,      stored_change_checks, state_checks,
                               deletion_checks,   filter_checks,        tagging_checks,
                               listed_tag_checks, account_checks};

// What a note's own globs match shows what the endpoint makes of it.
void cite_notes(const Contract& contract, Check& check) {
  for (const auto* notes : {&contract.notes, &contract.contradictions, &contract.gaps}) {
    for (const Note& note : *notes) {
      const bool shown = std::ranges::any_of(
          note.checks, [&](const std::string& pattern) { return glob(pattern, check.id); });
      const bool cited = std::ranges::find(check.rows, note.id) != check.rows.end();
      if (shown && !cited) check.rows.push_back(note.id);
    }
  }
}

bool holds_instance(const Case& one) {
  return std::ranges::any_of(one.params, [](const auto& pair) {
    return with_resource(pair.second, kInstance, "") != pair.second;
  });
}

// What is random holds it in its base, or nowhere: its first cases tell.
bool holds_instance(const Cases& cases) {
  constexpr std::size_t kEnough = 64;
  for (std::size_t i = 0; i < std::min(cases.size(), kEnough); ++i) {
    if (holds_instance(cases[i])) return true;
  }
  return false;
}

// Cases of an action that acts on things share one thing, made on a leased resource; those that
// name none need no resource.
void need_instance(const CatalogOptions& options, Check& check) {
  const Effect effect = options.action->effect;
  if (check.script || effect == Effect::create) return;
  if (holds_instance(check.cases)) {
    const bool each = effect == Effect::remove && check.creations > 0;
    check.creations = each ? static_cast<int>(check.cases.size()) : 1;
    return;
  }
  check.resources.clear();
  check.creates = false;
  check.creations = 0;
}

// A thing that is made for no target needs no resource; rows that the contract lacks are not cited.
void fit_to_service(const CatalogOptions& options, Check& check) {
  if (options.service->creator().parameter(Role::target_id).empty()) check.resources.clear();
  std::erase_if(check.rows, [&](const std::string& row) {
    const bool note =
        row.starts_with("notes/") || row.starts_with("gaps/") || row.starts_with("contradictions/");
    return note && !has_note(options.contract(), row);
  });
}

}  // namespace

std::vector<Check> catalog(CatalogOptions options) {
  const Service& service = *options.service;
  if (options.action == nullptr) options.action = &service.creator();
  ClassBook book(options.contract());
  options.classes = &book;
  std::vector<Check> checks;
  for (const Theme theme : kShared) theme(options, checks);
  if (options.action->effect == Effect::create) {
    for (const Theme theme : kOfCreating) theme(options, checks);
  } else {
    for (const Theme theme : kOfOthers) theme(options, checks);
  }
  std::set<std::string> ids;
  for (Check& check : checks) {
    check.action = options.action->name;
    cite_notes(options.contract(), check);
    need_instance(options, check);
    fit_to_service(options, check);
    if (!ids.insert(check.id).second) throw std::logic_error("two checks are called " + check.id);
  }
  return checks;
}

}  // namespace flowlog

#include "specs/lint.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "specs/lint/findings.h"
#include "specs/service.h"

namespace flowlog {

std::string Documentation::row(const Contract& contract, const std::string& row) const {
  const bool shared = row.starts_with("common/");
  return &contract == contracts.front() || shared ? row : contract.action + ":" + row;
}

std::vector<const ErrorRow*> Documentation::rows_for(const Contract& contract,
                                                     const Rule& rule) const {
  std::vector<const ErrorRow*> rows;
  for (const auto* table : {&contract.errors, &common}) {
    for (const ErrorRow& row : *table) {
      const bool hit =
          std::any_of(row.triggers.begin(), row.triggers.end(), [&](const Trigger& trigger) {
            return trigger.rule == rule.address || trigger.rule_kind == name(rule.kind);
          });
      if (hit) rows.push_back(&row);
    }
  }
  return rows;
}

void Findings::add(Remark::Kind kind, std::string topic, const std::vector<std::string>& rows,
                   Text text) {
  found_.push_back(
      {kind, join(rows, ", "), std::move(text.en), std::move(text.zh), std::move(topic)});
}

void Findings::declare(Remark::Kind kind, const std::vector<std::string>& rows, const Note& note) {
  declared_.push_back({kind, join(rows, ", "), note.text.en, note.text.zh, "declared"});
}

std::vector<Remark> Findings::take() {
  for (Remark& remark : found_) {
    const auto same = [&](const Remark& note) {
      return note.kind == remark.kind && note.row == remark.row;
    };
    const auto note = std::find_if(declared_.begin(), declared_.end(), same);
    if (note == declared_.end()) continue;
    remark.text += " " + note->text;
    remark.text_zh += note->text_zh;
    declared_.erase(note);
  }
  std::vector<Remark> all = std::move(found_);
  all.insert(all.end(), declared_.begin(), declared_.end());
  return all;
}

std::vector<Remark> lint(const std::vector<const Contract*>& contracts,
                         const std::vector<ErrorRow>& common) {
  const Documentation documentation{contracts, common};
  Findings findings;
  for (const Contract* contract : contracts) {
    for (const auto& [kind, notes] :
         {std::pair{Remark::Kind::contradiction, &contract->contradictions},
          std::pair{Remark::Kind::gap, &contract->gaps}}) {
      for (const Note& note : *notes) {
        std::vector<std::string> rows;
        for (const std::string& row : note.rows) rows.push_back(documentation.row(*contract, row));
        if (rows.empty()) rows.push_back(documentation.row(*contract, note.id));
        findings.declare(kind, rows, note);
      }
    }
  }
  lint_parameters(documentation, findings);
  lint_examples(documentation, findings);
  lint_errors(documentation, findings);
  lint_limits(documentation, findings);
  return findings.take();
}

std::vector<Remark> lint(const Contract& contract, const Service& service) {
  std::vector<const Contract*> pages = {&contract};
  for (const Action& action : service.actions) {
    if (action.contract.action != contract.action) pages.push_back(&action.contract);
  }
  return lint(pages, service.common);
}

std::vector<Remark> lint(const Service& service) {
  return lint(service.creator().contract, service);
}

}  // namespace flowlog

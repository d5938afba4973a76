#include "specs/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"

namespace flowlog {
namespace {

using Kind = Remark::Kind;

bool holds(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// True iff one of `notes` is about `row`: it is no discovery then.
bool declared(const std::vector<Note>& notes, const std::string& row) {
  return std::any_of(notes.begin(), notes.end(),
                     [&](const Note& note) { return holds(note.rows, row); });
}

class Linter {
 public:
  explicit Linter(const Api& api) : api_(api), create_(api.create) {}

  std::vector<Remark> run() {
    for (const Contract* contract : {&create_, &api_.describe, &api_.remove}) notes(*contract);
    for (const Parameter& parameter : create_.parameters) check(parameter);
    for (const std::vector<ErrorRow>* table : {&create_.errors, &api_.common}) errors(*table);
    return std::move(remarks_);
  }

 private:
  void add(Kind kind, std::string row, std::string text, std::string text_zh) {
    remarks_.push_back({kind, std::move(row), std::move(text), std::move(text_zh)});
  }

  void notes(const Contract& contract) {
    for (const auto& [kind, list] : {std::pair{Kind::contradiction, &contract.contradictions},
                                     std::pair{Kind::gap, &contract.gaps}}) {
      for (const Note& note : *list) {
        add(kind, note.rows.empty() ? note.id : join(note.rows, ", "), note.text.en, note.text.zh);
      }
    }
  }

  void check(const Parameter& parameter) {
    for (const Rule& rule : parameter.rules) {
      if (!answered(rule) && !declared(create_.gaps, parameter.row())) {
        add(Kind::gap, parameter.row(),
            fmt::format("No error row answers a breach of {}.", rule.address),
            fmt::format("违反{}时没有对应的错误码。", rule.address));
      }
      if (rule.kind == RuleKind::values) words(parameter, rule);
    }
    if (parameter.required && parameter.default_value &&
        !declared(create_.contradictions, parameter.row())) {
      add(Kind::contradiction, parameter.row(),
          fmt::format("{} is required and has a default.", parameter.name),
          fmt::format("{}为必选,却有默认值。", parameter.name));
    }
  }

  bool answered(const Rule& rule) const {
    return !api_.rows_for(rule).empty() ||
           std::any_of(rule.also.begin(), rule.also.end(),
                       [&](const std::string& id) { return api_.row(id) != nullptr; });
  }

  void words(const Parameter& parameter, const Rule& rule) {
    if (parameter.default_value && !holds(rule.words, *parameter.default_value)) {
      add(Kind::oddity, parameter.row(),
          fmt::format("The default {} breaks {}.", show(*parameter.default_value), rule.address),
          fmt::format("默认值{}违反{}。", show(*parameter.default_value), rule.address));
    }
    if (!parameter.example.empty() && !holds(rule.words, parameter.example)) {
      add(Kind::oddity, parameter.row(),
          fmt::format("The example {} breaks {}.", show(parameter.example), rule.address),
          fmt::format("示例值{}违反{}。", show(parameter.example), rule.address));
    }
  }

  void errors(const std::vector<ErrorRow>& table) {
    std::map<std::string, std::vector<const ErrorRow*>> by_code;
    for (const ErrorRow& row : table) {
      by_code[row.code].push_back(&row);
      if (row.triggers.empty()) {
        add(Kind::oddity, row.id, fmt::format("Nothing is known to cause {}.", row.code),
            fmt::format("没有已知的情形会返回{}。", row.code));
      }
    }
    for (const auto& [code, rows] : by_code) code_of(code, rows);
  }

  void code_of(const std::string& code, const std::vector<const ErrorRow*>& rows) {
    std::vector<std::string> ids;
    std::set<int> http;
    bool known = false;
    for (const ErrorRow* row : rows) {
      ids.push_back(row->id);
      http.insert(row->http.begin(), row->http.end());
      known |= declared(create_.contradictions, row->id);
    }
    if (rows.size() > 1) {
      add(Kind::oddity, join(ids, ", "),
          fmt::format("These rows share the code {}: only the message tells them apart.", code),
          fmt::format("这些错误的错误码同为{},只能通过错误信息区分。", code));
    }
    if (http.size() > 1 && !known) {
      add(Kind::contradiction, join(ids, ", "),
          fmt::format("{} stands on {} HTTP codes.", code, http.size()),
          fmt::format("{}对应{}个不同的HTTP状态码。", code, http.size()));
    }
  }

  const Api& api_;
  const Contract& create_;
  std::vector<Remark> remarks_;
};

}  // namespace

std::vector<Remark> lint(const Api& api) {
  return Linter(api).run();
}

}  // namespace flowlog

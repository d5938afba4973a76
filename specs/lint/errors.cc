// Error tables: codes that stand twice, on several HTTP codes, or for no known reason.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "specs/lint/findings.h"

namespace flowlog {
namespace {

using Kind = Remark::Kind;

struct Use {
  std::string row;
  const ErrorRow* error;
};

using ByCode = std::map<std::string, std::vector<Use>>;

std::vector<std::string> rows_of(const std::vector<Use>& uses) {
  std::vector<std::string> rows;
  for (const Use& use : uses) rows.push_back(use.row);
  return rows;
}

std::set<int> http_of(const std::vector<Use>& uses) {
  std::set<int> http;
  for (const Use& use : uses) http.insert(use.error->http.begin(), use.error->http.end());
  return http;
}

// Rows of one HTTP code and message, where there are several.
std::vector<std::vector<Use>> identical(const std::vector<Use>& uses) {
  std::map<std::pair<std::vector<int>, std::string>, std::vector<Use>> alike;
  for (const Use& use : uses) alike[{use.error->http, use.error->message.en}].push_back(use);
  std::vector<std::vector<Use>> out;
  for (const auto& [said, rows] : alike) {
    if (rows.size() > 1) out.push_back(rows);
  }
  return out;
}

std::size_t messages_of(const std::vector<Use>& uses) {
  std::set<std::string> messages;
  for (const Use& use : uses) messages.insert(use.error->message.en);
  return messages.size();
}

void one_table(const ByCode& table, Findings& findings) {
  for (const auto& [code, uses] : table) {
    for (const auto& same : identical(uses)) {
      findings.add(Kind::oddity, "repeated-code", rows_of(same),
                   {fmt::format("These rows of {} are the same word for word.", code),
                    fmt::format("这些{}错误行完全相同。", code)});
    }
    if (messages_of(uses) > 1) {
      findings.add(
          Kind::oddity, "repeated-code", rows_of(uses),
          {fmt::format("These rows share the code {}: only the message tells them apart.", code),
           fmt::format("这些错误的错误码同为{}，只能通过错误信息区分。", code)});
    }
    if (http_of(uses).size() > 1) {
      findings.add(Kind::contradiction, "http-codes", rows_of(uses),
                   {fmt::format("{} stands on {} HTTP codes: {}.", code, http_of(uses).size(),
                                fmt::join(http_of(uses), ", ")),
                    fmt::format("{}对应{}个不同的HTTP状态码：{}。", code, http_of(uses).size(),
                                fmt::join(http_of(uses), "、"))});
    }
  }
}

// Codes that are on one HTTP code on each page, and not on the same on all.
void sister_tables(const std::vector<ByCode>& tables, Findings& findings) {
  ByCode all;
  std::map<std::string, std::set<std::set<int>>> http;
  for (const ByCode& table : tables) {
    for (const auto& [code, uses] : table) {
      http[code].insert(http_of(uses));
      all[code].insert(all[code].end(), uses.begin(), uses.end());
    }
  }
  for (const auto& [code, sets] : http) {
    if (sets.size() < 2) continue;
    findings.add(Kind::contradiction, "http-codes", rows_of(all[code]),
                 {fmt::format("Pages give {} different HTTP codes: {}.", code,
                              fmt::join(http_of(all[code]), ", ")),
                  fmt::format("各页面中{}的HTTP状态码不一致：{}。", code,
                              fmt::join(http_of(all[code]), "、"))});
  }
}

}  // namespace

void lint_errors(const Documentation& documentation, Findings& findings) {
  std::vector<ByCode> tables;
  const auto take = [&](const std::vector<ErrorRow>& errors, const Contract& contract) {
    ByCode table;
    for (const ErrorRow& error : errors) {
      if (error.standing == Standing::inferred) continue;  // on no page
      const std::string row = documentation.row(contract, error.id);
      table[error.code].push_back({row, &error});
      if (!error.triggers.empty()) continue;
      findings.add(Kind::oddity, "no-cause", {row},
                   {fmt::format("Nothing is known to cause {}.", error.code),
                    fmt::format("没有已知的情形会返回{}。", error.code)});
    }
    one_table(table, findings);
    tables.push_back(std::move(table));
  };
  for (const Contract* contract : documentation.contracts) take(contract->errors, *contract);
  take(documentation.common, *documentation.contracts.front());
  sister_tables(tables, findings);
}

}  // namespace flowlog

#include "tests/specs/page.h"

#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace flowlog {
namespace {

// The cells of the table under `heading`, `columns` to a row. A row begins a line and ends in " |";
// its cells may hold line breaks. The table ends where a line begins that closes no row.
std::vector<std::vector<std::string>> table(std::string_view page, std::string_view heading,
                                            std::size_t columns, std::string_view end) {
  auto at = page.find(heading);
  if (at == std::string_view::npos) throw std::runtime_error("no table " + std::string(heading));
  page.remove_prefix(page.find('\n', at) + 1);  // the heading
  page.remove_prefix(page.find('\n') + 1);      // the ruler
  if (!end.empty()) page = page.substr(0, page.find(end));
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  for (char c : page) {
    if (c != '|') {
      cell += c;
      continue;
    }
    auto first = cell.find_first_not_of(" \n");
    auto last = cell.find_last_not_of(" \n");
    row.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    cell.clear();
    if (row.size() == columns) rows.push_back(std::exchange(row, {}));
  }
  if (!row.empty()) throw std::runtime_error("a row breaks off under " + std::string(heading));
  return rows;
}

}  // namespace

Page read_page(std::string_view text) {
  Page page;
  for (auto& r :
       table(text, "参数名称 | 类型 | 是否必选 | 示例值 | 描述 |", 5, "参数名称 | 类型 | 示例值")) {
    page.parameters.push_back({r[0], r[1], r[2], r[3], r[4]});
  }
  for (auto& r : table(text, "参数名称 | 类型 | 示例值 | 描述 |", 4, "GET /?")) {
    page.answer.push_back({r[0], r[1], r[2], r[3]});
  }
  for (auto& r : table(text, "HttpCode | 错误码 | 错误信息 | 描述 |", 4, {})) {
    page.errors.push_back({r[0], r[1], r[2], r[3]});
  }
  return page;
}

}  // namespace flowlog

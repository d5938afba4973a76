#include "specs/pages/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_node.h"
#include "base/text.h"
#include "specs/pages/sentences.h"
#include "specs/pages/tables.h"

namespace flowlog {
namespace {

constexpr std::size_t kLargestPage = 4'000'000;

enum class Column {
  name,
  type,
  required,
  default_value,
  example,
  description,
  http,
  code,
  message
};

const std::vector<std::pair<Column, std::vector<std::string>>>& headings() {
  static const std::vector<std::pair<Column, std::vector<std::string>>> words = {
      {Column::name,
       {"参数名称", "参数名", "参数", "名称", "字段名称", "字段名", "字段", "parameter name",
        "parameter", "name", "field"}},
      {Column::type, {"类型", "数据类型", "参数类型", "type", "data type"}},
      {Column::required,
       {"是否必选", "是否必填", "必选", "必填", "是否必须", "required", "required?",
        "required or not", "mandatory"}},
      {Column::default_value, {"默认值", "default", "default value"}},
      {Column::example,
       {"示例值", "示例", "取值样例", "样例", "example", "example value", "sample value",
        "sample"}},
      {Column::description, {"描述", "说明", "参数描述", "参数说明", "description", "meaning"}},
      {Column::http,
       {"httpcode", "http状态码", "http 状态码", "状态码", "http code", "http status code",
        "http status", "status code"}},
      {Column::code, {"错误码", "error code", "errorcode", "code"}},
      {Column::message, {"错误信息", "错误消息", "error message", "message"}},
  };
  return words;
}

FirstHeadings first_headings() {
  FirstHeadings words;
  for (const auto& [column, names] : headings()) {
    if (column == Column::name || column == Column::http || column == Column::code) {
      words.insert(words.end(), names.begin(), names.end());
    }
  }
  return words;
}

std::optional<Column> column_of(const std::string& heading) {
  const std::string wanted = lower_ascii(heading);
  for (const auto& [column, names] : headings()) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) return column;
  }
  return std::nullopt;
}

// Where each column of a table stands.
using Columns = std::map<Column, std::size_t>;

std::string cell(const std::vector<std::string>& row, const Columns& columns, Column column) {
  const auto it = columns.find(column);
  return it == columns.end() ? "" : row[it->second];
}

// An example stands in one line; `-` stands for none.
std::string example(const std::vector<std::string>& row, const Columns& columns) {
  std::string text = cell(row, columns, Column::example);
  return text == "-" || text == "–" || text == "无" ? "" : text;
}

// The JSON object that begins first in `text`: where it begins and ends.
std::optional<std::pair<std::size_t, std::size_t>> object_in(std::string_view text) {
  const auto begin = text.find('{');
  if (begin == std::string_view::npos) return std::nullopt;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) {
      const std::string_view object = text.substr(begin, i + 1 - begin);
      if (object.size() > 100'000 || !nlohmann::json::accept(object)) return std::nullopt;
      return std::pair(begin, i + 1);
    }
  }
  return std::nullopt;
}

class PageReader {
 public:
  explicit PageReader(const PageLayout& layout) { page_.prose = layout.prose; }

  void take(const PageTable& table, std::size_t number) {
    Columns columns;
    std::vector<std::string> unknown;
    for (std::size_t i = 0; i < table.heading.size(); ++i) {
      const auto column = column_of(table.heading[i]);
      if (!column || !columns.emplace(*column, i).second) unknown.push_back(table.heading[i]);
    }
    const std::string row = fmt::format("tables/{}", number);
    if (!dispatch(table, columns)) {
      page_.unread.push_back(
          {row,
           join(table.heading, " | "),
           {"A table with these columns is none of parameters, answer or errors.",
            "此表的列不属于请求参数、返回参数或错误码表。"},
           std::nullopt});
      return;
    }
    for (const std::string& heading : unknown) {
      page_.unread.push_back(
          {row, heading, {"A column that is not known.", "未能识别的列。"}, std::nullopt});
    }
    if (!table.broken_off.empty()) {
      page_.unread.push_back(
          {row, table.broken_off, {"The table breaks off here.", "表格在此中断。"}, std::nullopt});
    }
  }

  Page finish() {
    take_request();
    if (const auto found = object_in(page_.prose)) {
      page_.example_answer = page_.prose.substr(found->first, found->second - found->first);
      page_.prose.erase(found->first, found->second - found->first);
    }
    return std::move(page_);
  }

 private:
  // False when it is none of the three tables.
  bool dispatch(const PageTable& table, const Columns& columns) {
    const auto has = [&](Column column) { return columns.contains(column); };
    if (has(Column::code) && (has(Column::http) || has(Column::message))) {
      for (const auto& row : table.rows) {
        page_.errors.push_back({cell(row, columns, Column::http), cell(row, columns, Column::code),
                                cell(row, columns, Column::message),
                                cell(row, columns, Column::description)});
      }
      return true;
    }
    if (!has(Column::name) || !has(Column::type)) return false;
    // A second table of members describes an object within the answer, and not which.
    if (!has(Column::required) && !page_.answer.empty()) return false;
    for (const auto& row : table.rows) {
      const std::string name = cell(row, columns, Column::name);
      const std::string type = cell(row, columns, Column::type);
      const std::string description = cell(row, columns, Column::description);
      if (has(Column::required)) {
        page_.parameters.push_back({name, type, cell(row, columns, Column::required),
                                    cell(row, columns, Column::default_value),
                                    example(row, columns), description});
      } else {
        page_.answer.push_back({name, type, example(row, columns), description});
      }
    }
    return true;
  }

  // From GET or POST up to the answer, a blank line or the end of the code.
  void take_request() {
    for (const char* method : {"GET /", "POST /"}) {
      const auto at = page_.prose.find(method);
      if (at == std::string::npos) continue;
      std::size_t end = page_.prose.size();
      for (const char* stop : {"\n\n", "\n{", "```"}) {
        end = std::min(end, page_.prose.find(stop, at));
      }
      page_.request = page_.prose.substr(at, end - at);
      page_.prose.erase(at, end - at);
      return;
    }
  }

  Page page_;
};

// "; unknown columns: …", or nothing.
std::string unknown_headings(const PageLayout& layout) {
  std::vector<std::string> unknown;
  for (const PageTable& table : layout.tables) {
    for (const std::string& heading : table.heading) {
      if (!column_of(heading)) unknown.push_back(show(heading));
    }
  }
  return unknown.empty() ? "" : "; unknown columns: " + join(unknown, ", ");
}

}  // namespace

bool Page::chinese() const {
  return std::any_of(parameters.begin(), parameters.end(),
                     [](const Parameter& one) { return flowlog::chinese(one.description); });
}

Page read_page(std::string_view text, const std::string& file) {
  if (text.size() > kLargestPage) {
    throw InputError(fmt::format("{}: {} bytes, expected a page of at most {}", file, text.size(),
                                 kLargestPage));
  }
  if (!is_utf8(text)) throw InputError(file + ": bytes that are no UTF-8, expected a page of text");
  const PageLayout layout = read_layout(text, first_headings());
  PageReader reader(layout);
  for (std::size_t i = 0; i < layout.tables.size(); ++i) reader.take(layout.tables[i], i + 1);
  Page page = reader.finish();
  if (page.parameters.empty()) {
    throw InputError(fmt::format(
        "{}: no table of parameters, expected one with the columns name, type and whether "
        "required{}",
        file, unknown_headings(layout)));
  }
  return page;
}

}  // namespace flowlog

// The tables of a saved page, as text holds them: a heading, a ruler of hyphens, rows. Cells are
// separated by `|`; a `|` at a row's beginning may stand or not, one at its end as well. A cell may
// hold line breaks, so that a row ends with its last cell and not with its line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flowlog {

struct PageTable {
  std::vector<std::string> heading;
  std::vector<std::vector<std::string>> rows;  // each as long as the heading
  std::string broken_off;  // the beginning of a last row that lacks cells, or nothing
};

struct PageLayout {
  std::vector<PageTable> tables;
  std::string prose;  // what stands between the tables, line by line
};

// The words that head the first column of a table, for a heading that stands at the end of a line
// of prose: the prose before the longest of them is no heading.
using FirstHeadings = std::vector<std::string>;

// `<br>` and `<li>` become line breaks and bullets, other tags and `**` go, `\|` is a `|`.
PageLayout read_layout(std::string_view page, const FirstHeadings& first_headings);

}  // namespace flowlog

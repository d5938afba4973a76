#include "specs/pages/tables.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr char kEscapedBar = '\x01';  // stands for `\|` while cells are cut

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The name of the tag that begins at `at`, in lower case and with its slash, and where it ends.
std::optional<std::pair<std::string, std::size_t>> tag(std::string_view text, std::size_t at) {
  const auto end = text.find('>', at);
  if (end == std::string_view::npos || end - at > 200) return std::nullopt;
  std::size_t stop = at + 1;
  if (stop < end && text[stop] == '/') ++stop;
  while (stop < end && std::isalnum(static_cast<unsigned char>(text[stop]))) ++stop;
  std::string name = lower_ascii(text.substr(at + 1, stop - at - 1));
  if (name.empty() || name == "/") return std::nullopt;
  return std::pair(std::move(name), end + 1);
}

// Two asterisks make bold text; four end an example id, "vpc-123456****".
std::string without_bold(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t stop = std::min(text.find_first_not_of('*', i), text.size());
    if (stop - i != 2) out.append(text, i, std::max(stop - i, std::size_t{1}));
    i = std::max(stop, i + 1);
  }
  return out;
}

std::string without_markup(std::string_view page) {
  static const std::vector<std::string> known = {
      "a",    "b",   "br",  "code", "div",   "em",      "/a",   "/b",     "/code",
      "/div", "/em", "i",   "li",   "ol",    "p",       "span", "strong", "ul",
      "/i",   "/li", "/ol", "/p",   "/span", "/strong", "/ul"};
  std::string out;
  for (std::size_t i = 0; i < page.size();) {
    if (page[i] == '<') {
      const auto found = tag(page, i);
      if (found && std::find(known.begin(), known.end(), found->first) != known.end()) {
        if (found->first == "br" || found->first == "p") out += '\n';
        if (found->first == "li") out += "\n- ";
        if (found->first == "/ul" || found->first == "/ol") out += '\n';
        i = found->second;
        continue;
      }
    }
    if (page[i] == '\\' && i + 1 < page.size() && page[i + 1] == '|') {
      out += kEscapedBar;
      i += 2;
      continue;
    }
    if (page[i] != '\r') out += page[i];
    ++i;
  }
  return without_bold(out);
}

bool ruler(std::string_view line) {
  return line.find('|') != std::string_view::npos && line.find("---") != std::string_view::npos &&
         line.find_first_not_of("-|: \t") == std::string_view::npos;
}

std::vector<std::string> cells(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  std::vector<std::string> out;
  for (const std::string& cell : split(line, '|')) out.emplace_back(trimmed(cell));
  return out;
}

class LayoutReader {
 public:
  LayoutReader(std::string_view page, const FirstHeadings& first_headings)
      : text_(without_markup(page)), lines_(split(text_, '\n')), first_headings_(first_headings) {}

  PageLayout run() {
    while (at_ < lines_.size()) {
      if (heading()) {
        table();
      } else {
        layout_.prose += lines_[at_++] + "\n";
      }
    }
    replace_all(layout_.prose, {&kEscapedBar, 1}, "|");
    return std::move(layout_);
  }

 private:
  bool heading() const { return at_ + 1 < lines_.size() && ruler(lines_[at_ + 1]); }

  void table() {
    PageTable table;
    const std::string& line = lines_[at_];
    table.heading = cells(line);
    if (!trimmed(line).starts_with('|')) cut_prose(table.heading.front());
    const std::string_view rule = trimmed(lines_[at_ + 1]);
    leading_bar_ = rule.starts_with('|');
    closing_bar_ = rule.ends_with('|');
    at_ += 2;
    while (at_ < lines_.size() && !heading() && table.broken_off.empty()) {
      if (lines_[at_].find('|') == std::string::npos) break;
      row(table);
    }
    layout_.tables.push_back(std::move(table));
  }

  void cut_prose(std::string& first) {
    std::string_view longest;
    for (const std::string& word : first_headings_) {
      if (lower_ascii(first).ends_with(lower_ascii(word)) && word.size() > longest.size()) {
        longest = word;
      }
    }
    if (longest.empty() || longest.size() == first.size()) return;
    const std::size_t prose = first.size() - longest.size();
    layout_.prose += first.substr(0, prose) + "\n";
    first.erase(0, prose);
  }

  void row(PageTable& table) {
    const std::size_t columns = table.heading.size();
    std::vector<std::string> row = row_cells(columns);
    const bool whole = row.size() == columns + 1 ? trimmed(row.back()).empty()
                                                 : row.size() == columns && !closing_bar_;
    if (!whole) {
      table.broken_off = trimmed(join(row, "|"));
      return;
    }
    row.resize(columns);
    for (std::string& cell : row) {
      replace_all(cell, {&kEscapedBar, 1}, "|");
      cell = std::string(trimmed(cell));
    }
    table.rows.push_back(std::move(row));
  }

  // Takes lines until the last cell has ended, or the table has.
  std::vector<std::string> row_cells(std::size_t columns) {
    std::vector<std::string> row(1);
    for (const std::size_t begin = at_; at_ < lines_.size() && (at_ == begin || !heading());) {
      std::string_view line = lines_[at_];
      if (at_ == begin && leading_bar_) {
        line = trimmed(line);
        if (line.starts_with('|')) line.remove_prefix(1);
      }
      if (at_ > begin) row.back() += '\n';
      ++at_;
      for (char c : line) {
        if (c == '|') {
          row.emplace_back();
        } else {
          row.back() += c;
        }
      }
      if (row.size() > columns || (row.size() == columns && !closing_bar_ && ends_here(columns))) {
        break;
      }
    }
    return row;
  }

  // Rows without a bar at their end: the next line begins another row, or none follows.
  bool ends_here(std::size_t columns) const {
    if (at_ >= lines_.size() || trimmed(lines_[at_]).empty()) return true;
    const auto bars = std::count(lines_[at_].begin(), lines_[at_].end(), '|');
    return std::size_t(bars) + 1 >= columns;
  }

  const std::string text_;
  const std::vector<std::string> lines_;
  const FirstHeadings& first_headings_;
  std::size_t at_ = 0;
  bool leading_bar_ = false;
  bool closing_bar_ = false;
  PageLayout layout_;
};

}  // namespace

PageLayout read_layout(std::string_view page, const FirstHeadings& first_headings) {
  return LayoutReader(page, first_headings).run();
}

}  // namespace flowlog

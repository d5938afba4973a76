// A saved documentation page of one action: the rows of its tables and the text around them, as
// they stand there, and nothing that they mean. Headings may be Chinese or English.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

// Something of a page that was not understood, for a person to see to.
struct Unread {
  std::string row;    // "parameters/FlowLogName", "errors/7", "tables/3", "text"
  std::string quote;  // the page's own words
  Text why;
  // Rules of this kind stand there, in words that were not understood. Without it, nobody knows
  // what stands there.
  std::optional<RuleKind> kind;
};

struct Page {
  struct Parameter {
    std::string name, type, required, default_value, example, description;
  };
  struct Field {
    std::string name, type, example, description;
  };
  struct Error {
    std::string http, code, message, description;
  };
  std::vector<Parameter> parameters;
  std::vector<Field> answer;
  std::vector<Error> errors;
  std::string prose;           // beside the tables and the examples
  std::string request;         // the example: "GET /?Action=… HTTP/1.1 Host: …"
  std::string example_answer;  // the example, a JSON object
  std::vector<Unread> unread;  // tables of other columns, tables that break off

  bool chinese() const;  // its descriptions hold Chinese characters
};

// Throws InputError (base/json_node.h) with `file` when the text is no UTF-8, is over 4 MB, or has
// no table of parameters.
Page read_page(std::string_view text, const std::string& file);

}  // namespace flowlog

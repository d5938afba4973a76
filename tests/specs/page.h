// The documentation page as a test reads it: its tables, taken from the text as it was saved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flowlog {

struct Page {
  struct Parameter {
    std::string name, type, required, example, description;
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
};

// REQUIRES: `text` holds the page's three tables, each with its heading and ruler.
Page read_page(std::string_view text);

}  // namespace flowlog

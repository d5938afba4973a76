// Contract files to contracts. A file that is broken anywhere is refused as a whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

// A contract file. Throws InputError (base/json_node.h): file, pointer, what stands there, what was
// expected, the nearest known word. Beside types and words it checks that ids are unique, that
// triggers name rules that exist, that rows named in `also` and notes exist (`common` supplies the
// common rows), and that every rule can be satisfied and broken (min <= max, sets not empty).
Contract load_contract(std::string_view text, const std::string& file,
                       const std::vector<ErrorRow>& common);
std::vector<ErrorRow> load_common_errors(std::string_view text, const std::string& file);

// The contracts compiled into the program.
const Api& built_in_api();
// The same with `create` taken from `file` on disk.
Api api_with(const std::string& file);

// The text of a compiled-in file by its path below specs/ ("contract.schema.json"), for lint and
// tests; throws std::out_of_range for a path that is not compiled in.
std::string_view built_in_file(std::string_view path);
std::vector<std::string> built_in_files();

}  // namespace flowlog

// Files of services and contracts to values. A file that is broken anywhere is refused as a whole.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "specs/contract.h"
#include "specs/service.h"

namespace flowlog {

// A contract file. Throws InputError (base/json_node.h): file, pointer, what stands there, what was
// expected, the nearest known word. Beside types and words it checks that ids are unique, that
// triggers name rules that exist, that rows named in `also` and notes exist (`common` supplies the
// common rows), and that every rule can be satisfied and broken (min <= max, sets not empty).
Contract load_contract(std::string_view text, const std::string& file,
                       const std::vector<ErrorRow>& common);
// The same for an action of `service`: what every action has is added, before the contract's own.
Contract load_contract(std::string_view text, const std::string& file, const Service& service);
std::vector<ErrorRow> load_common_errors(std::string_view text, const std::string& file);

// The text of a file, or nothing when it cannot be read.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

// A service and the files it names: the common rows, and beside its own file ACTION.json for each
// action. Throws InputError as load_contract() does, and where a service and its contracts do not
// fit together.
Service load_service(std::string_view text, const std::string& file, const FileReader& read);
Service load_service_file(const std::string& path);

// The service compiled into the program.
const Service& built_in_service();

// The built-in service with the contract of one of its actions taken from `file` on disk. Throws
// InputError, also where the contract is of no action of the service.
struct ServiceFromFile {
  Service service;
  std::string action;  // the one whose contract it is
};
ServiceFromFile service_with(const std::string& file);

// The text of a compiled-in file by its path below specs/ ("contract.schema.json"), for lint and
// tests; throws std::out_of_range for a path that is not compiled in.
std::string_view built_in_file(std::string_view path);
std::vector<std::string> built_in_files();

}  // namespace flowlog

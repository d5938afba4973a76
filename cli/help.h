// Help and the man page, from the command line as data.
#pragma once

#include <string>
#include <vector>

#include "cli/command_model.h"

namespace flowlog::cli {

inline constexpr const char* kProgram = "flowlog-conformance";

// "--help" of a command.
std::string help(const CommandModel& command);
// "--help" of the program.
std::string help(const std::vector<CommandModel>& commands, const std::string& what);
// flowlog-conformance.1, in the man macros.
std::string man_page(const std::vector<CommandModel>& commands, const std::string& what,
                     const std::string& version);

}  // namespace flowlog::cli

// Completions of the command line for shells, made from the definitions of the options themselves.
#pragma once

#include <string>
#include <vector>

#include "cli/command_model.h"

namespace flowlog::cli {

// The script that `bash`, `zsh` or `fish` reads. REQUIRES: shell is one of them.
std::string completion(const std::vector<CommandModel>& all, const std::string& shell);

}  // namespace flowlog::cli

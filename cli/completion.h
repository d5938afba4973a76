// Completions of the command line for shells, made from the definitions of the options themselves.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace flowlog::cli {

// The script that `bash`, `zsh` or `fish` reads. REQUIRES: shell is one of them.
std::string completion(const CLI::App& app, const std::string& shell);

}  // namespace flowlog::cli

// The command line as data: what help, the man page and the completions are made from.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace flowlog::cli {

enum class ValueKind { none, any, file, folder, word };

struct OptionModel {
  std::string name;   // "--only"; of what stands without a name "FILE"
  std::string value;  // "GLOB,…"; empty: none
  ValueKind kind = ValueKind::none;
  std::vector<std::string> words;  // that the value is one of
  std::string help;
  std::string fallback;  // the default
  std::string group;     // "Selection"
  bool positional = false;
  bool required = false;
  bool repeats = false;
};

struct CommandModel {
  std::string name;  // "run"
  std::string help;  // one line
  std::vector<OptionModel> options;
};

// In the order in which they are declared; those with a name carry their dashes.
CommandModel model_of(const CLI::App& command);
std::vector<CommandModel> models_of(const CLI::App& program);

struct StatusMeaning {
  int status = 0;
  std::string_view meaning;
};
struct Example {
  std::string_view arguments;  // behind the program's name
  std::string_view meaning;
};

// What a command ends with, and how it is called. Throws std::out_of_range for an unknown one.
std::vector<StatusMeaning> exit_statuses(std::string_view command);
std::vector<Example> examples(std::string_view command);

}  // namespace flowlog::cli

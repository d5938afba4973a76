#include "cli/command_model.h"

#include <CLI/CLI.hpp>

#include "base/text.h"

namespace flowlog::cli {
namespace {

// Types are told as "en|zh", "FILE", "DIR", "N", …
ValueKind kind_of(const std::string& value, const std::vector<std::string>& words) {
  if (words.size() > 1) return ValueKind::word;
  if (value == "DIR") return ValueKind::folder;
  const bool file = value == "FILE" || value == "REPORT" || value == "A" || value == "B" ||
                    value == "PAGE" || value == "CONTRACT";
  return file ? ValueKind::file : ValueKind::any;
}

OptionModel option_of(const CLI::Option& option) {
  OptionModel model;
  model.positional = option.get_lnames().empty() && option.get_snames().empty();
  if (model.positional) {
    model.name = option.get_name(true);
  } else {
    model.name = option.get_lnames().empty() ? "-" + option.get_snames().front()
                                             : "--" + option.get_lnames().front();
  }
  model.help = option.get_description();
  model.group = option.get_group();
  model.required = option.get_required();
  model.repeats = option.get_items_expected_max() > 1 && model.positional;
  model.fallback = option.get_default_str();
  if (option.get_items_expected_max() == 0) return model;
  const std::string type = option.get_type_name();
  const bool words = type.find('|') != std::string::npos;
  if (words) model.words = split(type, '|');
  model.value = model.positional && !words ? model.name : type;
  model.kind = kind_of(model.value, model.words);
  return model;
}

}  // namespace

CommandModel model_of(const CLI::App& command) {
  CommandModel model{command.get_name(), command.get_description(), {}};
  for (const CLI::Option* option : command.get_options()) {
    model.options.push_back(option_of(*option));
  }
  return model;
}

std::vector<CommandModel> models_of(const CLI::App& program) {
  std::vector<CommandModel> all;
  for (const CLI::App* command : program.get_subcommands({})) all.push_back(model_of(*command));
  return all;
}

}  // namespace flowlog::cli

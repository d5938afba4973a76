#include "cli/completion.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <vector>

#include "base/text.h"

namespace flowlog::cli {
namespace {

enum class Value { none, any, file, folder, word };

struct KnownOption {
  std::string name;  // with its dashes; empty for what stands without a name
  std::string help;
  Value value = Value::none;
  std::vector<std::string> words;  // for Value::word
};

struct KnownCommand {
  std::string name;
  std::string help;
  std::vector<KnownOption> options;
};

// CLI11 tells the members of a set in the name of the type: "TEXT:{en,zh}".
std::vector<std::string> members(const std::string& type) {
  const std::size_t open = type.find('{');
  const std::size_t close = type.rfind('}');
  if (open == std::string::npos || close == std::string::npos) return {};
  return split(type.substr(open + 1, close - open - 1), ',');
}

KnownOption option_of(const CLI::Option& option) {
  KnownOption known;
  if (!option.get_lnames().empty()) {
    known.name = "--" + option.get_lnames().front();
  } else if (!option.get_snames().empty()) {
    known.name = "-" + option.get_snames().front();
  }
  known.help = option.get_description();
  if (option.get_items_expected_max() == 0) return known;
  const std::string type = option.get_type_name();
  const std::string place = known.name.empty() ? option.get_name(true) : type;
  known.words = members(type);
  if (!known.words.empty()) {
    known.value = Value::word;
  } else if (place == "DIR") {
    known.value = Value::folder;
  } else {
    const bool file = place == "FILE" || place == "REPORT" || place == "A" || place == "B";
    known.value = file ? Value::file : Value::any;
  }
  return known;
}

KnownCommand command_of(const CLI::App& app) {
  KnownCommand command{app.get_name(), app.get_description(), {}};
  for (const CLI::Option* option : app.get_options()) command.options.push_back(option_of(*option));
  return command;
}

std::vector<KnownCommand> commands_of(const CLI::App& app) {
  std::vector<KnownCommand> all;
  for (const CLI::App* command : app.get_subcommands({})) all.push_back(command_of(*command));
  return all;
}

// For a word in single quotes of any of the three shells.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string command_names(const std::vector<KnownCommand>& all) {
  std::vector<std::string> words;
  for (const KnownCommand& command : all) words.push_back(command.name);
  return join(words, " ");
}

std::string bash_reply(const KnownOption& option) {
  switch (option.value) {
    case Value::word:
      return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", join(option.words, " "));
    case Value::folder:
      return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$word\")";
    case Value::file:
      return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\")";
    default:
      return "COMPREPLY=()";
  }
}

std::string bash_command(const KnownCommand& command) {
  std::string values;
  std::string place = "COMPREPLY=()";
  std::vector<std::string> options;
  for (const KnownOption& option : command.options) {
    if (option.name.empty()) {
      place = bash_reply(option);
      continue;
    }
    options.push_back(option.name);
    if (option.value == Value::none) continue;
    values += fmt::format("        {}) {}; return ;;\n", option.name, bash_reply(option));
  }
  return fmt::format(
      "    {})\n      case \"$before\" in\n{}        *) ;;\n      esac\n"
      "      if [[ $word == -* ]]; then\n"
      "        mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")\n"
      "      else\n        {}\n      fi\n      ;;\n",
      command.name, values, join(options, " "), place);
}

std::string bash(const std::vector<KnownCommand>& all) {
  std::string out =
      "# shellcheck shell=bash disable=SC2207\n"
      "_flowlog_conformance() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
      "  if ((COMP_CWORD == 1)); then\n";
  out += fmt::format(
      "    mapfile -t COMPREPLY < <(compgen -W '{} --help --version' -- \"$word\")\n    return\n  "
      "fi\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n",
      command_names(all));
  for (const KnownCommand& command : all) out += bash_command(command);
  return out +
         "    *) COMPREPLY=() ;;\n  esac\n}\ncomplete -F _flowlog_conformance "
         "flowlog-conformance\n";
}

// Within a specification of _arguments, brackets and colons have a meaning.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(const KnownOption& option) {
  switch (option.value) {
    case Value::word:
      return ":value:(" + join(option.words, " ") + ")";
    case Value::folder:
      return ":folder:_files -/";
    case Value::file:
      return ":file:_files";
    case Value::any:
      return ":value: ";
    default:
      return "";
  }
}

std::string zsh(const std::vector<KnownCommand>& all) {
  std::string out =
      "#compdef flowlog-conformance\n"
      "_flowlog_conformance() {\n"
      "  local -a commands\n"
      "  if (( CURRENT == 2 )); then\n    commands=(\n";
  for (const KnownCommand& command : all) {
    out += "      " + quoted(command.name + ":" + zsh_text(command.help)) + "\n";
  }
  out +=
      "    )\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n  (( CURRENT-- ))\n"
      "  case $command in\n";
  for (const KnownCommand& command : all) {
    out += fmt::format("    {})\n      _arguments", command.name);
    for (const KnownOption& option : command.options) {
      const std::string head =
          option.name.empty() ? "*" : option.name + "[" + zsh_text(option.help) + "]";
      const std::string action = zsh_action(option);
      if (!option.name.empty() || !action.empty()) out += " \\\n        " + quoted(head + action);
    }
    out += "\n      ;;\n";
  }
  return out + "  esac\n}\n_flowlog_conformance \"$@\"\n";
}

std::string fish_option(const KnownCommand& command, const KnownOption& option) {
  const std::string start = fmt::format(
      "complete -c flowlog-conformance -n '__fish_seen_subcommand_from {}'", command.name);
  std::string values;
  if (option.value == Value::word) values = " -xa " + quoted(join(option.words, " "));
  if (option.value == Value::folder) values = " -xa '(__fish_complete_directories)'";
  if (option.value == Value::file) values = option.name.empty() ? " -F" : " -rF";
  if (option.value == Value::any) values = " -x";
  if (option.name.empty()) return option.value == Value::any ? "" : start + values + "\n";
  const bool is_long = option.name.starts_with("--");
  return fmt::format("{} {} {}{} -d {}\n", start, is_long ? "-l" : "-s",
                     option.name.substr(is_long ? 2 : 1), values, quoted(option.help));
}

std::string fish(const std::vector<KnownCommand>& all) {
  std::string out = "complete -c flowlog-conformance -f\n";
  for (const KnownCommand& command : all) {
    out += fmt::format("complete -c flowlog-conformance -n __fish_use_subcommand -a {} -d {}\n",
                       command.name, quoted(command.help));
  }
  for (const KnownCommand& command : all) {
    for (const KnownOption& option : command.options) out += fish_option(command, option);
  }
  return out;
}

}  // namespace

std::string completion(const CLI::App& app, const std::string& shell) {
  const std::vector<KnownCommand> all = commands_of(app);
  if (shell == "bash") return bash(all);
  return shell == "zsh" ? zsh(all) : fish(all);
}

}  // namespace flowlog::cli

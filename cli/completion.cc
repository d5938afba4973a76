#include "cli/completion.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"

namespace flowlog::cli {
namespace {

// For a word in single quotes of any of the three shells.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string command_names(const std::vector<CommandModel>& all) {
  std::vector<std::string> words;
  for (const CommandModel& command : all) words.push_back(command.name);
  return join(words, " ");
}

std::string bash_reply(const OptionModel& option) {
  switch (option.kind) {
    case ValueKind::word:
      return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", join(option.words, " "));
    case ValueKind::folder:
      return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$word\")";
    case ValueKind::file:
      return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\")";
    default:
      return "COMPREPLY=()";
  }
}

std::string bash_command(const CommandModel& command) {
  std::string values;
  std::string place = "COMPREPLY=()";
  std::vector<std::string> options;
  for (const OptionModel& option : command.options) {
    if (option.positional) {
      place = bash_reply(option);
      continue;
    }
    options.push_back(option.name);
    if (option.kind == ValueKind::none) continue;
    values += fmt::format("        {}) {}; return ;;\n", option.name, bash_reply(option));
  }
  return fmt::format(
      "    {})\n      case \"$before\" in\n{}        *) ;;\n      esac\n"
      "      if [[ $word == -* ]]; then\n"
      "        mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")\n"
      "      else\n        {}\n      fi\n      ;;\n",
      command.name, values, join(options, " "), place);
}

std::string bash(const std::vector<CommandModel>& all) {
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
  for (const CommandModel& command : all) out += bash_command(command);
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

std::string zsh_action(const OptionModel& option) {
  switch (option.kind) {
    case ValueKind::word:
      return ":value:(" + join(option.words, " ") + ")";
    case ValueKind::folder:
      return ":folder:_files -/";
    case ValueKind::file:
      return ":file:_files";
    case ValueKind::any:
      return ":value: ";
    default:
      return "";
  }
}

std::string zsh(const std::vector<CommandModel>& all) {
  std::string out =
      "#compdef flowlog-conformance\n"
      "_flowlog_conformance() {\n"
      "  local -a commands\n"
      "  if (( CURRENT == 2 )); then\n    commands=(\n";
  for (const CommandModel& command : all) {
    out += "      " + quoted(command.name + ":" + zsh_text(command.help)) + "\n";
  }
  out +=
      "    )\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n  (( CURRENT-- ))\n"
      "  case $command in\n";
  for (const CommandModel& command : all) {
    out += fmt::format("    {})\n      _arguments", command.name);
    for (const OptionModel& option : command.options) {
      const std::string head =
          option.positional ? "*" : option.name + "[" + zsh_text(option.help) + "]";
      const std::string action = zsh_action(option);
      if (!option.positional || !action.empty()) out += " \\\n        " + quoted(head + action);
    }
    out += "\n      ;;\n";
  }
  return out + "  esac\n}\n_flowlog_conformance \"$@\"\n";
}

std::string fish_option(const CommandModel& command, const OptionModel& option) {
  const std::string start = fmt::format(
      "complete -c flowlog-conformance -n '__fish_seen_subcommand_from {}'", command.name);
  std::string values;
  if (option.kind == ValueKind::word) values = " -xa " + quoted(join(option.words, " "));
  if (option.kind == ValueKind::folder) values = " -xa '(__fish_complete_directories)'";
  if (option.kind == ValueKind::file) values = option.positional ? " -F" : " -rF";
  if (option.kind == ValueKind::any) values = " -x";
  if (option.positional) return option.kind == ValueKind::any ? "" : start + values + "\n";
  const bool is_long = option.name.starts_with("--");
  return fmt::format("{} {} {}{} -d {}\n", start, is_long ? "-l" : "-s",
                     option.name.substr(is_long ? 2 : 1), values, quoted(option.help));
}

std::string fish(const std::vector<CommandModel>& all) {
  std::string out = "complete -c flowlog-conformance -f\n";
  for (const CommandModel& command : all) {
    out += fmt::format("complete -c flowlog-conformance -n __fish_use_subcommand -a {} -d {}\n",
                       command.name, quoted(command.help));
  }
  for (const CommandModel& command : all) {
    for (const OptionModel& option : command.options) out += fish_option(command, option);
  }
  return out;
}

}  // namespace

std::string completion(const std::vector<CommandModel>& all, const std::string& shell) {
  if (shell == "bash") return bash(all);
  return shell == "zsh" ? zsh(all) : fish(all);
}

}  // namespace flowlog::cli

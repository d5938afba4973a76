#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kLead = 26;  // columns before a description

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// `text` in lines of at most kWidth columns, each after the first behind `indent` blanks.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::string out;
  std::size_t used = indent;
  for (const std::string& word : split(text, ' ')) {
    if (used > indent && used + 1 + columns(word) > kWidth) {
      out += "\n" + std::string(indent, ' ');
      used = indent;
    }
    if (used > indent) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns(word);
  }
  return out;
}

std::string entry(const std::string& name, const std::string& text) {
  const std::string lead = "  " + name;
  const std::size_t used = columns(lead);
  const std::string gap =
      used + 2 > kLead ? "\n" + std::string(kLead, ' ') : std::string(kLead - used, ' ');
  return lead + gap + wrapped(text, kLead) + "\n";
}

std::string described(const OptionModel& option) {
  std::string text = option.help;
  if (!option.fallback.empty()) text += fmt::format(" (default: {})", option.fallback);
  if (option.required && !option.positional) text += " (required)";
  return text;
}

std::string named(const OptionModel& option) {
  if (option.positional) return option.name + (option.repeats ? "…" : "");
  return option.value.empty() ? option.name : option.name + " " + option.value;
}

std::vector<std::string> groups_of(const CommandModel& command) {
  std::vector<std::string> groups;
  for (const OptionModel& option : command.options) {
    if (option.positional || std::ranges::find(groups, option.group) != groups.end()) continue;
    groups.push_back(option.group);
  }
  // "--help" is declared first, and stands last.
  std::ranges::stable_partition(groups,
                                [](const std::string& group) { return group != "Options"; });
  return groups;
}

std::string usage(const CommandModel& command) {
  std::string line = fmt::format("{} {} [OPTIONS]", kProgram, command.name);
  for (const OptionModel& option : command.options) {
    if (!option.positional) continue;
    const std::string name = named(option);
    line += option.required ? " " + name : " [" + name + "]";
  }
  return line;
}

std::string endings(const CommandModel& command) {
  std::string out = "\nExit status:\n";
  for (const StatusMeaning& one : exit_statuses(command.name)) {
    out += fmt::format("  {:>3}  {}\n", one.status, wrapped(std::string(one.meaning), 7));
  }
  out += "\nExamples:\n";
  for (const Example& one : examples(command.name)) {
    out += fmt::format("  {} {}\n      {}\n", kProgram, one.arguments, one.meaning);
  }
  return out;
}

// Text of a man page: a dash is one to type, and no line begins with a request.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string paragraph(const StatusMeaning& one) {
  return fmt::format(".TP\n.B {}\n{}\n", one.status, roff(std::string(one.meaning)));
}

constexpr const char* kEnvironment =
    ".SH ENVIRONMENT\n"
    ".TP\n.B VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY, VOLCENGINE_SESSION_TOKEN\n"
    "Keys of the account default where the profile gives none.\n"
    ".TP\n.B XDG_STATE_HOME\nWhere journal and history live, unless \\-\\-state says it.\n"
    ".TP\n.B http_proxy, HTTPS_PROXY, NO_PROXY\n"
    "The proxy to go through, and for what not; none for loopback.\n"
    ".TP\n.B GITHUB_ACTIONS, GITHUB_STEP_SUMMARY\n"
    "Where set, annotations are printed and the summary is appended.\n"
    ".TP\n.B NO_COLOR\nPrint without colours.\n"
    ".SH FILES\n"
    ".TP\n.I conformance\\-report/\n"
    "Where run leaves junit.xml, report.json, report.html, summary.md, exchanges.har and "
    "events.ndjson (\\-\\-out).\n"
    ".TP\n.I $XDG_STATE_HOME/flowlog\\-conformance/\n"
    "The journal of what was created, and the history of runs (\\-\\-state).\n";

std::string man_of(const CommandModel& command) {
  std::string out = fmt::format(".SS {}\n.B {}\n.PP\n{}.\n", roff(command.name),
                                roff(usage(command)), roff(command.help));
  for (const OptionModel& option : command.options) {
    if (option.positional && option.help.empty()) continue;
    out += fmt::format(".TP\n.B {}\n{}\n", roff(named(option)), roff(described(option)));
  }
  out += ".PP\nExit status:\n";
  for (const StatusMeaning& one : exit_statuses(command.name)) out += paragraph(one);
  out += ".PP\nExamples:\n";
  for (const Example& one : examples(command.name)) {
    out += fmt::format(".TP\n.B {} {}\n{}\n", roff(kProgram), roff(std::string(one.arguments)),
                       roff(std::string(one.meaning)));
  }
  return out;
}

}  // namespace

std::string help(const CommandModel& command) {
  std::string out = fmt::format("Usage: {}\n\n{}.\n", usage(command), wrapped(command.help, 0));
  std::string positionals;
  for (const OptionModel& option : command.options) {
    if (option.positional && !option.help.empty()) {
      positionals += entry(named(option), described(option));
    }
  }
  if (!positionals.empty()) out += "\n" + positionals;
  for (const std::string& group : groups_of(command)) {
    out += "\n" + group + ":\n";
    for (const OptionModel& option : command.options) {
      if (!option.positional && option.group == group) {
        out += entry(named(option), described(option));
      }
    }
  }
  return out + endings(command);
}

std::string help(const std::vector<CommandModel>& commands, const std::string& what) {
  std::string out = fmt::format("Usage: {} COMMAND [OPTIONS]\n\n{}\n\nCommands:\n", kProgram, what);
  for (const CommandModel& command : commands) {
    const std::string name =
        command.name + std::string(13 - std::min<std::size_t>(12, command.name.size()), ' ');
    out += "  " + name + wrapped(command.help, 15) + "\n";
  }
  return out +
         fmt::format(
             "\nOptions:\n"
             "  --help       Print this help and exit\n"
             "  --version    Display program version information and exit\n\n"
             "'{} COMMAND --help' tells each command's options, exit statuses and examples.\n",
             kProgram);
}

std::string man_page(const std::vector<CommandModel>& commands, const std::string& what,
                     const std::string& version) {
  std::string out = fmt::format(
      ".TH FLOWLOG\\-CONFORMANCE 1 \"\" \"{0} {1}\"\n"
      ".SH NAME\n{0} \\- {2}\n"
      ".SH SYNOPSIS\n.B {0}\n.I COMMAND\n[OPTIONS]\n"
      ".SH DESCRIPTION\n{3}\n"
      ".SH COMMANDS\n",
      roff(kProgram), roff(version), "hold an endpoint of flow logs against its documentation",
      roff(what));
  for (const CommandModel& command : commands) out += man_of(command);
  out += ".SH EXIT STATUS\nOf run; each command tells its own above.\n";
  for (const StatusMeaning& one : exit_statuses("run")) out += paragraph(one);
  return out + kEnvironment;
}

}  // namespace flowlog::cli

#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "cli/command_options.h"
#include "cli/complain.h"
#include "cli/completion.h"
#include "cli/help.h"

namespace flowlog::cli {
namespace {

constexpr const char* kWhat =
    "Checks whether an endpoint keeps the documented contract of CreateFlowLog.";

// The command that was asked for, as far as the first argument names one.
const CLI::App* command_asked(const CLI::App& app, int argc, char** argv) {
  for (const CLI::App* sub : app.get_subcommands({})) {
    if (argc > 1 && sub->get_name() == argv[1]) return sub;
  }
  return &app;
}

// The first argument that looks like a misspelt option or command, with the nearest known one.
std::string suggestion(const CLI::App& app, int argc, char** argv) {
  const CLI::App* asked = command_asked(app, argc, argv);
  std::vector<std::string> names;
  if (asked == &app) {
    for (const CLI::App* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  }
  for (const CLI::Option* option : asked->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    word = word.substr(0, word.find('='));
    if (std::find(names.begin(), names.end(), word) != names.end()) continue;
    const bool option = word.starts_with("--");
    if (!option && (asked != &app || i > 1)) continue;
    if (const auto near = nearest(word, names)) {
      return "'" + word + "' is not known here; did you mean '" + *near + "'?";
    }
    return "'" + word + "' is not known here.";
  }
  return {};
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::string sentence = error.what();
  const bool extras = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr ||
                      dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  if (extras) {
    if (argc < 2) sentence = "say a command: run, mock, list, lint, sweep, …";
    if (const std::string better = suggestion(app, argc, argv); !better.empty()) sentence = better;
  }
  const CLI::App* asked = command_asked(app, argc, argv);
  const std::string command = asked == &app ? "" : " " + asked->get_name();
  complain(sentence);
  std::fprintf(stderr, "Try '%s%s --help'.\n", kProgram, command.c_str());
  return 2;
}

// Help, manual and completions come from the declarations above.
void use_own_help(CLI::App& app) {
  app.formatter_fn([](const CLI::App* asked, const std::string&, CLI::AppFormatMode) {
    return asked->get_parent() == nullptr ? help(models_of(*asked), kWhat) : help(model_of(*asked));
  });
  for (CLI::App* command : app.get_subcommands({})) command->formatter(app.get_formatter());
}

// A shell makes of an unset variable an empty text, and `--profile ""` is not a run without one.
void refuse_empty_texts(CLI::App& app) {
  const auto fault = [](const std::string& text) {
    return text.empty() ? std::string("'' is no value") : std::string();
  };
  for (CLI::App* command : app.get_subcommands({})) {
    for (CLI::Option* option : command->get_options()) {
      if (option->get_items_expected_max() > 0) option->check(fault);
    }
  }
}

// What is asked for of the command line itself.
std::optional<std::string> told_of_itself(const CLI::App& app, const std::string& command,
                                          const AllFlags& flags, const std::string& version) {
  if (command == "completion") return completion(models_of(app), flags.shell);
  if (command == "man") return man_page(models_of(app), kWhat, version);
  return std::nullopt;
}

Command command_of(const std::string& name, const AllFlags& flags) {
  if (name == "run") return flags.run;
  if (name == "mock") return flags.mock;
  if (name == "list") return flags.list;
  if (name == "lint") return flags.lint;
  if (name == "sweep") return flags.sweep;
  if (name == "replay") return flags.replay;
  if (name == "report") return flags.report;
  if (name == "diff") return flags.diff;
  if (name == "merge") return flags.merge;
  if (name == "known") return flags.known;
  if (name == "score") return flags.score;
  if (name == "import") return flags.import;
  if (name == "drift") return flags.drift;
  if (name == "export") return flags.exported;
  if (name == "probe") return flags.probe;
  return flags.history;
}

}  // namespace

std::variant<Command, int> parse(int argc, char** argv, const std::string& version) {
  CLI::App app(kWhat, kProgram);
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  AllFlags flags;
  declare(app, flags);
  refuse_empty_texts(app);
  use_own_help(app);

  // GoogleTest's own arguments pass through.
  std::vector<std::string> rest;
  for (int i = argc - 1; i > 0; --i) {
    const std::string word = argv[i];
    if (word.starts_with("--gtest_")) {
      flags.run.gtest.insert(flags.run.gtest.begin(), word);
    } else {
      rest.push_back(word);
    }
  }
  try {
    app.parse(rest);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  const std::string name = app.get_subcommands().front()->get_name();
  if (const auto told = told_of_itself(app, name, flags, version)) {
    std::fputs(told->c_str(), stdout);
    return 0;
  }
  return command_of(name, flags);
}

}  // namespace flowlog::cli

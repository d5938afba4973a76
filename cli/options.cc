#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <limits>

#include "base/text.h"
#include "cli/completion.h"

namespace flowlog::cli {
namespace {

// CLI11's own reading wraps numbers that are too large or negative, and lets "nan" pass.
template <class Number>
CLI::Validator number_up_to(Number min, Number max, const std::string& expected) {
  const auto check = [=](const std::string& text) -> std::string {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (whole && value >= min && value <= max) return "";
    return fmt::format("'{}' is no {}", text, expected);
  };
  return {check, "", ""};
}

CLI::Validator any_seed() {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  return number_up_to<std::uint64_t>(0, kMost, fmt::format("whole number from 0 to {}", kMost));
}

CLI::Validator whole_number() {
  constexpr long kMost = std::numeric_limits<long>::max();
  return number_up_to<long>(1, kMost, fmt::format("whole number from 1 to {}", kMost));
}

// A billion seconds still fit into a Duration.
CLI::Validator positive_number() {
  return number_up_to<double>(std::numeric_limits<double>::min(), 1e9,
                              "number above 0 and up to 1000000000");
}

void add_selection(CLI::App* app, RunFlags& flags) {
  app->add_option("--profile", flags.profile, "What is known of the endpoint (JSON file)")
      ->type_name("FILE");
  app->add_option("--endpoint", flags.endpoint,
                  "Its address; keys come from VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY")
      ->type_name("URL");
  app->add_option("--contract", flags.contract, "Contract to use instead of the built-in one")
      ->type_name("FILE");
  app->add_option("--action", flags.actions,
                  "Actions of the service to judge, or all (default: the one that creates)")
      ->type_name("NAME,…")
      ->delimiter(',');
  app->add_option("--only", flags.only, "Only checks whose id matches; * and ? stand for anything")
      ->type_name("GLOB,…")
      ->delimiter(',');
  app->add_option("--seed", flags.seed, "Seed of the random values (default: a new one)")
      ->check(any_seed());
  app->add_option("--cases", flags.cases, "Random cases a check adds to its boundaries")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  app->add_option("--shard", flags.shard, "Part I of N of the checks")->type_name("I/N");
}

void add_limits(CLI::App* app, RunFlags& flags) {
  app->add_option("--concurrency", flags.concurrency,
                  "Checks at once (default: the profile's, or 8)")
      ->check(CLI::Range(1, 256));
  app->add_option("--rps", flags.rps, "Requests a second at most")->check(positive_number());
  app->add_option("--max-requests", flags.max_requests, "Requests at most, clean-up excepted")
      ->check(whole_number());
  app->add_option("--max-creates", flags.max_creates, "Requests that may create at most")
      ->check(whole_number());
  app->add_option("--time-budget", flags.time_budget_s, "Seconds after which nothing new is sent")
      ->check(positive_number());
  app->add_option("--timeout", flags.timeout_s, "Seconds a request may take in all")
      ->check(positive_number())
      ->capture_default_str();
  app->add_option("--max-shrinks", flags.max_shrinks,
                  "Requests spent on making one deviation smaller")
      ->check(CLI::Range(0, 10000))
      ->capture_default_str();
}

void add_connection(CLI::App* app, RunFlags& flags) {
  app->add_option("--ca", flags.ca_file, "Certificates to trust instead of the system's (PEM)")
      ->type_name("FILE");
  app->add_flag("--insecure", flags.insecure, "Do not check certificates; loopback only");
  app->add_flag("--insecure-anywhere", flags.insecure_anywhere,
                "With --insecure: for other addresses too");
}

void add_state(CLI::App* app, RunFlags& flags) {
  app->add_option("--state", flags.state,
                  "Where journal and history live (default: $XDG_STATE_HOME/flowlog-conformance)")
      ->type_name("DIR");
}

void add_lang(CLI::App* app, std::string& lang) {
  app->add_option("--lang", lang, "Language of the reports")
      ->check(CLI::IsMember({"en", "zh"}))
      ->capture_default_str();
}

void add_out(CLI::App* app, std::string& out) {
  app->add_option("--out", out, "Folder for the reports")->type_name("DIR")->capture_default_str();
}

void add_mock_ways(CLI::App* app, RunFlags& flags) {
  app->add_option("--deviation", flags.deviations,
                  "Let the embedded mock lie (mock --list-deviations)")
      ->type_name("ID,…")
      ->delimiter(',');
  app->add_option("--variant", flags.variants, "Another lawful reading for the embedded mock")
      ->type_name("ID,…")
      ->delimiter(',');
}

void add_run(CLI::App& app, RunFlags& flags) {
  CLI::App* run = app.add_subcommand(
      "run", "Run the suite; without a profile or an endpoint, on the embedded mock");
  add_selection(run, flags);
  add_limits(run, flags);
  add_out(run, flags.out);
  run->add_option("--known", flags.known, "Deviations that are known (JSON file)")
      ->type_name("FILE");
  run->add_option("--against", flags.against,
                  "Profile of a second endpoint: the same plan there, and 1 where rows differ")
      ->type_name("FILE");
  run->add_flag("--strict", flags.strict, "A finding fails the run too");
  run->add_flag("--plan", flags.plan_only, "Print what would be sent, and send nothing");
  add_state(run, flags);
  run->add_flag("--no-history", flags.no_history, "Do not record the run");
  add_lang(run, flags.lang);
  add_connection(run, flags);
  add_mock_ways(run, flags);
  run->prefix_command(false);
}

void add_probe(CLI::App& app, ProbeFlags& flags) {
  CLI::App* probe =
      app.add_subcommand("probe", "What the endpoint really enforces, beside what is documented");
  probe->add_option("--profile", flags.run.profile, "What is known of the endpoint (JSON file)")
      ->type_name("FILE");
  probe
      ->add_option("--endpoint", flags.run.endpoint,
                   "Its address; keys come from VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY")
      ->type_name("URL");
  probe->add_option("--contract", flags.run.contract, "Contract to use instead of the built-in one")
      ->type_name("FILE");
  probe->add_option("--write", flags.write, "Write a contract of what was observed")
      ->type_name("FILE");
  probe->add_option("--max-requests", flags.max_requests, "Requests at most, clean-up included")
      ->check(CLI::Range(50L, 100000L))
      ->capture_default_str();
  probe->add_flag("--quota", flags.quota, "Create until one is refused, too");
  probe->add_option("--rps", flags.run.rps, "Requests a second at most")->check(positive_number());
  probe->add_option("--timeout", flags.run.timeout_s, "Seconds a request may take in all")
      ->check(positive_number())
      ->capture_default_str();
  add_state(probe, flags.run);
  add_lang(probe, flags.run.lang);
  add_connection(probe, flags.run);
  add_mock_ways(probe, flags.run);
}

void add_replay(CLI::App& app, ReplayFlags& flags) {
  CLI::App* replay = app.add_subcommand(
      "replay",
      "Send what a report recorded again: fixed (all: status 0), same or different (1), no verdict "
      "(3)");
  replay->add_option("FILE", flags.file, "report.json or events.ndjson")->required();
  add_selection(replay, flags.run);
  add_limits(replay, flags.run);
  add_state(replay, flags.run);
  add_connection(replay, flags.run);
  add_mock_ways(replay, flags.run);
}

void add_mock(CLI::App& app, MockFlags& flags) {
  CLI::App* mock = app.add_subcommand("mock", "Serve the mock endpoint until interrupted");
  mock->add_option("--port", flags.port, "Port (default: any free one)")
      ->check(CLI::Range(0, 65535));
  mock->add_option("--bind", flags.bind, "Address to listen on")->capture_default_str();
  mock->add_option("--contract", flags.contract, "Contract to serve instead of the built-in one")
      ->type_name("FILE");
  mock->add_option("--write-profile", flags.write_profile,
                   "Write the profile that reaches everything here")
      ->type_name("FILE");
  mock->add_option("--deviation", flags.deviations, "Lie in these ways")
      ->type_name("ID,…")
      ->delimiter(',');
  mock->add_option("--variant", flags.variants, "Follow these lawful readings")
      ->type_name("ID,…")
      ->delimiter(',');
  mock->add_flag("--list-deviations", flags.list_deviations, "Print the ways it can lie");
  mock->add_flag("--list-variants", flags.list_variants, "Print the lawful readings it knows");
  mock->add_option("--creating-ms", flags.creating_ms, "How long a new flow log is being created")
      ->check(CLI::Range(0, 600000))
      ->capture_default_str();
  mock->add_option("--deleting-ms", flags.deleting_ms, "How long one is being deleted")
      ->check(CLI::Range(0, 600000))
      ->capture_default_str();
  mock->add_option("--max-rps", flags.max_rps, "Throttle above so many requests a second")
      ->check(positive_number());
  mock->add_option("--latency-ms", flags.latency_ms, "Wait so long before every answer")
      ->check(CLI::Range(0, 60000))
      ->capture_default_str();
  mock->add_option("--state", flags.state, "Keep its flow logs over restarts in this file (JSON)")
      ->type_name("FILE");
  mock->add_flag("--verbose", flags.verbose, "Print each request");
}

void add_reading(CLI::App& app, ReportFlags& report, DiffFlags& diff, MergeFlags& merge,
                 KnownFlags& known, HistoryFlags& history) {
  CLI::App* again =
      app.add_subcommand("report", "Make every report again from events.ndjson or report.json");
  again->add_option("FILE", report.file)->required();
  add_out(again, report.out);
  add_lang(again, report.lang);

  CLI::App* differ = app.add_subcommand("diff", "What turned between two reports; 1 when worse");
  differ->add_option("A", diff.before, "report.json of before")->required();
  differ->add_option("B", diff.after, "report.json of after")->required();

  CLI::App* merger = app.add_subcommand("merge", "Join the reports of shards into one");
  merger->add_option("FILE", merge.files, "report.json of each shard")->required();
  add_out(merger, merge.out);
  add_lang(merger, merge.lang);

  CLI::App* knower = app.add_subcommand("known", "Make a file of known deviations from a report");
  knower->add_option("REPORT", known.report, "report.json")->required();
  knower->add_option("--write", known.write, "The file to write")->type_name("FILE")->required();
  knower->add_option("--ticket", known.ticket, "Where it is being dealt with")->required();
  knower->add_option("--expires", known.expires, "Until when")->type_name("YYYY-MM-DD")->required();

  CLI::App* past = app.add_subcommand("history", "The last runs, and when a check turned");
  past->add_option("CHECK", history.check, "Id of a check");
  past->add_option("--last", history.last, "How many runs")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  past->add_option("--state", history.state, "Where the history lives")->type_name("DIR");
}

void add_score(CLI::App& app, ScoreFlags& flags) {
  CLI::App* score = app.add_subcommand(
      "score",
      "Run the suite against every lie, lawful reading and changed fact; 1 when one "
      "is not told apart");
  score->add_flag("--deviations", flags.deviations, "Only the lies of the mock");
  score->add_flag("--variants", flags.variants, "Only the lawful readings");
  score->add_flag("--facts", flags.mutants, "Only the changed facts of the contract");
  score->add_flag("--full", flags.full, "Facts against the whole suite, not what cites their row");
  score->add_flag("--quick", flags.quick, "Lies against the checks that they must turn");
  score->add_flag("--verbose", flags.verbose, "Name every check that turned");
  score->add_option("--only", flags.only, "Only those whose id matches")
      ->type_name("GLOB,…")
      ->delimiter(',');
  score->add_option("--seed", flags.seed, "Seed of the random values")
      ->check(any_seed())
      ->capture_default_str();
  score->add_option("--at-once", flags.at_once, "Runs side by side")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  score->add_option("--write", flags.write, "Write totals and the hardest lies as Markdown")
      ->type_name("FILE");
  score->add_option("--tables", flags.tables, "Write every lie, reading and fact as Markdown")
      ->type_name("FILE");
}

void add_completion(CLI::App& app, std::string& shell) {
  app.add_subcommand("completion", "Print what makes a shell complete this command line")
      ->add_option("SHELL", shell)
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->required();
}

void add_documentation(CLI::App& app, LintFlags& lint, ImportFlags& import, DriftFlags& drift,
                       ExportFlags& exported) {
  CLI::App* linter =
      app.add_subcommand("lint", "Check contract files: schema, contradictions, gaps");
  linter->add_option("FILE", lint.files, "Contract files (default: the built-in ones)");
  add_lang(linter, lint.lang);

  CLI::App* importer = app.add_subcommand(
      "import", "Draft a contract from a saved documentation page; 0 when the draft was written");
  importer->add_option("PAGE", import.page, "The page, as text or Markdown")->required();
  importer->add_option("--write", import.write, "The file to write (default: standard output)")
      ->type_name("FILE");
  add_lang(importer, import.lang);

  CLI::App* drifter = app.add_subcommand(
      "drift", "What a saved page says and a contract doesn't, and the reverse; 1 on any");
  drifter->add_option("PAGE", drift.page, "The page, as text or Markdown")->required();
  drifter->add_option("CONTRACT", drift.contract, "The contract file")->required();
  add_lang(drifter, drift.lang);

  CLI::App* exporter =
      app.add_subcommand("export", "Write contracts for other tools: openapi, postman");
  exporter->add_option("FORMAT", exported.format, "openapi or postman")
      ->required()
      ->check(CLI::IsMember({"openapi", "postman"}));
  exporter
      ->add_option("--contract", exported.contract, "Contract to use instead of the built-in one")
      ->type_name("FILE");
  exporter->add_option("--endpoint", exported.endpoint, "The address that the files name")
      ->type_name("URL");
  add_out(exporter, exported.out);
}

// The first argument that looks like a misspelt option or command, with the nearest known one.
std::string suggestion(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> names;
  const CLI::App* asked = &app;
  for (const CLI::App* sub : app.get_subcommands({})) {
    names.push_back(sub->get_name());
    if (argc > 1 && sub->get_name() == argv[1]) asked = sub;
  }
  if (asked != &app) names.clear();
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
    if (option) return "'" + word + "' is not known here.";
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
  std::fprintf(stderr, "flowlog-conformance: %s\nTry 'flowlog-conformance --help'.\n",
               sentence.c_str());
  return 2;
}

}  // namespace

std::variant<Command, int> parse(int argc, char** argv, const std::string& version) {
  CLI::App app("Checks whether an endpoint keeps the documented contract of CreateFlowLog.",
               "flowlog-conformance");
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 all conformant (findings and skips allowed), 1 something deviates,\n"
      "2 usage, profile or contract error, 3 no verdict possible, 4 resources left behind,\n"
      "130 interrupted.");
  RunFlags run;
  MockFlags mock;
  ListFlags list;
  LintFlags lint;
  SweepFlags sweep;
  ReplayFlags replay;
  ReportFlags report;
  DiffFlags diff;
  MergeFlags merge;
  KnownFlags known;
  HistoryFlags history;
  ScoreFlags score;
  ImportFlags import;
  DriftFlags drift;
  ExportFlags exported;
  ProbeFlags probe;
  add_run(app, run);
  add_probe(app, probe);
  add_mock(app, mock);
  CLI::App* lister =
      app.add_subcommand("list", "What would be checked, and which rows of the documentation");
  add_selection(lister, list.run);
  lister->add_flag("--rows", list.rows, "By row of the documentation");
  add_lang(lister, list.run.lang);
  CLI::App* sweeper = app.add_subcommand("sweep", "Delete what earlier runs left behind");
  add_selection(sweeper, sweep.run);
  add_limits(sweeper, sweep.run);
  add_connection(sweeper, sweep.run);
  add_state(sweeper, sweep.run);
  sweeper->add_flag("--dry-run", sweep.dry_run, "Only list what would be deleted");
  add_replay(app, replay);
  add_reading(app, report, diff, merge, known, history);
  add_score(app, score);
  std::string shell;
  add_completion(app, shell);
  add_documentation(app, lint, import, drift, exported);

  // GoogleTest's own arguments pass through.
  std::vector<std::string> rest;
  for (int i = argc - 1; i > 0; --i) {
    const std::string word = argv[i];
    if (word.starts_with("--gtest_")) {
      run.gtest.insert(run.gtest.begin(), word);
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
  if (name == "completion") {
    std::fputs(completion(app, shell).c_str(), stdout);
    return 0;
  }
  if (name == "run") return Command(run);
  if (name == "mock") return Command(mock);
  if (name == "list") return Command(list);
  if (name == "lint") return Command(lint);
  if (name == "sweep") return Command(sweep);
  if (name == "replay") return Command(replay);
  if (name == "report") return Command(report);
  if (name == "diff") return Command(diff);
  if (name == "merge") return Command(merge);
  if (name == "known") return Command(known);
  if (name == "score") return Command(score);
  if (name == "import") return Command(import);
  if (name == "drift") return Command(drift);
  if (name == "export") return Command(exported);
  if (name == "probe") return Command(probe);
  return Command(history);
}

}  // namespace flowlog::cli

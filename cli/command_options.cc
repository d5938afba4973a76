#include "cli/command_options.h"

#include "cli/option_sets.h"

namespace flowlog::cli {
namespace {

constexpr long kMostCases = 1'000'000;

void add_run(CLI::App& app, RunFlags& flags) {
  CLI::App* run = app.add_subcommand(
      "run", "Run the suite; without a profile or an endpoint, on the embedded mock");
  add_endpoint(run, flags);
  add_contract(run, flags);
  add_connection(run, flags);
  add_state(run, flags.state);
  add_selection(run, flags);
  add_seed(run, flags);
  run->add_option("--cases", flags.cases, "Random cases a check adds to its boundaries")
      ->type_name("N")
      ->check(whole_number(0, kMostCases))
      ->capture_default_str()
      ->group(kSelectionGroup);
  run->add_flag("--plan", flags.plan_only,
                "Print what would be sent, and send nothing; with --verbose each request")
      ->group(kSelectionGroup);
  add_budget(run, flags);
  run->add_option("--max-shrinks", flags.max_shrinks,
                  "Requests spent on making one deviation smaller")
      ->type_name("N")
      ->check(whole_number(0, 10'000))
      ->capture_default_str()
      ->group(kLimitsGroup);
  run->add_option("--max-failures", flags.max_failures, "End after so many deviations")
      ->type_name("N")
      ->check(whole_number())
      ->group(kLimitsGroup);
  add_require(run, flags.require);
  run->add_option("--against", flags.against,
                  "Profile of a second endpoint: the same plan there, and 1 where rows differ")
      ->type_name("FILE")
      ->group(kVerdictGroup);
  run->add_flag("--strict", flags.strict, "A finding fails the run too")->group(kVerdictGroup);
  run->add_option("--known", flags.known, "Deviations that are known (JSON file)")
      ->type_name("FILE")
      ->group(kVerdictGroup);
  add_out(run, flags.out);
  add_single_reports(run, flags.single);
  run->add_flag("--quiet,-q", flags.quiet, "Print the verdict alone")->group(kReportsGroup);
  run->add_flag("--verbose,-v", flags.verbose, "Print each check as it ends")
      ->group(kReportsGroup)
      ->excludes("--quiet");
  run->add_flag("--no-history", flags.no_history, "Do not record the run")->group(kReportsGroup);
  add_lang(run, flags.lang);
  add_mock_behaviour(run, flags.deviations, flags.variants, "the embedded mock");
  run->prefix_command(false);
}

void add_probe(CLI::App& app, ProbeFlags& flags) {
  constexpr long kFewest = 50;
  constexpr long kMost = 100'000;
  CLI::App* probe =
      app.add_subcommand("probe", "What the endpoint really enforces, beside what is documented");
  add_endpoint(probe, flags.run);
  add_contract(probe, flags.run);
  add_connection(probe, flags.run);
  add_state(probe, flags.run.state);
  add_pace(probe, flags.run);
  probe->add_option("--max-requests", flags.max_requests, "Requests at most, clean-up included")
      ->type_name("N")
      ->check(whole_number(kFewest, kMost))
      ->capture_default_str()
      ->group(kLimitsGroup);
  probe->add_flag("--quota", flags.quota, "Create until one is refused, too")
      ->group(kSelectionGroup);
  probe->add_option("--write", flags.write, "Write a contract of what was observed")
      ->type_name("FILE")
      ->group(kReportsGroup);
  add_lang(probe, flags.run.lang);
  add_mock_behaviour(probe, flags.run.deviations, flags.run.variants, "the embedded mock");
}

void add_replay(CLI::App& app, ReplayFlags& flags) {
  CLI::App* replay =
      app.add_subcommand("replay", "Send what a report recorded again: fixed, same or different");
  replay->add_option("FILE", flags.file, "report.json or events.ndjson, - for standard input")
      ->required();
  add_endpoint(replay, flags.run);
  add_contract(replay, flags.run);
  add_connection(replay, flags.run);
  add_state(replay, flags.run.state);
  add_only(replay, flags.run);
  add_seed(replay, flags.run);
  add_budget(replay, flags.run);
  add_mock_behaviour(replay, flags.run.deviations, flags.run.variants, "the embedded mock");
}

void add_lister(CLI::App& app, ListFlags& flags) {
  CLI::App* list =
      app.add_subcommand("list", "What would be checked, and which rows of the documentation");
  add_endpoint(list, flags.run);
  add_contract(list, flags.run);
  add_selection(list, flags.run);
  list->add_flag("--rows", flags.rows, "By row of the documentation")->group(kReportsGroup);
  list->add_flag("--json", flags.as_json, "As JSON")->group(kReportsGroup);
  add_lang(list, flags.run.lang);
}

void add_sweep(CLI::App& app, SweepFlags& flags) {
  CLI::App* sweep = app.add_subcommand("sweep", "Delete what earlier runs left behind");
  add_endpoint(sweep, flags.run);
  add_connection(sweep, flags.run);
  add_state(sweep, flags.run.state);
  add_pace(sweep, flags.run);
  sweep->add_flag("--dry-run", flags.dry_run, "Only list what would be deleted")
      ->group(kSelectionGroup);
  sweep
      ->add_flag("--all", flags.all,
                 "With --dry-run: what the journal knows of every endpoint; nothing is sent")
      ->group(kSelectionGroup);
}

void add_mock(CLI::App& app, MockFlags& flags) {
  constexpr long kMostPort = 65'535;
  constexpr long kMostState = 600'000;
  constexpr long kMostLatency = 60'000;
  CLI::App* mock = app.add_subcommand("mock", "Serve the mock endpoint until interrupted");
  const auto add = [&](const char* name, auto& value, const char* help, const char* type) {
    return mock->add_option(name, value, help)->type_name(type)->group(kMockGroup);
  };
  add("--port", flags.port, "Port (default: any free one)", "N")->check(whole_number(0, kMostPort));
  add("--bind", flags.bind, "Address to listen on", "ADDRESS")->capture_default_str();
  add("--contract", flags.contract, "Contract to serve instead of the built-in one", "FILE");
  add("--write-profile", flags.write_profile, "Write the profile that reaches everything here",
      "FILE");
  add_mock_behaviour(mock, flags.deviations, flags.variants, "it");
  mock->add_flag("--list-deviations", flags.list_deviations, "Print the ways it can lie")
      ->group(kMockGroup);
  mock->add_flag("--list-variants", flags.list_variants, "Print the lawful readings it knows")
      ->group(kMockGroup);
  add("--creating-ms", flags.creating_ms, "How long a new flow log is being created", "MS")
      ->check(whole_number(0, kMostState))
      ->capture_default_str();
  add("--deleting-ms", flags.deleting_ms, "How long one is being deleted", "MS")
      ->check(whole_number(0, kMostState))
      ->capture_default_str();
  add("--max-rps", flags.max_rps, "Throttle above so many requests a second", "N")
      ->check(positive_number());
  add("--latency-ms", flags.latency_ms, "Wait so long before every answer", "MS")
      ->check(whole_number(0, kMostLatency))
      ->capture_default_str();
  add("--state", flags.state, "Keep its flow logs over restarts in this file (JSON)", "FILE");
  mock->add_flag("--verbose", flags.verbose, "Print each request")->group(kMockGroup);
}

void add_report(CLI::App& app, ReportFlags& report) {
  CLI::App* again =
      app.add_subcommand("report", "Make every report again from events.ndjson or report.json");
  again->add_option("FILE", report.file, "events.ndjson or report.json, - for standard input")
      ->required();
  add_require(again, report.require);
  add_out(again, report.out);
  add_single_reports(again, report.single);
  add_lang(again, report.lang);
}

void add_merge(CLI::App& app, MergeFlags& merge) {
  CLI::App* merger = app.add_subcommand("merge", "Join the reports of shards into one");
  merger
      ->add_option("FILE", merge.files,
                   "report.json of each shard, events.ndjson of one that was killed")
      ->required();
  add_require(merger, merge.require);
  add_out(merger, merge.out);
  add_single_reports(merger, merge.single);
  add_lang(merger, merge.lang);
}

void add_reading(CLI::App& app, DiffFlags& diff, KnownFlags& known, HistoryFlags& history) {
  CLI::App* differ = app.add_subcommand("diff", "What turned between two reports");
  differ->add_option("A", diff.before, "report.json of before")->required();
  differ->add_option("B", diff.after, "report.json of after")->required();

  CLI::App* knower = app.add_subcommand("known", "Make a file of known deviations from a report");
  knower->add_option("REPORT", known.report, "report.json")->required();
  knower->add_option("--write", known.write, "The file to write")->type_name("FILE")->required();
  knower->add_option("--ticket", known.ticket, "Where it is being dealt with")
      ->type_name("TEXT")
      ->required();
  knower->add_option("--expires", known.expires, "Until the end of this day, UTC")
      ->type_name("YYYY-MM-DD")
      ->required();

  CLI::App* past = app.add_subcommand("history", "The last runs, and when a check turned");
  past->add_option("CHECK", history.check, "Id of a check");
  past->add_option("--last", history.last, "How many runs")
      ->type_name("N")
      ->check(whole_number(1, 10'000))
      ->capture_default_str()
      ->group(kSelectionGroup);
  add_state(past, history.state);
}

void add_score(CLI::App& app, ScoreFlags& flags) {
  constexpr long kMostAtOnce = 64;
  CLI::App* score = app.add_subcommand(
      "score", "Run the suite against every lie, lawful reading and changed fact");
  const auto flag = [&](const char* name, bool& value, const char* help) {
    score->add_flag(name, value, help)->group(kSelectionGroup);
  };
  flag("--deviations", flags.deviations, "Only the lies of the mock");
  flag("--variants", flags.variants, "Only the lawful readings");
  flag("--facts", flags.mutants, "Only the changed facts of the contract");
  flag("--full", flags.full, "Facts against the whole suite, not what cites their row");
  flag("--quick", flags.quick, "Lies against the checks that they must turn");
  add_list(score, "--only", flags.only, "Only those whose id matches")->group(kSelectionGroup);
  score->add_option("--seed", flags.seed, "Seed of the random values")
      ->type_name("N")
      ->check(any_seed())
      ->capture_default_str()
      ->group(kSelectionGroup);
  score->add_option("--at-once", flags.at_once, "Runs side by side")
      ->type_name("N")
      ->check(whole_number(1, kMostAtOnce))
      ->capture_default_str()
      ->group(kLimitsGroup);
  score->add_flag("--verbose", flags.verbose, "Name every check that turned")->group(kReportsGroup);
  score->add_option("--write", flags.write, "Write totals and the hardest lies as Markdown")
      ->type_name("FILE")
      ->group(kReportsGroup);
  score->add_option("--tables", flags.tables, "Write every lie, reading and fact as Markdown")
      ->type_name("FILE")
      ->group(kReportsGroup);
}

void add_own(CLI::App& app, std::string& shell) {
  app.add_subcommand("completion", "Print what makes a shell complete this command line")
      ->add_option("SHELL", shell)
      ->type_name("bash|zsh|fish")
      ->check(one_of({"bash", "zsh", "fish"}))
      ->required();
  app.add_subcommand("man", "Print the manual page");
}

void add_documentation(CLI::App& app, LintFlags& lint, ImportFlags& import, DriftFlags& drift,
                       ExportFlags& exported) {
  CLI::App* linter =
      app.add_subcommand("lint", "Check contract files: schema, contradictions, gaps");
  linter->add_option("FILE", lint.files, "Contract files (default: the built-in ones)");
  add_lang(linter, lint.lang);

  CLI::App* importer =
      app.add_subcommand("import", "Draft a contract from a saved documentation page");
  importer->add_option("PAGE", import.page, "The page, as text or Markdown")->required();
  importer->add_option("--write", import.write, "The file to write (default: standard output)")
      ->type_name("FILE");
  add_lang(importer, import.lang);

  CLI::App* drifter =
      app.add_subcommand("drift", "What a saved page says and a contract doesn't, and the reverse");
  drifter->add_option("PAGE", drift.page, "The page, as text or Markdown")->required();
  drifter->add_option("CONTRACT", drift.contract, "The contract file")->required();
  add_lang(drifter, drift.lang);

  CLI::App* exporter =
      app.add_subcommand("export", "Write contracts for other tools: openapi, postman");
  exporter->add_option("FORMAT", exported.format, "openapi or postman")
      ->type_name("openapi|postman")
      ->required()
      ->check(one_of({"openapi", "postman"}));
  exporter
      ->add_option("--contract", exported.contract, "Contract to use instead of the built-in one")
      ->type_name("FILE");
  exporter->add_option("--endpoint", exported.endpoint, "The address that the files name")
      ->type_name("URL");
  add_out(exporter, exported.out);
}

}  // namespace

void declare(CLI::App& app, AllFlags& flags) {
  add_run(app, flags.run);
  add_probe(app, flags.probe);
  add_mock(app, flags.mock);
  add_lister(app, flags.list);
  add_sweep(app, flags.sweep);
  add_replay(app, flags.replay);
  add_report(app, flags.report);
  add_merge(app, flags.merge);
  add_reading(app, flags.diff, flags.known, flags.history);
  add_score(app, flags.score);
  add_documentation(app, flags.lint, flags.import, flags.drift, flags.exported);
  add_own(app, flags.shell);
}

}  // namespace flowlog::cli

// Exit statuses and examples of each command.
#include <map>
#include <stdexcept>
#include <string>

#include "cli/command_model.h"

namespace flowlog::cli {
namespace {

struct Notes {
  std::vector<StatusMeaning> statuses;
  std::vector<Example> examples;
};

constexpr StatusMeaning kUsage{2, "usage, or a file that cannot be used"};
constexpr StatusMeaning kOwnFault{70, "a fault of this program"};
constexpr StatusMeaning kUnprinted{74, "the output could not be written"};

constexpr StatusMeaning kConforms{0, "everything judged conforms (findings and skips allowed)"};
constexpr StatusMeaning kLeft{4, "flow logs are left behind: sweep"};

// Of what a run comes to.
const std::vector<StatusMeaning> kVerdicts = {
    kConforms,
    {1, "a check deviates, with --strict a finding too; or the list of known deviations is stale"},
    {2, "usage, or a profile, contract or file that cannot be used"},
    {3,
     "no verdict: endpoint unreachable, credentials refused, profile wrong, something "
     "inconclusive, nothing judged or less than --require, a report not written"},
    kLeft,
    kOwnFault,
    kUnprinted,
    {130, "interrupted; clean-up and reports still happen"}};

// Of what one came to that is over.
const std::vector<StatusMeaning> kPastVerdicts = {
    kConforms,
    {1, "a check deviates, of a strict run a finding too; or known deviations were out of date"},
    kUsage,
    {3,
     "no verdict: the run had none, a shard is missing or was interrupted, less is judged than "
     "--require, or a report could not be written"},
    kLeft,
    kOwnFault,
    kUnprinted};

std::vector<StatusMeaning> of_one_run() {
  std::vector<StatusMeaning> all = kPastVerdicts;
  all.push_back({130, "the run was interrupted"});
  return all;
}

const std::map<std::string, Notes, std::less<>>& notes() {
  static const std::map<std::string, Notes, std::less<>> all = {
      {"run",
       {kVerdicts,
        {{"run", "try it on the embedded mock"},
         {"run --profile staging.json --plan", "what would be sent and created, sending nothing"},
         {"run --profile staging.json --require 90%",
          "a gate: less than 90 % judged is no verdict"},
         {"run --only 'param.Tags.*' --exclude '*/over-max' --seed 7", "a part, repeatable"},
         {"run --row errors/7", "what proves one row of the documentation"},
         {"run --profile staging.json --against production.json", "what differs between two"},
         {"run --profile staging.json --known known.json --junit junit.xml", "in CI"}}}},
      {"probe",
       {{{0, "what could be asked was asked"},
         kUsage,
         {3, "no verdict: endpoint unreachable, credentials refused, profile wrong"},
         {4, "flow logs are left behind: sweep"},
         kOwnFault,
         kUnprinted,
         {130, "interrupted"}},
        {{"probe --profile staging.json", "documented and enforced, beside each other"},
         {"probe --profile staging.json --write observed.json", "and a contract of it"}}}},
      {"mock",
       {{{0, "stopped by a signal, or a list was printed"}, kUsage, kOwnFault, kUnprinted},
        {{"mock --port 8080 --write-profile mock.json", "serve, and write the profile for run"},
         {"mock --list-deviations", "the lies it can be told to make"},
         {"mock --deviation length.FlowLogName.cut-silently", "lie"}}}},
      {"list",
       {{{0, "printed"}, kUsage, kOwnFault, kUnprinted},
        {{"list --only 'error.*'", "checks of the error table"},
         {"list --rows", "by row of the documentation"},
         {"list --json", "for other programs"}}}},
      {"lint",
       {{{0, "every file is a contract, whatever is remarked"},
         {2, "usage, or a file that is no contract"},
         kOwnFault,
         kUnprinted},
        {{"lint", "the built-in contracts"}, {"lint mine.json", "a contract of your own"}}}},
      {"sweep",
       {{{0, "nothing of earlier runs stands any more, or --dry-run"},
         kUsage,
         {3, "what stands could not be read"},
         {4, "something could not be deleted"},
         kOwnFault,
         kUnprinted},
        {{"sweep --profile staging.json --dry-run", "what earlier runs left behind"},
         {"sweep --profile staging.json", "delete it"},
         {"sweep --all --dry-run", "what the journal knows of every endpoint; nothing is sent"}}}},
      {"replay",
       {{{0, "all are fixed"},
         {1, "one is the same or different"},
         kUsage,
         {3, "no verdict on one"},
         {4, "flow logs are left behind"},
         kOwnFault,
         kUnprinted,
         {130, "interrupted"}},
        {{"replay conformance-report/report.json --profile staging.json", "what deviated, again"},
         {"replay - --profile staging.json <report.json", "from standard input"}}}},
      {"report",
       {of_one_run(),
        {{"report conformance-report/events.ndjson --out again", "reports of a killed run"},
         {"report report.json --lang zh --html report.html", "one of them, in Chinese"}}}},
      {"diff",
       {{{0, "nothing is worse"}, {1, "something is worse"}, kUsage, kOwnFault, kUnprinted},
        {{"diff main/report.json branch/report.json", "what turned"}}}},
      {"merge",
       {kPastVerdicts,
        {{"merge shard-*/report.json --out whole", "one verdict of all shards"},
         {"merge shard-1/report.json shard-2/events.ndjson", "the second was killed"}}}},
      {"known",
       {{{0, "written"}, kUsage, kOwnFault, kUnprinted},
        {{"known report.json --write known.json --ticket T-7 --expires 2027-03-31",
          "what deviates today, until then"}}}},
      {"history",
       {{{0, "printed"}, kUsage, kOwnFault, kUnprinted},
        {{"history --last 5", "the last runs"},
         {"history 'param.FlowLogName.length/over-max'", "when a check turned"}}}},
      {"score",
       {{{0, "every lie is caught and no reading accused"},
         {1, "one is not"},
         kUsage,
         kOwnFault,
         kUnprinted},
        {{"score --quick", "lies against the checks that they must turn"}}}},
      {"completion",
       {{{0, "printed"}, kUsage, kOwnFault, kUnprinted},
        {{"completion bash >/etc/bash_completion.d/flowlog-conformance", "install it"}}}},
      {"man", {{{0, "printed"}, kOwnFault, kUnprinted}, {{"man | man -l -", "read it"}}}},
      {"import",
       {{{0, "the draft was written"}, kUsage, kOwnFault, kUnprinted},
        {{"import page.md --write draft.json", "a draft to correct"}}}},
      {"drift",
       {{{0, "the page and the contract say the same"},
         {1, "they differ"},
         kUsage,
         kOwnFault,
         kUnprinted},
        {{"drift page.md CreateFlowLog.json", "what the page says and the contract does not"}}}},
      {"export",
       {{{0, "written"}, kUsage, kOwnFault, kUnprinted},
        {{"export openapi --out api", "for other tools"}}}}};
  return all;
}

const Notes& notes_of(std::string_view command) {
  const auto found = notes().find(command);
  if (found == notes().end()) throw std::out_of_range("no notes on " + std::string(command));
  return found->second;
}

}  // namespace

std::vector<StatusMeaning> exit_statuses(std::string_view command) {
  return notes_of(command).statuses;
}

std::vector<Example> examples(std::string_view command) {
  return notes_of(command).examples;
}

}  // namespace flowlog::cli

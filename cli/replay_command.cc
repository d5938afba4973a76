// Sends the cases of an earlier report again, and says what became of each.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/counted.h"
#include "base/json_node.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "cli/signals.h"
#include "generators/placeholders.h"
#include "oracle/response.h"
#include "reports/check_text.h"
#include "reports/events.h"
#include "reports/exit_status.h"
#include "reports/printable.h"

namespace flowlog::cli {
namespace {

enum class Became { fixed, same, different, unknown };

const char* word(Became became) {
  switch (became) {
    case Became::fixed:
      return "fixed";
    case Became::same:
      return "same";
    case Became::different:
      return "different";
    case Became::unknown:
      return "no verdict";
  }
  return "";
}

bool selected(const std::vector<std::string>& only, const CheckResult& check) {
  if (!check.example) return false;
  if (only.empty()) {
    return check.verdict == Verdict::deviating || check.verdict == Verdict::known;
  }
  return std::ranges::any_of(only,
                             [&](const std::string& pattern) { return glob(pattern, check.id); });
}

std::vector<CheckResult> recorded(const Report& before, const ReplayFlags& flags) {
  std::vector<CheckResult> checks;
  for (const CheckResult& check : before.checks) {
    if (selected(flags.run.only, check)) checks.push_back(check);
  }
  if (!checks.empty()) return checks;
  throw InputError(flags.run.only.empty()
                       ? flags.file + " holds no deviating check with its request."
                       : fmt::format("{} holds no request of a check that --only '{}' matches.",
                                     flags.file, join(flags.run.only, ",")));
}

std::string* value_of(Params& params, std::string_view name) {
  const auto found = std::ranges::find(params, name, &Params::value_type::first);
  return found == params.end() ? nullptr : &found->second;
}

// The request of `evidence` in place of the check's own cases. What belongs to one run only, the
// leased resource, the thing made on it and the fresh part of a token, is taken anew. A script is
// carried out as it is.
void recall(const Evidence& evidence, const Service& service, Check& check) {
  if (check.script || check.cases.empty()) return;
  Case one = check.cases.front();
  const Params planned = one.params;
  one.label = "recorded";
  one.origin.reset();
  one.params = evidence.params;
  for (const auto& [name, value] : planned) {
    std::string* sent = value_of(one.params, name);
    if (sent != nullptr && with_resource(value, kInstance, "") != value) *sent = value;
  }
  const Action& creator = service.creator();
  const std::string& target_type = creator.parameter(Role::target_type);
  const std::string resource = find(planned, creator.parameter(Role::target_id)).value_or("");
  std::string* sent = value_of(one.params, creator.parameter(Role::target_id));
  if (sent != nullptr && resource.starts_with('@') && !check.resources.empty()) {
    const std::string type = find(one.params, target_type).value_or("");
    const bool leased = find(planned, target_type) == check.resources.front().type;
    if (leased && !type.empty()) check.resources.front().type = type;
    *sent = leased ? resource_placeholder(check.resources.front().type) : resource;
  }
  const Action* own = service.action(check.action);
  const std::string& token_name = (own == nullptr ? creator : *own).parameter(Role::token);
  std::string* token = value_of(one.params, token_name);
  const bool fresh = find(planned, token_name).value_or("").starts_with(kUnique);
  if (token != nullptr && fresh && token->size() >= kUniqueLength) {
    *token = std::string(kUnique) + token->substr(kUniqueLength);
  }
  one.base = one.params;
  check.shares = false;
  check.cases = {std::move(one)};
}

// HTTP status and code: what tells two answers apart.
std::string symptom_of(const std::optional<Evidence>& evidence) {
  if (!evidence) return {};
  const Response answer =
      parse_response(evidence->status, evidence->response_headers, evidence->body);
  return fmt::format("HTTP {} {}", evidence->status,
                     answer.code.empty()
                         ? answer.kind == Response::Kind::success ? "a success" : "no code"
                         : show(answer.code, 80));
}

Became compare(const CheckResult& before, const CheckResult& now) {
  if (now.verdict == Verdict::inconclusive || now.verdict == Verdict::skipped) {
    return Became::unknown;
  }
  const bool as_before = now.verdict == before.verdict ||
                         (before.verdict == Verdict::known && now.verdict == Verdict::deviating);
  if (as_before && symptom_of(before.example) == symptom_of(now.example)) return Became::same;
  return now.verdict == Verdict::conformant ? Became::fixed : Became::different;
}

void tell(const CheckResult& before, const CheckResult& now, Became became) {
  fmt::print("{}: {}\n  then: {}\n  now:  {}\n", word(became), printable(before.id),
             printable(before.observed),
             now.observed.empty() ? std::string(name(now.verdict)) : printable(now.observed));
  if (became == Became::unknown) fmt::print("  {}\n", printable(now.message));
}

// "DeleteFlowLog" of "DeleteFlowLog:param.…"; the creating action where the id names none.
std::string action_of(const std::string& id, const Service& service) {
  const std::string name = id.substr(0, id.find(':'));
  return service.action(name) == nullptr ? service.creator().name : name;
}

RunOptions options_for(RunOptions options, const std::vector<CheckResult>& checks) {
  options.plan = {};
  std::set<std::string> actions;
  for (const CheckResult& check : checks) {
    options.plan.only.push_back(check.id);
    actions.insert(action_of(check.id, options.service));
  }
  options.actions.assign(actions.begin(), actions.end());
  options.change_plan = [&checks, service = options.service](Plan& plan) {
    for (PlannedCheck& planned : plan.checks) {
      const auto found = std::ranges::find(checks, planned.check.id, &CheckResult::id);
      if (found != checks.end()) recall(*found->example, service, planned.check);
    }
  };
  return options;
}

// How many became what, and what the replay leaves.
void tell_totals(const std::vector<Became>& all, const Report& now) {
  std::vector<std::string> parts;
  for (const Became one : {Became::fixed, Became::same, Became::different, Became::unknown}) {
    parts.push_back(fmt::format("{} {}", std::ranges::count(all, one), word(one)));
  }
  fmt::print("{}; {}, {} created, {} left behind.\n", join(parts, ", "),
             counted(now.requests, "request"), counted(now.created, "flow log"),
             now.leftover.size());
  for (const Leftover& left : now.leftover) fmt::print("  {}\n", leftover_line(left, Language()));
}

// The gravest: 1 where one is not fixed, 3 where of one nothing can be said.
int status_of(const std::vector<Became>& all) {
  const auto any = [&](Became one) { return std::ranges::find(all, one) != all.end(); };
  if (any(Became::same) || any(Became::different)) return static_cast<int>(ExitStatus::deviating);
  return static_cast<int>(any(Became::unknown) ? ExitStatus::no_verdict : ExitStatus::conformant);
}

}  // namespace

int replay(const ReplayFlags& flags) {
  const Report before = load_report(flags.file);
  const std::vector<CheckResult> checks = recorded(before, flags);
  Setup setup = set_up(flags.run);
  if (!flags.run.seed) setup.run.seed = std::strtoull(before.seed.c_str(), nullptr, 10);
  Run run(options_for(std::move(setup.run), checks));
  for (const CheckResult& check : checks) {
    const auto& planned = run.plan().checks;
    const bool known = std::ranges::any_of(
        planned, [&](const PlannedCheck& one) { return one.check.id == check.id; });
    if (!known) throw InputError(flags.file + ": there is no check " + check.id + " any more.");
  }
  const SignalScope signals([&run] { run.interrupt(); });
  run.begin({});
  const Report now = run.finish();
  if (!now.trouble.empty()) fmt::print("{}\n", printable(now.trouble));
  std::vector<Became> all;
  for (const CheckResult& check : checks) {
    const auto found = std::ranges::find(now.checks, check.id, &CheckResult::id);
    const CheckResult result = found == now.checks.end() ? CheckResult{} : *found;
    all.push_back(compare(check, result));
    tell(check, result, all.back());
  }
  tell_totals(all, now);
  const ExitStatus ended = exit_status(now);
  if (ended == ExitStatus::interrupted || ended == ExitStatus::left_behind)
    return static_cast<int>(ended);
  return status_of(all);
}

}  // namespace flowlog::cli

// The answer's shape: one check for each field, told from every answer of the run.
#include <fmt/format.h>

#include "engine/check_context.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

std::string wanted(const Field& field) {
  std::string text = fmt::format("{}, {}", field.path, field.type);
  if (field.presence == Presence::success) text += ", in every success and in no failure";
  if (field.presence == Presence::failure) text += ", in every failure and in no success";
  if (!field.echoes.empty()) text += ", as asked for";
  if (!field.equals.empty()) text += ", equal to " + field.equals;
  if (!field.prefix.empty()) text += fmt::format(", of the form {}…", field.prefix);
  return text;
}

void tell(CheckContext& context, const std::string& action, Presence presence,
          const std::string& row, const std::string& expected) {
  const int seen = context.run_context().monitor.looked_at(action, presence);
  const auto sighting = context.run_context().monitor.fault(action, row);
  Assessment assessment;
  if (sighting) {
    assessment =
        Assessment(sighting->standing == Standing::inferred ? Verdict::finding : Verdict::deviating,
                   *sighting);
    assessment.observed = fmt::format("{} ({} of {} answers, first in {})", sighting->text,
                                      sighting->count, seen, sighting->check);
    assessment.message = "The answer does not have the documented shape.";
    assessment.example = sighting->evidence;
  } else if (seen == 0) {
    assessment.message = fmt::format("No {} of {} came in this run.",
                                     presence == Presence::failure ? "failure" : "success", action);
  } else {
    assessment = Assessment::conformant();
    assessment.observed = fmt::format("so in {} answers", seen);
    assessment.example = context.run_context().monitor.sample(action, presence);
  }
  assessment.expected = expected;
  context.rule(std::move(assessment));
}

Check check_of(const Contract& contract, const Field& field, const std::string& what, bool creates,
               Text title, const std::string& row) {
  Check check;
  check.id = fmt::format("answer.{}/{}", field.path, what);
  check.title = std::move(title);
  check.rows = {field.row()};
  check.standing = field.standing;
  check.creates = creates;
  check.phase = Phase::last;
  check.confirm = false;
  if (creates) check.controls = {kAcceptedControl, kRefusedControl};
  const std::string action = contract.action;
  const std::string expected = wanted(field);
  check.script = [action, presence = field.presence, row, expected](CheckContext& context) {
    tell(context, action, presence, row, expected);
  };
  return check;
}

// Of the other actions only successes are looked at: the suite has no reason to make them fail.
void add_fields(const Contract& contract, bool creates, bool whole, std::vector<Check>& checks) {
  for (const Field& field : contract.answer) {
    if (field.presence == Presence::failure && !whole) continue;
    checks.push_back(check_of(contract, field, contract.action, creates,
                              {contract.action + " answers with " + wanted(field),
                               contract.action + " 的响应字段 " + field.path},
                              field.row()));
    if (!whole || !field.unique) continue;
    checks.push_back(check_of(
        contract, field, "unique", creates,
        {field.path + " differs between any two requests", field.path + " 在不同请求间唯一"},
        field.row() + "/unique"));
  }
}

bool acts_on_things(const Action& action) {
  return action.effect != Effect::read && action.effect != Effect::read_tags;
}

}  // namespace

void answer_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (options.action->effect != Effect::create) {
    add_fields(options.contract(), acts_on_things(*options.action), true, checks);
    return;
  }
  add_fields(options.service->creator().contract, true, true, checks);
  add_fields(options.service->lister().contract, false, false, checks);
  add_fields(options.service->deleter()->contract, true, false, checks);
}

}  // namespace flowlog

// What an action that updates leaves: what it names is as asked for, and what it leaves out is
// kept.
#include <fmt/format.h>

#include <algorithm>

#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

std::vector<std::string> rows_about(const Contract& contract,
                                    const std::vector<const Parameter*>& changed) {
  std::vector<std::string> rows;
  for (const Parameter* parameter : changed) rows.push_back(parameter->row());
  if (has_note(contract, "notes/kept")) rows.emplace_back("notes/kept");
  return rows;
}

// Parameters whose effect is shown.
std::vector<const Parameter*> changeable(const CatalogOptions& options) {
  std::vector<const Parameter*> found;
  const Action& action = *options.action;
  for (const Parameter& parameter : options.contract().parameters) {
    const bool special = parameter.name == action.parameter(Role::id) ||
                         parameter.name == action.parameter(Role::token);
    if (special || shown_member(*options.service, action, parameter.name) == nullptr) continue;
    found.push_back(&parameter);
  }
  return found;
}

bool is_text(const Parameter& parameter) {
  return parameter.type == Type::string && parameter.rule("values") == nullptr &&
         parameter.rule("exists") == nullptr;
}

// What to change a parameter to, that `shown` shows; nothing where there is no other value.
std::optional<std::string> new_value(CheckContext& context, const Parameter& parameter, bool alone,
                                     const std::string& shown) {
  return alone && is_text(parameter) ? telling_text(parameter)
                                     : other_value(context.profile(), parameter, shown);
}

void change(CheckContext& context, const std::vector<const Parameter*>& parameters) {
  if (!context.prepare()) return;
  const auto before = context.settled();
  if (!before) return;
  Params params = context.smallest_of_action();
  std::vector<std::pair<std::string, std::string>> wanted;  // member and text
  std::vector<std::string> members;
  for (const Parameter* parameter : parameters) {
    const Member& member = *shown_member(context.service(), context.action(), parameter->name);
    const auto value =
        new_value(context, *parameter, parameters.size() == 1, shown(*before, member.name));
    if (!value) continue;
    params = with_value(std::move(params), parameter->name, *value);
    wanted.emplace_back(member.name, *value);
    members.push_back(member.name);
  }
  const Reply reply = context.perform(params);
  if (context.answers(reply, context.situation()) != Verdict::conformant || !reply.created())
    return;
  const auto answered = context.answered(reply);
  if (!answered) return;
  const auto after = context.settled();
  if (!after) return;
  for (const auto& [member, value] : wanted) {
    const bool stored =
        context.claim(shown(*after, member) == value, Standing::documented, *answered,
                      fmt::format("{} is {}", member, value),
                      fmt::format("{} is {}", member, shown(*after, member)),
                      fmt::format("{} was accepted, and {} is not what it asked for.",
                                  context.action().name, member));
    if (!stored) return;
  }
  claim_kept(context, *answered, *before, *after, members);
}

Check stored(const CatalogOptions& options, const std::string& what,
             const std::vector<const Parameter*>& parameters, Text title) {
  return script_check(options, "update.stored/" + what, std::move(title),
                      rows_about(options.contract(), parameters),
                      [parameters](CheckContext& context) { change(context, parameters); });
}

// What is accepted or refused with nothing to change is open; what is shown may not change.
Check nothing_named(const CatalogOptions& options) {
  Check check = script_check(
      options, "update.nothing/id-alone",
      {"A request that names nothing to change changes nothing", "未指定修改项时不应有任何改变"},
      {options.contract().parameter(options.action->parameter(Role::id))->row()},
      [](CheckContext& context) {
        if (!context.prepare()) return;
        const auto before = context.settled();
        if (!before) return;
        const Reply reply = context.perform(context.smallest_of_action());
        if (!reply.created() && reply.answer.kind != Response::Kind::error) {
          context.answers(reply, context.situation());
          return;
        }
        const auto answered = context.answered(reply);
        if (!answered) return;
        const auto after = context.settled();
        if (after) claim_kept(context, *answered, *before, *after, {});
        context.finding(*answered, "open", context.observed(reply),
                        "Whether a request may name nothing to change is not documented.");
      });
  if (has_note(options.contract(), "gaps/nothing-to-change")) {
    check.rows.emplace_back("gaps/nothing-to-change");
  }
  check.grey = true;
  return check;
}

}  // namespace

void stored_change_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (options.action->effect != Effect::update) return;
  const std::vector<const Parameter*> parameters = changeable(options);
  for (const Parameter* parameter : parameters) {
    const std::string& name = parameter->name;
    checks.push_back(stored(
        options, name, {parameter},
        {name + " alone is changed, and the rest is kept", "仅修改 " + name + "，其余保持不变"}));
  }
  if (parameters.size() > 1) {
    checks.push_back(
        stored(options, "all", parameters,
               {"Everything that can be changed is changed at once", "同时修改全部可修改项"}));
  }
  checks.push_back(nothing_named(options));
}

}  // namespace flowlog

#include "suites/things.h"

#include <fmt/format.h>

#include <algorithm>

namespace flowlog {

Params with_value(Params params, const std::string& parameter, const std::string& value) {
  std::string name = parameter;
  for (std::size_t at = name.find(".N"); at != std::string::npos; at = name.find(".N", at + 1)) {
    const bool whole = at + 2 == name.size() || name[at + 2] == '.';
    if (whole) name[at + 1] = '1';
  }
  set(params, name, value);
  return params;
}

std::string shown(const FlowLog& thing, const std::string& member) {
  if (!thing.raw.is_object()) return "";
  const auto it = thing.raw.find(member);
  if (it == thing.raw.end()) return "";
  return it->is_string() ? it->get<std::string>() : it->dump();
}

const Member* shown_member(const Service& service, const Action& action,
                           const std::string& parameter) {
  for (const auto& [role, name] : action.roles) {
    if (name != parameter) continue;
    if (const Member* member = service.list().member_of(service.creator().parameter(role))) {
      return member;
    }
  }
  return service.list().member_of(parameter);
}

void claim_kept(CheckContext& context, const Reply& reply, const FlowLog& before,
                const FlowLog& after, const std::vector<std::string>& but) {
  for (const Member& member : context.service().list().members) {
    const bool passing = member.shows == Shows::updated_at || member.shows == Shows::state;
    if (passing || std::ranges::find(but, member.name) != but.end()) continue;
    const std::string was = shown(before, member.name);
    const std::string is = shown(after, member.name);
    if (was == is) continue;
    context.claim(false, Standing::documented, reply,
                  fmt::format("{} stays {}", member.name, was.empty() ? "empty" : was),
                  fmt::format("{} is {}", member.name, is.empty() ? "empty" : is),
                  fmt::format("{} changed {}, which the request does not name.",
                              context.action().name, member.name));
    return;
  }
  context.claim(true, Standing::documented, reply, "what is left out is kept", "it is kept", "");
}

std::vector<std::string> state_rows(const Action& action) {
  std::vector<std::string> rows;
  for (const ErrorRow& row : action.contract.errors) {
    const bool about = std::ranges::any_of(
        row.triggers, [](const Trigger& trigger) { return !trigger.state.empty(); });
    if (about) rows.push_back(row.id);
  }
  return rows;
}

bool has_note(const Contract& contract, const std::string& id) {
  for (const auto* notes : {&contract.notes, &contract.contradictions, &contract.gaps}) {
    if (std::ranges::find(*notes, id, &Note::id) != notes->end()) return true;
  }
  return false;
}

}  // namespace flowlog

#include "suites/things.h"

#include <fmt/format.h>

#include <algorithm>

#include "generators/indexed_group.h"
#include "generators/requests.h"
#include "generators/valid_text.h"

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

std::string telling_text(const Parameter& parameter) {
  const ValidText valid(parameter);
  const TextShape shape = valid.shape(valid.max(), valid.max());
  return valid.filled(shape, valid.max(), U"aB\u6d419+Z.").value();
}

bool can_be_changed(const Action& action, const Parameter& parameter) {
  const Rule* values = parameter.rule("values");
  return parameter.name != action.parameter(Role::id) &&
         parameter.name != action.parameter(Role::token) &&
         (values == nullptr || values->words.size() > 1);
}

std::optional<Params> with_change(CheckContext& context, const Params& params,
                                  const FlowLog* before) {
  const Action& action = context.action();
  for (const Parameter& parameter : action.contract.parameters) {
    const Member* member = shown_member(context.service(), action, parameter.name);
    const bool changes =
        can_be_changed(action, parameter) && member != nullptr && member->shows == Shows::parameter;
    if (!changes) continue;
    const std::string is = before == nullptr ? "" : shown(*before, member->name);
    if (const auto value = other_value(context.profile(), parameter, is)) {
      return with_value(params, parameter.name, *value);
    }
  }
  return std::nullopt;
}

void judge_as_other(CheckContext& context, const Params& params) {
  const std::string other = "other";
  const Reply reply = context.call(params, {}, other);
  Inventory inventory = context.inventory(other);
  inventory.instances.clear();
  context.judged(
      reply, expect(context.contract_of(reply.sent), reply.sent, inventory, context.situation()));
}

void claim_kept(CheckContext& context, const AnsweredReply& reply, const FlowLog& before,
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

std::optional<AnsweredReply> succeeded(CheckContext& context, const Params& params) {
  const Reply reply = context.perform(params);
  context.answers(reply, context.situation());
  return reply.created() ? context.answered(reply) : std::nullopt;
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

std::string tag_text(const TagList& tags) {
  std::string text;
  for (const auto& [key, value] : tags)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", key, value);
  return text.empty() ? "no tags" : text;
}

bool tag_thing(CheckContext& context, const std::string& id, const TagList& tags) {
  const Action* adder = context.service().first(Effect::tag);
  if (adder == nullptr) return false;
  Params params = with_value(smallest_request(adder->contract, context.lease().type()),
                             adder->parameter(Role::id), id);
  const Parameter& key = *adder->contract.parameter(adder->parameter(Role::tag_key));
  const Parameter& value = *adder->contract.parameter(adder->parameter(Role::tag_value));
  for (std::size_t i = 0; i < tags.size(); ++i) {
    set(params, IndexedGroup::sent_name(key, i + 1), tags[i].first);
    set(params, IndexedGroup::sent_name(value, i + 1), tags[i].second);
  }
  const Reply reply = context.call(context.filled(std::move(params)));
  context.answers(reply, context.situation());
  return reply.created();
}

Params reading_query(const Service& service) {
  const Action& lister = service.lister();
  Params query = {{"Action", lister.name}, {"Version", lister.contract.version}};
  const std::string& size = lister.parameter(Role::page_size);
  if (!size.empty()) query.emplace_back(size, "10");
  return query;
}

bool has_note(const Contract& contract, const std::string& id) {
  for (const auto* notes : {&contract.notes, &contract.contradictions, &contract.gaps}) {
    if (std::ranges::find(*notes, id, &Note::id) != notes->end()) return true;
  }
  return false;
}

}  // namespace flowlog

// Tags of things: added, given a new value, removed; what is not named is kept.
#include <fmt/format.h>

#include <algorithm>

#include "generators/indexed_group.h"
#include "generators/requests.h"
#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

const Member* tags_member(const Service& service) {
  return service.list().member_showing(Shows::tags);
}

std::optional<TagList> tags_of(CheckContext& context) {
  const auto thing = context.settled();
  if (!thing) return std::nullopt;
  TagList tags = thing->tags;
  std::ranges::sort(tags);
  return tags;
}

// The action's request for keys, with values where it takes them.
Params request_of(const Action& action, const TagList& tags) {
  const std::string type = "";
  Params params;
  for (const auto& [name, value] : smallest_request(action.contract, type)) {
    const Parameter* parameter = action.contract.parameter_of(name);
    const bool of_tags =
        parameter != nullptr && (parameter->name == action.parameter(Role::tag_key) ||
                                 parameter->name == action.parameter(Role::tag_value));
    if (!of_tags) params.emplace_back(name, value);
  }
  std::size_t number = 0;
  const auto name_at = [&](Role role) {
    return IndexedGroup::sent_name(*action.contract.parameter(action.parameter(role)), number);
  };
  for (const auto& [key, value] : tags) {
    ++number;
    params.emplace_back(name_at(Role::tag_key), key);
    if (!action.parameter(Role::tag_value).empty()) {
      params.emplace_back(name_at(Role::tag_value), value);
    }
  }
  return params;
}

Reply send(CheckContext& context, const Action& action, const TagList& tags) {
  return context.call(context.filled(request_of(action, tags)));
}

// Sends and judges; nothing where it was not accepted.
std::optional<AnsweredReply> succeeded_call(CheckContext& context, Params params) {
  const Reply reply = context.call(context.filled(std::move(params)));
  context.answers(reply, context.situation());
  return reply.created() ? context.answered(reply) : std::nullopt;
}

std::optional<AnsweredReply> step(CheckContext& context, const Action& action,
                                  const TagList& tags) {
  return succeeded_call(context, request_of(action, tags));
}

bool expect_tags(CheckContext& context, const AnsweredReply& reply, TagList wanted,
                 const char* message) {
  const auto is = tags_of(context);
  if (!is) return false;
  std::ranges::sort(wanted);
  return context.claim(*is == wanted, Standing::documented, reply, tag_text(wanted), tag_text(*is),
                       message);
}

void add_and_overwrite(CheckContext& context) {
  if (!context.prepare()) return;
  const auto before = tags_of(context);
  if (!before) return;
  const Action& action = context.action();
  const auto text_for = [&](Role role) {
    return telling_text(*action.contract.parameter(action.parameter(role)));
  };
  const TagList sent = {
      {"first", "1"}, {"second", "2"}, {text_for(Role::tag_key), text_for(Role::tag_value)}};
  TagList wanted = *before;
  wanted.insert(wanted.end(), sent.begin(), sent.end());
  const auto added = step(context, action, sent);
  if (!added) return;
  if (!expect_tags(context, *added, wanted,
                   "Tags that were added are not shown as they were sent.")) {
    return;
  }
  for (auto& [key, value] : wanted) value = key == "first" ? "other" : value;
  const auto changed = step(context, action, {{"first", "other"}});
  if (!changed) return;
  expect_tags(context, *changed, wanted,
              "A key that there was has not its new value, or another tag changed.");
}

void add_without_value(CheckContext& context) {
  if (!context.prepare()) return;
  const auto before = tags_of(context);
  if (!before) return;
  const Action& action = context.action();
  Params params = context.smallest_of_action();
  const Parameter& key = *action.contract.parameter(action.parameter(Role::tag_key));
  set(params, IndexedGroup::sent_name(key, 1), "alone");
  const auto reply = succeeded(context, params);
  if (!reply) return;
  TagList wanted = *before;
  wanted.emplace_back("alone", "");
  expect_tags(context, *reply, wanted, "A tag without a value has not the empty value.");
}

void remove_one(CheckContext& context) {
  const Action* adder = context.service().first(Effect::tag);
  if (adder == nullptr || !context.prepare()) return;
  const auto before = tags_of(context);
  if (!before) return;
  if (!step(context, *adder, {{"first", "1"}, {"First", "2"}})) return;
  const auto reply = step(context, context.action(), {{"first", ""}});
  if (!reply) return;
  TagList wanted = *before;
  wanted.emplace_back("First", "2");
  expect_tags(context, *reply, wanted, "Not just the tag of the key that was named is gone.");
}

// No page of this service says; sister services succeed.
void remove_absent(CheckContext& context) {
  if (!context.prepare()) return;
  const auto before = tags_of(context);
  if (!before) return;
  const Reply reply = send(context, context.action(), {{"never-there", ""}});
  const auto answered = context.answered(reply);
  if (!answered || (!reply.created() && reply.answer.http / 100 != 4)) {
    context.answers(reply, context.situation());
    return;
  }
  if (!expect_tags(context, *answered, *before,
                   "Removing a key that is not there changed the tags."))
    return;
  context.finding(*answered, "success or a refusal", context.observed(reply),
                  "Whether removing a key that is not there succeeds is not documented.");
}

// Tags another thing than the check's, in the same call where `with_own`.
std::optional<AnsweredReply> step_on(CheckContext& context, const Action& action,
                                     const std::string& other, bool with_own, const TagList& tags) {
  const Parameter& ids = *action.contract.parameter(action.parameter(Role::id));
  Params params = request_of(action, tags);
  set(params, IndexedGroup::sent_name(ids, with_own ? 2 : 1), other);
  return succeeded_call(context, std::move(params));
}

bool expect_tags_of(CheckContext& context, const AnsweredReply& reply, const std::string& id,
                    TagList wanted, const char* message) {
  const Lookup look = context.look_up(id);
  if (!look.read) return false;
  TagList is = look.flow_log ? look.flow_log->tags : TagList{};
  std::ranges::sort(is);
  std::ranges::sort(wanted);
  return context.claim(is == wanted, Standing::documented, reply, tag_text(wanted), tag_text(is),
                       message);
}

// Two things of one call: both are changed. Then one alone: the other is not.
void one_and_both(CheckContext& context) {
  const Action* adder = context.service().first(Effect::tag);
  if (adder == nullptr || !context.prepare()) return;
  const auto before = tags_of(context);
  const std::string other = before ? context.prepare_another() : "";
  if (other.empty()) return;
  const Action& action = context.action();
  TagList both = *before;
  both.insert(both.end(), {{"first", "1"}, {"second", "2"}});
  if (action.effect == Effect::untag) {
    const TagList added = {{"first", "1"}, {"second", "2"}};
    if (!step(context, *adder, added) || !step_on(context, *adder, other, false, added)) return;
  }
  const bool adds = action.effect == Effect::tag;
  const auto reply = step_on(context, action, other, true, {{"first", "1"}});
  TagList after_first = *before;
  after_first.emplace_back(adds ? "first" : "second", adds ? "1" : "2");
  const char* both_message = "Of the things that the call names not every one is changed.";
  if (!reply || !expect_tags_of(context, *reply, context.instance(), after_first, both_message) ||
      !expect_tags_of(context, *reply, other, after_first, both_message)) {
    return;
  }
  const auto alone = step(context, action, {{"second", "2"}});
  if (!alone || !expect_tags(context, *alone, adds ? both : *before,
                             "The tag of a second call is not as it was sent.")) {
    return;
  }
  expect_tags_of(context, *alone, other, after_first,
                 "The tags of a thing changed that the call does not name.");
}

Check tag_check(const CatalogOptions& options, const char* id, Text title,
                void (*script)(CheckContext&)) {
  Check check = script_check(
      options, id, std::move(title),
      {options.contract().parameter(options.action->parameter(Role::tag_key))->row()}, script);
  check.requests = 10;
  return check;
}

Check several_check(const CatalogOptions& options) {
  Check check = tag_check(options, "tag.several/one-and-both",
                          {"Every thing that a call names is changed, and no other",
                           "操作请求所指定的全部对象，且不影响其他对象"},
                          one_and_both);
  check.rows.push_back(options.contract().parameter(options.action->parameter(Role::id))->row());
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 18;
  return check;
}

}  // namespace

void tagging_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (tags_member(*options.service) == nullptr) return;
  const auto cite = [&](Check& check, const char* note) {
    if (has_note(options.contract(), note)) check.rows.emplace_back(note);
  };
  if (options.action->effect == Effect::tag) {
    checks.push_back(tag_check(options, "tag.added/overwritten",
                               {"Tags are added, and one that there was gets its new value",
                                "添加标签，已有的键更新为新值"},
                               add_and_overwrite));
    cite(checks.back(), "notes/overwrites");
    checks.push_back(tag_check(options, "tag.added/without-value",
                               {"A tag without a value has the empty one", "未传标签值时为空值"},
                               add_without_value));
  } else if (options.action->effect == Effect::untag) {
    checks.push_back(tag_check(options, "tag.removed/one",
                               {"The tag of a key is removed and no other", "仅移除指定键的标签"},
                               remove_one));
    checks.push_back(tag_check(
        options, "tag.removed/absent",
        {"Removing a key that is not there changes nothing", "移除不存在的键不应有任何改变"},
        remove_absent));
    checks.back().grey = true;
    cite(checks.back(), "gaps/absent-key");
  }
  const Effect effect = options.action->effect;
  const Parameter* ids = options.contract().parameter(options.action->parameter(Role::id));
  const bool several = ids != nullptr && ids->indexed();
  if (several && (effect == Effect::tag || effect == Effect::untag)) {
    checks.push_back(several_check(options));
  }
}

}  // namespace flowlog

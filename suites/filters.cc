// What an action that lists returns: by each filter, by two at once, by ids, and page by page.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "generators/indexed_group.h"
#include "generators/valid_text.h"
#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr const char* kNothingHasThis = "flowlogconformance-none";

std::vector<std::string> rows_about(const CatalogOptions& options, const std::string& parameter) {
  std::vector<std::string> rows{options.contract().parameter(parameter)->row()};
  if (has_note(options.contract(), "notes/filters")) rows.emplace_back("notes/filters");
  return rows;
}

// One page of an answer.
struct ThingPage {
  AnsweredReply reply;
  std::vector<FlowLog> things;
  std::string next;
};

std::optional<ThingPage> ask(CheckContext& context, const Params& filters) {
  Params params = context.smallest_of_action();
  for (const auto& [name, value] : filters) set(params, name, value);
  const Reply reply = context.perform(params);
  context.answers(reply, context.situation());
  const auto answered = reply.created() ? context.answered(reply) : std::nullopt;
  auto read =
      answered ? read_page(context.service(), reply.exchange.response()->body) : std::nullopt;
  if (!read) return std::nullopt;
  ThingPage page{*answered, {}, {}};
  page.things = std::move(read->flow_logs);
  page.next = std::move(read->next_token);
  return page;
}

bool holds(const std::vector<FlowLog>& things, const std::string& id) {
  return std::ranges::find(things, id, &FlowLog::id) != things.end();
}

// A thing with a value of its own wherever that can be, made on a lease; nothing where it failed.
std::optional<FlowLog> make(CheckContext& context, std::size_t lease, bool full) {
  Params params = context.smallest(lease);
  const std::string& name = context.service().creator().parameter(Role::name);
  if (full) params = full_request(context.service(), context.profile(), std::move(params));
  const std::string own = context.token();
  if (!name.empty() &&
      ValidText(*context.service().creator().contract.parameter(name)).allows(own)) {
    set(params, name, own);
  }
  const auto made = context.accepted(context.create(params));
  if (!made) return std::nullopt;
  const std::vector<std::string> passing = context.service().kind.states_of(StateMeaning::initial);
  Lookup look = context.await(made->id());
  for (int i = 0;
       i < 100 && look.flow_log && !passing.empty() && look.flow_log->status == passing.front();
       ++i) {
    context.pause(std::chrono::milliseconds(20));
    look = context.look_up(made->id());
  }
  return look.flow_log;
}

bool fits(const Filter& filter, const FlowLog& thing, const std::string& value) {
  const std::string is = shown(thing, filter.member);
  return filter.match == FilterMatch::equal_or_within ? is.find(value) != std::string::npos
                                                      : is == value;
}

// The names and values that ask for `thing` by the filter; empty where it shows no value.
Params asking_for(const Filter& filter, const FlowLog& thing) {
  if (filter.match == FilterMatch::tag_key || filter.match == FilterMatch::tag_value) {
    if (thing.tags.empty()) return {};
    const bool key = filter.match == FilterMatch::tag_key;
    return with_value({}, filter.parameter, key ? thing.tags[0].first : thing.tags[0].second);
  }
  const std::string value = shown(thing, filter.member);
  return value.empty() ? Params{} : with_value({}, filter.parameter, value);
}

using Asked = std::vector<std::pair<const Filter*, std::string>>;  // filters and their values

// Every thing that is returned fits.
bool claim_fitting(CheckContext& context, const ThingPage& page, const Asked& filters) {
  for (const FlowLog& thing : page.things) {
    for (const auto& [filter, value] : filters) {
      if (filter->member.empty() || fits(*filter, thing, value)) continue;
      return context.claim(
          false, Standing::documented, page.reply,
          fmt::format("only those whose {} is {}", filter->member, value),
          fmt::format("{} with {}", thing.id, shown(thing, filter->member)),
          fmt::format("{} does not hold for all that is returned.", filter->parameter));
    }
  }
  return true;
}

// The same, and the one asked for is among them.
bool claim_filtered(CheckContext& context, const ThingPage& page, const FlowLog& wanted,
                    const Asked& filters) {
  if (!claim_fitting(context, page, filters)) return false;
  const bool there = holds(page.things, wanted.id) || !page.next.empty();
  return context.claim(there, Standing::documented, page.reply, wanted.id + " among them",
                       fmt::format("{} without it", page.things.size()),
                       "What fits the filter is not returned.");
}

// By another word than the thing has, where the filter has words: it is not among them.
void by_other_word(CheckContext& context, const Filter& filter, const std::string& value) {
  const Parameter& parameter = *context.action().contract.parameter(filter.parameter);
  if (parameter.rule("values") == nullptr) return;
  const auto other = other_value(context.profile(), parameter, value);
  if (!other) return;
  const auto page = ask(context, with_value({}, filter.parameter, *other));
  if (page) claim_fitting(context, *page, {{&filter, *other}});
}

void by_filter(CheckContext& context, const Filter& filter) {
  const auto first = make(context, 0, true);
  const auto second = first ? make(context, 1, false) : std::nullopt;
  if (!second) return;
  Params query = asking_for(filter, *first);
  if (query.empty()) {
    context.inconclusive(fmt::format("Nothing is shown that {} could ask for.", filter.parameter));
    return;
  }
  if (filter.match == FilterMatch::tag_value) {  // asks within a key
    for (const Filter& other : context.action().list->filters) {
      if (other.match == FilterMatch::tag_key)
        query.insert(query.begin(), asking_for(other, *first)[0]);
    }
  }
  const auto page = ask(context, query);
  if (!page) return;
  const std::string value = query.back().second;
  if (!claim_filtered(context, *page, *first, {{&filter, value}})) return;
  const bool tags = filter.member.empty();
  if (tags && second->tags.empty()) {
    context.claim(!holds(page->things, second->id), Standing::documented, page->reply,
                  "only those with the tag", second->id + " without the tag",
                  fmt::format("{} does not hold for all that is returned.", filter.parameter));
  }
  by_other_word(context, filter, value);
  if (filter.match == FilterMatch::tag_value) {  // a value that its key has not
    query.back().second = kNothingHasThis;
    const auto none = ask(context, query);
    if (!none) return;
    context.claim(!holds(none->things, first->id), Standing::documented, none->reply,
                  "nothing with another value of the tag", first->id,
                  fmt::format("{} does not hold for all that is returned.", filter.parameter));
  }
}

// Something stands, and does not fit.
void by_nothing(CheckContext& context, const Filter& filter) {
  if (!make(context, 0, false)) return;
  const auto page = ask(context, with_value({}, filter.parameter, kNothingHasThis));
  if (!page) return;
  context.claim(page->things.empty(), Standing::documented, page->reply, "an empty list",
                fmt::format("{} things", page->things.size()),
                fmt::format("Nothing fits {}, and something is returned.", filter.parameter));
}

// Both must hold: of two things only the one that both fit, and neither where each fits another.
void by_two(CheckContext& context, const Filter& name, const Filter& target) {
  const auto first = make(context, 0, true);
  const auto second = first ? make(context, 1, true) : std::nullopt;
  if (!second) return;
  const std::string called = shown(*first, name.member);
  for (const FlowLog* on : {&*first, &*second}) {
    const std::string place = shown(*on, target.member);
    Params query = with_value({}, name.parameter, called);
    query = with_value(std::move(query), target.parameter, place);
    const auto page = ask(context, query);
    if (!page) return;
    const bool both = on == &*first;
    const bool right =
        both ? page->things.size() == 1 && page->things[0].id == first->id : page->things.empty();
    if (!context.claim(
            right, Standing::documented, page->reply, both ? first->id + " alone" : "an empty list",
            fmt::format("{} things", page->things.size()), "Of several filters all must hold.")) {
      return;
    }
  }
}

void one_of_two_unknown(CheckContext& context) {
  const auto thing = make(context, 0, false);
  if (!thing) return;
  const Parameter& ids = *context.action().contract.parameter(context.action().parameter(Role::id));
  Params query = with_value({}, ids.name, thing->id.substr(0, thing->id.size() - 1) + "~");
  set(query, IndexedGroup::sent_name(ids, 2), thing->id);
  const auto page = ask(context, query);
  if (!page) return;
  context.claim(page->things.size() == 1 && page->things[0].id == thing->id, Standing::related,
                page->reply, thing->id + " alone", fmt::format("{} things", page->things.size()),
                "An id that nothing has must not matter beside one that something has.");
}

// All things of one name, page by page: each once, no page longer than asked for, and an end.
void pages_of(CheckContext& context, std::size_t size) {
  const Action& action = context.action();
  const std::string name = context.token();
  std::set<std::string> made;
  for (std::size_t i = 0; i < context.leases(); ++i) {
    Params params = context.smallest(i);
    set(params, context.service().creator().parameter(Role::name), name);
    const auto reply = context.accepted(context.create(params));
    if (!reply || !context.await(reply->id()).read) return;
    made.insert(reply->id());
  }
  Params query = {{action.parameter(Role::name), name},
                  {action.parameter(Role::page_size), std::to_string(size)}};
  std::vector<std::string> seen;
  for (std::size_t number = 0; number <= 2 * made.size(); ++number) {
    const auto page = ask(context, query);
    if (!page) return;
    if (!context.claim(page->things.size() <= size, Standing::documented, page->reply,
                       fmt::format("at most {} on a page", size),
                       fmt::format("{}", page->things.size()),
                       "A page holds more than was asked for.")) {
      return;
    }
    for (const FlowLog& thing : page->things) seen.push_back(thing.id);
    if (page->next.empty()) {
      std::ranges::sort(seen);
      context.claim(std::ranges::equal(seen, made), Standing::documented, page->reply,
                    fmt::format("each of {} once", made.size()), join(seen, ", "),
                    "The pages lose or repeat what they should return.");
      return;
    }
    if (number == 2 * made.size()) {
      context.claim(false, Standing::documented, page->reply, "an end", "page after page",
                    "The pages do not end.");
    }
    set(query, action.parameter(Role::page_token), page->next);
  }
}

Check filter_check(const CatalogOptions& options, const std::string& id, Text title,
                   const std::string& parameter, std::size_t things,
                   std::function<void(CheckContext&)> script) {
  Check check = script_check(options, id, std::move(title), rows_about(options, parameter),
                             std::move(script));
  if (things > 1) lease_more(check, things - 1);
  if (things == 0) {
    check.resources.clear();
    check.creates = false;
  }
  check.creations = static_cast<int>(things);
  check.requests = 2 + 5 * check.creations;
  return check;
}

bool has_words(const Contract& contract, const std::string& parameter) {
  return contract.parameter(parameter)->rule("values") != nullptr;
}

void add_filter(const CatalogOptions& options, const Filter& filter, std::vector<Check>& checks) {
  const std::string& name = filter.parameter;
  checks.push_back(filter_check(
      options, "list.filter/" + name,
      {name + " returns what fits it and nothing else", "按 " + name + " 过滤仅返回符合条件的对象"},
      name, 2, [&filter](CheckContext& context) { by_filter(context, filter); }));
  if (filter.match == FilterMatch::tag_value || has_words(options.contract(), name)) return;
  checks.push_back(filter_check(options, "list.filter-none/" + name,
                                {name + " that nothing fits returns an empty list",
                                 "没有符合 " + name + " 的对象时返回空列表"},
                                name, 1,
                                [&filter](CheckContext& context) { by_nothing(context, filter); }));
}

// The filters of the name and of the target; nullptr where there is none.
const Filter* filter_of(const Action& action, Role role) {
  return action.parameter(role).empty() ? nullptr : action.list->filter(action.parameter(role));
}

}  // namespace

void filter_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& action = *options.action;
  if (action.effect != Effect::read || !action.list) return;
  for (const Filter& filter : action.list->filters) add_filter(options, filter, checks);
  const Filter* name = filter_of(action, Role::name);
  const Filter* target = filter_of(action, Role::target_id);
  if (name != nullptr && target != nullptr) {
    checks.push_back(filter_check(
        options, "list.filter/two-at-once",
        {"Of two filters both must hold", "多个过滤条件须同时满足"}, name->parameter, 2,
        [name, target](CheckContext& context) { by_two(context, *name, *target); }));
  }
  if (const Filter* ids = filter_of(action, Role::id)) {
    checks.push_back(filter_check(options, "list.ids/one-unknown",
                                  {"An unknown id beside a known one does not matter",
                                   "同时指定存在与不存在的 ID 时返回存在的对象"},
                                  ids->parameter, 1, one_of_two_unknown));
  }
  if (name == nullptr || action.parameter(Role::page_token).empty()) return;
  for (const std::size_t size : {1, 2}) {
    checks.push_back(filter_check(options, fmt::format("list.pages/{}", size),
                                  {fmt::format("Pages of {} return everything once and end", size),
                                   fmt::format("每页 {} 条时不重不漏且有结束", size)},
                                  action.parameter(Role::page_size), 3,
                                  [size](CheckContext& context) { pages_of(context, size); }));
  }
}

}  // namespace flowlog

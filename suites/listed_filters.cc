// What DescribeFlowLogs shows of two flow logs that differ in everything that can differ: alone,
// both in one list, by each filter, and by filters that fit neither.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/script.h"
#include "generators/indexed_group.h"
#include "suites/catalog.h"
#include "suites/left_behind.h"
#include "suites/listing.h"
#include "suites/things.h"

namespace flowlog {
namespace {

using Flows = std::vector<FlowLog>;

constexpr const char* kNoneHasThis = "flowlogconformance-none";
constexpr std::chrono::milliseconds kBetweenLooks{300};
constexpr std::chrono::seconds kLongest{5};
constexpr std::chrono::hours kFarOff{48};

// Both of them, as they were shown alone, and the answer to the creation of the second.
struct Couple {
  FlowLog full;
  FlowLog plain;
  AnsweredReply reply;
};

const FlowLog* find_in(const Flows& found, const FlowLog& flow_log) {
  const auto it = std::ranges::find(found, flow_log.id, &FlowLog::id);
  return it == found.end() ? nullptr : &*it;
}

// Another value wherever a required parameter has a list of words.
void choose_other_words(const Profile& profile, const Contract& create, const Action& creator,
                        Params& params) {
  for (const Parameter& parameter : create.parameters) {
    const bool type = parameter.name == creator.parameter(Role::target_type);
    if (!parameter.required || type || parameter.rule("values") == nullptr) continue;
    const std::string value = find(params, parameter.name).value_or("");
    if (const auto other = other_value(profile, parameter, value)) {
      set(params, parameter.name, *other);
    }
  }
}

std::optional<FlowLog> settled(CheckContext& context, const std::string& id) {
  const std::vector<std::string> passing = context.service().kind.states_of(StateMeaning::initial);
  Lookup look = context.await(id);
  eventually(context, [&] {
    if (look.flow_log && std::ranges::find(passing, look.flow_log->status) == passing.end()) {
      return true;
    }
    look = context.look_up(id);
    return !look.read;
  });
  if (look.read && !look.flow_log) {
    context.inconclusive("What was created is not shown: " + id);
  }
  return look.flow_log;
}

std::optional<Couple> make_couple(CheckContext& context) {
  const Action& creator = context.service().creator();
  const Contract& create = context.service().creator().contract;
  Params full = full_request(context.service(), context.profile(), context.smallest(0));
  choose_other_words(context.profile(), create, creator, full);
  set(full, creator.parameter(Role::name), context.token() + "-full");
  Params plain = context.smallest(1);
  set(plain, creator.parameter(Role::name), context.token() + "-plain");
  for (const LeftBehind& left : context.service().kind.leaves_behind) {
    if (left.within.empty()) continue;
    set(plain, left.parameter, find(plain, left.parameter).value_or("") + "-2");
  }
  const auto first = context.accepted(context.create(full));
  const auto second = first ? context.accepted(context.create(plain)) : std::nullopt;
  if (!second) return std::nullopt;
  const auto a = settled(context, first->id());
  const auto b = a ? settled(context, second->id()) : std::nullopt;
  if (!b) return std::nullopt;
  return Couple{*a, *b, *second};
}

bool claim_row(CheckContext& context, const AnsweredReply& reply, const FlowLog& row) {
  const ResourceKind& kind = context.service().kind;
  const bool known = std::ranges::find(kind.states, row.status, &State::name) != kind.states.end();
  if (!context.claim(known, Standing::related, reply, "a state that a page names", row.status,
                     "A flow log is shown in a state that no page names.")) {
    return false;
  }
  for (const Member& member : context.service().list().members) {
    const std::string is = shown(row, member.name);
    const bool right = member.words.empty() || is.empty() || is == member.value ||
                       std::ranges::find(member.words, is) != member.words.end();
    if (!context.claim(right, Standing::related, reply,
                       fmt::format("{} is one of {}", member.name, join(member.words, ", ")), is,
                       fmt::format("{} is a word that no page names.", member.name))) {
      return false;
    }
  }
  const std::string updated_at = shown(row, context.service().member_showing(Shows::updated_at));
  const auto made = parse_time(row.created_at);
  const auto changed = parse_time(updated_at);
  const WallTime now = context.run_context().clock.wall();
  const bool near = !made || (*made > now - kFarOff && *made < now + kFarOff);
  const bool ordered = !made || !changed || *made <= *changed + std::chrono::seconds(2);
  return context.claim(near && ordered, Standing::related, reply,
                       "made just now, and not after its last change",
                       fmt::format("made {}, changed {}", row.created_at, updated_at),
                       "The times of a flow log make no sense.");
}

// They were made with one outer thing and two inner ones beside them.
bool claim_left_behind(CheckContext& context, const Couple& couple) {
  const auto names = left_names(context.service());
  if (!names) return true;
  const auto outer = [&](const FlowLog& row) { return shown(row, names->outer_id); };
  const auto inner = [&](const FlowLog& row) { return shown(row, names->inner_id); };
  const FlowLog& a = couple.full;
  const FlowLog& b = couple.plain;
  return context.claim(outer(a) == outer(b) && (inner(a).empty() || inner(a) != inner(b)),
                       Standing::related, couple.reply, "one log project and two topics",
                       fmt::format("{}/{} and {}/{}", outer(a), inner(a), outer(b), inner(b)),
                       "Two topics of one log project are not shown as that.");
}

// In a list of both each is what it is alone.
bool claim_rows(CheckContext& context, const Couple& couple) {
  const Action& lister = context.service().lister();
  const Parameter& ids = *lister.contract.parameter(lister.parameter(Role::id));
  Params query;
  set(query, IndexedGroup::sent_name(ids, 1), couple.full.id);
  set(query, IndexedGroup::sent_name(ids, 2), couple.plain.id);
  std::optional<Flows> found;
  const auto both = [&] {
    return find_in(*found, couple.full) != nullptr && find_in(*found, couple.plain) != nullptr;
  };
  eventually(context, [&] {
    found = context.list(query);
    return !found || both();
  });
  if (!found || !context.claim(both(), Standing::related, couple.reply, "both flow logs",
                               fmt::format("{} flow logs", found->size()),
                               "Of two ids not both are returned.")) {
    return false;
  }
  for (const FlowLog* alone : {&couple.full, &couple.plain}) {
    const FlowLog& row = *find_in(*found, *alone);
    if (!claim_row(context, couple.reply, row)) return false;
    for (const Member& member : context.service().list().members) {
      if (member.shows == Shows::state || member.shows == Shows::updated_at) continue;
      if (!context.claim(shown(row, member.name) == shown(*alone, member.name), Standing::related,
                         couple.reply,
                         fmt::format("{} is {}", member.name, shown(*alone, member.name)),
                         shown(row, member.name),
                         fmt::format("{} is another one in a list of several.", member.name))) {
        return false;
      }
    }
  }
  return claim_left_behind(context, couple);
}

bool row_fits(const Filter& filter, const FlowLog& row, const std::string& value) {
  if (filter.match == FilterMatch::tag_key) {
    return std::ranges::any_of(row.tags, [&](const auto& tag) { return tag.first == value; });
  }
  if (filter.match == FilterMatch::tag_value) {
    return std::ranges::any_of(row.tags, [&](const auto& tag) { return tag.second == value; });
  }
  const std::string is = shown(row, filter.member);
  return filter.match == FilterMatch::equal_or_within ? is.find(value) != std::string::npos
                                                      : is == value;
}

std::string value_of(const Filter& filter, const FlowLog& row) {
  if (filter.match == FilterMatch::tag_key) return row.tags.empty() ? "" : row.tags[0].first;
  if (filter.match == FilterMatch::tag_value) return row.tags.empty() ? "" : row.tags[0].second;
  return shown(row, filter.member);
}

// The query by the filter; a tag's value is asked for within its key.
Params query_of(const Action& lister, const Filter& filter, const FlowLog& row,
                const std::string& value) {
  Params query;
  if (filter.match == FilterMatch::tag_value) {
    for (const Filter& other : lister.list->filters) {
      if (other.match == FilterMatch::tag_key) {
        query = with_value({}, other.parameter, value_of(other, row));
      }
    }
  }
  return with_value(std::move(query), filter.parameter, value);
}

// Of the two those that fit are returned, those that do not are not; and nothing else that does
// not fit.
bool claim_selection(CheckContext& context, const Couple& couple, const Filter& filter,
                     const std::string& value) {
  const Params query = query_of(context.service().lister(), filter, couple.full, value);
  std::optional<Flows> found;
  const FlowLog* wrong = nullptr;
  eventually(context, [&] {
    found = context.list(query);
    if (!found) return true;
    wrong = nullptr;
    for (const FlowLog* each : {&couple.full, &couple.plain}) {
      const bool there = find_in(*found, *each) != nullptr;
      if (there != row_fits(filter, *each, value)) wrong = each;
    }
    const auto other = std::ranges::find_if_not(
        *found, [&](const FlowLog& row) { return row_fits(filter, row, value); });
    if (other != found->end()) wrong = &*other;
    return wrong == nullptr;
  });
  if (!found) return false;
  return context.claim(wrong == nullptr, Standing::related, couple.reply,
                       fmt::format("what fits {}={} and nothing else", filter.parameter, value),
                       wrong == nullptr ? "so" : fmt::format("not so with {}", wrong->id),
                       fmt::format("The filter {} does not hold.", filter.parameter));
}

// A value that fits neither: a word that neither shows, else a value of the usual form that nothing
// has.
std::string value_of_neither(const Action& lister, const Filter& filter, const Couple& couple) {
  const Rule* words = lister.contract.parameter(filter.parameter)->rule("values");
  if (words == nullptr) {
    std::string value = value_of(filter, couple.full);
    if (value.empty()) return kNoneHasThis;
    value.back() = value.back() == 'z' ? 'y' : 'z';
    return value;
  }
  for (const std::string& word : words->words) {
    if (!row_fits(filter, couple.full, word) && !row_fits(filter, couple.plain, word)) return word;
  }
  return "";
}

// By its value of the first; where that does not tell the two apart, by one that fits neither too.
bool try_filter(CheckContext& context, const Couple& couple, const Filter& filter) {
  const Action& lister = context.service().lister();
  const std::string value = value_of(filter, couple.full);
  if (!value.empty() && !claim_selection(context, couple, filter, value)) return false;
  const bool tells_apart = !value.empty() && !row_fits(filter, couple.plain, value);
  const bool by_name = filter.parameter == lister.parameter(Role::name);
  if (tells_apart && !by_name && filter.match != FilterMatch::tag_value) return true;
  const std::string neither = value_of_neither(lister, filter, couple);
  return neither.empty() || claim_selection(context, couple, filter, neither);
}

// The name of one and the target of the other: nothing has both.
bool try_two(CheckContext& context, const Couple& couple) {
  const Action& lister = context.service().lister();
  const auto found = context.list({{lister.parameter(Role::name), couple.full.name},
                                   {lister.parameter(Role::target_id), couple.plain.resource_id}});
  if (!found) return false;
  return context.claim(found->empty(), Standing::related, couple.reply, "an empty list",
                       fmt::format("{} flow logs", found->size()),
                       "Of several filters all must hold.");
}

void look_at_both(CheckContext& context) {
  const auto couple = make_couple(context);
  if (!couple || !claim_rows(context, *couple)) return;
  for (const Filter& filter : context.service().list().filters) {
    if (filter.match == FilterMatch::any_of) continue;
    if (!try_filter(context, *couple, filter)) return;
  }
  try_two(context, *couple);
}

// Resources of two types that lie apart: the last of the first type and the first of the last.
std::vector<Wanted> two_apart(const CatalogOptions& options, const Check& check) {
  const auto& free = options.profile->resources.free;
  std::vector<Wanted> two;
  for (const std::string& type : resource_types(options.service->creator().contract)) {
    const auto ids = free.find(type);
    if (ids == free.end() || ids->second.empty()) continue;
    if (two.empty()) {
      two.push_back({.type = type, .id = ids->second.back()});
    } else {
      two.resize(1);
      two.push_back({.type = type, .id = ids->second.front()});
    }
  }
  if (two.size() == 2) return two;
  return {check.resources.front(), check.resources.front()};
}

}  // namespace

void eventually(CheckContext& context, const std::function<bool()>& holds) {
  const Instant end = context.now() + kLongest;
  while (!holds() && context.now() < end) context.pause(kBetweenLooks);
}

void filter_check_of_created(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& lister = options.service->lister();
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  if (ids == nullptr || !ids->indexed() || lister.parameter(Role::name).empty() ||
      lister.parameter(Role::target_id).empty()) {
    return;
  }
  Check check = script_check(options, "lifecycle.listing/filters",
                             {lister.name + " must return what fits its filters, as it stands",
                              lister.name + " 按过滤条件返回流日志，且各字段正确"},
                             {"notes/asynchronous"}, look_at_both);
  check.resources = two_apart(options, check);
  check.standing = Standing::related;
  check.creations = 2;
  check.requests = 30;
  checks.push_back(std::move(check));
}

}  // namespace flowlog

// What an action that lists tags returns: every tag of a thing once, by key, and page by page.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/indexed_group.h"
#include "generators/requests.h"
#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

const TagList kTags = {{"first", "1"}, {"second", "2"}, {"third", ""}};

// Gives the check's thing the tags.
bool tag(CheckContext& context) {
  const Action* adder = context.service().first(Effect::tag);
  if (adder == nullptr || !context.prepare()) return false;
  Params params = smallest_request(adder->contract, context.lease().type());
  const Parameter& key = *adder->contract.parameter(adder->parameter(Role::tag_key));
  const Parameter& value = *adder->contract.parameter(adder->parameter(Role::tag_value));
  for (std::size_t i = 0; i < kTags.size(); ++i) {
    set(params, IndexedGroup::sent_name(key, i + 1), kTags[i].first);
    set(params, IndexedGroup::sent_name(value, i + 1), kTags[i].second);
  }
  const Reply reply = context.call(context.filled(std::move(params)));
  context.answers(reply, context.situation());
  return reply.created();
}

std::string member_text(const nlohmann::json& element, const Member* member) {
  if (member == nullptr || !element.is_object()) return "";
  const auto it = element.find(member->name);
  return it != element.end() && it->is_string() ? it->get<std::string>() : "";
}

struct TagPage {
  AnsweredReply reply;
  TagList tags;
  std::string next;
};

// A page of tags of the check's thing; nothing where it was not accepted. One that is of another
// thing deviates.
std::optional<TagPage> ask(CheckContext& context, const Params& filters) {
  const ListShape& shape = *context.action().list;
  Params params = with_value(context.smallest_of_action(), context.action().parameter(Role::id),
                             context.instance());
  for (const auto& [name, value] : filters) set(params, name, value);
  const auto reply = succeeded(context, params);
  if (!reply) return std::nullopt;
  TagPage page{*reply, {}, {}};
  const std::string path = shape.path.substr(0, shape.path.find("[]"));
  const nlohmann::json* list = page.reply.answer.at(path);
  for (const nlohmann::json& element : list == nullptr ? nlohmann::json::array() : *list) {
    const std::string id = member_text(element, shape.member_showing(Shows::id));
    if (!context.claim(id == context.instance(), Standing::documented, page.reply,
                       "tags of " + context.instance(), "a tag of " + id,
                       "A tag of something else than what was asked for is returned.")) {
      return std::nullopt;
    }
    page.tags.emplace_back(member_text(element, shape.member_showing(Shows::tag_key)),
                           member_text(element, shape.member_showing(Shows::tag_value)));
  }
  page.next = page.reply.answer.text(shape.page_token);
  return page;
}

void claim_tags(CheckContext& context, const AnsweredReply& reply, TagList seen, TagList wanted) {
  std::ranges::sort(seen);
  std::ranges::sort(wanted);
  context.claim(seen == wanted, Standing::documented, reply, tag_text(wanted), tag_text(seen),
                "Not the tags that were asked for, each once, are returned.");
}

void all_tags(CheckContext& context) {
  if (!tag(context)) return;
  const auto page = ask(context, {});
  if (page) claim_tags(context, page->reply, page->tags, kTags);
}

void by_key(CheckContext& context) {
  if (!tag(context)) return;
  for (const Filter& filter : context.action().list->filters) {
    if (filter.match != FilterMatch::tag_key) continue;
    const auto page = ask(context, with_value({}, filter.parameter, kTags[1].first));
    if (page) claim_tags(context, page->reply, page->tags, {kTags[1]});
  }
}

void page_by_page(CheckContext& context) {
  if (!tag(context)) return;
  const Action& action = context.action();
  Params query = {{action.parameter(Role::page_size), "1"}};
  TagList seen;
  for (std::size_t number = 0; number <= 2 * kTags.size(); ++number) {
    const auto page = ask(context, query);
    if (!page) return;
    seen.insert(seen.end(), page->tags.begin(), page->tags.end());
    const bool last = page->next.empty() || number == 2 * kTags.size();
    if (!context.claim(page->tags.size() <= 1, Standing::documented, page->reply,
                       "at most 1 on a page", fmt::format("{}", page->tags.size()),
                       "A page holds more than was asked for.")) {
      return;
    }
    if (last) {
      claim_tags(context, page->reply, seen, kTags);
      return;
    }
    set(query, action.parameter(Role::page_token), page->next);
  }
}

}  // namespace

void listed_tag_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& action = *options.action;
  if (action.effect != Effect::read_tags || !action.list) return;
  const auto add = [&](const char* name, Text title, Role role, void (*script)(CheckContext&)) {
    if (action.parameter(role).empty()) return;
    checks.push_back(script_check(options, std::string("tags.list/") + name, std::move(title),
                                  {options.contract().parameter(action.parameter(role))->row()},
                                  script));
  };
  add("by-id", {"Every tag of a thing is returned once", "返回对象的全部标签，不重不漏"}, Role::id,
      all_tags);
  add("by-key", {"Of a key its tag is returned and no other", "按键过滤仅返回该键的标签"}, Role::id,
      by_key);
  add("pages", {"Pages of one return every tag once and end", "每页 1 条时不重不漏且有结束"},
      Role::page_token, page_by_page);
}

}  // namespace flowlog

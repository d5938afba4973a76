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

bool tag(CheckContext& context) {
  return context.prepare() && tag_thing(context, context.instance(), kTags);
}

// Another thing has tags as well, of the same keys.
bool tag_two(CheckContext& context) {
  if (!tag(context)) return false;
  const std::string other = context.prepare_another();
  return !other.empty() && tag_thing(context, other, {{"second", "other"}, {"fourth", "4"}});
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
  if (!tag_two(context)) return;
  const auto page = ask(context, {});
  if (page) claim_tags(context, page->reply, page->tags, kTags);
}

void by_key(CheckContext& context) {
  if (!tag_two(context)) return;
  for (const Filter& filter : context.action().list->filters) {
    if (filter.match != FilterMatch::tag_key) continue;
    const auto page = ask(context, with_value({}, filter.parameter, kTags[1].first));
    if (page) claim_tags(context, page->reply, page->tags, {kTags[1]});
  }
}

const Filter* filter_of(const Action& action, FilterMatch match) {
  const auto& filters = action.list->filters;
  const auto found = std::ranges::find(filters, match, &Filter::match);
  return found == filters.end() ? nullptr : &*found;
}

// Of a key the tag that has the value; of another value none.
void by_value(CheckContext& context) {
  if (!tag(context)) return;
  const Filter* key = filter_of(context.action(), FilterMatch::tag_key);
  const Filter* value = filter_of(context.action(), FilterMatch::tag_value);
  for (const auto& asked : TagList{kTags[1], {kTags[1].first, kTags[0].second}}) {
    Params filters = with_value({}, key->parameter, asked.first);
    filters = with_value(std::move(filters), value->parameter, asked.second);
    const auto page = ask(context, filters);
    if (!page) return;
    claim_tags(context, page->reply, page->tags, asked == kTags[1] ? TagList{asked} : TagList{});
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
  const auto add = [&](const char* name, Text title, const std::string& parameter,
                       void (*script)(CheckContext&)) {
    if (parameter.empty()) return;
    checks.push_back(script_check(options, std::string("tags.list/") + name, std::move(title),
                                  {options.contract().parameter(parameter)->row()}, script));
  };
  const auto add_of_two = [&](const char* name, Text title, void (*script)(CheckContext&)) {
    add(name, std::move(title), action.parameter(Role::id), script);
    lease_more(checks.back(), 1);
    checks.back().creations = 2;
    checks.back().requests = 12;
  };
  add_of_two("by-id", {"Every tag of a thing is returned once", "返回对象的全部标签，不重不漏"},
             all_tags);
  add_of_two("by-key", {"Of a key its tag is returned and no other", "按键过滤仅返回该键的标签"},
             by_key);
  const Filter* value = filter_of(action, FilterMatch::tag_value);
  if (value != nullptr && filter_of(action, FilterMatch::tag_key) != nullptr) {
    add("by-value",
        {"Of a key and a value the tag that has both is returned, or none",
         "按键和值过滤仅返回两者均相符的标签"},
        value->parameter, by_value);
  }
  add("pages", {"Pages of one return every tag once and end", "每页 1 条时不重不漏且有结束"},
      action.parameter(Role::page_token), page_by_page);
}

}  // namespace flowlog

// What DescribeFlowLogs returns of what stands: everything on one of its pages, and by its id one
// flow log alone.
#include "suites/listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/script.h"
#include "generators/indexed_group.h"
#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr std::size_t kMostPages = 20;

// The pages of DescribeFlowLogs from `query` on, each as long as MaxResults says or shorter;
// nothing when one is none.
std::optional<std::vector<FlowLog>> all_pages(CheckContext& context, Params query,
                                              std::size_t most) {
  std::vector<FlowLog> found;
  std::optional<AnsweredReply> last;
  for (std::size_t pages = 0; pages <= kMostPages; ++pages) {
    const Reply reply = context.call(query);
    const WireResponse* response = reply.exchange.response();
    last = context.answered(reply);
    if (!last) return std::nullopt;
    const auto page =
        response == nullptr ? std::nullopt : read_page(context.service(), response->body);
    if (!page) {
      context.inconclusive("What stands could not be read.", &reply);
      return std::nullopt;
    }
    if (!context.claim(page->flow_logs.size() <= most, Standing::related, *last,
                       fmt::format("at most {} flow logs on a page", most),
                       fmt::format("{} flow logs", page->flow_logs.size()),
                       "A page holds more than MaxResults allows.")) {
      return std::nullopt;
    }
    found.insert(found.end(), page->flow_logs.begin(), page->flow_logs.end());
    if (page->next_token.empty()) return found;
    set(query, context.service().lister().parameter(Role::page_token), page->next_token);
  }
  context.claim(false, Standing::related, *last, "a last page",
                fmt::format("{} pages, and a further one", kMostPages),
                "The pages of DescribeFlowLogs do not end.");
  return std::nullopt;
}

// Three flow logs of one name, on pages of this size.
bool look_through_pages(CheckContext& context, const std::vector<AnsweredReply>& made,
                        const std::string& name, std::size_t size) {
  const Action& lister = context.service().lister();
  const Params query = {{"Action", lister.name},
                        {"Version", lister.contract.version},
                        {lister.parameter(Role::name), name},
                        {lister.parameter(Role::page_size), std::to_string(size)}};
  const AnsweredReply* lost = nullptr;
  bool read = true;
  eventually(context, [&] {
    const auto found = all_pages(context, query, size);
    read = found.has_value();
    if (!read) return true;
    const auto it = std::ranges::find_if(made, [&](const AnsweredReply& reply) {
      return std::ranges::count(*found, reply.id(), &FlowLog::id) != 1;
    });
    lost = it == made.end() ? nullptr : &*it;
    return lost == nullptr;
  });
  return read && context.claim(lost == nullptr, Standing::related,
                               lost == nullptr ? made[0] : *lost, "each flow log once on the pages",
                               lost == nullptr ? "so" : "not so with " + lost->id(),
                               "The pages of DescribeFlowLogs lose or repeat a flow log.");
}

void every_page(CheckContext& context) {
  const std::string name = context.token();
  std::vector<AnsweredReply> made;
  for (std::size_t i = 0; i < context.leases(); ++i) {
    Params params = context.smallest(i);
    set(params, context.service().creator().parameter(Role::name), name);
    const auto reply = context.accepted(context.create(params));
    if (!reply || !context.await(reply->id()).read) return;
    made.push_back(*reply);
  }
  for (const std::size_t size : {1, 2}) {
    if (!look_through_pages(context, made, name, size)) return;
  }
}

// How many ids one call may certainly have.
std::size_t most_ids(const Action& lister) {
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  const auto count = std::ranges::find(ids->rules, RuleKind::count, &Rule::kind);
  return count == ids->rules.end() ? 1 : count->max;
}

// "FlowLogIds" of "FlowLogIds.N".
std::string family(const std::string& parameter) {
  return parameter.substr(0, parameter.find('.'));
}

// One page; nothing where it is refused, which is judged, or cannot be read.
std::optional<std::vector<FlowLog>> one_page(CheckContext& context, const Params& query) {
  const Reply reply = context.call(query);
  if (!reply.created()) {
    context.answers(reply, context.situation());
    return std::nullopt;
  }
  const WireResponse* response = reply.exchange.response();
  auto page = response == nullptr ? std::nullopt : read_page(context.service(), response->body);
  if (page) return std::move(page->flow_logs);
  context.inconclusive("What stands could not be read.", &reply);
  return std::nullopt;
}

// Of the ids the one that there is, and nothing else.
bool look_up_among(CheckContext& context, const AnsweredReply& made,
                   const std::vector<std::string>& ids, const std::string& message) {
  const Action& lister = context.service().lister();
  const Parameter& parameter = *lister.contract.parameter(lister.parameter(Role::id));
  Params query = {{"Action", lister.name}, {"Version", lister.contract.version}};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    set(query, IndexedGroup::sent_name(parameter, i + 1), ids[i]);
  }
  std::optional<std::vector<FlowLog>> found;
  const auto alone = [&] { return found->size() == 1 && found->front().id == made.id(); };
  eventually(context, [&] {
    found = one_page(context, query);
    return !found || alone();
  });
  if (!found) return false;
  return context.claim(alone(), Standing::related, made,
                       fmt::format("{} and nothing else", made.id()),
                       fmt::format("{} flow logs", found->size()), lister.name + message);
}

void look_up_one(CheckContext& context) {
  const auto first = context.accepted(context.create(context.smallest(0)));
  if (!first || !context.accepted(context.create(context.smallest(1)))) return;
  if (!context.await(first->id()).read) return;
  const auto unknown = [&](std::size_t n) {
    return fmt::format("{}{}", first->id().substr(0, 3), n);
  };
  const std::size_t most = most_ids(context.service().lister());
  std::vector<std::string> many;
  while (many.size() + 1 < most) many.push_back(unknown(many.size()));
  many.push_back(first->id());
  if (!look_up_among(context, *first, {first->id()},
                     fmt::format(" does not return the one that {} names, or others too.",
                                 family(context.service().lister().parameter(Role::id))))) {
    return;
  }
  if (!look_up_among(context, *first, {unknown(0), first->id()},
                     " does not return what is there beside an id that nothing has.")) {
    return;
  }
  look_up_among(context, *first, many,
                fmt::format(" does not return what the last of {} ids names.", most));
}

Check listing(const CatalogOptions& options, const std::string& name, Text title,
              std::size_t flow_logs, std::function<void(CheckContext&)> script) {
  Check check = script_check(options, "lifecycle.listing/" + name, std::move(title),
                             {"notes/asynchronous"}, std::move(script));
  lease_more(check, flow_logs - 1);
  check.standing = Standing::related;
  check.creations = static_cast<int>(flow_logs);
  check.requests = check.creations * 4 + 1;
  return check;
}

}  // namespace

void paging_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Action& lister = options.service->lister();
  const bool paged =
      !lister.parameter(Role::page_token).empty() && !lister.parameter(Role::page_size).empty();
  if (paged && !lister.parameter(Role::name).empty()) {
    checks.push_back(listing(options, "pages",
                             {lister.name + " shows every flow log on one of its pages",
                              lister.name + " 分页返回的流日志不重不漏"},
                             3, every_page));
  }
  const Parameter* ids = lister.contract.parameter(lister.parameter(Role::id));
  if (ids != nullptr && ids->indexed()) {
    checks.push_back(listing(options, "by-id",
                             {lister.name + " returns the flow log of an id and no other",
                              lister.name + " 按 ID 查询仅返回该流日志"},
                             2, look_up_one));
  }
  filter_check_of_created(options, checks);
}

}  // namespace flowlog

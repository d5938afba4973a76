// What DescribeFlowLogs returns of what stands: everything on one of its pages, and by its id one
// flow log alone.
#include <fmt/format.h>

#include <algorithm>

#include "engine/script.h"
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
  for (std::size_t pages = 0; pages <= kMostPages; ++pages) {
    const Reply reply = context.call(query);
    const WireResponse* response = reply.exchange.response();
    const auto page = response == nullptr ? std::nullopt : read_page(response->body);
    if (!page) {
      context.inconclusive("What stands could not be read.", &reply);
      return std::nullopt;
    }
    if (!context.claim(page->flow_logs.size() <= most, Standing::related, reply,
                       fmt::format("at most {} flow logs on a page", most),
                       fmt::format("{} flow logs", page->flow_logs.size()),
                       "A page holds more than MaxResults allows.")) {
      return std::nullopt;
    }
    found.insert(found.end(), page->flow_logs.begin(), page->flow_logs.end());
    if (page->next_token.empty()) return found;
    set(query, context.service().lister().parameter(Role::page_token), page->next_token);
  }
  context.inconclusive("The pages of DescribeFlowLogs do not end.");
  return std::nullopt;
}

// Of the flow logs of one name, that nothing else has, each stands on one of the pages.
void look_through_pages(CheckContext& context) {
  constexpr std::size_t kPerPage = 1;
  const Contract& describe = context.api().describe;
  const Action& lister = context.service().lister();
  const std::string name = context.token();
  std::vector<Reply> made;
  for (std::size_t i = 0; i < context.leases(); ++i) {
    Params params = context.smallest(i);
    set(params, context.service().creator().parameter(Role::name), name);
    made.push_back(context.create(params));
    if (!context.accepted(made.back()) || !context.await(made.back().id()).read) return;
  }
  const auto found = all_pages(context,
                               {{"Action", describe.action},
                                {"Version", describe.version},
                                {lister.parameter(Role::name), name},
                                {lister.parameter(Role::page_size), std::to_string(kPerPage)}},
                               kPerPage);
  if (!found) return;
  for (const Reply& reply : made) {
    if (!context.claim(std::ranges::count(*found, reply.id(), &FlowLog::id) == 1, Standing::related,
                       reply, "each flow log once on the pages", "not so with " + reply.id(),
                       "The pages of DescribeFlowLogs lose or repeat a flow log.")) {
      return;
    }
  }
}

void look_up_one(CheckContext& context) {
  const Contract& describe = context.api().describe;
  const Reply first = context.create(context.smallest(0));
  if (!context.accepted(first) || !context.accepted(context.create(context.smallest(1)))) return;
  if (!context.await(first.id()).read) return;
  const auto found =
      context.list(with_value({}, context.service().lister().parameter(Role::id), first.id()));
  if (!found) return;
  context.claim(found->size() == 1 && found->front().id == first.id(), Standing::related, first,
                fmt::format("{} and nothing else", first.id()),
                fmt::format("{} flow logs", found->size()),
                describe.action + " does not return the one that FlowLogIds names, or others too.");
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
  checks.push_back(listing(options, "pages",
                           {"DescribeFlowLogs shows every flow log on one of its pages",
                            "DescribeFlowLogs 分页返回的流日志不重不漏"},
                           3, look_through_pages));
  checks.push_back(listing(options, "by-id",
                           {"DescribeFlowLogs returns the flow log of an id and no other",
                            "DescribeFlowLogs 按 ID 查询仅返回该流日志"},
                           2, look_up_one));
}

}  // namespace flowlog

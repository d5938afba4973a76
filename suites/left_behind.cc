// What a creation makes beside the thing itself, and leaves behind: one thing within another, both
// called by names.
#include "suites/left_behind.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/script.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

// The flow log, once its log project and topic are told: an endpoint may make them after its
// answer.
std::optional<FlowLog> with_log_ids(CheckContext& context, const std::string& id,
                                    const LeftNames& names) {
  constexpr int kLooks = 25;  // over about five seconds
  std::optional<FlowLog> found = context.await(id).flow_log;
  for (int i = 0; i < kLooks && found; ++i) {
    if (!found->text(names.outer_id).empty() && !found->text(names.inner_id).empty()) break;
    context.pause(std::chrono::milliseconds(200));
    found = context.await(id).flow_log;
  }
  return found;
}

// Log project and topic, made by the first flow log and used by the others.
Check log_names(const CatalogOptions& options, const LeftNames& names) {
  Check check = script_check(
      options, "lifecycle.log-topic/by-name",
      {"A log project and topic are made once and used by name",
       "日志项目与日志主题按名称创建或复用"},
      {"parameters/" + names.outer, "parameters/" + names.inner}, [names](CheckContext& context) {
        const auto first = context.accepted(context.create(context.smallest(0)));
        if (!first) return;
        const auto second = context.accepted(context.create(context.smallest(1)));
        if (!second) return;
        const auto a = with_log_ids(context, first->id(), names);
        const auto b = with_log_ids(context, second->id(), names);
        if (!a || !b) return context.inconclusive("The flow logs could not be read back.");
        const auto ids = [&](const FlowLog& flow_log) {
          return flow_log.text(names.outer_id) + "/" + flow_log.text(names.inner_id);
        };
        context.claim(
            !a->text(names.outer_id).empty() && !a->text(names.inner_id).empty(), Standing::related,
            *first, fmt::format("{} and {} are given", names.outer_id, names.inner_id), ids(*a),
            context.service().lister().name + " does not tell the log project and topic.");
        context.claim(ids(*a) == ids(*b), Standing::documented, *second,
                      "the same log project and topic, " + ids(*a), ids(*b),
                      "The same names stand for another log project or topic.");
      });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 12;
  return check;
}

// A topic is looked for in its project.
Check log_topics_apart(const CatalogOptions& options, const LeftNames& names) {
  Check check = script_check(
      options, "lifecycle.log-topic/of-another-project",
      {"A log topic of the same name in another log project is another one",
       "不同日志项目中的同名日志主题互不相同"},
      {"parameters/" + names.outer, "parameters/" + names.inner}, [names](CheckContext& context) {
        const auto first = context.accepted(context.create(context.smallest(0)));
        if (!first) return;
        Params elsewhere = context.smallest(1);
        const std::string project = find(elsewhere, names.outer).value_or("");
        set(elsewhere, names.outer, project + "-2");
        const auto second = context.accepted(context.create(elsewhere));
        if (!second) return;
        const auto a = context.await(first->id()).flow_log;
        const auto b = context.await(second->id()).flow_log;
        if (!a || !b) return context.inconclusive("The flow logs could not be read back.");
        const auto apart = [&](const std::string& member, const char* message) {
          const std::string one = a->text(member);
          context.claim(one.empty() || one != b->text(member), Standing::documented, *second,
                        fmt::format("a {} other than {}", member, one), b->text(member), message);
        };
        apart(names.inner_id, "Two log projects share a log topic.");
        apart(names.outer_id, "Two names stand for one log project.");
      });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 12;
  return check;
}

}  // namespace

std::optional<LeftNames> left_names(const Service& service) {
  const auto& left = service.kind.leaves_behind;
  const auto inner =
      std::ranges::find_if(left, [](const auto& one) { return !one.within.empty(); });
  if (inner == left.end()) return std::nullopt;
  const Member* outer_id = service.list().member_of(inner->within);
  const Member* inner_id = service.list().member_of(inner->parameter);
  if (outer_id == nullptr || inner_id == nullptr) return std::nullopt;
  return LeftNames{inner->within, inner->parameter, outer_id->name, inner_id->name};
}

void left_behind_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const auto names = left_names(*options.service);
  if (!names) return;
  checks.push_back(log_names(options, *names));
  checks.push_back(log_topics_apart(options, *names));
}

}  // namespace flowlog

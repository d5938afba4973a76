// From creation to deletion: what was sent is what stands, the states are the documented ones, and
// what is deleted is gone.
#include "suites/lifecycle.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/text.h"
#include "engine/script.h"
#include "generators/requests.h"
#include "suites/catalog.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr const char* kOtherAccount = "other";
constexpr std::size_t kMostOfAClass = 2;  // values of one class that are read back

using Tags = std::map<std::string, std::string>;

// What DescribeFlowLogs should show of one parameter, and what it shows.
struct Shown {
  std::string sent;
  std::string stands;
};

std::string tags_text(const Tags& tags) {
  std::vector<std::string> words;
  for (const auto& [key, value] : tags) words.push_back(show(key) + "=" + show(value));
  return "{" + join(words, ", ") + "}";
}

Tags tags_sent(const Params& params) {
  constexpr std::string_view kPrefix = "Tags.";
  constexpr std::string_view kKey = ".Key";
  Tags tags;
  for (const auto& [name, value] : params) {
    if (!name.starts_with(kPrefix) || !name.ends_with(kKey)) continue;
    const std::string stem = name.substr(0, name.size() - kKey.size());
    tags[value] = find(params, stem + ".Value").value_or("");
  }
  return tags;
}

// Members of DescribeFlowLogs that hold a parameter of CreateFlowLog as it was sent.
const std::map<std::string, std::string FlowLog::*>& members() {
  static const std::map<std::string, std::string FlowLog::*> all = {
      {"FlowLogName", &FlowLog::name},           {"Description", &FlowLog::description},
      {"ResourceType", &FlowLog::resource_type}, {"ResourceId", &FlowLog::resource_id},
      {"TrafficType", &FlowLog::traffic_type},   {"AggregationInterval", &FlowLog::interval},
      {"ProjectName", &FlowLog::project}};
  return all;
}

bool read_back(const Parameter& parameter) {
  return members().contains(parameter.name) || parameter.name.starts_with("Tags.");
}

Shown shown_of(const Parameter& parameter, const Params& sent, const FlowLog& flow_log) {
  if (parameter.name.starts_with("Tags.")) {
    return {tags_text(tags_sent(sent)),
            tags_text(Tags(flow_log.tags.begin(), flow_log.tags.end()))};
  }
  const std::string value =
      find(sent, parameter.name).value_or(parameter.default_value.value_or(""));
  return {show(value), show(flow_log.*members().at(parameter.name))};
}

// Every parameter that DescribeFlowLogs shows, of a flow log that was just made; false when one is
// not as sent.
bool stands_as_sent(CheckContext& context, const AnsweredReply& reply, const Parameter& about) {
  const auto [read, flow_log] = context.await(reply.id());
  if (!read) return false;
  if (!flow_log) {
    return context.claim(false, Standing::documented, reply,
                         "DescribeFlowLogs returns the new flow log", "it returns none of that id",
                         "The flow log that was created is not there.");
  }
  const Shown it = shown_of(about, reply.sent, *flow_log);
  return context.claim(it.sent == it.stands, Standing::documented, reply,
                       fmt::format("{} is stored as sent: {}", about.name, it.sent),
                       fmt::format("DescribeFlowLogs shows {}", it.stands),
                       fmt::format("{} is not what was sent.", about.name));
}

// The same of a flow log that another check's request made with the same value; false where there
// is none, or it is not as sent: then the check's own shows it.
bool stood_as_sent(CheckContext& context, const Params& params, const Params& base,
                   const Parameter& about) {
  const auto known = context.stored_before(params, base);
  if (!known) return false;
  const auto& [reply, flow_log] = *known;
  const Shown it = shown_of(about, reply.sent, flow_log);
  if (it.sent != it.stands) return false;
  return context.claim(true, Standing::documented, reply,
                       fmt::format("{} is stored as sent: {}", about.name, it.sent),
                       fmt::format("DescribeFlowLogs shows {}", it.stands), "");
}

// A value that the rules of being there and of order hold says nothing about what is stored.
bool shapes_the_value(const Rule& rule) {
  return rule.kind == RuleKind::length || rule.kind == RuleKind::characters ||
         rule.kind == RuleKind::values || rule.kind == RuleKind::count;
}

// Values of every valid class of the parameter's rules, each once, and the parameter left out.
std::vector<Edit> values_of(const CatalogOptions& options, const Parameter& parameter) {
  std::vector<Edit> edits;
  if (!parameter.required) edits.push_back({{}, {parameter.name}});
  for (const Rule& rule : parameter.rules) {
    if (rule.kind == RuleKind::exists && rule.target == "project") {
      for (const std::string& project : options.profile->projects) {
        if (project != parameter.default_value) edits.push_back({{{parameter.name, project}}, {}});
      }
    }
    if (!shapes_the_value(rule)) continue;
    for (const InputClass& input : options.classes->of(parameter, rule)) {
      if (input.side != Side::valid) continue;
      const std::size_t most =
          rule.kind == RuleKind::values ? input.boundaries.size() : kMostOfAClass;
      for (std::size_t i = 0; i < std::min(most, input.boundaries.size()); ++i) {
        const Edit& edit = input.boundaries[input.boundaries.size() - 1 - i];
        if (std::ranges::find(edits, edit) == edits.end()) edits.push_back(edit);
      }
    }
  }
  if (edits.empty()) edits.emplace_back();
  return edits;
}

bool beyond_the_bmp(const Edit& edit) {
  return std::ranges::any_of(edit.set, [](const auto& pair) {
    return std::ranges::any_of(pair.second,
                               [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  });
}

// A character beyond U+FFFF that an endpoint may take: what it takes it has to keep.
std::vector<Edit> grey_values_of(const CatalogOptions& options, const Parameter& parameter) {
  if (parameter.indexed()) return {};
  for (const Rule& rule : parameter.rules) {
    if (rule.kind != RuleKind::characters) continue;
    for (const InputClass& input : options.classes->of(parameter, rule)) {
      if (input.side != Side::grey) continue;
      const auto found = std::ranges::find_if(input.boundaries, beyond_the_bmp);
      if (found != input.boundaries.end()) return {*found};
    }
  }
  return {};
}

// What the values of one parameter are tried with.
struct StoredValues {
  std::vector<Edit> valid;
  std::vector<Edit> grey;
};

// On types other than one, a target is not its own parent.
bool claim_parents(CheckContext& context, const AnsweredReply& reply,
                   const std::vector<FlowLog>& each_type) {
  const Member* parent = context.service().list().member_showing(Shows::target_parent);
  if (parent == nullptr) return true;
  std::vector<std::string> own;
  for (const FlowLog& flow_log : each_type) {
    if (shown(flow_log, parent->name) == flow_log.resource_id)
      own.push_back(flow_log.resource_type);
  }
  return context.claim(
      own.size() < 2, Standing::related, reply,
      fmt::format("{} is what the resource lies in", parent->name),
      fmt::format("{} is the resource itself for {}", parent->name, join(own, ", ")),
      fmt::format("{} is the id of the resource.", parent->name));
}

void store_each(CheckContext& context, const StoredValues& values, const Parameter& parameter) {
  std::vector<FlowLog> each_type;
  for (std::size_t lease = 0; lease < context.leases(); ++lease) {
    for (const Edit& edit : values.valid) {
      const Params base = context.smallest(lease);
      const Params params = flowlog::apply(edit, base);
      if (context.leases() == 1 && stood_as_sent(context, params, base, parameter)) continue;
      const auto reply = context.accepted(context.create_alone(params));
      if (!reply || !stands_as_sent(context, *reply, parameter)) return;
      if (context.leases() > 1) {
        const Lookup seen = context.look_up(reply->id());
        if (seen.flow_log) each_type.push_back(*seen.flow_log);
        if (!claim_parents(context, *reply, each_type)) return;
      }
      context.forget_created();
    }
    for (const Edit& edit : values.grey) {
      const Reply reply = context.create_alone(flowlog::apply(edit, context.smallest(lease)));
      const auto answered = context.answered(reply);
      if (!answered) return;
      if (reply.created() && !stands_as_sent(context, *answered, parameter)) return;
      context.forget_created();
    }
  }
}

Check stored(const CatalogOptions& options, const Parameter& parameter) {
  // A type is read back with a resource of that type.
  const bool names_type = parameter.name == "ResourceType";
  StoredValues values;
  values.valid = names_type ? std::vector<Edit>(1) : values_of(options, parameter);
  values.grey = grey_values_of(options, parameter);
  Check check = script_check(
      options, "lifecycle.stored/" + parameter.name,
      {parameter.name + " stands as it was sent", parameter.name + " 的存储值与请求一致"},
      {parameter.row(), kAsynchronous},
      [values, &parameter](CheckContext& context) { store_each(context, values, parameter); });
  if (names_type) lease_each_type(options, check);
  check.creations =
      static_cast<int>((values.valid.size() + values.grey.size()) * check.resources.size());
  check.requests = check.creations * 5;
  check.after_shared = true;
  return check;
}

// The flow log, once its log project and topic are told: an endpoint may make them after its
// answer.
std::optional<FlowLog> with_log_ids(CheckContext& context, const std::string& id) {
  constexpr int kLooks = 25;  // over about five seconds
  std::optional<FlowLog> found = context.await(id).flow_log;
  for (int i = 0; i < kLooks && found; ++i) {
    if (!found->log_project_id.empty() && !found->log_topic_id.empty()) break;
    context.pause(std::chrono::milliseconds(200));
    found = context.await(id).flow_log;
  }
  return found;
}

// Log project and topic, made by the first flow log and used by the others.
Check log_names(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.log-topic/by-name",
      {"A log project and topic are made once and used by name",
       "日志项目与日志主题按名称创建或复用"},
      {"parameters/LogProjectName", "parameters/LogTopicName"}, [](CheckContext& context) {
        const auto first = context.accepted(context.create(context.smallest(0)));
        if (!first) return;
        const auto second = context.accepted(context.create(context.smallest(1)));
        if (!second) return;
        const auto a = with_log_ids(context, first->id());
        const auto b = with_log_ids(context, second->id());
        if (!a || !b) return context.inconclusive("The flow logs could not be read back.");
        const auto ids = [](const FlowLog& flow_log) {
          return fmt::format("{}/{}", flow_log.log_project_id, flow_log.log_topic_id);
        };
        context.claim(!a->log_project_id.empty() && !a->log_topic_id.empty(), Standing::related,
                      *first, "LogProjectId and LogTopicId are given", ids(*a),
                      "DescribeFlowLogs does not tell the log project and topic.");
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
Check log_topics_apart(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.log-topic/of-another-project",
      {"A log topic of the same name in another log project is another one",
       "不同日志项目中的同名日志主题互不相同"},
      {"parameters/LogProjectName", "parameters/LogTopicName"}, [](CheckContext& context) {
        const auto first = context.accepted(context.create(context.smallest(0)));
        if (!first) return;
        Params elsewhere = context.smallest(1);
        const std::string project = find(elsewhere, "LogProjectName").value_or("");
        set(elsewhere, "LogProjectName", project + "-2");
        const auto second = context.accepted(context.create(elsewhere));
        if (!second) return;
        const auto a = context.await(first->id()).flow_log;
        const auto b = context.await(second->id()).flow_log;
        if (!a || !b) return context.inconclusive("The flow logs could not be read back.");
        context.claim(a->log_topic_id.empty() || a->log_topic_id != b->log_topic_id,
                      Standing::documented, *second, "a LogTopicId other than " + a->log_topic_id,
                      b->log_topic_id, "Two log projects share a log topic.");
        context.claim(a->log_project_id.empty() || a->log_project_id != b->log_project_id,
                      Standing::documented, *second,
                      "a LogProjectId other than " + a->log_project_id, b->log_project_id,
                      "Two names stand for one log project.");
      });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 12;
  return check;
}

Check foreign_resource(const CatalogOptions& options) {
  Check check =
      script_check(options, "lifecycle.accounts/foreign-resource",
                   {"Another account's resource is not found", "其他账号的资源应视为不存在"},
                   {"parameters/ResourceId"}, [](CheckContext& context) {
                     context.answers(context.create(context.smallest(1)), context.situation());
                   });
  lease_of_other(options, check);
  check.creations = 0;
  check.requests = 2;
  return check;
}

// What the account "other" can do about a flow log of this one: nothing.
void act_as_other(CheckContext& context) {
  const Params params = with_token(context.smallest(), context.token());
  const auto reply = context.accepted(context.create(params));
  if (!reply || !context.await(reply->id()).read) return;
  const std::string& id = reply->id();
  const auto [read, seen] = context.look_up(id, kOtherAccount);
  const auto all = context.list({}, kOtherAccount);
  if (!read || !all) return;
  const bool listed = std::ranges::find(*all, id, &FlowLog::id) != all->end();
  context.claim(!seen.has_value() && !listed, Standing::related, *reply,
                "not shown to another account", "the account \"other\" sees it",
                "A flow log is shown to another account.");
  context.answers(context.create(params, kOtherAccount, false), context.situation());
  const Action& deleter = *context.service().deleter();
  const auto answered =
      context.answered(context.call(deletion_query(deleter, id), {}, kOtherAccount));
  if (!answered) return;
  const auto [reread, after] = context.await(id);
  if (!reread) return;
  context.claim(after && after->status != deleter.states.through, Standing::related, *answered,
                "the flow log of the account \"default\" stands", after ? after->status : "(gone)",
                "Another account's flow log was deleted.");
}

Check own_account(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.accounts/apart",
      {"An account sees and touches its own flow logs only", "账号只能查询和操作自己的流日志"},
      {"notes/quota"}, act_as_other);
  check.needs = {"account.other"};
  check.standing = Standing::related;
  check.requests = 10;
  return check;
}

}  // namespace

void lifecycle_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  for (const Parameter& parameter : options.api->create.parameters) {
    if (read_back(parameter)) checks.push_back(stored(options, parameter));
  }
  checks.push_back(log_names(options));
  checks.push_back(log_topics_apart(options));
  state_trace_checks(options, checks);
  created_deletion_checks(options, checks);
  checks.push_back(foreign_resource(options));
  checks.push_back(own_account(options));
}

}  // namespace flowlog

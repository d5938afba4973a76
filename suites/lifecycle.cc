// From creation to deletion: what was sent is what stands, the states are the documented ones, and
// what is deleted is gone.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/text.h"
#include "engine/script.h"
#include "generators/requests.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

constexpr const char* kAsynchronous = "notes/asynchronous";
constexpr const char* kDeleting = "Deleting";  // DescribeFlowLogs: while DeleteFlowLog works
constexpr std::size_t kMostOfAClass = 2;       // values of one class that are read back

using Tags = std::map<std::string, std::string>;

// What DescribeFlowLogs should show of one parameter, and what it shows.
struct Shown {
  std::string sent;
  std::string stands;
};

std::string text_of(const Tags& tags) {
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

Shown shown(const Parameter& parameter, const Params& sent, const FlowLog& flow_log) {
  if (parameter.name.starts_with("Tags.")) {
    return {text_of(tags_sent(sent)), text_of(Tags(flow_log.tags.begin(), flow_log.tags.end()))};
  }
  const std::string value =
      find(sent, parameter.name).value_or(parameter.default_value.value_or(""));
  return {show(value), show(flow_log.*members().at(parameter.name))};
}

// Every parameter that DescribeFlowLogs shows, of a flow log that was just made; false when one is
// not as sent.
bool stands_as_sent(CheckContext& context, const Reply& reply, const Parameter& about) {
  const auto [read, flow_log] = context.await(reply.id());
  if (!read) return false;
  if (!flow_log) {
    return context.claim(false, Standing::documented, reply,
                         "DescribeFlowLogs returns the new flow log", "it returns none of that id",
                         "The flow log that was created is not there.");
  }
  const Shown it = shown(about, reply.sent, *flow_log);
  return context.claim(it.sent == it.stands, Standing::documented, reply,
                       fmt::format("{} is stored as sent: {}", about.name, it.sent),
                       fmt::format("DescribeFlowLogs shows {}", it.stands),
                       fmt::format("{} is not what was sent.", about.name));
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

Check stored(const CatalogOptions& options, const Parameter& parameter) {
  // A type is read back with a resource of that type.
  const bool names_type = parameter.name == "ResourceType";
  std::vector<Edit> edits = names_type ? std::vector<Edit>(1) : values_of(options, parameter);
  Check check = script_check(
      options, "lifecycle.stored/" + parameter.name,
      {parameter.name + " stands as it was sent", parameter.name + " 的存储值与请求一致"},
      {parameter.row(), kAsynchronous}, [edits, &parameter](CheckContext& context) {
        for (std::size_t lease = 0; lease < context.leases(); ++lease) {
          for (const Edit& edit : edits) {
            const Reply reply = context.create(flowlog::apply(edit, context.smallest(lease)));
            if (!context.accepted(reply)) return;
            if (!stands_as_sent(context, reply, parameter)) return;
            context.forget_created();
          }
        }
      });
  if (names_type) {
    check.resources.clear();
    for (const auto& [type, ids] : options.profile->resources.free) {
      if (!ids.empty()) check.resources.push_back({.type = type});
    }
    if (check.resources.empty()) check.resources.push_back({.type = "vpc"});
  }
  check.creations = static_cast<int>(edits.size() * check.resources.size());
  check.requests = check.creations * 5;
  return check;
}

// Looks at one flow log until `done` says so or the time is up.
struct StateTrace {
  std::vector<std::string> states;  // in the order they were seen, each once in a row; "" is gone
  bool done = false;
  bool read = true;  // false: it could not be read, which is noted
};

StateTrace trace_states(CheckContext& context, const std::string& id, const std::string& until) {
  using std::chrono::milliseconds;
  StateTrace trace;
  const auto limit = std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(context.profile().active_timeout_s));
  const Instant start = context.now();
  const Instant end = start + limit;
  for (;;) {
    const auto [read, found] = context.look_up(id);
    trace.read = trace.read && read;
    if (!read) return trace;
    const std::string state = found ? found->status : "";
    if (trace.states.empty() || trace.states.back() != state) trace.states.push_back(state);
    trace.done = state == until;
    if (trace.done || context.now() >= end) return trace;
    // Twice as late each time: a state that lasts half of the time is never missed.
    const Duration wait =
        std::clamp<Duration>(context.now() - start, milliseconds(5), std::chrono::seconds(2));
    context.pause(std::min<Duration>(wait, end - context.now()));
  }
}

std::string text_of(const std::vector<std::string>& states) {
  std::vector<std::string> words;
  for (const std::string& state : states) words.push_back(state.empty() ? "(gone)" : state);
  return join(words, ", ");
}

Check becomes_ready(const CatalogOptions& options) {
  return script_check(
      options, "lifecycle.creation/becomes-active",
      {"A new flow log is creating, then active, and nothing else",
       "新建流日志状态依次为创建中、创建完成"},
      {kAsynchronous}, [](CheckContext& context) {
        const Contract& contract = context.api().create;
        const Reply reply = context.create(context.smallest());
        if (!context.accepted(reply)) return;
        const auto [seen, at_first] = context.look_up(reply.id());
        const auto [read, shown] = context.await(reply.id());
        if (!seen || !read) return;
        if (!at_first && shown && shown->status == contract.state_when_ready) {
          context.finding(reply, contract.state_while_creating + " from the answer on",
                          "not shown at first, then " + shown->status,
                          "DescribeFlowLogs does not show the flow log while it is being created.");
        }
        const StateTrace trace = trace_states(context, reply.id(), contract.state_when_ready);
        if (!trace.read) return;
        const std::string expected =
            fmt::format("{}, then {}", contract.state_while_creating, contract.state_when_ready);
        const bool only_those = std::ranges::all_of(trace.states, [&](const std::string& state) {
          // Two places that answer may differ for a while: out of sight is no state.
          return state == contract.state_while_creating || state == contract.state_when_ready ||
                 (state.empty() && trace.done);
        });
        if (std::ranges::count(trace.states, "") > 0 && trace.done) {
          context.note("DescribeFlowLogs did not show the new flow log at every look.");
        }
        if (!context.claim(only_those, Standing::documented, reply, expected, text_of(trace.states),
                           "A new flow log was in another state.")) {
          return;
        }
        if (!context.claim(trace.done, Standing::documented, reply, expected,
                           fmt::format("{} after {:.0f} s", text_of(trace.states),
                                       context.profile().active_timeout_s),
                           "The flow log did not become ready in the profile's time.")) {
          return;
        }
        const auto [reread, later] = context.look_up(reply.id());
        if (!reread) return;
        context.claim(later && later->status == contract.state_when_ready, Standing::documented,
                      reply, contract.state_when_ready + " for good",
                      later ? later->status : "(gone)", "The flow log did not stay ready.");
      });
}

// Bound is bound, also when nothing is under way any more.
Check bound_when_ready(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.creation/bound-when-active",
      {"A resource whose flow log is active cannot be bound again",
       "流日志创建完成后，其资源不可再次绑定"},
      rows_of(*options.api, &Trigger::condition, "resource.bound"), [](CheckContext& context) {
        const Reply first = context.create(context.smallest());
        if (!context.accepted(first)) return;
        const std::string& ready = context.api().create.state_when_ready;
        const StateTrace trace = trace_states(context, first.id(), ready);
        if (!trace.read) return;
        if (!trace.done) return context.inconclusive("The flow log did not become " + ready + ".");
        context.answers(context.create(context.smallest()), context.situation("resource.bound"));
      });
  check.creations = 1;
  check.requests = 8;
  return check;
}

Check deletion(const CatalogOptions& options) {
  return script_check(
      options, "lifecycle.deletion/gone",
      {"A deleted flow log is no longer returned", "删除后的流日志不再返回"}, {kAsynchronous},
      [](CheckContext& context) {
        const Reply reply = context.create(context.smallest());
        if (!context.accepted(reply)) return;
        const Contract& remove = context.api().remove;
        const Reply removed = context.call(
            {{"Action", remove.action}, {"Version", remove.version}, {"FlowLogId", reply.id()}});
        if (removed.answer.kind != Response::Kind::success) {
          // An endpoint may refuse it while it creates; cleaning up tries for longer.
          context.claim(removed.answer.kind == Response::Kind::error, Standing::related, removed,
                        "the deletion is accepted", context.observed(removed),
                        "The flow log could not be deleted.");
          return;
        }
        const StateTrace trace = trace_states(context, reply.id(), "");
        if (!trace.read) return;
        context.claim(trace.done, Standing::related, removed, "no longer returned",
                      fmt::format("{} after {:.0f} s", text_of(trace.states),
                                  context.profile().active_timeout_s),
                      "A deleted flow log stays.");
        const std::set<std::string> lawful = {context.api().create.state_while_creating,
                                              context.api().create.state_when_ready, kDeleting, ""};
        context.claim(std::ranges::all_of(trace.states,
                                          [&](const std::string& s) { return lawful.contains(s); }),
                      Standing::related, removed, std::string(kDeleting) + ", then gone",
                      text_of(trace.states), "A flow log was in another state while it went.");
      });
}

Check rebinding(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.deletion/bound-again",
      {"A resource whose flow log is deleted can be bound again", "流日志删除后，其资源可再次绑定"},
      {kAsynchronous}, [](CheckContext& context) {
        const Reply first = context.create(context.smallest());
        if (!context.accepted(first) || !context.remove(first.id())) return;
        const Reply second = context.create(context.smallest());
        if (!context.accepted(second)) return;
        context.claim(second.id() != first.id(), Standing::documented, second, "a new FlowLogId",
                      context.observed(second), "A new flow log got the id of a deleted one.");
      });
  check.creations = 2;
  check.requests = 10;
  return check;
}

Check only_that_one(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.deletion/only-that-one",
      {"Deleting one flow log leaves the others", "删除一个流日志不影响其他流日志"},
      {kAsynchronous}, [](CheckContext& context) {
        const Reply first = context.create(context.smallest(0));
        if (!context.accepted(first)) return;
        const Reply second = context.create(context.smallest(1));
        if (!context.accepted(second) || !context.remove(first.id())) return;
        const auto [read, other] = context.await(second.id());
        if (!read) return;
        context.claim(other.has_value(), Standing::related, second, "the other flow log stands",
                      "it is gone", "Deleting one flow log took another with it.");
      });
  lease_more(check, 1);
  check.creations = 2;
  check.requests = 10;
  return check;
}

// Log project and topic, made by the first flow log and used by the others.
Check log_names(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.log-topic/by-name",
      {"A log project and topic are made once and used by name",
       "日志项目与日志主题按名称创建或复用"},
      {"parameters/LogProjectName", "parameters/LogTopicName"}, [](CheckContext& context) {
        const Reply first = context.create(context.smallest(0));
        if (!context.accepted(first)) return;
        const Reply second = context.create(context.smallest(1));
        if (!context.accepted(second)) return;
        const auto a = context.await(first.id()).flow_log;
        const auto b = context.await(second.id()).flow_log;
        if (!a || !b) return context.inconclusive("The flow logs could not be read back.");
        const auto ids = [](const FlowLog& flow_log) {
          return fmt::format("{}/{}", flow_log.log_project_id, flow_log.log_topic_id);
        };
        context.claim(!a->log_project_id.empty() && !a->log_topic_id.empty(), Standing::related,
                      first, "LogProjectId and LogTopicId are given", ids(*a),
                      "DescribeFlowLogs does not tell the log project and topic.");
        context.claim(ids(*a) == ids(*b), Standing::documented, second,
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
        const Reply first = context.create(context.smallest(0));
        if (!context.accepted(first)) return;
        Params elsewhere = context.smallest(1);
        const std::string project = find(elsewhere, "LogProjectName").value_or("");
        set(elsewhere, "LogProjectName", project + "-2");
        const Reply second = context.create(elsewhere);
        if (!context.accepted(second)) return;
        const auto a = context.await(first.id()).flow_log;
        const auto b = context.await(second.id()).flow_log;
        if (!a || !b) return context.inconclusive("The flow logs could not be read back.");
        context.claim(a->log_topic_id.empty() || a->log_topic_id != b->log_topic_id,
                      Standing::documented, second, "a LogTopicId other than " + a->log_topic_id,
                      b->log_topic_id, "Two log projects share a log topic.");
        context.claim(a->log_project_id.empty() || a->log_project_id != b->log_project_id,
                      Standing::documented, second,
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

Check own_account(const CatalogOptions& options) {
  Check check = script_check(
      options, "lifecycle.accounts/apart",
      {"An account sees its own flow logs only", "账号只能查询到自己的流日志"}, {"notes/quota"},
      [](CheckContext& context) {
        const Reply reply = context.create(context.smallest());
        if (!context.accepted(reply)) return;
        if (!context.await(reply.id()).read) return;
        const auto [read, seen] = context.look_up(reply.id(), "other");
        if (!read) return;
        context.claim(!seen.has_value(), Standing::related, reply, "not shown to another account",
                      "the account \"other\" sees it", "A flow log is shown to another account.");
      });
  check.needs = {"account.other"};
  check.standing = Standing::related;
  return check;
}

}  // namespace

void lifecycle_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  for (const Parameter& parameter : options.api->create.parameters) {
    if (read_back(parameter)) checks.push_back(stored(options, parameter));
  }
  checks.push_back(log_names(options));
  checks.push_back(log_topics_apart(options));
  checks.push_back(becomes_ready(options));
  checks.push_back(bound_when_ready(options));
  checks.push_back(deletion(options));
  checks.push_back(rebinding(options));
  checks.push_back(only_that_one(options));
  checks.push_back(foreign_resource(options));
  checks.push_back(own_account(options));
}

}  // namespace flowlog

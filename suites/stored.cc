// Every parameter that the service's list shows stands as it was sent.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/script.h"
#include "generators/requests.h"
#include "suites/catalog.h"
#include "suites/lifecycle.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr std::size_t kMostOfAClass = 2;  // values of one class that are read back

using Tags = std::map<std::string, std::string>;

// What the list should show of one parameter, and what it shows.
struct Shown {
  std::string sent;
  std::string stands;
};

std::string tags_text(const Tags& tags) {
  std::vector<std::string> words;
  for (const auto& [key, value] : tags) words.push_back(show(key) + "=" + show(value));
  return "{" + join(words, ", ") + "}";
}

bool strips_edges(const Contract& contract, const std::string& parameter) {
  return contract.rule(parameter + "/edges") != nullptr;
}

// Blanks at the ends are removed by the system, where it does not refuse them.
std::string as_kept(const Action& creator, Role role, const std::string& text) {
  if (!strips_edges(creator.contract, creator.parameter(role))) return text;
  return std::string(trimmed(text, " "));
}

// Keys and values that belong together by what stands before their last name.
Tags tags_sent(const Action& creator, const Params& params) {
  const auto last_of = [&](Role role) {
    const std::string& parameter = creator.parameter(role);
    return parameter.substr(parameter.rfind('.'));
  };
  const std::string key = last_of(Role::tag_key);
  Tags tags;
  for (const auto& [name, value] : params) {
    const Parameter* parameter = creator.contract.parameter_of(name);
    if (parameter == nullptr || parameter->name != creator.parameter(Role::tag_key)) continue;
    const std::string stem = name.substr(0, name.size() - key.size());
    tags[as_kept(creator, Role::tag_key, value)] = as_kept(
        creator, Role::tag_value, find(params, stem + last_of(Role::tag_value)).value_or(""));
  }
  return tags;
}

bool is_of_tags(const Action& creator, const Parameter& parameter) {
  return !parameter.name.empty() && (parameter.name == creator.parameter(Role::tag_key) ||
                                     parameter.name == creator.parameter(Role::tag_value));
}

// The member that holds the parameter as it was sent; nullptr where none does.
const Member* member_of(const Service& service, const Parameter& parameter) {
  const Member* member = service.list().member_of(parameter.name);
  return member != nullptr && member->shows == Shows::parameter ? member : nullptr;
}

bool read_back(const Service& service, const Parameter& parameter) {
  const bool tags = service.list().member_showing(Shows::tags) != nullptr;
  return member_of(service, parameter) != nullptr ||
         (tags && is_of_tags(service.creator(), parameter));
}

Shown shown_of(const Service& service, const Parameter& parameter, const Params& sent,
               const FlowLog& flow_log) {
  if (is_of_tags(service.creator(), parameter)) {
    return {tags_text(tags_sent(service.creator(), sent)),
            tags_text(Tags(flow_log.tags.begin(), flow_log.tags.end()))};
  }
  const std::string value =
      find(sent, parameter.name).value_or(parameter.default_value.value_or(""));
  return {show(value), show(flow_log.text(member_of(service, parameter)->name))};
}

// Every parameter that the list shows, of a flow log that was just made; false when one is not as
// sent.
bool stands_as_sent(CheckContext& context, const AnsweredReply& reply, const Parameter& about) {
  const std::string& lister = context.service().lister().name;
  const auto [read, flow_log] = context.await(reply.id());
  if (!read) return false;
  if (!flow_log) {
    return context.claim(false, Standing::documented, reply, lister + " returns the new flow log",
                         "it returns none of that id",
                         "The flow log that was created is not there.");
  }
  const Shown it = shown_of(context.service(), about, reply.sent, *flow_log);
  return context.claim(it.sent == it.stands, Standing::documented, reply,
                       fmt::format("{} is stored as sent: {}", about.name, it.sent),
                       fmt::format("{} shows {}", lister, it.stands),
                       fmt::format("{} is not what was sent.", about.name));
}

// The same of a flow log that another check's request made with the same value; false where there
// is none, or it is not as sent: then the check's own shows it.
bool stood_as_sent(CheckContext& context, const Params& params, const Params& base,
                   const Parameter& about) {
  const auto known = context.stored_before(params, base);
  if (!known) return false;
  const auto& [reply, flow_log] = *known;
  const Shown it = shown_of(context.service(), about, reply.sent, flow_log);
  if (it.sent != it.stands) return false;
  return context.claim(true, Standing::documented, reply,
                       fmt::format("{} is stored as sent: {}", about.name, it.sent),
                       fmt::format("{} shows {}", context.service().lister().name, it.stands), "");
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

// What an endpoint may take has to be kept: a character beyond U+FFFF as it is, blanks at both ends
// without them.
std::vector<Edit> grey_values_of(const CatalogOptions& options, const Parameter& parameter) {
  for (const Rule& rule : parameter.rules) {
    const bool edges = rule.kind == RuleKind::edges;
    if (!edges && (rule.kind != RuleKind::characters || parameter.indexed())) continue;
    for (const InputClass& input : options.classes->of(parameter, rule)) {
      if (input.side != Side::grey || (edges && input.id != "blanks-at-both-ends")) continue;
      const auto found = std::ranges::find_if(
          input.boundaries, [&](const Edit& edit) { return edges || beyond_the_bmp(edit); });
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

// What was made on a target of the type.
struct OfType {
  std::string type;
  FlowLog flow_log;
};

// On types other than one, a target is not its own parent.
bool claim_parents(CheckContext& context, const AnsweredReply& reply,
                   const std::vector<OfType>& each_type) {
  const Member* parent = context.service().list().member_showing(Shows::target_parent);
  if (parent == nullptr) return true;
  std::vector<std::string> own;
  for (const auto& [type, flow_log] : each_type) {
    if (shown(flow_log, parent->name) == flow_log.resource_id) own.push_back(type);
  }
  return context.claim(
      own.size() < 2, Standing::related, reply,
      fmt::format("{} is what the resource lies in", parent->name),
      fmt::format("{} is the resource itself for {}", parent->name, join(own, ", ")),
      fmt::format("{} is the id of the resource.", parent->name));
}

void store_each(CheckContext& context, const StoredValues& values, const Parameter& parameter) {
  std::vector<OfType> each_type;
  // A thing that is made for no target needs no lease.
  const std::size_t rounds = std::max<std::size_t>(context.leases(), 1);
  for (std::size_t lease = 0; lease < rounds; ++lease) {
    for (const Edit& edit : values.valid) {
      const Params base = context.smallest(lease);
      const Params params = flowlog::apply(edit, base);
      if (rounds == 1 && stood_as_sent(context, params, base, parameter)) continue;
      const auto reply = context.accepted(context.create_alone(params));
      if (!reply || !stands_as_sent(context, *reply, parameter)) return;
      if (rounds > 1) {
        const Lookup seen = context.look_up(reply->id());
        if (seen.flow_log) each_type.push_back({context.lease(lease).type(), *seen.flow_log});
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

Check stored_check(const CatalogOptions& options, const Parameter& parameter) {
  // A type is read back with a resource of that type.
  const bool names_type = parameter.name == options.action->parameter(Role::target_type);
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

}  // namespace

void stored_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  for (const Parameter& parameter : options.contract().parameters) {
    if (read_back(*options.service, parameter)) checks.push_back(stored_check(options, parameter));
  }
}

}  // namespace flowlog

#include <fmt/format.h>

#include <filesystem>

#include "specs/load.h"
#include "specs/read.h"
#include "specs/references.h"
#include "specs/service.h"

namespace flowlog {
namespace {

std::string text_at(const JsonNode& node, std::string_view member) {
  auto found = node.find(member);
  return found ? filled(*found) : "";
}

Member read_member(const JsonNode& node) {
  Member member;
  member.shows = word_of(node.at("shows"), shows_words());
  Names allowed = {"name", "shows"};
  switch (member.shows) {
    case Shows::parameter:
      allowed.insert(allowed.end(), {"parameter", "or_id"});
      member.parameter = filled(node.at("parameter"));
      member.or_id = flag(node, "or_id");
      break;
    case Shows::left_behind:
      allowed.emplace_back("parameter");
      member.parameter = filled(node.at("parameter"));
      break;
    case Shows::tags:
      allowed.insert(allowed.end(), {"key", "value"});
      member.key = filled(node.at("key"));
      member.value = filled(node.at("value"));
      break;
    case Shows::constant:
      allowed.insert(allowed.end(), {"value", "words"});
      member.value = node.at("value").text();
      member.words = words_if(node, "words");
      break;
    default:
      break;
  }
  node.only(allowed);
  member.name = read_id(node.at("name"), "");
  return member;
}

Filter read_filter(const JsonNode& node) {
  Filter filter;
  filter.match = word_of(node.at("match"), filter_match_words());
  const bool by_tag =
      filter.match == FilterMatch::tag_key || filter.match == FilterMatch::tag_value;
  node.only(by_tag ? Names{"parameter", "match"} : Names{"parameter", "match", "member"});
  filter.parameter = filled(node.at("parameter"));
  if (!by_tag) filter.member = filled(node.at("member"));
  return filter;
}

ListShape read_list(const JsonNode& node) {
  node.only({"path", "page_token", "members", "filters"});
  ListShape list;
  list.path = filled(node.at("path"));
  if (!list.path.ends_with("[]")) node.at("path").fail("the path of a list, \"Result.Things[]\"");
  list.page_token = text_at(node, "page_token");
  list.members = list_of(node.at("members"), read_member);
  list.filters = list_at(node, "filters", read_filter);
  return list;
}

// The members that say how an action moves a state.
constexpr const char* kStateMembers[] = {"from", "grey_from", "through", "to", "grey_to"};

StateChange read_states(const JsonNode& node) {
  node.only({std::begin(kStateMembers), std::end(kStateMembers)});
  StateChange change;
  change.from = words_if(node, "from");
  change.grey_from = words_if(node, "grey_from");
  change.through = text_at(node, "through");
  change.to = words_if(node, "to");
  change.grey_to = words_if(node, "grey_to");
  return change;
}

std::map<Role, std::string> read_roles(const JsonNode& node) {
  Names names;
  for (const auto& [word, role] : role_words()) names.push_back(word);
  node.only(names);
  std::map<Role, std::string> roles;
  for (const auto& [word, role] : role_words()) {
    if (auto parameter = node.find(word)) roles[role] = filled(*parameter);
  }
  return roles;
}

Action read_action(const JsonNode& node) {
  node.only({"name", "effect", "roles", "states", "answer_id", "list", "standing", "source"});
  Action action;
  action.name = read_id(node.at("name"), "");
  action.effect = word_of(node.at("effect"), effect_words());
  if (auto roles = node.find("roles")) action.roles = read_roles(*roles);
  if (auto states = node.find("states")) action.states = read_states(*states);
  const bool creates = action.effect == Effect::create;
  const bool lists = action.effect == Effect::read || action.effect == Effect::read_tags;
  if (creates) action.answer_id = filled(node.at("answer_id"));
  if (lists) action.list = read_list(node.at("list"));
  auto refuse = [&](std::string_view member, std::string_view where) {
    if (auto found = node.find(member)) {
      found->reject(fmt::format("stands at an action of the effect \"{}\", expected it at {} only",
                                name(action.effect), where));
    }
  };
  if (!creates) refuse("answer_id", "\"create\"");
  if (!lists) refuse("list", "\"read\" and \"read_tags\"");
  read_origin(node, action);
  return action;
}

State read_state(const JsonNode& node) {
  node.only({"name", "meaning", "standing", "source", "text"});
  State state;
  state.name = filled(node.at("name"));
  state.meaning = word_of(node.at("meaning"), state_meaning_words());
  read_origin(node, state);
  state.text = read_sentence(node.at("text"));
  return state;
}

Exclusive read_exclusive(const JsonNode& node) {
  node.only({"parameter", "condition", "rows", "standing", "source"});
  Exclusive exclusive;
  exclusive.parameter = filled(node.at("parameter"));
  exclusive.condition = filled(node.at("condition"));
  exclusive.rows = words_if(node, "rows");
  read_origin(node, exclusive);
  return exclusive;
}

Quota read_quota(const JsonNode& node) {
  node.only({"max", "per", "profile", "rows", "standing", "source"});
  Quota quota;
  quota.max = int(node.at("max").integer(1, kLongest));
  quota.per = list_of(node.at("per"), [](const JsonNode& item) {
    return item.word({"account", "region"});
  });
  if (quota.per.empty()) node.at("per").reject("an empty list, expected at least one word");
  quota.profile = filled(node.at("profile"));
  quota.rows = words_if(node, "rows");
  read_origin(node, quota);
  return quota;
}

LeftBehind read_left_behind(const JsonNode& node) {
  node.only({"name", "parameter", "within", "standing", "source", "text"});
  LeftBehind left;
  left.name = read_id(node.at("name"), "");
  left.parameter = filled(node.at("parameter"));
  left.within = text_at(node, "within");
  read_origin(node, left);
  left.text = read_sentence(node.at("text"));
  return left;
}

ResourceKind read_kind(const JsonNode& node) {
  node.only({"name", "text", "plural", "states", "exclusive", "quota", "leaves_behind",
             "dies_with_target"});
  ResourceKind kind;
  kind.name = read_id(node.at("name"), "");
  kind.text = read_sentence(node.at("text"));
  kind.plural = read_sentence(node.at("plural"));
  kind.states = list_at(node, "states", read_state);
  if (auto exclusive = node.find("exclusive")) kind.exclusive = read_exclusive(*exclusive);
  if (auto quota = node.find("quota")) kind.quota = read_quota(*quota);
  kind.leaves_behind = list_at(node, "leaves_behind", read_left_behind);
  kind.dies_with_target = flag(node, "dies_with_target");
  return kind;
}

Condition read_one_condition(const JsonNode& node) {
  Condition condition;
  condition.provision = word_of(node.at("provision"), provision_words());
  Names allowed = {"name", "provision", "text"};
  if (condition.provision == Provision::resource) {
    allowed.emplace_back("type");
    condition.type = filled(node.at("type"));
  }
  if (condition.provision == Provision::parameters) {
    allowed.emplace_back("values");
    const auto values = node.at("values").members();
    if (values.empty()) node.at("values").reject("an empty object, expected at least one member");
    for (const auto& [member, parameter] : values) {
      condition.values.emplace_back(member, filled(parameter));
    }
  }
  node.only(allowed);
  condition.name = read_condition(node.at("name"));
  const bool account = condition.provision == Provision::account;
  if (account != condition.name.starts_with("account.")) {
    node.at("provision")
        .fail(account ? "\"account\" at account.name only" : "\"account\" at account.name");
  }
  condition.text = read_sentence(node.at("text"));
  return condition;
}

Vocabulary read_vocabulary(const JsonNode& node) {
  node.only({"id", "parameters", "words"});
  return {read_id(node.at("id"), ""), words_at(node, "parameters"), words_at(node, "words")};
}

// Reads the files that a service names, beside it.
class Neighbours {
 public:
  Neighbours(const std::string& file, const FileReader& read)
      : folder_(std::filesystem::path(file).parent_path()), read_(read) {}

  // Its path and its text. Throws InputError at `node`, which names it, when there is none.
  std::pair<std::string, std::string> at(const std::string& name, const JsonNode& node) const {
    std::string path = (folder_ / name).lexically_normal().generic_string();
    auto text = read_(path);
    if (!text) node.reject(fmt::format("names the file {}, which cannot be read", path));
    return {std::move(path), std::move(*text)};
  }

 private:
  std::filesystem::path folder_;
  const FileReader& read_;
};

}  // namespace

Service load_service(std::string_view text, const std::string& file, const FileReader& read) {
  JsonNode root = JsonNode::parse(text, file);
  root.only({"$schema", "service", "version", "common_errors", "every_action", "kind", "actions",
             "conditions", "vocabularies"});
  text_or(root, "$schema", "");
  Service service;
  service.name = filled(root.at("service"));
  service.version = filled(root.at("version"));
  service.common_errors = text_at(root, "common_errors");
  const Neighbours files(file, read);
  if (!service.common_errors.empty()) {
    auto [path, common] = files.at(service.common_errors, root.at("common_errors"));
    service.common = load_common_errors(common, path);
  }
  if (auto every = root.find("every_action")) {
    every->only({"parameters", "answer"});
    service.parameters = list_of(every->at("parameters"), read_parameter);
    service.answer = list_of(every->at("answer"), read_field);
  }
  service.kind = read_kind(root.at("kind"));
  service.conditions = list_at(root, "conditions", read_one_condition);
  service.vocabularies = list_at(root, "vocabularies", read_vocabulary);
  service.actions = list_of(root.at("actions"), read_action);
  check_unique_ids(root.at("actions"), "name");
  for (std::size_t i = 0; i < service.actions.size(); ++i) {
    Action& action = service.actions[i];
    const JsonNode node = root.at("actions").items()[i].at("name");
    auto [path, contract] = files.at(action.name + ".json", node);
    action.contract = load_contract(contract, path, service);
  }
  check_service(root, service);
  return service;
}

}  // namespace flowlog

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"
#include "specs/references.h"

namespace flowlog {
namespace {

template <class Element, class Name>
Names collect(const std::vector<Element>& list, Name name) {
  Names names;
  for (const Element& element : list) names.push_back(element.*name);
  return names;
}

void check_names(const JsonNode& node, std::string_view member, const Names& names,
                 std::string_view what) {
  if (auto list = node.find(member)) {
    for (const JsonNode& item : list->items()) check_name(item, names, what);
  }
}

class ServiceCheck {
 public:
  ServiceCheck(const JsonNode& root, const Service& service) : root_(root), service_(service) {}

  void run() {
    every_action();
    effects();
    for (std::size_t i = 0; i < service_.actions.size(); ++i) {
      action(root_.at("actions").items()[i], service_.actions[i]);
    }
    kind(root_.at("kind"));
    conditions();
    vocabularies();
  }

 private:
  void every_action() {
    auto every = root_.find("every_action");
    if (!every) return;
    Contract shared;
    shared.parameters = service_.parameters;
    shared.answer = service_.answer;
    check_references(*every, shared, service_.common);
  }

  void effects() {
    auto count = [&](Effect effect) {
      return std::count_if(service_.actions.begin(), service_.actions.end(),
                           [&](const Action& one) { return one.effect == effect; });
    };
    for (Effect effect : {Effect::create, Effect::read, Effect::remove}) {
      auto found = count(effect);
      bool optional = effect == Effect::remove;
      if (found == 1 || (optional && found == 0)) continue;
      root_.at("actions").reject(fmt::format("{} actions of the effect \"{}\", expected {}", found,
                                             name(effect),
                                             optional ? "at most one" : "exactly one"));
    }
  }

  void action(const JsonNode& node, const Action& action) {
    const Contract& contract = action.contract;
    auto same = [&](std::string_view member, const std::string& theirs, const std::string& ours) {
      if (theirs != ours) {
        node.at("name").reject(fmt::format("its contract has the {} {}, expected {}", member,
                                           show(theirs), show(ours)));
      }
    };
    same("action", contract.action, action.name);
    same("version", contract.version, service_.version);
    same("service", contract.service, service_.name);
    const Names parameters = collect(contract.parameters, &Parameter::name);
    const std::string of = "parameter of " + action.name;
    if (auto roles = node.find("roles")) {
      for (const auto& [role, parameter] : roles->members()) check_name(parameter, parameters, of);
    }
    if (auto states = node.find("states")) moves(*states, action);
    if (auto id = node.find("answer_id")) check_name(*id, fields_of(contract), field(action));
    if (auto list = node.find("list")) listing(*list, action);
    agree(node, action);
  }

  // What a contract may say as well has to be the same.
  void agree(const JsonNode& node, const Action& action) {
    const Contract& contract = action.contract;
    int quota = service_.kind.quota ? service_.kind.quota->max : 0;
    if (contract.quota != 0 && contract.quota != quota) {
      node.at("name").reject(fmt::format("its contract has the quota {}, the kind has {}",
                                         contract.quota,
                                         quota == 0 ? "none" : fmt::to_string(quota)));
    }
    for (const std::string& state : contract.states) {
      if (service_.kind.state(state) == nullptr) {
        node.at("name").reject(
            fmt::format("its contract has the state {}, which is none of the kind's", show(state)));
      }
    }
  }

  void moves(const JsonNode& node, const Action& action) {
    const Names states = collect(service_.kind.states, &State::name);
    for (const char* member : {"from", "grey_from", "to", "grey_to"}) {
      check_names(node, member, states, "state of the kind");
    }
    if (auto through = node.find("through")) check_name(*through, states, "state of the kind");
    auto apart = [&](const char* member, const Names& grey, const Names& certain) {
      for (const std::string& state : grey) {
        if (std::find(certain.begin(), certain.end(), state) == certain.end()) continue;
        node.at(member).reject(fmt::format("holds {}, which is certain already", show(state)));
      }
    };
    apart("grey_from", action.states.grey_from, action.states.from);
    apart("grey_to", action.states.grey_to, action.states.to);
  }

  static Names fields_of(const Contract& contract) {
    return collect(contract.answer, &Field::path);
  }
  static std::string field(const Action& action) { return "field of the answer of " + action.name; }

  void listing(const JsonNode& node, const Action& action) {
    const ListShape& list = *action.list;
    const Names fields = fields_of(action.contract);
    const std::string stem = list.path.substr(0, list.path.size() - 2);
    if (std::find(fields.begin(), fields.end(), stem) == fields.end()) {
      check_name(node.at("path"), with_brackets(fields), field(action));
    }
    if (auto token = node.find("page_token")) check_name(*token, fields, field(action));
    Names known;
    for (const std::string& path : fields) {
      if (path.starts_with(list.path + ".")) known.push_back(path.substr(list.path.size() + 1));
    }
    check_unique_ids(node.at("members"), "name");
    for (std::size_t i = 0; i < list.members.size(); ++i) {
      member(node.at("members").items()[i], list.members[i], known, list.path);
    }
    if (list.member_showing(Shows::id) == nullptr) {
      node.at("members").reject("none of them shows the id, expected one that does");
    }
    if (auto filters = node.find("filters")) {
      check_unique_ids(*filters, "parameter");
      for (const JsonNode& filter : filters->items()) this->filter(filter, action);
    }
  }

  static Names with_brackets(Names paths) {
    for (std::string& path : paths) path += "[]";
    return paths;
  }

  void member(const JsonNode& node, const Member& member, const Names& known,
              const std::string& path) {
    check_name(node.at("name"), known, "member of " + path);
    if (!member.parameter.empty()) {
      check_name(node.at("parameter"), creator_parameters(), creator_parameter());
    }
    if (member.shows == Shows::tags) {
      for (const char* part : {"key", "value"}) {
        std::string whole = member.name + "[]." + node.at(part).text();
        if (std::find(known.begin(), known.end(), whole) == known.end()) {
          node.at(part).reject(fmt::format("{} is no member of {}.{}[]", show(node.at(part).text()),
                                           path, member.name));
        }
      }
    }
    if (!member.words.empty() && !member.value.empty()) {
      check_name(node.at("value"), member.words, "word of the member");
    }
  }

  void filter(const JsonNode& node, const Action& action) {
    check_name(node.at("parameter"), collect(action.contract.parameters, &Parameter::name),
               "parameter of " + action.name);
    if (auto member = node.find("member")) {
      check_name(*member, collect(action.list->members, &Member::name),
                 "member of " + action.list->path);
    }
  }

  Names creator_parameters() const {
    return collect(service_.creator().contract.parameters, &Parameter::name);
  }
  std::string creator_parameter() const { return "parameter of " + service_.creator().name; }

  void kind(const JsonNode& node) {
    const Names rows = collect(service_.creator().contract.errors, &ErrorRow::id);
    const std::string row = "error row of " + service_.creator().name;
    if (auto states = node.find("states")) {
      check_unique_ids(*states, "name");
      if (service_.kind.states_of(StateMeaning::ready).empty()) {
        states->reject("none of them means \"ready\", expected one that does");
      }
    }
    if (auto exclusive = node.find("exclusive")) {
      check_name(exclusive->at("parameter"), creator_parameters(), creator_parameter());
      check_name(exclusive->at("condition"), condition_names(), "condition of this service");
      check_names(*exclusive, "rows", rows, row);
    }
    if (auto quota = node.find("quota")) check_names(*quota, "rows", rows, row);
    if (auto left = node.find("leaves_behind")) {
      check_unique_ids(*left, "name");
      for (const JsonNode& one : left->items()) {
        for (const char* member : {"parameter", "within"}) {
          if (auto name = one.find(member)) {
            check_name(*name, creator_parameters(), creator_parameter());
          }
        }
      }
    }
  }

  Names condition_names() const { return collect(service_.conditions, &Condition::name); }

  // Each is complete, and every one that a row waits for is there.
  void conditions() {
    if (auto list = root_.find("conditions")) {
      check_unique_ids(*list, "name");
      for (const JsonNode& node : list->items()) {
        if (auto type = node.find("type")) {
          check_name(*type, service_.target_types(), "type of a target");
        }
        if (auto values = node.find("values")) {
          for (const auto& [member, parameter] : values->members()) {
            check_name(parameter, creator_parameters(), creator_parameter());
          }
        }
      }
    }
    for (std::size_t i = 0; i < service_.actions.size(); ++i) {
      triggers(root_.at("actions").items()[i].at("name"), service_.actions[i].contract.errors);
    }
    if (auto common = root_.find("common_errors")) triggers(*common, service_.common);
  }

  void triggers(const JsonNode& node, const std::vector<ErrorRow>& rows) {
    for (const ErrorRow& row : rows) {
      for (const Trigger& trigger : row.triggers) {
        if (trigger.condition.empty() || service_.condition(trigger.condition) != nullptr) continue;
        std::string sentence = fmt::format(
            "its row {} waits for the condition {}, expected it under "
            "\"conditions\"",
            row.id, show(trigger.condition));
        if (auto near = nearest(trigger.condition, condition_names())) {
          sentence += fmt::format("; did you mean \"{}\"?", *near);
        }
        node.reject(sentence);
      }
    }
  }

  void vocabularies() {
    auto list = root_.find("vocabularies");
    if (!list) return;
    check_unique_ids(*list, "id");
    Names addresses;
    for (const Action& action : service_.actions) {
      for (const Parameter& parameter : action.contract.parameters) {
        if (parameter.rule("values") != nullptr) {
          addresses.push_back(action.name + "/" + parameter.name);
        }
      }
    }
    std::set<std::string> taken;
    for (const JsonNode& vocabulary : list->items()) {
      check_names(vocabulary, "parameters", addresses,
                  "action/parameter of this service with a rule \"values\"");
      for (const JsonNode& address : vocabulary.at("parameters").items()) {
        if (!taken.insert(address.text()).second) {
          address.reject(fmt::format("{} has a vocabulary already", show(address.text())));
        }
        lawful(vocabulary, address.text());
      }
    }
  }

  // A word that a contract allows is no neighbour.
  void lawful(const JsonNode& vocabulary, const std::string& address) {
    const auto slash = address.find('/');
    const Contract& contract = *service_.contract(address.substr(0, slash));
    const Names& words = contract.rule(address.substr(slash + 1) + "/values")->words;
    for (const JsonNode& word : vocabulary.at("words").items()) {
      if (std::find(words.begin(), words.end(), word.text()) != words.end()) {
        word.reject(fmt::format("{} is lawful at {}", show(word.text()), address));
      }
    }
  }

  const JsonNode& root_;
  const Service& service_;
};

}  // namespace

void check_service(const JsonNode& root, const Service& service) {
  ServiceCheck(root, service).run();
}

}  // namespace flowlog

// The service: what its actions share and no single action's page says. Plain values, immutable
// once loaded; beside the contracts the only place that names parameters, members, states and
// conditions of an API. Optional parts are absent where a service lacks the thing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "specs/contract.h"

namespace flowlog {

// What an action does to a thing of the service's kind.
enum class Effect {
  create,
  read,  // lists the things
  update,
  remove,      // "delete"
  transition,  // moves a thing from one state to another and changes nothing else
  tag,
  untag,
  read_tags  // lists tags of the things
};
std::string_view name(Effect effect);

// What a parameter is for, whatever it is called.
enum class Role {
  id,     // of the thing that the action is about; of each of them when indexed
  token,  // idempotency
  name,
  description,
  target_id,    // the resource that a thing is made for
  target_type,  // its type
  project,
  tag_key,  // of the tags that are set; of those that are removed (untag)
  tag_value,
  page_size,
  page_token
};
std::string_view name(Role role);

// How an action moves a thing's state.
struct StateChange {
  std::vector<std::string> from;       // these permit it, certainly
  std::vector<std::string> grey_from;  // no page says whether these permit it: either is lawful
  std::string through;                 // shown meanwhile; empty: nothing is
  // Where it ends. Empty: as it was before (create: in any state), or no longer listed (remove).
  std::vector<std::string> to;
  std::vector<std::string> grey_to;  // may end here as well

  bool operator==(const StateChange&) const = default;
};

// Where the value of a listed member comes from.
enum class Shows {
  id,
  parameter,  // what `parameter` of the creator was, or its default
  state,
  created_at,
  updated_at,
  account,        // id of the account that owns the thing
  left_behind,    // id of what the creator's `parameter` names; see LeftBehind
  target_parent,  // id of what the target lies in
  tags,           // objects of the members `key` and `value`
  tag_key,        // one tag's (read_tags)
  tag_value,
  constant  // `value`, or one of `words`, which no action of the service changes
};

struct Member {
  std::string name;  // within an element of the list: "FlowLogName"
  Shows shows = Shows::constant;
  std::string parameter;           // parameter, left_behind
  bool or_id = false;              // parameter: may show the id where it was left out
  std::string key;                 // tags
  std::string value;               // tags, constant
  std::vector<std::string> words;  // constant: every value that a page names

  bool operator==(const Member&) const = default;
};

enum class FilterMatch {
  equal,
  equal_or_within,  // no page says whether a part of the text is enough
  any_of,           // an indexed parameter: equal to one of them
  tag_key,          // has a tag of that key
  tag_value         // and that tag has one of these values
};

struct Filter {
  std::string parameter;
  FilterMatch match = FilterMatch::equal;
  std::string member;  // equal, equal_or_within, any_of

  bool operator==(const Filter&) const = default;
};

// The answer of an action that lists.
struct ListShape {
  std::string path;        // "Result.FlowLogs[]"
  std::string page_token;  // "Result.NextToken", empty on the last page; "": there is one page only
  std::vector<Member> members;
  std::vector<Filter> filters;

  // nullptr when there is none.
  const Member* member(std::string_view name) const;
  const Member* member_showing(Shows shows) const;
  const Member* member_of(std::string_view creator_parameter) const;
  const Filter* filter(std::string_view parameter) const;

  bool operator==(const ListShape&) const = default;
};

struct Action {
  std::string name;
  Effect effect = Effect::read;
  std::map<Role, std::string> roles;
  StateChange states;
  std::string answer_id;          // where a creator's answer holds the new id: "Result.FlowLogId"
  std::optional<ListShape> list;  // read, read_tags
  Standing standing = Standing::documented;
  std::string source;
  Contract contract;

  // Name of the parameter that has the role; "" when none has.
  const std::string& parameter(Role role) const;

  bool operator==(const Action&) const = default;
};

enum class StateMeaning {
  initial,   // being created
  ready,     // created, and at work
  pending,   // being changed
  inactive,  // switched off
  deleting
};

struct State {
  std::string name;
  StateMeaning meaning = StateMeaning::ready;
  Standing standing = Standing::documented;
  std::string source;
  Text text;

  bool operator==(const State&) const = default;
};

// At most one thing for each value of the creator's `parameter`.
struct Exclusive {
  std::string parameter;
  std::string condition;          // holds while there is one: "resource.bound"
  std::vector<std::string> rows;  // error rows of the creator that a second one may get
  Standing standing = Standing::documented;
  std::string source;

  bool operator==(const Exclusive&) const = default;
};

// How many things there may be.
struct Quota {
  int max = 0;
  std::vector<std::string> per;   // "account", "region"
  std::string profile;            // member of the profile's "quota" that overrides `max`
  std::vector<std::string> rows;  // error rows of the creator; empty: no page names one
  Standing standing = Standing::documented;
  std::string source;

  bool operator==(const Quota&) const = default;
};

// What a creation makes on the side and a deletion leaves.
struct LeftBehind {
  std::string name;       // "log_project"
  std::string parameter;  // of the creator: names it
  std::string within;     // parameter that names what it lies in; "" when nothing
  Standing standing = Standing::documented;
  std::string source;
  Text text;

  bool operator==(const LeftBehind&) const = default;
};

struct ResourceKind {
  std::string name;  // "flow_log"
  Text text;         // "flow log"
  Text plural;       // "flow logs"
  std::vector<State> states;
  std::optional<Exclusive> exclusive;
  std::optional<Quota> quota;
  std::vector<LeftBehind> leaves_behind;
  bool dies_with_target = false;  // deleted when its target is

  const State* state(std::string_view name) const;
  // Names of the states of that meaning, in the file's order.
  std::vector<std::string> states_of(StateMeaning meaning) const;

  bool operator==(const ResourceKind&) const = default;
};

// How a condition of an error row's trigger comes about.
enum class Provision {
  account,         // the profile has an account of that name: accounts.arrears
  resource,        // resources.NAME is the id of a target of the type `type`
  typed_resource,  // resources.NAME is {"type", "id"}
  instance,        // resources.NAME is the id of a thing of the service's kind
  parameters,      // resources.NAME is an object whose members are values of parameters
  suite            // the suite brings it about itself
};

struct Condition {
  std::string name;  // "account.arrears", "resource.eni_shared"
  Provision provision = Provision::suite;
  std::string type;                                         // resource
  std::vector<std::pair<std::string, std::string>> values;  // parameters: member to parameter
  Text text;

  std::string member() const { return name.substr(name.find('.') + 1); }

  bool operator==(const Condition&) const = default;
};

// Words that others have for what a parameter names: other products, other clouds. None is lawful.
// Loading gives them to the rule `values` of each parameter (Rule::neighbours).
struct Vocabulary {
  std::string id;
  std::vector<std::string> parameters;  // "CreateFlowLog/TrafficType"
  std::vector<std::string> words;

  bool operator==(const Vocabulary&) const = default;
};

struct Service {
  std::string name;           // "vpc", as in the scope of a signature
  std::string version;        // "2020-04-01"
  std::string common_errors;  // file of the common rows, relative to the service's; may be empty
  // Rows that every contract has unless it has its own of the same name. {action} and {version}
  // stand for the contract's.
  std::vector<Parameter> parameters;
  std::vector<Field> answer;
  ResourceKind kind;
  std::vector<Action> actions;
  std::vector<Condition> conditions;
  std::vector<Vocabulary> vocabularies;
  std::vector<ErrorRow> common;

  // Pointers and references are valid as long as this Service is; pointers are null when there is
  // no such thing.
  const Action* action(std::string_view name) const;
  const Contract* contract(std::string_view action) const;
  // What requests of an action are judged by; of the creator where there is no such action.
  ContractView view(std::string_view action) const;
  const Action* first(Effect effect) const;
  // One of each, always.
  const Action& creator() const;
  const Action& lister() const;
  const Action* deleter() const { return first(Effect::remove); }

  // The lister's shape, and the name of the member that shows something ("" when none does).
  const ListShape& list() const { return *lister().list; }
  std::string member_showing(Shows shows) const;

  // How many things there may be at most; 0 where no page says.
  int quota() const { return kind.quota ? kind.quota->max : 0; }

  // Words for types of targets, from the creator's rule; empty when targets have no type.
  std::vector<std::string> target_types() const;

  const Condition* condition(std::string_view name) const;

  // An error row of a contract or of the common ones, by id.
  const ErrorRow* row(const Contract& contract, std::string_view id) const;
  // The rows of a contract and the common ones that a broken `rule` of it triggers.
  std::vector<const ErrorRow*> rows_for(const Contract& contract, const Rule& rule) const;

  // The same of the creator's contract.
  const ErrorRow* row(std::string_view id) const { return row(creator().contract, id); }
  std::vector<const ErrorRow*> rows_for(const Rule& rule) const {
    return rows_for(creator().contract, rule);
  }

  // The creator's contract, to be changed; then follow_contract().
  Contract& contract_to_change();
  // Takes over what the creator's contract tells of states and quota.
  void follow_contract();

  bool operator==(const Service&) const = default;
};

}  // namespace flowlog

// The contract: one action's documentation as data. Plain values, immutable once loaded; every
// number, word and code that the suite or the mock knows of the API comes from here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "specs/charset.h"

namespace flowlog {

// How a fact is known; decides what a difference means (deviating, deviating, finding).
enum class Standing { documented, related, inferred };
std::string_view name(Standing standing);

enum class RuleKind {
  required,    // must be sent
  length,      // min..max code points; `grey_lengths` may be answered either way
  characters,  // every character is in `allowed`; those in `grey` may be answered either way
  first,       // as characters, for the first one
  last,        // as characters, for the last one
  values,      // one of `words`, letter for letter; for Integer the canonical decimal text
  prefix,      // must not start with one of `words`, in any letter case
  edges,       // blanks (U+0020) at either end: two pages differ, so either answer is lawful
  unique,      // no two siblings of an indexed parameter (Tags.N.Key) are equal
  count,       // at most `max` siblings in one call
  index,       // N counts from 1 without gaps; how it is spelt is left open
  needs,       // Tags.N.Value needs the parameter `target` of the same N
  exists,      // names an existing thing: `target` is "resource" (of the type that the parameter
               // `of` names), "project", or "instance" (of the service's kind)
  range,       // an Integer from min to max, in canonical decimal
};
std::string_view name(RuleKind kind);

// Lenient readings of an Integer that other parsers take: grey, never a deviation.
enum class IntegerForm { leading_zero, plus_sign, surrounding_blanks, full_width_digits };

struct Rule {
  std::string id;       // unique within its parameter, "length"
  std::string address;  // "FlowLogName/length", unique within the contract
  RuleKind kind = RuleKind::required;
  Standing standing = Standing::documented;
  std::string source;  // the page it stands on
  Text text;           // the rule in a sentence

  std::size_t min = 0;                    // length, range
  std::size_t max = 0;                    // length, count, range
  std::vector<std::size_t> grey_lengths;  // length
  std::size_t grey_max = 0;               // count: more than `max` up to it may be answered either
                                          // way; 0: nothing is left open
  std::vector<std::string> grey_words;    // prefix: beginnings that may be answered either way
  Charset allowed;                        // characters, first, last
  Charset grey;                           // characters, first, last
  std::vector<std::string> words;         // values, prefix
  std::vector<IntegerForm> grey_forms;    // values of an Integer, range
  // values: words that others have for the same, none of them lawful; from the service, not from
  // the contract's file.
  std::vector<std::string> neighbours;
  std::string target;  // needs, exists
  std::string of;      // exists

  // Lawful answers to a breach beside the rows whose trigger names this rule: ids of rows,
  // "success", or "any-400" (any row of HTTP 400 that the page lists; where the table was not read
  // to its end, any HTTP 400).
  std::vector<std::string> also;

  bool operator==(const Rule&) const = default;
};

enum class Type { string, integer };

struct Parameter {
  std::string name;  // "FlowLogName"; in "Tags.N.Key" the N stands for an index
  Type type = Type::string;
  bool required = false;
  bool required_elsewhere = false;  // other official texts call it required: both are lawful
  std::optional<std::string> default_value;
  std::string example;
  Standing standing = Standing::documented;
  std::string source;
  Text text;
  std::vector<Rule> rules;
  bool token = false;  // has the role of the token; from the service, not from the contract's file

  std::string row() const { return "parameters/" + name; }
  bool indexed() const { return name.find(".N.") != std::string::npos || name.ends_with(".N"); }
  const Rule* rule(std::string_view id) const;  // nullptr when there is none

  bool operator==(const Parameter&) const = default;
};

enum class Presence { always, success, failure };

// One member of the answer.
struct Field {
  std::string path;  // "Result.FlowLogId"; [] stands for each element: "Result.FlowLogs[].Status"
  std::string type;  // "String", "Integer", "Object", "Array"
  std::string or_type;  // lawful as well, as no page gives the type; mostly empty
  Presence presence = Presence::always;
  bool optional = false;
  bool unique = false;  // differs between any two answers
  std::string echoes;   // "Action", "Version", "Service", "Region": equals what was asked
  std::string equals;   // path of a field that holds the same value
  std::string prefix;   // the form its example has, "fl-"; a difference is only a finding
  std::string example;
  Standing standing = Standing::documented;
  std::string source;
  Text text;

  std::string row() const { return "answer/" + path; }

  bool operator==(const Field&) const = default;
};

// What makes an error row come. Exactly one member is set.
struct Trigger {
  std::string rule;            // address of a broken rule: "FlowLogName/length"
  std::string rule_kind;       // any rule of this kind: "required"
  std::string condition;       // a state of the world: "account.arrears", "resource.eni_shared"
  std::string replay;          // "other-arguments": a token again with other arguments
  std::string race;            // "one-token", "one-resource": two requests at once
  std::string authentication;  // "no-authorization", "unknown-key", …: see common-errors.json
  std::string service;         // the service's own fault or load: "throttled", "fault"
  std::string state;  // "not-permitted": a state of the thing that does not permit the action

  bool operator==(const Trigger&) const = default;
};

struct ErrorRow {
  std::string id;         // "errors/7" (row 7 of the page's table), "common/MissingParameter"
  std::vector<int> http;  // several where two pages differ
  std::string code;
  std::optional<int> code_n;
  Text message;  // as documented; %s stands for any text; empty en when no page gives it
  std::vector<Trigger> triggers;
  Standing standing = Standing::documented;
  std::string source;

  // True iff a trigger names the rule or its kind.
  bool triggered_by(const Rule& rule) const;

  bool operator==(const ErrorRow&) const = default;
};

// A fact beside the tables, a contradiction between pages, or a gap.
struct Note {
  std::string id;  // "notes/asynchronous", "contradictions/FlowLogName", "gaps/quota-code"
  Text text;
  std::vector<std::string> rows;  // what it is about
  // Globs of ids of the checks that show what an endpoint makes of it.
  std::vector<std::string> checks;
  Standing standing = Standing::documented;
  std::string source;

  bool operator==(const Note&) const = default;
};

struct Contract {
  std::string action;
  std::string version;
  std::string service;
  std::string method;
  std::string page;  // title of the page and the day it was read
  std::vector<Parameter> parameters;
  std::vector<Field> answer;
  std::vector<ErrorRow> errors;
  // False where the table was not read to its end, which a gap "gaps/errors" then says. Rows beyond
  // what was read are likely ones (inferred); no error code can be called undocumented.
  bool errors_complete = true;
  std::vector<Note> notes;
  std::vector<Note> contradictions;
  std::vector<Note> gaps;

  // notes/asynchronous
  std::string state_while_creating;  // "Creating"
  std::string state_when_ready;      // "Active"
  std::vector<std::string> states;   // every state a page names
  // notes/quota: how many one account may have in one region; 0 when not given
  int quota = 0;

  const Parameter* parameter(std::string_view name) const;
  // The parameter that a sent name belongs to, or nullptr. N stands for any text without a dot:
  // "Tags.3.Key", "Tags.03.Key" and "Tags.x.Key" all belong to "Tags.N.Key".
  const Parameter* parameter_of(std::string_view sent_name) const;
  const Rule* rule(std::string_view address) const;

  bool operator==(const Contract&) const = default;
};

struct Service;

// What requests of one action are judged by: its contract, and the errors that all actions share.
// Refers to both, which outlive it.
class ContractView {
 public:
  ContractView(const Contract& contract, const std::vector<ErrorRow>& common)
      : contract_(&contract), common_(&common) {}
  // Of the creating action.
  ContractView(const Service& service);
  bool creates() const { return creates_; }

  const Contract& contract() const { return *contract_; }
  const std::vector<ErrorRow>& common() const { return *common_; }
  // The contract's rows, then the common ones.
  std::vector<const ErrorRow*> rows() const;
  // A row by id; nullptr when there is none.
  const ErrorRow* row(std::string_view id) const;
  // The rows that a broken `rule` triggers.
  std::vector<const ErrorRow*> rows_for(const Rule& rule) const;
  // True iff a row has the code for throttling.
  bool throttles(std::string_view code) const;

 private:
  const Contract* contract_;
  const std::vector<ErrorRow>* common_;
  bool creates_ = false;
};

}  // namespace flowlog

// Rows of one action's error table and of the common ones by what triggers them, as answers ready
// to be sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock/behaviour.h"
#include "specs/service.h"

namespace flowlog::mock {

// A refused request.
struct Refusal {
  int http = 400;
  std::string code;
  std::optional<int> code_n;
  std::string message;
  std::string row;  // "errors/7"; empty for an answer that no page documents
};

// A refusal that no page documents, for a parameter of that name ("Tags.N.Key").
Refusal undocumented(const std::string& parameter);

// Thread-safe; REQUIRES that `service`, `contract` and `behaviour` outlive it. Each look-up returns
// nothing iff no row has that trigger: what no row answers is not refused, unless the table was not
// read to its end.
class Rows {
 public:
  Rows(const flowlog::Service& service, const Contract& contract, const Behaviour& behaviour)
      : service_(service),
        contract_(contract),
        behaviour_(behaviour),
        scope_(scope_of(service, contract.action)) {}

  // What precedes the names of rules, rows and parameters of this action in a Behaviour.
  const std::string& scope() const { return scope_; }

  // The row that the broken rule triggers; without one, the first that the rule allows beside it.
  // `sent_name` fills a %s of the message.
  std::optional<Refusal> for_rule(const Parameter& parameter, const Rule& rule,
                                  const std::string& sent_name) const;
  // A required parameter that was not sent.
  std::optional<Refusal> for_missing(const Parameter& parameter) const;
  std::optional<Refusal> for_condition(std::string_view condition) const;
  std::optional<Refusal> for_replay(std::string_view replay) const;
  std::optional<Refusal> for_race(std::string_view race) const;
  std::optional<Refusal> for_state(std::string_view state) const;
  std::optional<Refusal> for_authentication(std::string_view trigger,
                                            const std::vector<std::string>& words = {}) const;
  std::optional<Refusal> for_service(std::string_view trigger) const;
  // The row itself.
  std::optional<Refusal> by_id(std::string_view id) const;

 private:
  std::optional<Refusal> answer(const ErrorRow* row, const std::vector<std::string>& words) const;
  const ErrorRow* triggered(std::string Trigger::*member, std::string_view value) const;
  // What the rule's `also` offers: a row it names, or for "any-400" the likeliest one.
  const ErrorRow* beside(const Parameter& parameter, const Rule& rule) const;

  const ErrorRow* named_in_also(const Rule& rule) const;

  const flowlog::Service& service_;
  const Contract& contract_;
  const Behaviour& behaviour_;
  std::string scope_;
};

// `text` with each %s replaced by the next of `words`.
std::string fill(std::string text, const std::vector<std::string>& words);

}  // namespace flowlog::mock

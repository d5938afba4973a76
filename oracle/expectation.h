// What an endpoint that keeps the documentation may answer to a request.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/params.h"
#include "oracle/violations.h"
#include "specs/contract.h"

namespace flowlog {

// One lawful answer.
struct Outcome {
  bool success = false;
  std::vector<int> http;  // any of these
  std::string code;       // empty for a success
  std::string message;    // English, %s for any text; empty when no page gives it
  std::string row;        // "errors/7"; empty for a success
  std::optional<int> code_n;
};

enum class Strength { exact, one_of, any_documented_error };
std::string_view name(Strength strength);

// What is known of the circumstances beside the request's bytes.
struct Situation {
  std::set<std::string> conditions;  // certain: "account.arrears", "resource.bound"
  std::string replay;                // "other-arguments"
  std::string race;                  // "one-token", "one-resource": losing is lawful, so is winning
  std::string authentication;        // certain: "unknown-key"
  std::string state;                 // "not-permitted": no page says whether the thing's state
                                     // permits the action, so either is lawful
  std::set<std::string> possible;    // conditions that may hold without the check's doing: where
                                     // one of them answers, nothing can be judged
};

struct Expectation {
  std::vector<Outcome> outcomes;  // never empty; a success first, then in the order of the breaches
  Strength strength = Strength::exact;
  // Of what the outcomes rest on: an inferred one is broken by a finding only. `standing` is for
  // refusing or accepting at all, `answer_standing` for which refusal it is.
  Standing standing = Standing::documented;
  Standing answer_standing = Standing::documented;
  // Success and refusal are both lawful because the documentation leaves it open: whatever comes
  // is a finding.
  bool grey = false;
  std::vector<std::string> rows;           // what it is derived from: parameters, then error rows
  std::vector<std::string> broken;         // addresses of the rules, certain or grey
  std::set<std::string> possible;          // the situation's
  bool valid = false;                      // nothing certain speaks against a success
  std::size_t bytes = 0;                   // of the query as it is written, about
  std::optional<ContractView> documented;  // what it was derived from; what that refers to
                                           // outlives this

  const Outcome* success() const;  // nullptr when a success is not lawful
};

// Derived from the bytes that are sent: the whole query, Action and Version included. Never from
// what a generator meant. What `documented` refers to must outlive the result.
Expectation expect(const ContractView& documented, const Params& sent, const Inventory& inventory,
                   const Situation& situation = {});

// The outcome that stands for an error row.
Outcome outcome_of(const ErrorRow& row);

}  // namespace flowlog

// Rows of the error tables by what triggers them, as answers ready to be sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock/behaviour.h"
#include "specs/contract.h"

namespace flowlog::mock {

// A refused request.
struct Refusal {
  int http = 400;
  std::string code;
  std::optional<int> code_n;
  std::string message;
  std::string row;  // "errors/7"; empty for an answer that no page documents
};

// Thread-safe; REQUIRES that `api` and `behaviour` outlive it. Each look-up returns nothing iff no
// row has that trigger: what no row answers is not refused.
class Rows {
 public:
  Rows(const Api& api, const Behaviour& behaviour) : api_(api), behaviour_(behaviour) {}

  // The row that the broken rule triggers; without one, the first that the rule allows beside it.
  // `sent_name` fills a %s of the message.
  std::optional<Refusal> for_rule(const Parameter& parameter, const Rule& rule,
                                  const std::string& sent_name) const;
  // A required parameter that was not sent.
  std::optional<Refusal> for_missing(const Parameter& parameter) const;
  std::optional<Refusal> for_condition(std::string_view condition) const;
  std::optional<Refusal> for_replay(std::string_view replay) const;
  std::optional<Refusal> for_race(std::string_view race) const;
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

  const Api& api_;
  const Behaviour& behaviour_;
};

// `text` with each %s replaced by the next of `words`.
std::string fill(std::string text, const std::vector<std::string>& words);

}  // namespace flowlog::mock

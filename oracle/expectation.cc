#include "oracle/expectation.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr int kBadRequest = 400;

bool speaks_of_request(const Trigger& trigger) {
  return trigger.authentication.empty() && trigger.service.empty();
}

// An answer to a request that reached the action, of HTTP 400.
bool any_400(const ErrorRow& row) {
  bool bad_request = std::find(row.http.begin(), row.http.end(), kBadRequest) != row.http.end();
  return bad_request && (row.triggers.empty() ||
                         std::any_of(row.triggers.begin(), row.triggers.end(), speaks_of_request));
}

bool names(const std::vector<std::string>& also, std::string_view word) {
  return std::find(also.begin(), also.end(), word) != also.end();
}

Standing stronger(Standing a, Standing b) {
  return std::min(a, b);
}
Standing weaker(Standing a, Standing b) {
  return std::max(a, b);
}

// What one way of reading the request makes lawful.
class OutcomeSet {
 public:
  explicit OutcomeSet(const ContractView& documented) : documented_(documented) {}

  void add(const ErrorRow& row) {
    bool known = std::any_of(outcomes_.begin(), outcomes_.end(),
                             [&](const Outcome& outcome) { return outcome.row == row.id; });
    if (!known) outcomes_.push_back(outcome_of(row));
  }

  void add_any_400() {
    any_400_ = true;
    for (const ErrorRow* row : documented_.rows()) {
      if (any_400(*row)) add(*row);
    }
  }

  void add(const Violation& violation, const Inventory& inventory, const Params& sent) {
    cite(violation.parameter->row());
    if (violation.rule == nullptr) {
      add_open();
      return;
    }
    const Rule& rule = *violation.rule;
    broken_.push_back(rule.address);
    std::vector<const ErrorRow*> rows = documented_.rows_for(rule);
    for (const ErrorRow* row : rows) add(*row);
    for (const std::string& id : rule.also) {
      if (const ErrorRow* row = documented_.row(id)) add(*row);
    }
    // A name whose index is spelt in a way that no page knows may be refused as a key as well.
    if (rule.kind == RuleKind::index && violation.grey)
      add_rows_of_characters(*violation.parameter);
    const bool guessed = names(rule.also, "any-400") || (rows.empty() && rule.also.empty());
    if (guessed) add_any_400();
    if (rule.kind == RuleKind::exists && of_another_type(violation, inventory, sent)) {
      add_condition_rows("resource.unsupported");
    }
    answered(guessed ? Standing::inferred : rule.standing);
    if (violation.grey || names(rule.also, "success")) {
      open_ = true;
    } else {
      refuse(rule.standing);
    }
  }

  // Rows whose trigger holds `wanted` in `member`.
  void add_certain(std::string Trigger::*member, const std::string& wanted) {
    if (wanted.empty()) return;
    if (add_rows(member, wanted) == 0) {  // a contract that does not tell of it
      add_open();
      return;
    }
    refuse(Standing::documented);
    answered(Standing::documented);
  }

  void add_race(const std::string& race) {
    if (!race.empty()) add_rows(&Trigger::race, race);
  }

  // No page says whether the thing's state permits the action.
  void add_state(const std::string& state) {
    if (state.empty()) return;
    add_rows(&Trigger::state, state);
    open_ = true;
    answered(Standing::inferred);
  }

  // The token may have been used before, by anyone of the account and with any arguments.
  void add_used_token() { add_rows(&Trigger::replay, "other-arguments"); }

  // No rule speaks of it: ignored, or any documented 400.
  void add_open() {
    open_ = true;
    add_any_400();
    answered(Standing::inferred);
  }

  // Makes lawful what `other` does too.
  void unite(const OutcomeSet& other) {
    for (const Outcome& outcome : other.outcomes_) {
      if (const ErrorRow* row = documented_.row(outcome.row)) add(*row);
    }
    open_ = open_ || other.open_ || refused_ != other.refused_;
    standing_ = weaker(standing_, other.standing_);
    answer_standing_ = weaker(answer_standing_, other.answer_standing_);
    refused_ = refused_ && other.refused_;
    any_400_ = any_400_ || other.any_400_;
    for (const std::string& row : other.rows_) cite(row);
    std::copy_if(other.broken_.begin(), other.broken_.end(), std::back_inserter(broken_),
                 [&](const std::string& address) { return !names(broken_, address); });
  }

  Expectation finish() && {
    Expectation result;
    result.valid = !refused_;
    result.grey = !refused_ && open_ && !outcomes_.empty();
    if (!refused_)
      result.outcomes.push_back(
          {.success = true, .http = {}, .code = {}, .message = {}, .row = {}, .code_n = {}});
    for (Outcome& outcome : outcomes_) {
      if (!any_400_) cite(outcome.row);
      result.outcomes.push_back(std::move(outcome));
    }
    result.strength = any_400_                      ? Strength::any_documented_error
                      : result.outcomes.size() == 1 ? Strength::exact
                                                    : Strength::one_of;
    result.standing = refused_ ? standing_ : Standing::documented;
    result.answer_standing = answer_standing_;
    result.rows = std::move(rows_);
    result.broken = std::move(broken_);
    result.documented = documented_;
    return result;
  }

 private:
  std::size_t add_rows(std::string Trigger::*member, const std::string& wanted) {
    std::size_t found = 0;
    for (const ErrorRow* row : documented_.rows()) {
      bool hit = std::any_of(row->triggers.begin(), row->triggers.end(),
                             [&](const Trigger& trigger) { return trigger.*member == wanted; });
      if (!hit) continue;
      add(*row);
      ++found;
    }
    return found;
  }
  void add_condition_rows(const std::string& condition) {
    add_rows(&Trigger::condition, condition);
  }

  void add_rows_of_characters(const Parameter& parameter) {
    for (const Rule& rule : parameter.rules) {
      if (rule.kind != RuleKind::characters) continue;
      for (const ErrorRow* row : documented_.rows_for(rule)) add(*row);
    }
  }

  // The resource is there, but not of the type that was asked for: "not found", or "not allowed".
  static bool of_another_type(const Violation& violation, const Inventory& inventory,
                              const Params& sent) {
    return std::any_of(sent.begin(), sent.end(), [&](const auto& pair) {
      return pair.first == violation.sent_name && inventory.resources.contains(pair.second);
    });
  }

  void refuse(Standing standing) {
    standing_ = refused_ ? stronger(standing_, standing) : standing;
    refused_ = true;
  }
  void answered(Standing standing) { answer_standing_ = weaker(answer_standing_, standing); }
  void cite(const std::string& row) {
    if (!names(rows_, row)) rows_.push_back(row);
  }

  const ContractView documented_;
  std::vector<Outcome> outcomes_;  // refusals
  std::vector<std::string> rows_;
  std::vector<std::string> broken_;
  bool refused_ = false;  // something certain speaks against a success
  bool open_ = false;     // the documentation leaves something open
  bool any_400_ = false;
  Standing standing_ = Standing::documented;
  Standing answer_standing_ = Standing::documented;
};

// A lawful token, so short that it cannot have been drawn for this request alone.
bool short_token(const Contract& contract, const Params& sent,
                 const std::vector<Violation>& violations) {
  constexpr std::size_t kUnique = 8;  // characters
  const auto parameter = std::ranges::find(contract.parameters, true, &Parameter::token);
  if (parameter == contract.parameters.end()) return false;
  const auto token = find(sent, parameter->name);
  return token && !token->empty() && token->size() < kUnique &&
         std::none_of(violations.begin(), violations.end(), [&](const Violation& violation) {
           return violation.sent_name == parameter->name;
         });
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

bool ill_formed(const Params& sent) {
  return std::any_of(sent.begin(), sent.end(),
                     [](const auto& pair) { return !is_utf8(pair.second); });
}

OutcomeSet read_once(const ContractView& documented, const Params& sent, const Inventory& inventory,
                     const Situation& situation) {
  OutcomeSet lawful(documented);
  const std::vector<Violation> violations = read(documented.contract(), sent, inventory);
  for (const Violation& violation : violations) lawful.add(violation, inventory, sent);
  for (const std::string& condition : situation.conditions) {
    lawful.add_certain(&Trigger::condition, condition);
  }
  lawful.add_certain(&Trigger::replay, situation.replay);
  lawful.add_certain(&Trigger::authentication, situation.authentication);
  lawful.add_race(situation.race);
  lawful.add_state(situation.state);
  if (short_token(documented.contract(), sent, violations)) lawful.add_used_token();
  if (ill_formed(sent) || !unknown_names(documented.contract(), sent).empty()) lawful.add_open();
  return lawful;
}

// Of the query, percent-encoded.
std::size_t written_size(const Params& sent) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : sent) {
    bytes += name.size() + 2;
    for (const char c : value) bytes += is_unreserved(c) ? 1 : 3;
  }
  return bytes;
}

Params without_empty(Params params) {
  std::erase_if(params, [](const auto& pair) { return pair.second.empty(); });
  return params;
}

}  // namespace

std::string_view name(Strength strength) {
  switch (strength) {
    case Strength::exact:
      return "exact";
    case Strength::one_of:
      return "one-of";
    case Strength::any_documented_error:
      return "any-documented-error";
  }
  return "";
}

const Outcome* Expectation::success() const {
  auto it = std::find_if(outcomes.begin(), outcomes.end(),
                         [](const Outcome& outcome) { return outcome.success; });
  return it == outcomes.end() ? nullptr : &*it;
}

Outcome outcome_of(const ErrorRow& row) {
  return {.success = false,
          .http = row.http,
          .code = row.code,
          .message = row.message.en,
          .row = row.id,
          .code_n = row.code_n};
}

Expectation expect(const ContractView& documented, const Params& sent, const Inventory& inventory,
                   const Situation& situation) {
  OutcomeSet lawful = read_once(documented, sent, inventory, situation);
  Params left_out = without_empty(sent);
  if (left_out.size() != sent.size()) {
    lawful.unite(read_once(documented, left_out, inventory, situation));
  }
  Expectation result = std::move(lawful).finish();
  result.possible = situation.possible;
  result.bytes = written_size(sent);
  return result;
}

}  // namespace flowlog

#include "mock/rows.h"

namespace flowlog::mock {
namespace {

bool allows(const Rule& rule, std::string_view answer) {
  return std::find(rule.also.begin(), rule.also.end(), answer) != rule.also.end();
}

}  // namespace

Refusal undocumented(const std::string& parameter) {
  const std::string stem = parameter.substr(0, parameter.find(".N"));
  return {400, "InvalidParameter." + stem, std::nullopt,
          "The specified parameter " + stem + " is invalid.", ""};
}

const ErrorRow* Rows::named_in_also(const Rule& rule) const {
  for (const std::string& id : rule.also) {
    if (const ErrorRow* row = service_.row(contract_, id)) return row;
  }
  return nullptr;
}

std::string fill(std::string text, const std::vector<std::string>& words) {
  std::size_t from = 0;
  for (const std::string& word : words) {
    const std::size_t mark = text.find("%s", from);
    if (mark == std::string::npos) break;
    text.replace(mark, 2, word);
    from = mark + word.size();
  }
  return text;
}

const ErrorRow* Rows::triggered(std::string Trigger::*member, std::string_view value) const {
  for (const std::vector<ErrorRow>* rows : {&contract_.errors, &service_.common}) {
    for (const ErrorRow& row : *rows) {
      for (const Trigger& trigger : row.triggers) {
        if (trigger.*member == value) return &row;
      }
    }
  }
  return nullptr;
}

const ErrorRow* Rows::beside(const Parameter& parameter, const Rule& rule) const {
  if (const ErrorRow* row = named_in_also(rule)) return row;
  if (!allows(rule, "any-400")) return nullptr;
  // The gap: a malformed name of a log project or topic. The likeliest row is the one that the
  // parameter's other rules name.
  for (const Rule& other : parameter.rules) {
    if (const ErrorRow* row = named_in_also(other)) return row;
  }
  for (const ErrorRow& row : contract_.errors) {
    if (!row.http.empty() && row.http.front() == 400) return &row;
  }
  return nullptr;
}

std::optional<Refusal> Rows::answer(const ErrorRow* row,
                                    const std::vector<std::string>& words) const {
  if (row == nullptr) return std::nullopt;
  const bool common = row->id.starts_with("common/");
  const auto found = behaviour_.rows.find(common ? row->id : scope_ + row->id);
  const RowReading reading = found == behaviour_.rows.end() ? RowReading() : found->second;
  if (reading.never) return std::nullopt;
  const ErrorRow* told = reading.as.empty() ? row : service_.row(contract_, reading.as);
  const ErrorRow* messenger =
      reading.message_of.empty() ? told : service_.row(contract_, reading.message_of);
  if (told == nullptr || messenger == nullptr) return std::nullopt;

  Refusal refusal;
  if (!told->http.empty()) {
    refusal.http = told->http[std::min(reading.http_choice, told->http.size() - 1)];
  }
  refusal.http = reading.http.value_or(refusal.http);
  refusal.code = reading.code.value_or(told->code);
  refusal.code_n = told->code_n;
  refusal.message = reading.message.value_or(fill(messenger->message.en, words));
  if (refusal.message.empty()) refusal.message = told->code + ".";
  refusal.row = told->id;
  return refusal;
}

std::optional<Refusal> Rows::for_rule(const Parameter& parameter, const Rule& rule,
                                      const std::string& sent_name) const {
  const auto reading = behaviour_.rules.find(scope_ + rule.address);
  if (reading != behaviour_.rules.end() && !reading->second.row.empty()) {
    return answer(service_.row(contract_, reading->second.row), {sent_name});
  }
  const std::vector<const ErrorRow*> rows = service_.rows_for(contract_, rule);
  if (!rows.empty()) return answer(rows.front(), {sent_name});
  if (const ErrorRow* row = beside(parameter, rule)) return answer(row, {sent_name});
  // A page size that no page knows is refused, though taking it is lawful.
  const bool taken = allows(rule, "success") && rule.kind != RuleKind::range;
  if (contract_.errors_complete || taken) return std::nullopt;
  return undocumented(parameter.name);
}

std::optional<Refusal> Rows::for_missing(const Parameter& parameter) const {
  for (const Rule& rule : parameter.rules) {
    if (rule.kind != RuleKind::required) continue;
    if (behaviour_.missing_is_malformed.contains(scope_ + parameter.name)) {
      return answer(named_in_also(rule), {parameter.name});
    }
    return for_rule(parameter, rule, parameter.name);
  }
  return answer(triggered(&Trigger::rule_kind, name(RuleKind::required)), {parameter.name});
}

std::optional<Refusal> Rows::for_condition(std::string_view condition) const {
  return answer(triggered(&Trigger::condition, condition), {});
}

std::optional<Refusal> Rows::for_replay(std::string_view replay) const {
  return answer(triggered(&Trigger::replay, replay), {});
}

// The last of several: a resource in use conflicts, rather than being bound already.
std::optional<Refusal> Rows::for_race(std::string_view race) const {
  const ErrorRow* last = nullptr;
  for (const ErrorRow& row : contract_.errors) {
    for (const Trigger& trigger : row.triggers) {
      if (trigger.race == race) last = &row;
    }
  }
  return answer(last, {});
}

std::optional<Refusal> Rows::for_state(std::string_view state) const {
  return answer(triggered(&Trigger::state, state), {});
}

std::optional<Refusal> Rows::for_authentication(std::string_view trigger,
                                                const std::vector<std::string>& words) const {
  return answer(triggered(&Trigger::authentication, trigger), words);
}

std::optional<Refusal> Rows::for_service(std::string_view trigger) const {
  return answer(triggered(&Trigger::service, trigger), {});
}

std::optional<Refusal> Rows::by_id(std::string_view id) const {
  return answer(service_.row(contract_, id), {});
}

}  // namespace flowlog::mock

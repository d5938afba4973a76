#include "mutation/expected_kills.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "specs/load.h"

namespace flowlog::mutation {
namespace {

// The first entry whose glob matches counts. In the lists, separated by blanks, {P} stands for what
// is between the first and the last dot of the deviation's id, {E} for the code of the error row
// whose number is the first one in it, {L} for what follows the last dot.
struct Entry {
  const char* deviation;
  const char* must;
  const char* may = "";  // empty: any
  bool transient = false;
};

constexpr const char* kTold =
    "param.{P}.* error.* request.* lifecycle.stored/* idempotency.* model.* param.Tags.N.* wire.*";

// Whatever is refused with one row or another.
constexpr const char* kRefused =
    "param.* error.* request.* auth.* idempotency.* lifecycle.accounts/* race.* model.* "
    "lifecycle.creation/bound-when-active wire.*";
// Whatever a token, or two requests at once, have to do with.
constexpr const char* kTokens =
    "idempotency.* error.IdempotentParameterMismatch/* race.* model.* wire.*";

constexpr Entry kTable[] = {
    {"length.*.counts-bytes", "param.{P}.length/at-max-chinese", kTold},
    {"length.Log*.cut-silently", "param.{P}.length/over-max", kTold},
    {"length.*.cut-silently", "param.{P}.length/over-max error.*/{P}.length", kTold},
    {"length.*.dashes-not-counted", "param.{P}.*", kTold},
    {"characters.*.only-first", "param.{P}.characters/forbidden-*", kTold},
    {"characters.*.last-not-looked-at", "param.{P}.characters/*", kTold},
    {"characters.*.newline-at-end", "param.{P}.*/trailing-newline", kTold},
    {"characters.*.non-ascii-unchecked", "param.{P}.characters/forbidden-emoji", kTold},
    {"characters.*.blanks-trimmed", "param.{P}.*", kTold},
    {"characters.*.any-case", "param.{P}.*/forbidden-capital", kTold},
    {"strict.*.digits-alone", "param.{P}.characters/allowed", kTold},
    {"strict.*", "param.{P}.*", kTold},
    {"values.*.any-case", "param.{P}.values/wrong-case", kTold},
    {"values.*", "param.{P}.values/*", kTold},
    {"query.decoded-twice", "param.FlowLogName.characters/percent-escape",
     "param.*.characters/percent-escape idempotency.two-tokens/percent-escape"},
    {"topics.by-name-only", "lifecycle.log-topic/of-another-project", "lifecycle.*"},
    {"bound.ignored-when-active", "lifecycle.creation/bound-when-active", kRefused},
    {"exists.*.of-another-account", "lifecycle.accounts/foreign-resource", kRefused},
    {"exists.*.any-case", "param.{P}.exists/wrong-case", kTold},
    {"exists.*.trimmed", "param.{P}.exists/surrounding-blanks", kTold},
    {"exists.*.of-another-type", "param.{P}.exists/of-another-type", kTold},
    {"exists.*.unchecked", "param.{P}.exists/unknown-id", kRefused},
    {"tags.prefix-*", "param.Tags.N.Key.prefix/*", kTold},
    {"tags.unique-*", "param.Tags.N.Key.unique/*", kTold},
    {"tags.repeated-*", "param.Tags.N.Key.unique/*", kTold},
    {"tags.index-*", "param.Tags.N.Key.index/*", kTold},
    {"tags.surplus-*", "param.Tags.N.Key.count/*", kTold},
    {"tags.blanks-kept", "lifecycle.stored/Tags.N.Key lifecycle.stored/Tags.N.Value",
     "lifecycle.* wire.*"},
    {"tags.value-without-key", "param.Tags.N.Value.needs/*", kTold},
    {"names.any-case", "request.parameter-name/wrong-case", "request.*"},
    {"row.neighbour.errors-17-*", "param.Tags.N.Key.index/* error.{E}/*", kTold},
    {"row.neighbour.errors-*", "error.{E}/*", kRefused},
    {"row.swap-message.*", "error.{E}/*", kRefused},
    {"row.never.*", "error.{E}/*", kRefused},
    {"row.neighbour.InvalidTimestamp-*", "auth.expired/* auth.future/*", "auth.*"},
    {"row.neighbour.MissingSignature-*", "auth.no-signature/*", "auth.*"},
    {"row.neighbour.InvalidAccessKey-*", "auth.unknown-key/*", "auth.*"},
    {"row.neighbour.SignatureDoesNotMatch-*", "auth.wrong-signature/*", "auth.* wire.*"},
    {"row.neighbour.InvalidActionOrVersion-*", "auth.unknown-operation/*",
     "auth.* param.Action.* param.Version.*"},
    {"row.neighbour.MissingParameter-*", "param.*.required/missing", kRefused},
    {"row.every-error-is-200", "error.*", ""},
    {"row.every-error-is-500", "error.*", ""},
    {"row.every-error-is-400", "auth.no-authorization/* error.InvalidResource.NotFound/*",
     kRefused},
    {"row.*", "error.*", kRefused},
    {"envelope.no-request-id", "answer.ResponseMetadata.RequestId/*", ""},
    {"envelope.no-error-code", "request.smallest/refused", ""},
    {"envelope.*flow-log-id*", "answer.Result.FlowLogId/CreateFlowLog", ""},
    {"shape.lower-case-members", "answer.Result.FlowLogId/CreateFlowLog", ""},
    {"shape.error-at-the-top", "answer.ResponseMetadata.Error/CreateFlowLog", ""},
    {"envelope.no-error-message", "answer.ResponseMetadata.Error.Message/*", ""},
    {"envelope.no-result-request-id", "answer.Result.RequestId/*", ""},
    {"envelope.no-action", "answer.ResponseMetadata.Action/*", "answer.*"},
    {"envelope.no-version", "answer.ResponseMetadata.Version/*", "answer.*"},
    {"envelope.no-service", "answer.ResponseMetadata.Service/*", "answer.*"},
    {"envelope.no-region", "answer.ResponseMetadata.Region/*", "answer.*"},
    {"envelope.action-*", "answer.ResponseMetadata.Action/*", "answer.*"},
    {"envelope.version-*", "answer.ResponseMetadata.Version/*", "answer.*"},
    {"envelope.service-*", "answer.ResponseMetadata.Service/*", "answer.*"},
    {"envelope.region-*", "answer.ResponseMetadata.Region/*", "answer.*"},
    {"envelope.request-id-is-*", "answer.ResponseMetadata.RequestId/*", ""},
    {"envelope.error-message-*", "answer.ResponseMetadata.Error.Message/*", ""},
    {"envelope.no-result", "run.preflight", ""},
    {"envelope.*", "request.smallest/*", ""},
    {"ids.request-id-constant", "answer.ResponseMetadata.RequestId/unique", ""},
    {"ids.request-id-repeated", "answer.ResponseMetadata.RequestId/unique", ""},
    {"ids.request-ids-differ", "answer.Result.RequestId/*", ""},
    {"ids.flow-log-id-*", "answer.Result.FlowLogId/unique", ""},
    {"shape.result-is-array", "run.preflight", ""},
    {"shape.*", "request.smallest/*", ""},
    {"body.type-is-plain", "answer.*", "", true},
    {"body.type-*", "*", ""},
    {"body.no-type", "*", ""},
    {"body.html-on-error", "request.smallest/*", "", true},
    {"message.*", "request.smallest/refused", ""},
    {"body.*", "request.smallest/*", ""},
    {"status.*", "request.smallest/accepted", ""},
    {"disorder.first-creation-500", "request.smallest/accepted", "", true},
    {"disorder.*", "*", "", true},
    {"stored.Tags.value-*", "lifecycle.stored/Tags.N.Value", "lifecycle.* model.* wire.*"},
    {"stored.Tags.*", "lifecycle.stored/Tags.N.*", "lifecycle.* model.* wire.*"},
    {"stored.*", "lifecycle.stored/{P}", "lifecycle.* model.* wire.*"},
    {"describe.no-paging", "lifecycle.listing/pages", "lifecycle.listing/*"},
    {"describe.page-loses-one", "lifecycle.listing/pages", "lifecycle.listing/*"},
    {"describe.ids-ignored", "lifecycle.listing/by-id", "lifecycle.listing/* wire.*"},
    {"describe.interval-is-list", "answer.Result.FlowLogs[].AggregationInterval/*",
     "answer.* lifecycle.*"},
    {"describe.*", "lifecycle.*", ""},
    {"idempotency.ignores-tags", "idempotency.other-arguments/Tags.N.*",
     "idempotency.other-arguments/* model.*"},
    {"idempotency.ignores-FlowLogName", "idempotency.other-arguments/FlowLogName.*",
     "idempotency.other-arguments/* model.*"},
    {"idempotency.ignores-ResourceType", "idempotency.other-arguments/ResourceType.changed",
     kTokens},
    {"idempotency.ignores-*", "idempotency.other-arguments/*",
     "error.IdempotentParameterMismatch/* model.*"},
    {"idempotency.any-arguments", "idempotency.other-arguments/*", kTokens},
    {"idempotency.names-only", "idempotency.other-arguments/*.changed", kTokens},
    {"idempotency.mismatch-creates", "idempotency.other-arguments/*", kTokens},
    {"idempotency.order-matters", "idempotency.same-token/other-order", kTokens},
    {"idempotency.across-accounts", "idempotency.same-token/other-account", kTokens},
    {"idempotency.remembers-refusals", "idempotency.rejected/then-valid", kTokens},
    {"idempotency.only-first-32", "idempotency.two-tokens/last-character", kTokens},
    {"idempotency.any-case", "idempotency.two-tokens/letter-case", kTokens},
    {"idempotency.trimmed", "idempotency.two-tokens/surrounding-blank", kTokens},
    {"idempotency.poisoned", "idempotency.rejected/same-again", ""},
    {"idempotency.forgotten-soon", "idempotency.same-token/same-arguments", ""},
    {"idempotency.none-is-one", "idempotency.no-token/*|request.smallest/accepted", ""},
    {"idempotency.race-creates-twice", "race.one-token/same-arguments", kTokens},
    {"idempotency.*", "idempotency.same-token/same-arguments", kTokens},
    {"life.delete-takes-all", "lifecycle.deletion/only-that-one", ""},
    {"life.delete-keeps-binding", "lifecycle.deletion/bound-again", ""},
    {"life.eni-never-active", "lifecycle.creation/bound-when-active", ""},
    {"life.*delete*", "lifecycle.deletion/gone", ""},
    // An endpoint that shows flow logs late looks the same, and is lawful.
    {"life.hidden-while-creating", "lifecycle.creation/becomes-active", "", true},
    {"life.never-stored", "lifecycle.stored/*", ""},
    {"life.*", "lifecycle.creation/becomes-active",
     "lifecycle.* idempotency.* race.* quota.* model.* wire.* "
     "error.InvalidParameter.FlowLogResourceAlreadyBound/*"},
    {"bound.ignored", "error.InvalidParameter.FlowLogResourceAlreadyBound/bound",
     "param.* error.* request.* idempotency.* lifecycle.* race.* model.*"},
    {"race.*", "race.one-resource/two-requests", "race.* idempotency.* model.*"},
    {"quota.*", "quota.flow-logs/one-more", ""},
    {"rejected.creates", "request.smallest/refused", ""},
    {"rejected.creates.*", "error.{E}/*", ""},
    {"auth.none", "auth.no-authorization/* auth.wrong-signature/*", ""},
    {"auth.no-header-check", "auth.no-authorization/*", "auth.*"},
    {"auth.no-expiry-check", "auth.expired/*", "auth.*"},
    {"auth.no-future-check", "auth.future/*", "auth.*"},
    {"auth.no-signature-check", "auth.wrong-signature/*", "auth.* wire.*"},
    {"auth.signature-any-case", "auth.signature-in-capitals/*", "auth.*", true},
    {"auth.signature-*", "auth.*", "auth.* wire.*"},
    {"auth.no-key-check", "auth.unknown-key/*", "auth.*"},
    {"auth.no-service-check", "auth.unknown-service/*", "auth.*"},
    {"auth.no-scope-ending-check", "auth.wrong-scope-ending/*", "auth.*"},
    {"auth.no-scope-date-check", "auth.wrong-scope-date/*", "auth.*"},
    {"auth.unsigned-date", "auth.unsigned-date/*", "auth.*"},
    {"auth.index-sort", "auth.signed/ten-*", "auth.* lifecycle.listing/*"},
    {"auth.no-body-hash-check", "auth.wrong-body-hash/*", "auth.*"},
    {"auth.no-query-form-check", "auth.wrong-signature-in-query/*", "auth.*"},
    {"auth.no-session-token-check", "auth.bad-session-token/*", "auth.*", true},
    {"auth.no-credential-check", "auth.wrong-scope-ending/*", "auth.*"},
    {"auth.no-method-check", "auth.wrong-method/*", "auth.*"},
    {"auth.no-action-check", "auth.unknown-operation/Action", "auth.* param.Action.*"},
    {"wire.query-as-sent", "wire.request/java-sdk.get wire.request/python-sdk.get",
     "wire.* idempotency.same-token/other-order"},
    {"wire.plus-*", "wire.request/go-sdk.get wire.request/python-sdk.get", "wire.*"},
    {"wire.type-decides", "wire.request/go-sdk.get wire.request/node-openapi.get", "wire.*"},
    {"wire.host-required", "wire.request/node-openapi.get wire.request/java-sdk.get", "wire.*"},
    {"wire.host-and-date-alone", "wire.request/go-sdk.get wire.request/python-sdk.get", "wire.*"},
    {"wire.no-signed-query", "wire.request/*.signed-url", "wire.*"},
    {"wire.list-names-itself", "wire.request/node-openapi.signed-url", "wire.*"},
    {"wire.post-signature-unchecked", "wire.wrong-signature/*.form", "wire.*"},
    {"wire.form-ignored", "wire.request/*.form", "wire.*", true},
    {"auth.no-version-check", "auth.unknown-operation/Version", "auth.* param.*"},
};

// The lies that are made from a service's data, by what follows the action's name. Of the checks
// between `|`, which are the action's own, one turns at least.
constexpr Entry kOfActions[] = {
    {"length.*.counts-bytes", "param.{P}.length/at-max-chinese"},
    {"length.*", "param.{P}.length/*"},
    {"characters.*", "param.{P}.*"},
    {"strict.*", "param.{P}.*"},
    {"values.*", "param.{P}.values/*"},
    {"range.*", "param.{P}.range/*"},
    {"prefix.*", "param.{P}.prefix/*"},
    {"*.unchecked", "param.{P}.*"},
    {"row.*", "error.{E}/*|param.*|state.*|idempotency.*|account.*|delete.*"},
    {"does-nothing", "update.stored/*|state.permitted/*|delete.gone/*|tag.added/*|tag.removed/*"},
    {"foreign", "account.other/*"},
    {"takes-all", "account.own/*|tag.several/*"},
    {"refused-changes", "param.*|error.*"},
    {"never-ends", "state.permitted/*"},
    {"ends-as.*", "state.permitted/*"},
    {"omitted-reset", "update.stored/*"},
    {"tags-lost", "update.stored/*|update.nothing/*|state.permitted/*"},
    {"stored.*", "update.stored/*|tag.added/*"},
    {"replaces-all", "tag.added/*"},
    {"keeps-old-value", "tag.added/*"},
    {"removes-all", "tag.removed/*"},
    {"first-only", "tag.several/*"},
    {"filter.*.ignored", "list.filter/{P}|list.filter-none/{P}|tags.list/*"},
    {"filters.one-is-enough", "list.filter/two-at-once|tags.list/*"},
    {"pages.*", "list.pages/*|tags.list/pages"},
    {"shown.*", "answer.*"},
    {"token.*", "idempotency.*"},
};

// "ActiveFlowLog" of "ActiveFlowLog:token.off", and what follows it.
std::pair<std::string, std::string> of_action(const std::string& id) {
  const std::size_t colon = id.find(':');
  return colon == std::string::npos ? std::pair(std::string(), id)
                                    : std::pair(id.substr(0, colon), id.substr(colon + 1));
}

std::string middle(const std::string& id) {
  const std::size_t first = id.find('.');
  const std::size_t last = id.rfind('.');
  return first == last ? "" : id.substr(first + 1, last - first - 1);
}

std::string code(const Contract& contract, const std::string& id) {
  const std::string lead = "errors-";
  const std::size_t at = id.find(lead);
  if (at == std::string::npos) return {};
  const std::string digits = id.substr(at + lead.size());
  const std::string number = digits.substr(0, digits.find_first_not_of("0123456789"));
  const ErrorRow* row = built_in_service().row(contract, "errors/" + number);
  return row == nullptr ? "" : row->code;
}

void replace(std::string& text, const std::string& hole, const std::string& value) {
  for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole)) {
    text.replace(at, hole.size(), value);
  }
}

std::vector<std::string> filled(const std::string& list, const std::string& action,
                                const std::string& id) {
  const Contract* contract = built_in_service().contract(action);
  if (contract == nullptr) contract = &built_in_service().creator().contract;
  std::vector<std::string> globs;
  for (std::string one : split(list, ' ')) {
    if (one.empty()) continue;
    replace(one, "{P}", middle(id));
    replace(one, "{E}", code(*contract, id));
    replace(one, "{L}", id.substr(id.rfind('.') + 1));
    if (!action.empty()) {
      replace(one, "|", "\n" + action + ":");
      std::ranges::replace(one, '\n', '|');
      one = action + ":" + one;
    }
    globs.push_back(std::move(one));
  }
  return globs;
}

bool alternative_matches(const std::string& must, const std::string& id) {
  return std::ranges::any_of(split(must, '|'),
                             [&](const std::string& one) { return glob(one, id); });
}

bool any_matches(const std::vector<std::string>& globs, const std::string& id) {
  return std::ranges::any_of(globs, [&](const std::string& one) { return glob(one, id); });
}

}  // namespace

Expected expected_of(const std::string& deviation) {
  const auto [action, id] = of_action(deviation);
  const std::span<const Entry> table =
      action.empty() ? std::span<const Entry>(kTable) : std::span<const Entry>(kOfActions);
  const auto entry =
      std::ranges::find_if(table, [&](const Entry& e) { return glob(e.deviation, id); });
  if (entry == table.end()) return {};
  Expected expected;
  expected.transient = entry->transient;
  expected.must = filled(entry->must, action, id);
  expected.may = filled(entry->may, action, id);
  return expected;
}

bool must_turn(const Expected& expected, const std::string& id) {
  return std::ranges::any_of(
      expected.must, [&](const std::string& must) { return alternative_matches(must, id); });
}

std::string unmet(const Expected& expected, const VerdictChanges& changes) {
  if (expected.must.empty()) return "the table does not name the checks that turn";
  std::vector<std::string> seen = changes.deviating;
  if (expected.transient) {
    seen.insert(seen.end(), changes.finding.begin(), changes.finding.end());
    seen.insert(seen.end(), changes.inconclusive.begin(), changes.inconclusive.end());
  }
  for (const std::string& must : expected.must) {
    if (std::ranges::none_of(
            seen, [&](const std::string& id) { return alternative_matches(must, id); })) {
      return must + " did not turn";
    }
  }
  if (expected.may.empty()) return {};
  for (const std::string& id : changes.deviating) {
    if (!must_turn(expected, id) && !any_matches(expected.may, id)) {
      return id + " turned as well";
    }
  }
  return {};
}

}  // namespace flowlog::mutation

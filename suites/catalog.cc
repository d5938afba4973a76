#include "suites/catalog.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr Theme kThemes[] = {request_checks,   parameter_checks,      error_table_checks,
                             answer_checks,    authentication_checks, idempotency_checks,
                             lifecycle_checks, paging_checks,         race_checks,
                             quota_checks,     model_checks};

// Which checks show what the endpoint makes of a note, a contradiction or a gap.
struct Shows {
  std::string_view note;
  std::string_view checks;
};
constexpr Shows kShows[] = {
    {"notes/empty-value", "param.*/empty"},
    {"contradictions/FlowLogName", "param.FlowLogName.required/*"},
    {"contradictions/AggregationInterval", kAcceptedControl},
    {"contradictions/FlowLogId", "answer.Result.FlowLogId/CreateFlowLog"},
    {"contradictions/InvalidTimestamp", "auth.expired/*"},
    {"contradictions/InvalidTimestamp", "auth.future/*"},
    {"contradictions/tag-value-length", "param.Tags.N.Value.length/*"},
    {"contradictions/tag-edges", "param.Tags.N.*.edges/*"},
    {"contradictions/TLSTopicExisted", "error.InvalidParameter.TLSTopicExisted/*"},
    {"contradictions/TLSTopicExisted", "lifecycle.log-topic/*"},
    {"gaps/log-names", "param.Log*Name.*"},
    {"gaps/missing-parameter", "param.*.required/*"},
    {"gaps/tag-without-key", "param.Tags.N.Value.needs/*"},
    {"gaps/tag-key-repeated", "param.Tags.N.Key.unique/*"},
    {"gaps/empty-value", "param.*/empty"},
    {"gaps/unknown-parameters", "request.unknown-parameter/*"},
    {"gaps/repeated-parameter", "request.repeated-parameter/*"},
    {"gaps/characters", "param.*/grey-*"},
    {"gaps/integer-forms", "param.AggregationInterval.values/*"},
    {"gaps/token-characters", "param.ClientToken.characters/grey-*"},
    {"gaps/token-lifetime", "idempotency.deleted/*"},
    {"gaps/token-lifetime", "idempotency.rejected/*"},
    {"gaps/order-of-checks", "request.two-faults/*"},
    {"gaps/method", "auth.wrong-method/*"},
    {"gaps/simultaneous", "race.*"},
};

void cite_notes(const Contract& contract, Check& check) {
  for (const Shows& shows : kShows) {
    if (!glob(std::string(shows.checks), check.id)) continue;
    for (const auto* notes : {&contract.notes, &contract.contradictions, &contract.gaps}) {
      for (const Note& note : *notes) {
        const bool cited = std::ranges::find(check.rows, note.id) != check.rows.end();
        if (note.id == shows.note && !cited) check.rows.push_back(note.id);
      }
    }
  }
}

}  // namespace

std::vector<Check> catalog(CatalogOptions options) {
  ClassBook book(options.api->create);
  options.classes = &book;
  std::vector<Check> checks;
  for (const Theme theme : kThemes) theme(options, checks);
  std::set<std::string> ids;
  for (Check& check : checks) {
    cite_notes(options.api->create, check);
    if (!ids.insert(check.id).second) throw std::logic_error("two checks are called " + check.id);
  }
  return checks;
}

}  // namespace flowlog

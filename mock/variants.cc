#include "mock/variants.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "mock/named.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;
using Apply = std::function<void(Behaviour&)>;

std::string uuid_of(const Told& told) {
  return fmt::format("123e4567-e89b-12d3-a456-{:012x}", told.serial);
}

std::vector<Choice> reading_variants() {
  return {
      {"missing.malformed-row", "A missing parameter gets its Malformed row.",
       [](Behaviour& b) {
         b.missing_is_malformed = {named().name, named().target_type, named().target_id,
                                   named().word, named().outer,       named().inner};
       }},
      {"name.optional", "Without FlowLogName the flow log is called by its id.",
       [](Behaviour& b) { b.optional.insert(named().name); }},
      {"order.reversed", "Of several faults the last in the page's order is answered.",
       [](Behaviour& b) { b.order = Behaviour::Order::reversed; }},
      {"order.state-first", "Account and resource are looked at before the parameters.",
       [](Behaviour& b) { b.order = Behaviour::Order::state_first; }},
      {"empty.left-out", "An empty value counts as left out.",
       [](Behaviour& b) { b.empty_is_absent = true; }},
      {"unknown.refused", "A parameter that the page does not name is refused.",
       [](Behaviour& b) { b.refuse_unknown_parameters = true; }},
      {"duplicates.last-wins", "Of a repeated parameter the last value counts.",
       [](Behaviour& b) { b.last_duplicate_wins = true; }},
      {"characters.grey-accepted", "Letters and digits of any kind are accepted.",
       [](Behaviour& b) { b.grey_characters = true; }},
      {"lengths.grey-refused", "A tag value of 256 characters is refused.",
       [](Behaviour& b) { b.grey_lengths = false; }},
      {"tags.index-by-value", "The tag index 01 is taken for 1.",
       [](Behaviour& b) {
         b.rules[named().tag_key + "/index"].sees = [](const Rule&, const std::string& index) {
           const std::size_t first = index.find_first_not_of('0');
           return first == std::string::npos ? index : index.substr(first);
         };
       }},
      {"tags.up-to-50", "Up to 50 tags are taken, as the newest text of the parameter says.",
       [](Behaviour& b) { b.grey_counts = true; }},
      {"tags.sys-refused", "A tag key that starts with sys is refused, with a colon or without.",
       [](Behaviour& b) { b.grey_beginnings = false; }},
      {"integers.lenient", "Intervals such as 010, +10 and full-width digits are accepted.",
       [](Behaviour& b) { b.grey_integers = true; }},
      {"post.refused", "POST is no method of this API.", [](Behaviour& b) { b.get_alone = true; }},
      {"json.refused", "A JSON body is refused with 415.",
       [](Behaviour& b) { b.json = Behaviour::Json::refused; }},
      {"json.ignored", "A JSON body is not read, and nothing says so.",
       [](Behaviour& b) { b.json = Behaviour::Json::ignored; }},
      {"edges.stripped", "Blanks at the ends of tag keys and values are removed.",
       [](Behaviour& b) { b.edges_stripped = true; }},
  };
}

// Another row where the documentation allows more than one.
std::vector<Choice> row_variants() {
  return {
      {"timestamp.403", "An expired request gets HTTP 403.",
       [](Behaviour& b) { b.rows["common/InvalidTimestamp"].http_choice = 1; }},
      {"log-names.another-400", "Malformed log projects and topics get another documented 400.",
       [](Behaviour& b) {
         for (const std::string& name : {named().outer, named().inner}) {
           for (const char* rule : {"length", "characters", "first", "last"}) {
             b.rules[fmt::format("{}/{}", name, rule)].row = "errors/14";
           }
         }
       }},
      {"tags.repeated-key-disorder", "A repeated tag key gets InvalidTag.Disorder.",
       [](Behaviour& b) { b.rules[named().tag_key + "/unique"].row = "errors/17"; }},
      {"tags.value-alone-malformed", "A tag value without its key gets InvalidTagValue.Malformed.",
       [](Behaviour& b) { b.rules[named().tag_value + "/needs"].row = "errors/19"; }},
      {"resource.of-another-type-invalid",
       "The id of another type's resource gets InvalidParameter.FlowLogInvalidResource.",
       [](Behaviour& b) { b.other_type_is_invalid = true; }},
      {"race.loser-bound", "The loser of a race is told that the resource is bound.",
       [](Behaviour& b) { b.race_loser_bound = true; }},
      {"race.none-wins", "Two creations at once on one resource are refused because of each other.",
       [](Behaviour& b) { b.race_none_wins = true; }},
  };
}

std::vector<Choice> token_variants() {
  return {
      {"token.forgotten-with-log", "Deleting a flow log forgets its token.",
       [](Behaviour& b) { b.token.forgotten_with_log = true; }},
      {"token.spent-when-refused", "A refused request has used up its token.",
       [](Behaviour& b) { b.token.keeps_refused = true; }},
      {"token.waits", "The second of two requests with one token waits for the first.",
       [](Behaviour& b) { b.token.waits = true; }},
  };
}

std::vector<Choice> life_variants() {
  return {
      {"life.slow", "A flow log is Creating twenty times as long.",
       [](Behaviour& b) { b.life.creating_factor = 20; }},
      {"life.active-at-once", "A flow log is Active by the time it is first looked at.",
       [](Behaviour& b) { b.life.first_state = "Active"; }},
      {"life.id-of-request", "A FlowLogId looks like a RequestId, as in the page's example.",
       [](Behaviour& b) { b.life.id_of_request = true; }},
      {"conflict.in-parent", "While a flow log in a VPC is Creating, another one is refused there.",
       [](Behaviour& b) { b.conflict_in_parent = true; }},
      {"describe.late", "DescribeFlowLogs shows a flow log 0.3 s after the answer to its creation.",
       [](Behaviour& b) { b.describe.late = std::chrono::milliseconds(300); }},
      {"describe.two-replicas", "Every second list shows what was so 0.3 s ago.",
       [](Behaviour& b) { b.describe.second_lags = std::chrono::milliseconds(300); }},
      {"delete.conflicts-while-creating", "What is Creating cannot be deleted yet.",
       [](Behaviour& b) { b.life.delete_refused_while_creating = true; }},
      {"delete.at-once", "A deleted flow log is gone at once.",
       [](Behaviour& b) { b.life.delete_at_once = true; }},
      {"delete.unknown-accepted", "Deleting what is not there succeeds.",
       [](Behaviour& b) { b.life.delete_unknown_ok = true; }},
      {"delete.frees-at-once", "A resource is free while its flow log is Deleting.",
       [](Behaviour& b) { b.life.rebinding_at_once = true; }},
  };
}

std::vector<Choice> answer_variants() {
  const auto edit = [](const Edit& change) -> Apply {
    return [=](Behaviour& b) { b.edits.push_back(change); };
  };
  const auto finish = [](const Finish& change) -> Apply {
    return [=](Behaviour& b) { b.finishes.push_back(change); };
  };
  return {
      {"envelope.more-members", "Answers have members that no page names.",
       edit([](Json& answer, const Told& told) {
         answer["TraceId"] = told.request_id;
         answer["ResponseMetadata"]["Cost"] = 3;
         if (told.success) answer["Result"]["OrderId"] = nullptr;
         if (!told.success) answer["ResponseMetadata"]["Error"]["Data"] = Json::object();
       })},
      {"envelope.code-n", "Every error has a CodeN.", edit([](Json& answer, const Told& told) {
         if (told.success) return;
         Json& error = answer["ResponseMetadata"]["Error"];
         if (!error.contains("CodeN")) error["CodeN"] = 190001;
       })},
      {"envelope.no-code-n", "No error has a CodeN.", edit([](Json& answer, const Told& told) {
         if (!told.success) answer["ResponseMetadata"]["Error"].erase("CodeN");
       })},
      {"envelope.null-error", "A success has an Error that is null.",
       edit([](Json& answer, const Told& told) {
         if (told.success) answer["ResponseMetadata"]["Error"] = nullptr;
       })},
      {"envelope.request-id-is-uuid", "A RequestId is a UUID.",
       edit([](Json& answer, const Told& told) {
         answer["ResponseMetadata"]["RequestId"] = uuid_of(told);
         if (told.success) answer["Result"]["RequestId"] = uuid_of(told);
       })},
      {"body.indented", "Answers are indented.", finish([](HttpResponse& response, const Told&) {
         response.body = Json::parse(response.body).dump(2) + "\n";
       })},
      {"body.escaped", "Characters beyond ASCII come as JSON escapes.",
       finish([](HttpResponse& response, const Told&) {
         response.body = Json::parse(response.body).dump(-1, ' ', true);
       })},
      {"body.type-without-charset", "Content-Type is application/json without a charset.",
       finish([](HttpResponse& response, const Told&) {
         response.headers = {{"Content-Type", "application/json"}};
       })},
      {"status.success-is-201", "A creation that succeeds answers HTTP 201.",
       finish([](HttpResponse& response, const Told& told) {
         if (told.success && told.action == named().creator) response.status = 201;
       })},
      {"connection.closed", "The connection ends after each answer.",
       [](Behaviour& b) { b.keep_alive = false; }},
      {"throttled.every-fifth", "Each fifth request is throttled.",
       [](Behaviour& b) { b.throttle_every = 5; }},
  };
}

}  // namespace

const std::vector<Choice>& variants() {
  static const std::vector<Choice> all = [] {
    std::vector<Choice> joined;
    for (const auto& table : {reading_variants(), row_variants(), token_variants(), life_variants(),
                              answer_variants()}) {
      joined.insert(joined.end(), table.begin(), table.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace flowlog::mock

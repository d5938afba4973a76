#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "mock/deviation_tables.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr const char* creating = "CreateFlowLog";

bool is_created(const Told& told) {
  return told.success && told.action == creating;
}

Choice edited(const std::string& id, const std::string& text, const Edit& edit) {
  return {id, text, [=](Behaviour& behaviour) { behaviour.edits.push_back(edit); }};
}

Choice finished(const std::string& id, const std::string& text, const Finish& finish) {
  return {id, text, [=](Behaviour& behaviour) { behaviour.finishes.push_back(finish); }};
}

void erase_at(Json& answer, const std::string& pointer) {
  const Pointer place(pointer);
  if (answer.contains(place)) answer[place.parent_pointer()].erase(place.back());
}

// Members left out of every answer that has them; `pointer` as JSON pointers go.
void add_missing(std::vector<Choice>& all) {
  const auto without = [&](const char* what, const std::string& pointer) {
    all.push_back(edited(fmt::format("envelope.no-{}", what),
                         fmt::format("Answers lack the member {}.", pointer),
                         [=](Json& answer, const Told&) { erase_at(answer, pointer); }));
  };
  without("metadata", "/ResponseMetadata");
  without("request-id", "/ResponseMetadata/RequestId");
  without("action", "/ResponseMetadata/Action");
  without("version", "/ResponseMetadata/Version");
  without("service", "/ResponseMetadata/Service");
  without("region", "/ResponseMetadata/Region");
  without("error-code", "/ResponseMetadata/Error/Code");
  without("error-message", "/ResponseMetadata/Error/Message");
  without("result", "/Result");
  without("result-request-id", "/Result/RequestId");
  without("flow-log-id", "/Result/FlowLogId");
}

// Members with another value wherever they stand.
void add_wrong_values(std::vector<Choice>& all) {
  const auto value = [&](const char* what, const std::string& pointer, const Json& other,
                         const std::string& text) {
    all.push_back(edited(fmt::format("envelope.{}", what), text, [=](Json& answer, const Told&) {
      const Pointer place(pointer);
      if (answer.contains(place)) answer[place] = other;
    }));
  };
  value("request-id-is-number", "/ResponseMetadata/RequestId", 20260102, "RequestId is a number.");
  value("request-id-is-empty", "/ResponseMetadata/RequestId", "", "RequestId is the empty text.");
  value("flow-log-id-is-number", "/Result/FlowLogId", 42, "FlowLogId is a number.");
  value("flow-log-id-is-empty", "/Result/FlowLogId", "", "FlowLogId is the empty text.");
  value("flow-log-id-is-null", "/Result/FlowLogId", nullptr, "FlowLogId is null.");
  value("error-is-text", "/ResponseMetadata/Error", "failed", "Error is a text, not an object.");
  value("error-code-is-number", "/ResponseMetadata/Error/Code", 400, "Code is a number.");
  value("error-message-is-null", "/ResponseMetadata/Error/Message", nullptr, "Message is null.");
  value("metadata-is-array", "/ResponseMetadata", Json::array(), "ResponseMetadata is an array.");
  value("action-of-another-call", "/ResponseMetadata/Action", "DescribeVpcs",
        "Action names another action than was asked.");
  value("version-of-another-day", "/ResponseMetadata/Version", "2020-04-02",
        "Version differs from what was asked.");
  value("service-in-capitals", "/ResponseMetadata/Service", "VPC", "Service comes in capitals.");
  value("region-of-another-place", "/ResponseMetadata/Region", "cn-shanghai",
        "Region differs from what was asked.");
  value("region-is-empty", "/ResponseMetadata/Region", "", "Region is the empty text.");
}

void set_request_id(Json& answer, const std::string& id) {
  answer["ResponseMetadata"]["RequestId"] = id;
  if (answer.contains("Result")) answer["Result"]["RequestId"] = id;
}

void add_ids(std::vector<Choice>& all) {
  all.push_back(
      edited("ids.request-id-constant", "Every answer has the same RequestId.",
             [](Json& answer, const Told&) { set_request_id(answer, "20260102030405"); }));
  all.push_back(edited("ids.request-id-repeated",
                       "Every second answer has the RequestId of the one before.",
                       [](Json& answer, const Told& told) {
                         const bool second = told.serial % 2 == 0 && !told.last_request_id.empty();
                         if (second) set_request_id(answer, told.last_request_id);
                       }));
  all.push_back(edited("ids.request-ids-differ",
                       "The RequestId of Result is not that of ResponseMetadata.",
                       [](Json& answer, const Told& told) {
                         if (told.success) answer["Result"]["RequestId"] = told.request_id + "0";
                       }));
  all.push_back({"ids.flow-log-id-constant", "Every creation answers the same FlowLogId.",
                 [](Behaviour& behaviour) { behaviour.life.id_reused = true; }});
  all.push_back(edited("ids.flow-log-id-repeated",
                       "Every third creation answers the FlowLogId of the one before.",
                       [](Json& answer, const Told& told) {
                         const bool third = is_created(told) && told.action_serial % 3 == 0;
                         if (third && !told.last_flow_log_id.empty()) {
                           answer["Result"]["FlowLogId"] = told.last_flow_log_id;
                         }
                       }));
}

void add_shapes(std::vector<Choice>& all) {
  all.push_back(
      edited("shape.error-beside-result", "A success carries an Error too.",
             [](Json& answer, const Told& told) {
               if (!told.success) return;
               answer["ResponseMetadata"]["Error"] = {{"Code", "OK"}, {"Message", "Success."}};
             }));
  all.push_back(edited("shape.result-beside-error", "A refusal carries a Result too.",
                       [](Json& answer, const Told& told) {
                         if (!told.success) answer["Result"] = {{"RequestId", told.request_id}};
                       }));
  all.push_back(edited("shape.error-at-the-top", "Error stands beside ResponseMetadata, not in it.",
                       [](Json& answer, const Told& told) {
                         if (told.success) return;
                         answer["Error"] = answer["ResponseMetadata"]["Error"];
                         answer["ResponseMetadata"].erase("Error");
                       }));
  all.push_back(edited("shape.result-is-array", "Result is an array of one.",
                       [](Json& answer, const Told& told) {
                         if (told.success) answer["Result"] = Json::array({answer["Result"]});
                       }));
  all.push_back(edited("shape.lower-case-members", "The members of Result begin in lower case.",
                       [](Json& answer, const Told& told) {
                         if (!is_created(told)) return;
                         answer["Result"] = {{"requestId", answer["Result"]["RequestId"]},
                                             {"flowLogId", answer["Result"]["FlowLogId"]}};
                       }));
}

void set_type(HttpResponse& response, const std::string& type) {
  response.headers = {{"Content-Type", type}};
}

void add_bodies(std::vector<Choice>& all) {
  all.push_back(
      finished("body.type-is-html", "Answers are labelled text/html.",
               [](HttpResponse& response, const Told&) { set_type(response, "text/html"); }));
  all.push_back(finished("body.type-is-plain", "Refusals are labelled text/plain.",
                         [](HttpResponse& response, const Told& told) {
                           if (!told.success) set_type(response, "text/plain");
                         }));
  all.push_back(finished("body.no-type", "Answers have no Content-Type.",
                         [](HttpResponse& response, const Told&) { response.headers.clear(); }));
  all.push_back(finished("body.html-on-error", "Refusals come as a page of HTML.",
                         [](HttpResponse& response, const Told& told) {
                           if (told.success) return;
                           set_type(response, "text/html");
                           response.body = "<html><body><h1>Bad Request</h1></body></html>";
                         }));
  for (const auto& [id, message] : std::vector<std::pair<std::string, std::string>>{
           {"message.empty", ""},
           {"message.nil", "<nil>"},
           {"message.unfilled", "The request is refused because of %s."},
           {"message.trace", "panic: runtime error: index out of range [1]"},
           {"message.chinese", "请求参数不合法，请修改后重试。"}}) {
    all.push_back(finished(id, "Refusals say " + (message.empty() ? "nothing." : message + "."),
                           [message](HttpResponse& response, const Told& told) {
                             if (told.success) return;
                             Json answer = Json::parse(response.body);
                             answer["ResponseMetadata"]["Error"]["Message"] = message;
                             response.body = answer.dump();
                           }));
  }
  all.push_back(finished("body.empty-on-error", "Refusals have no body.",
                         [](HttpResponse& response, const Told& told) {
                           if (!told.success) response.body.clear();
                         }));
  all.push_back(finished("body.cut-short", "Of each refusal the last ten bytes are missing.",
                         [](HttpResponse& response, const Told& told) {
                           if (!told.success) response.body.resize(response.body.size() - 10);
                         }));
  all.push_back(finished("body.twice", "The answer to a creation stands there twice.",
                         [](HttpResponse& response, const Told& told) {
                           if (told.action == creating) response.body += response.body;
                         }));
  all.push_back(finished("body.json-in-text", "The answer to a creation is a text that holds JSON.",
                         [](HttpResponse& response, const Told& told) {
                           if (told.action == creating) response.body = Json(response.body).dump();
                         }));
}

void add_statuses(std::vector<Choice>& all) {
  const auto status = [&](int code, const char* text) {
    all.push_back(finished(fmt::format("status.success-is-{}", code), text,
                           [=](HttpResponse& response, const Told& told) {
                             if (is_created(told)) response.status = code;
                           }));
  };
  status(302, "A creation that succeeds answers HTTP 302.");
  status(400, "A creation that succeeds answers HTTP 400.");
  status(500, "A creation that succeeds answers HTTP 500.");
}

HttpResponse internal_error(const Told& told) {
  const Json body = {{"ResponseMetadata",
                      {{"RequestId", told.request_id},
                       {"Action", told.action},
                       {"Version", "2020-04-01"},
                       {"Service", "vpc"},
                       {"Region", "cn-beijing"},
                       {"Error", {{"Code", "InternalError"}, {"Message", "Internal error."}}}}}};
  return {500, {{"Content-Type", "application/json"}}, body.dump(), false, 0};
}

void add_disorder(std::vector<Choice>& all) {
  const auto one_in = [](const Told& told, long many) { return told.serial % many == 0; };
  all.push_back(finished("disorder.one-in-fifty-500", "Each fiftieth answer is an internal error.",
                         [=](HttpResponse& response, const Told& told) {
                           if (one_in(told, 50)) response = internal_error(told);
                         }));
  all.push_back(finished("disorder.one-in-fifty-empty", "Each fiftieth answer has no body.",
                         [=](HttpResponse& response, const Told& told) {
                           if (one_in(told, 50)) response.body.clear();
                         }));
  all.push_back(edited("disorder.one-in-fifty-wrong-echo",
                       "Each fiftieth answer names another action.",
                       [=](Json& answer, const Told& told) {
                         if (one_in(told, 50))
                           answer["ResponseMetadata"]["Action"] = "DescribeVpcs";
                       }));
  all.push_back(edited("disorder.one-in-fifty-wrong-code",
                       "Each fiftieth refusal has another code.",
                       [=](Json& answer, const Told& told) {
                         if (!told.success && one_in(told, 50)) {
                           answer["ResponseMetadata"]["Error"]["Code"] = "InvalidParameter";
                         }
                       }));
  all.push_back(finished("disorder.first-creation-500",
                         "The first creation answers an internal error.",
                         [](HttpResponse& response, const Told& told) {
                           const bool first = told.action == creating && told.action_serial == 1;
                           if (first) response = internal_error(told);
                         }));
  all.push_back(finished("disorder.slow", "Each fiftieth answer takes fifteen seconds.",
                         [=](HttpResponse& response, const Told& told) {
                           if (one_in(told, 50)) response.delay_ms = 15000;
                         }));
}

}  // namespace

std::vector<Choice> answer_deviations() {
  std::vector<Choice> all;
  add_missing(all);
  add_wrong_values(all);
  add_ids(all);
  add_shapes(all);
  add_bodies(all);
  add_statuses(all);
  add_disorder(all);
  return all;
}

}  // namespace flowlog::mock

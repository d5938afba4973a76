#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "mock/deviation_tables.h"
#include "mock/named.h"
#include "mock/seed.h"

namespace flowlog::mock {
namespace {

// Rows that a hurried hand mixes up: the first is due, the second is given.
const std::pair<int, int> neighbours[] = {
    {1, 34},  {2, 8},   {4, 20},  {5, 6},   {6, 30},  {7, 3},   {8, 2},   {9, 1},
    {10, 13}, {11, 12}, {12, 33}, {13, 10}, {14, 22}, {15, 13}, {16, 20}, {17, 18},
    {18, 19}, {19, 18}, {20, 16}, {21, 22}, {22, 21}, {23, 18}, {24, 25}, {27, 30},
    {28, 27}, {29, 27}, {30, 27}, {31, 32}, {32, 31}, {33, 12}};

// Rows of one code that only the message tells apart.
const std::pair<int, int> twins[] = {{2, 3}, {7, 8}, {25, 26}};

std::string row(int number) {
  return fmt::format("errors/{}", number);
}

void add_neighbours(std::vector<Choice>& all) {
  for (const auto& [due, given] : neighbours) {
    all.push_back({fmt::format("row.neighbour.errors-{}-{}", due, given),
                   fmt::format("Where row {} is due, row {} is answered.", due, given),
                   [due = due, given = given](Behaviour& behaviour) {
                     behaviour.rows[row(due)].as = row(given);
                   }});
  }
}

void add_messages(std::vector<Choice>& all) {
  for (const auto& [one, other] : twins) {
    all.push_back(
        {fmt::format("row.swap-message.errors-{}-{}", one, other),
         fmt::format("Rows {} and {}, of one code, give each other's message.", one, other),
         [one = one, other = other](Behaviour& behaviour) {
           behaviour.rows[row(one)].message_of = row(other);
           behaviour.rows[row(other)].message_of = row(one);
         }});
  }
}

void add_common(std::vector<Choice>& all) {
  const auto instead = [&](const std::string& due, const std::string& given) {
    all.push_back(
        {fmt::format("row.neighbour.{}-{}", due, given),
         fmt::format("Where {} is due, {} is answered.", due, given),
         [=](Behaviour& behaviour) { behaviour.rows["common/" + due].as = "common/" + given; }});
  };
  instead(common_code("expired"), common_code("wrong-signature"));
  instead(common_code("no-signature"), common_code("no-authorization"));
  instead(common_code("unknown-key"), common_code("wrong-signature"));
  instead(common_code("wrong-signature"), common_code("unknown-key"));
  instead(common_code("unknown-action"), common_code("unknown-service"));
  instead(common_code("required"), common_code("missing-credential-info"));
}

// Applies to every refusal that a create request is given.
Choice every_refusal(const std::string& id, const std::string& text,
                     const std::function<void(nlohmann::json&)>& change) {
  return {id, text, [=](Behaviour& behaviour) {
            behaviour.edits.push_back([=](nlohmann::json& answer, const Told& told) {
              if (!told.success) change(answer["ResponseMetadata"]["Error"]);
            });
          }};
}

Choice every_status(const std::string& id, const std::string& text, int status) {
  return {id, text, [=](Behaviour& behaviour) {
            behaviour.finishes.push_back([=](HttpResponse& response, const Told& told) {
              if (!told.success) response.status = status;
            });
          }};
}

void add_codes(std::vector<Choice>& all) {
  using nlohmann::json;
  const auto code = [](json& error) { return error.value("Code", ""); };
  all.push_back(every_status("row.every-error-is-200", "Errors come with HTTP 200.", 200));
  all.push_back(every_status("row.every-error-is-400", "Every error comes with HTTP 400.", 400));
  all.push_back(every_status("row.every-error-is-500", "Every error comes with HTTP 500.", 500));
  all.push_back(every_refusal("row.codes-in-lower-case", "Error codes come in lower case.",
                              [=](json& error) { error["Code"] = lower_ascii(code(error)); }));
  all.push_back(every_refusal("row.codes-cut-at-dot",
                              "Of an error code only what precedes the dot comes.",
                              [=](json& error) {
                                const std::string text = code(error);
                                error["Code"] = text.substr(0, text.find('.'));
                              }));
  all.push_back(every_refusal("row.one-code-for-all", "Every error has the code InvalidParameter.",
                              [](json& error) { error["Code"] = "InvalidParameter"; }));
  all.push_back(every_refusal("row.code-and-message-swapped",
                              "Code and Message hold each other's text.",
                              [](json& error) { std::swap(error["Code"], error["Message"]); }));
}

void add_blindness(std::vector<Choice>& all) {
  const auto never = [&](int number, const char* text) {
    all.push_back({fmt::format("row.never.errors-{}", number), text,
                   [=](Behaviour& behaviour) { behaviour.rows[row(number)].never = true; }});
  };
  never(14, "A topic that is taken is accepted.");
  never(20, "A VPC in the wrong state is accepted.");
  never(26, "An account in arrears creates flow logs.");
  never(29, "A shared network interface is accepted.");
  never(33, "A resource that is busy is accepted.");
}

}  // namespace

std::vector<Choice> row_deviations() {
  std::vector<Choice> all;
  add_neighbours(all);
  add_messages(all);
  add_common(all);
  add_codes(all);
  add_blindness(all);
  return all;
}

}  // namespace flowlog::mock

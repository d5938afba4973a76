#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "mock/deviation_tables.h"
#include "mock/named.h"
#include "mock/views.h"

namespace flowlog::mock {
namespace {

Choice stored(const std::string& id, const std::string& parameter, const Change& change,
              const std::string& text) {
  return {id, text, [=](Behaviour& behaviour) { behaviour.stored[parameter] = change; }};
}

void add_texts(std::vector<Choice>& all) {
  all.push_back(stored(fmt::format("stored.{}.cut", named().name), named().name, views::cut_to(64),
                       "Of a name only 64 characters are kept."));
  all.push_back(stored(fmt::format("stored.{}.lower-case", named().name), named().name,
                       views::in_lower_case, "A name is kept in lower case."));
  all.push_back(stored(fmt::format("stored.{}.question-marks", named().name), named().name,
                       views::ascii_with_question_marks,
                       "The Chinese characters of a name come back as question marks."));
  all.push_back(stored(fmt::format("stored.{}.cut", named().description), named().description,
                       views::cut_to(128), "Of a description only 128 characters are kept."));
  all.push_back(stored(fmt::format("stored.{}.lost", named().description), named().description,
                       views::lost, "The description is not kept."));
  all.push_back(stored(fmt::format("stored.{}.escaped", named().description), named().description,
                       views::html_escaped,
                       "The equals signs of a description come back as HTML entities."));
  all.push_back(stored(fmt::format("stored.{}.encoded-twice", named().description),
                       named().description, views::encoded_twice,
                       "The Chinese characters of a description come back encoded twice."));
  all.push_back(stored(fmt::format("stored.{}.one-blank-for-many", named().description),
                       named().description, views::one_blank_for_many,
                       "Blanks in a row come back as one."));
}

void add_words(std::vector<Choice>& all) {
  all.push_back(stored(fmt::format("stored.{}.always-all", named().word), named().word,
                       views::replaced_by(named().first_word),
                       "Whatever traffic type was asked, All is kept."));
  all.push_back(stored(fmt::format("stored.{}.lower-case", named().word), named().word,
                       views::in_lower_case, "The traffic type comes back in lower case."));
  all.push_back(stored(fmt::format("stored.{}.always-default", named().number), named().number,
                       views::replaced_by(named().usual_number),
                       "Whatever interval was asked, 10 is kept."));
  all.push_back(stored(fmt::format("stored.{}.in-seconds", named().number), named().number,
                       views::in_seconds, "The interval comes back in seconds."));
  all.push_back(stored(fmt::format("stored.{}.always-default", named().project), named().project,
                       views::replaced_by(named().usual_project),
                       "Whatever project was asked, default is kept."));
  all.push_back(stored(fmt::format("stored.{}.lost", named().project), named().project, views::lost,
                       "The project is not kept, nor its default."));
  all.push_back({fmt::format("stored.{}.is-the-id", named().name),
                 "A flow log comes back with its id as its name.", [](Behaviour& behaviour) {
                   behaviour.edits.push_back([](nlohmann::json& answer, const Told& told) {
                     if (!told.success || !answer["Result"].contains(named().list)) return;
                     for (auto& log : answer["Result"][named().list]) {
                       log[named().name] = log[named().id];
                     }
                   });
                 }});
}

void add_tags(std::vector<Choice>& all) {
  all.push_back(
      stored("stored.Tags.value-lost", named().tag_value, views::lost, "Tag values are not kept."));
  all.push_back(stored("stored.Tags.value-cut", named().tag_value, views::cut_to(128),
                       "Of a tag value only 128 characters are kept."));
  all.push_back(stored("stored.Tags.value-plus-as-space", named().tag_value, views::plus_as_space,
                       "A plus in a tag value comes back as a blank."));
  all.push_back(stored("stored.Tags.value-escaped", named().tag_value, views::html_escaped,
                       "Plus and equals signs in a tag value come back as HTML entities."));
  all.push_back(stored("stored.Tags.key-lower-case", named().tag_key, views::in_lower_case,
                       "Tag keys come back in lower case."));
  all.push_back(stored("stored.Tags.key-cut", named().tag_key, views::cut_to(64),
                       "Of a tag key only 64 characters are kept."));
  const auto kept = [&](const char* id, std::size_t many, const char* text) {
    all.push_back({id, text, [=](Behaviour& behaviour) { behaviour.tags_kept = many; }});
  };
  kept("stored.Tags.none", 0, "Tags are not kept.");
  kept("stored.Tags.only-first", 1, "Only the first tag is kept.");
  kept("stored.Tags.only-ten", 10, "Only the first ten tags are kept.");
  all.push_back({"stored.Tags.swapped", "Tag keys and values come back as each other.",
                 [](Behaviour& behaviour) { behaviour.tags_swapped = true; }});
}

void add_listing(std::vector<Choice>& all) {
  for (const std::string& member :
       {named().name, named().description, named().target_id, named().state, named().tags,
        named().number, named().outer_id}) {
    all.push_back({fmt::format("describe.no-{}", member),
                   fmt::format("DescribeFlowLogs shows flow logs without {}.", member),
                   [=](Behaviour& behaviour) { behaviour.describe.hidden.insert(member); }});
  }
  all.push_back({"describe.interval-is-list", "DescribeFlowLogs shows the interval as a list.",
                 [](Behaviour& behaviour) {
                   behaviour.edits.push_back([](nlohmann::json& answer, const Told& told) {
                     if (!told.success || !answer["Result"].contains(named().list)) return;
                     for (auto& log : answer["Result"][named().list]) {
                       log[named().number] = nlohmann::json::array({log[named().number]});
                     }
                   });
                 }});
  all.push_back({"describe.resource-of-another", "DescribeFlowLogs shows another resource's id.",
                 [](Behaviour& behaviour) {
                   behaviour.describe.shown[named().target_id] = views::replaced_by("vpc-another");
                 }});
  all.push_back({"describe.all-accounts", "DescribeFlowLogs shows other accounts' flow logs too.",
                 [](Behaviour& behaviour) { behaviour.describe.all_accounts = true; }});
  all.push_back({"describe.no-paging",
                 "DescribeFlowLogs shows everything, whatever MaxResults says.",
                 [](Behaviour& behaviour) { behaviour.describe.no_paging = true; }});
  all.push_back({"describe.page-loses-one",
                 "Between two pages of DescribeFlowLogs one flow log is lost.",
                 [](Behaviour& behaviour) { behaviour.describe.last_of_page_lost = true; }});
  all.push_back(
      {"describe.ids-ignored", "DescribeFlowLogs does not filter by FlowLogIds.",
       [](Behaviour& behaviour) { behaviour.describe.filters_ignored.insert(named().by_id); }});
}

}  // namespace

std::vector<Choice> store_deviations() {
  std::vector<Choice> all;
  add_texts(all);
  add_words(all);
  add_tags(all);
  add_listing(all);
  return all;
}

}  // namespace flowlog::mock

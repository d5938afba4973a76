#include <fmt/format.h>

#include "mock/deviation_tables.h"
#include "mock/named.h"
#include "mock/views.h"

namespace flowlog::mock {
namespace {

using ViewFunction = std::string (*)(const Rule&, const std::string&);

// The rules named in `rules` of one parameter see their value through `view`.
Choice misread(const std::string& id, const std::string& parameter,
               const std::vector<std::string>& rules, ViewFunction view, const std::string& text) {
  return {id, text, [=](Behaviour& behaviour) {
            for (const std::string& rule : rules)
              behaviour.rules[parameter + '/' + rule].sees = view;
          }};
}

Choice unchecked(const std::string& id, const std::string& address, const std::string& text) {
  return {id, text, [=](Behaviour& behaviour) { behaviour.rules[address].off = true; }};
}

void add_lengths(std::vector<Choice>& all) {
  for (const std::string& name :
       {named().name, named().description, named().tag_key, named().tag_value}) {
    all.push_back(
        misread(fmt::format("length.{}.counts-bytes", name), name, {"length"}, views::bytes,
                fmt::format("A {} of Chinese characters is refused as too long at a third "
                            "of the documented length.",
                            name)));
  }
  for (const std::string& name : {named().name, named().description, named().outer, named().inner,
                                  named().tag_key, named().tag_value, named().token}) {
    all.push_back(
        misread(fmt::format("length.{}.cut-silently", name), name, {"length"}, views::cut,
                fmt::format("A {} that is too long is accepted, as if it were cut.", name)));
  }
  for (const std::string& name : {named().outer, named().inner}) {
    all.push_back(misread(fmt::format("length.{}.dashes-not-counted", name), name, {"length"},
                          views::without_dashes,
                          fmt::format("The shortest {} with a dash in it is refused.", name)));
  }
}

void add_characters(std::vector<Choice>& all) {
  for (const std::string& name : {named().name, named().description, named().outer, named().inner,
                                  named().tag_key, named().tag_value, named().token}) {
    all.push_back(misread(
        fmt::format("characters.{}.only-first", name), name, {"characters"}, views::first_character,
        fmt::format("A {} with a forbidden character after the first is accepted.", name)));
  }
  for (const std::string& name :
       {named().name, named().description, named().tag_key, named().tag_value}) {
    all.push_back(
        misread(fmt::format("characters.{}.last-not-looked-at", name), name, {"characters"},
                views::without_last,
                fmt::format("A {} that ends in a forbidden character is accepted.", name)));
  }
  for (const std::string& name : {named().name, named().description, named().outer, named().inner,
                                  named().tag_key, named().tag_value}) {
    all.push_back(misread(fmt::format("characters.{}.newline-at-end", name), name,
                          {"characters", "last"}, views::before_newline,
                          fmt::format("A {} that ends in a newline is accepted.", name)));
    all.push_back(misread(fmt::format("characters.{}.non-ascii-unchecked", name), name,
                          {"characters", "first", "last"}, views::ascii,
                          fmt::format("A {} with an emoji is accepted.", name)));
  }
  for (const std::string& name : {named().name, named().description}) {
    all.push_back(misread(fmt::format("characters.{}.blanks-trimmed", name), name,
                          {"characters", "first", "last"}, views::trimmed,
                          fmt::format("A {} with a blank before it is accepted.", name)));
  }
  for (const std::string& name : {named().outer, named().inner}) {
    all.push_back(misread(fmt::format("characters.{}.any-case", name), name,
                          {"characters", "first", "last"}, views::lower_case,
                          fmt::format("A {} in capitals is accepted.", name)));
  }
}

// Refusals of what is documented as valid.
void add_strictness(std::vector<Choice>& all) {
  for (const std::string& name : {named().name, named().description, named().tag_value}) {
    all.push_back(misread(fmt::format("strict.{}.mark-at-end", name), name, {"characters"},
                          views::strict_at_end,
                          fmt::format("A {} that ends in an allowed mark is refused.", name)));
    all.push_back(misread(fmt::format("strict.{}.marks-in-a-row", name), name, {"characters"},
                          views::strict_in_a_row,
                          fmt::format("A {} with two allowed marks in a row is refused.", name)));
  }
  for (const std::string& name : {named().name, named().description, named().tag_key}) {
    all.push_back(misread(fmt::format("strict.{}.capitals", name), name, {"characters"},
                          views::strict_on_capitals,
                          fmt::format("A {} with a capital letter is refused.", name)));
  }
  for (const std::string& name : {named().name, named().outer}) {
    all.push_back(misread(fmt::format("strict.{}.digits-alone", name), name, {"characters"},
                          views::strict_on_all_digits,
                          fmt::format("A {} of digits alone is refused.", name)));
  }
}

void add_values(std::vector<Choice>& all) {
  for (const std::string& name : {named().target_type, named().word}) {
    all.push_back(misread(fmt::format("values.{}.any-case", name), name, {"values"},
                          views::word_in_any_case,
                          fmt::format("A {} in another letter case is accepted.", name)));
    all.push_back(
        misread(fmt::format("values.{}.only-start", name), name, {"values"}, views::word_at_start,
                fmt::format("A {} with something after a known word is accepted.", name)));
    all.push_back(
        misread(fmt::format("values.{}.trimmed", name), name, {"values"}, views::trimmed,
                fmt::format("A {} with blanks or a newline around it is accepted.", name)));
  }
  const auto interval = [&](const char* how, ViewFunction view, const char* text) {
    all.push_back(misread(fmt::format("values.{}.{}", named().number, how), named().number,
                          {"values"}, view, text));
  };
  interval("leading-digits", views::leading_integer, "An interval such as 5m or 5.0 is accepted.");
  interval("decimal", views::rounded, "An interval such as 5.0 or 1e1 is accepted.");
  interval("sign-ignored", views::without_minus, "The interval -5 is accepted.");
  interval("wraps-at-32-bits", views::modulo_32_bits, "The interval 4294967301 is accepted.");
  interval("wraps-at-64-bits", views::modulo_64_bits,
           "The interval 18446744073709551621 is accepted.");
  interval("next-above", views::next_word_above, "The intervals 2 and 7 are accepted.");
  interval("in-seconds", views::minutes_of_seconds, "The intervals 60, 300 and 600 are accepted.");
  interval("newline-at-end", views::before_newline,
           "An interval with a newline after it is accepted.");
}

void add_meanings(std::vector<Choice>& all) {
  all.push_back(misread(fmt::format("values.{}.words-of-others", named().word), named().word,
                        {"values"}, views::word_of_others, "Accept and Reject are accepted."));
  all.push_back({"query.decoded-twice", "Values of the query are percent-decoded twice.",
                 [](Behaviour& behaviour) { behaviour.decoded_twice = true; }});
}

void add_existence(std::vector<Choice>& all) {
  all.push_back(misread(fmt::format("exists.{}.any-case", named().target_id), named().target_id,
                        {"exists"}, views::lower_case, "A resource id in capitals is accepted."));
  all.push_back(misread(fmt::format("exists.{}.trimmed", named().target_id), named().target_id,
                        {"exists"}, views::trimmed,
                        "A resource id with blanks around it is accepted."));
  all.push_back(unchecked(fmt::format("exists.{}.unchecked", named().target_id),
                          named().target_id + "/exists", "The id of no resource is accepted."));
  all.push_back({fmt::format("exists.{}.of-another-type", named().target_id),
                 "The id of a resource of another type than ResourceType is accepted.",
                 [](Behaviour& behaviour) { behaviour.types_not_matched = true; }});
  all.push_back({fmt::format("exists.{}.of-another-account", named().target_id),
                 "The id of another account's resource is accepted.",
                 [](Behaviour& behaviour) { behaviour.foreign_resources = true; }});
  all.push_back(misread(fmt::format("exists.{}.any-case", named().project), named().project,
                        {"exists"}, views::lower_case, "The project Default is accepted."));
  all.push_back(misread(fmt::format("exists.{}.trimmed", named().project), named().project,
                        {"exists"}, views::trimmed,
                        "A project with blanks around it is accepted."));
  all.push_back(unchecked(fmt::format("exists.{}.unchecked", named().project),
                          named().project + "/exists", "The name of no project is accepted."));
}

void add_tags(std::vector<Choice>& all) {
  all.push_back(misread("tags.prefix-case-sensitive", named().tag_key, {"prefix"},
                        views::prefix_in_exact_case,
                        "A tag key that begins with VOLC: is accepted."));
  all.push_back(misread("tags.prefix-anywhere", named().tag_key, {"prefix"}, views::from_word,
                        "A tag key with sys: somewhere inside is refused."));
  all.push_back(misread("tags.unique-in-any-case", named().tag_key, {"unique"}, views::lower_case,
                        "Two tag keys that differ in case alone are refused."));
  all.push_back(unchecked("tags.repeated-key-accepted", named().tag_key + "/unique",
                          "One tag key twice is accepted."));
  all.push_back(
      {"tags.index-from-zero", "A single tag of index 0 is accepted.", [](Behaviour& behaviour) {
         behaviour.rules[named().tag_key + "/index"].sees =
             [](const Rule&, const std::string& index) { return index == "0" ? "1" : index; };
       }});
  all.push_back(unchecked("tags.index-unchecked", named().tag_key + "/index",
                          "Gaps in the tag index are accepted."));
  all.push_back({"tags.surplus-ignored", "Twenty-one tags are accepted and twenty kept.",
                 [](Behaviour& behaviour) {
                   behaviour.rules[named().tag_key + "/count"].off = true;
                   behaviour.tags_kept = 20;
                 }});
  all.push_back({"tags.blanks-kept", "Blanks at the ends of tag keys and values are kept.",
                 [](Behaviour& behaviour) {
                   behaviour.rules[named().tag_key + "/edges"].off = true;
                   behaviour.rules[named().tag_value + "/edges"].off = true;
                 }});
  all.push_back(unchecked("tags.value-without-key", named().tag_value + "/needs",
                          "A tag value without its key is accepted."));
}

}  // namespace

std::vector<Choice> parameter_deviations() {
  std::vector<Choice> all;
  add_lengths(all);
  add_characters(all);
  add_strictness(all);
  add_values(all);
  add_meanings(all);
  add_existence(all);
  add_tags(all);
  all.push_back(
      {"names.any-case",
       "Parameter names in another letter case count: flowlogname stands for FlowLogName.",
       [](Behaviour& behaviour) { behaviour.names_any_case = true; }});
  return all;
}

}  // namespace flowlog::mock

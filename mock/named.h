// What the built-in service calls the things that its own tables of deviations are about.
#pragma once

#include <string>

namespace flowlog::mock {

struct Named {
  std::string creator;  // action
  std::string lister;

  // Parameters of the creator.
  std::string name;
  std::string description;
  std::string target_type;
  std::string target_id;
  std::string word;    // one of few words, and no type
  std::string number;  // an Integer
  std::string outer;   // what is left behind,
  std::string inner;   // and what lies in that
  std::string project;
  std::string tag_key;
  std::string tag_value;
  std::string token;

  // Members of the list's elements.
  std::string id;
  std::string state;
  std::string tags;
  std::string outer_id;

  std::string list;        // the member of Result that is the list
  std::string by_id;       // the lister's filter, without its index
  std::string new_id;      // the member of Result that a creation answers with
  std::string first_word;  // of `word`
  std::string usual_number;
  std::string usual_project;
};
const Named& named();

// Code of the first common row whose trigger is an authentication fault, the service's own fault or
// a rule's kind of that name.
std::string common_code(const std::string& trigger);

}  // namespace flowlog::mock

#include "mock/named.h"

#include <algorithm>
#include <stdexcept>

#include "specs/load.h"

namespace flowlog::mock {
namespace {

// The first parameter of the creator for which `is` holds.
template <class Is>
std::string first_parameter(const Action& creator, Is is) {
  const auto& all = creator.contract.parameters;
  const auto found = std::ranges::find_if(all, is);
  return found == all.end() ? "" : found->name;
}

std::string last_name(std::string path) {
  if (path.ends_with("[]")) path.resize(path.size() - 2);
  return path.substr(path.rfind('.') + 1);
}

std::string default_of(const Action& creator, const std::string& parameter) {
  return creator.contract.parameter(parameter)->default_value.value_or("");
}

void name_parameters(const Action& creator, Named& all) {
  all.creator = creator.name;
  all.name = creator.parameter(Role::name);
  all.description = creator.parameter(Role::description);
  all.target_type = creator.parameter(Role::target_type);
  all.target_id = creator.parameter(Role::target_id);
  all.project = creator.parameter(Role::project);
  all.tag_key = creator.parameter(Role::tag_key);
  all.tag_value = creator.parameter(Role::tag_value);
  all.token = creator.parameter(Role::token);
  all.word = first_parameter(creator, [&](const Parameter& parameter) {
    const Rule* values = parameter.rule("values");
    return values != nullptr && values->words.size() > 1 && parameter.name != all.target_type;
  });
  all.number = first_parameter(
      creator, [](const Parameter& parameter) { return parameter.type == Type::integer; });
  all.first_word = creator.contract.parameter(all.word)->rule("values")->words.front();
  all.usual_number = default_of(creator, all.number);
  all.usual_project = default_of(creator, all.project);
}

Named name_all(const flowlog::Service& service) {
  Named all;
  name_parameters(service.creator(), all);
  for (const auto& left : service.kind.leaves_behind) {
    (left.within.empty() ? all.outer : all.inner) = left.parameter;
  }
  const ListShape& list = service.list();
  all.lister = service.lister().name;
  all.id = service.member_showing(Shows::id);
  all.state = service.member_showing(Shows::state);
  all.tags = service.member_showing(Shows::tags);
  all.outer_id = list.member_of(all.outer)->name;
  all.list = last_name(list.path);
  all.by_id = service.lister().parameter(Role::id);
  all.by_id = all.by_id.substr(0, all.by_id.find(".N"));
  all.new_id = last_name(service.creator().answer_id);
  return all;
}

}  // namespace

const Named& named() {
  static const Named all = name_all(built_in_service());
  return all;
}

std::string common_code(const std::string& trigger) {
  for (const ErrorRow& row : built_in_service().common) {
    for (const Trigger& one : row.triggers) {
      if (one.authentication == trigger || one.service == trigger || one.rule_kind == trigger) {
        return row.code;
      }
    }
  }
  throw std::logic_error("no common row is triggered by " + trigger);
}

}  // namespace flowlog::mock

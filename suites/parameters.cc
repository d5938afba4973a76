// Each rule of each parameter: every class of valid input is accepted, every way of breaking it is
// refused with the documented answer.
#include <fmt/format.h>

#include <algorithm>

#include "generators/placeholders.h"
#include "generators/requests.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

std::string rule_path(const Parameter& parameter, const Rule& rule) {
  return fmt::format("param.{}.{}", parameter.name, rule.id);
}

// Rows that a check of this rule and side proves.
std::vector<std::string> rows_of(const ContractView& view, const Parameter& parameter,
                                 const Rule& rule, Side side) {
  std::vector<std::string> rows{parameter.row()};
  if (side == Side::invalid) {
    for (const ErrorRow* row : view.rows_for(rule)) rows.push_back(row->id);
  }
  return rows;
}

Text title_of(const Parameter& parameter, const InputClass& input) {
  const bool valid = input.side == Side::valid;
  const bool grey = input.side == Side::grey;
  return {fmt::format("{}: {} {}", parameter.name, input.text.en,
                      grey    ? "may be answered either way"
                      : valid ? "must be accepted"
                              : "must be refused"),
          fmt::format("{}：{}，{}", parameter.name, input.text.zh,
                      grey    ? "文档未明确"
                      : valid ? "应被接受"
                              : "应被拒绝")};
}

Case case_of(const std::string& id, int number, const rc::Shrinkable<Edit>& made, bool random,
             const Params& base) {
  Case one;
  one.label = fmt::format("{}/{}", id, number);
  one.params = flowlog::apply(made.value(), base);
  one.base = base;
  one.origin = made;
  one.random = random;
  return one;
}

// What the documentation leaves open is asked for once: whatever comes proves nothing.
void add_cases(const CatalogOptions& options, const InputClass& input, const Params& base,
               Check& check) {
  const bool grey = input.side == Side::grey;
  int number = 0;
  for (const rc::Shrinkable<Edit>& boundary : input.roots) {
    if (grey && number > 0) break;
    check.cases.push_back(case_of(input.id, ++number, boundary, false, base));
  }
  if (!input.random || (grey && number > 0)) return;
  // A class without boundaries is tried all the same.
  const int count = number == 0 ? std::max(1, options.random_cases) : options.random_cases;
  check.cases.add_more(static_cast<std::size_t>(grey ? 1 : count),
                       [number, base, gen = *input.random, name = input.id, id = check.id,
                        seed = options.seed](std::size_t i) {
                         const rc::Shrinkable<Edit> made =
                             gen(random_for(seed, id, i), rc::kNominalSize);
                         return case_of(name, number + 1 + static_cast<int>(i), made, true, base);
                       });
}

// The type whose resource the first value of the class names; empty where it leaves that open.
std::string type_named(const Contract& contract, const InputClass& input) {
  if (input.boundaries.empty()) return {};
  for (const auto& [name, value] : input.boundaries.front().set) {
    for (const std::string& type : resource_types(contract)) {
      if (with_resource(value, type, "") != value) return type;
    }
  }
  return {};
}

Check check_of(const CatalogOptions& options, const Parameter& parameter, const Rule& rule,
               const InputClass& input) {
  Check check;
  check.id = rule_path(parameter, rule) + "/" + input.id;
  check.title = title_of(parameter, input);
  check.rows = rows_of(options.view(), parameter, rule, input.side);
  check.standing = rule.standing;
  check.grey = input.side == Side::grey;
  if (input.side == Side::invalid) check.controls = {kAcceptedControl};
  std::string type = type_named(options.contract(), input);
  if (type.empty()) type = resource_type_for(options, check.id);
  check.resources = {{type, ""}};
  add_cases(options, input, smallest_request(options.contract(), type), check);
  if (input.side == Side::valid) check.creations = static_cast<int>(check.cases.size());
  // A token that came once with other arguments is refused.
  const bool token = parameter.name == options.action->parameter(Role::token);
  check.shares = input.side != Side::invalid && !token &&
                 options.action->effect == Effect::create && !names_instance(parameter);
  check.movable = rule.kind != RuleKind::count && rule.kind != RuleKind::index;
  return check;
}

// Valid only where more things exist than a check has.
bool needs_several_things(const Parameter& parameter, const Rule& rule, const InputClass& input) {
  return input.side == Side::valid && names_instance(parameter) &&
         (rule.kind == RuleKind::count || rule.kind == RuleKind::index);
}

}  // namespace

void parameter_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const Contract& contract = options.contract();
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      for (const InputClass& input : options.classes->of(parameter, rule)) {
        if (needs_several_things(parameter, rule, input)) continue;
        checks.push_back(check_of(options, parameter, rule, input));
      }
    }
  }
}

}  // namespace flowlog

// Whole requests: the two controls that every other verdict leans on, optional parameters in all
// pairs, and parameters the page does not know.
#include "generators/requests.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "engine/check_context.h"
#include "suites/catalog.h"
#include "suites/lifecycle.h"

namespace flowlog {
namespace {

Check check_with(const CatalogOptions& options, std::string id, Text title) {
  Check check;
  check.id = std::move(id);
  check.title = std::move(title);
  for (const Parameter& parameter : options.contract().parameters) {
    if (parameter.required) check.rows.push_back(parameter.row());
  }
  check.resources = {{resource_type_for(options, check.id), ""}};
  return check;
}

Case case_of(std::string label, Params params) {
  Case one;
  one.label = std::move(label);
  one.base = params;
  one.params = std::move(params);
  return one;
}

Check accepted(const CatalogOptions& options) {
  Check check = check_with(options, kAcceptedControl,
                           {"The smallest request must be accepted", "最小请求应被接受"});
  check.cases = {
      case_of("smallest", smallest_request(options.contract(), check.resources.front().type))};
  check.creations = 1;
  return check;
}

// The first way of breaking a rule of `kind` that has a row of its own; of a type or a word also
// where it has none.
bool add_breach(const CatalogOptions& options, RuleKind kind, Check& check) {
  const Contract& contract = options.contract();
  const std::string type = check.resources.empty() ? "" : check.resources.front().type;
  const Params base = smallest_request(contract, type);
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.rule("values") != nullptr && parameter.rule("values")->words.size() < 2) continue;
    for (const Rule& rule : parameter.rules) {
      const bool words = kind == RuleKind::values || kind == RuleKind::range;
      if (rule.kind != kind || (!words && options.view().rows_for(rule).empty())) continue;
      for (const InputClass& input : options.classes->of(parameter, rule)) {
        if (input.side != Side::invalid || input.boundaries.empty()) continue;
        Case one = case_of(input.id, flowlog::apply(input.boundaries.front(), base));
        one.base = base;
        one.origin = input.roots.front();
        check.cases = {std::move(one)};
        check.rows = {parameter.row()};
        return true;
      }
    }
  }
  return false;
}

Check refused(const CatalogOptions& options) {
  Check check =
      check_with(options, kRefusedControl,
                 {"A request that breaks a rule must be refused", "违反规则的请求应被拒绝"});
  for (const RuleKind kind :
       {RuleKind::length, RuleKind::exists, RuleKind::range, RuleKind::values}) {
    if (add_breach(options, kind, check)) break;
  }
  return check;
}

Check pairs(const CatalogOptions& options) {
  Check check =
      check_with(options, "request.optional/all-pairs",
                 {"Optional parameters must be accepted in all pairs of present and absent",
                  "可选参数两两组合（有/无）均应被接受"});
  check.rows.clear();
  for (const Parameter& parameter : options.contract().parameters) {
    if (!parameter.required) check.rows.push_back(parameter.row());
  }
  const std::string type = check.resources.front().type;
  const Params smallest = smallest_request(options.contract(), type);
  int number = 0;
  for (Params& params : all_pairs(options.contract(), type)) {
    if (params == smallest && !check.rows.empty()) continue;  // the control's
    check.cases.push_back(case_of(fmt::format("pair/{}", ++number), std::move(params)));
  }
  check.creations = static_cast<int>(check.cases.size());
  return check;
}

Check random_requests(const CatalogOptions& options) {
  Check check =
      check_with(options, "request.random/accepted",
                 {"Wholly random valid requests must be accepted", "随机合法请求应被接受"});
  const auto gen = any_valid_request(options.contract(), check.resources.front().type);
  const auto make = [gen, id = check.id, seed = options.seed](std::size_t i) {
    const auto made = gen(random_for(seed, id, i), rc::kNominalSize);
    Case one = case_of(fmt::format("random/{}", i + 1), made.value());
    // A whole request is an edit of nothing, so that its shrinks can be laid over nothing.
    one.base.clear();
    one.random = true;
    one.origin = rc::shrinkable::map(made, [](Params params) {
      return Edit{std::move(params), {}};
    });
    return one;
  };
  check.cases.add_more(static_cast<std::size_t>(options.random_cases), make);
  check.creations = static_cast<int>(check.cases.size());
  return check;
}

// Texts by one character too long, one of each parameter whose rule has a row of its own.
std::vector<Edit> too_long_texts(const CatalogOptions& options) {
  std::vector<Edit> edits;
  for (const Parameter& parameter : options.contract().parameters) {
    for (const Rule& rule : parameter.rules) {
      if (rule.kind != RuleKind::length || parameter.indexed() ||
          options.view().rows_for(rule).empty()) {
        continue;
      }
      for (const InputClass& input : options.classes->of(parameter, rule)) {
        if (input.side != Side::invalid || input.boundaries.empty()) continue;
        edits.push_back(input.boundaries.front());
        break;
      }
    }
  }
  return edits;
}

// What is refused for one type of resource is for every other.
Check every_type(const CatalogOptions& options) {
  const std::vector<Edit> edits = too_long_texts(options);
  Check check =
      check_with(options, "request.every-type/refused",
                 {"A rule must hold for every type of resource", "规则对各资源类型均有效"});
  lease_each_type(options, check);
  check.controls = {kAcceptedControl};
  check.requests = static_cast<int>((edits.size() + 1) * check.resources.size());
  check.script = [edits](CheckContext& context) {
    for (std::size_t lease = 0; lease < context.leases(); ++lease) {
      for (const Edit& edit : edits) {
        context.begin_case();
        context.answers(context.create(flowlog::apply(edit, context.smallest(lease))),
                        context.situation());
      }
      context.nothing_left(lease);
    }
  };
  return check;
}

// Names that official clients know and the page does not, and one that nobody knows.
std::vector<Check> unknown_parameters(const CatalogOptions& options) {
  std::vector<Check> checks;
  for (const std::string name : {"EnableIndex", "TrafficPath", "NoSuchParameter"}) {
    Check check = check_with(options, "request.unknown-parameter/" + name,
                             {"The undocumented parameter " + name + " is ignored or refused",
                              "文档未列出的参数 " + name + " 可被忽略或拒绝"});
    check.rows = {"notes/unknown-parameters"};
    check.standing = Standing::related;
    check.grey = true;
    Params params = smallest_request(options.contract(), check.resources.front().type);
    params.emplace_back(name, "true");
    check.cases = {case_of(name, std::move(params))};
    check.creations = 1;
    checks.push_back(std::move(check));
  }
  return checks;
}

bool succeeds_without(const Parameter& parameter) {
  const Rule* required = parameter.rule("required");
  return required == nullptr ||
         std::ranges::find(required->also, "success") != required->also.end();
}

// A parameter under a name in other letters is not that parameter, and so a required one is
// missing.
Check misspelt_names(const CatalogOptions& options) {
  Check check =
      check_with(options, "request.parameter-name/wrong-case",
                 {"A required parameter whose name is in the wrong letter case is missing",
                  "必选参数的名称大小写不符时，视为未传该参数"});
  const Contract& contract = options.contract();
  const Params base = smallest_request(contract, check.resources.front().type);
  check.rows = {"notes/unknown-parameters"};
  check.controls = {kAcceptedControl};
  for (const Parameter& parameter : contract.parameters) {
    if (succeeds_without(parameter) || !find(base, parameter.name)) continue;
    Params params = base;
    for (auto& [name, value] : params) {
      if (name == parameter.name) name = lower_ascii(name);
    }
    check.rows.push_back(parameter.row());
    check.cases.push_back(case_of(lower_ascii(parameter.name), std::move(params)));
  }
  return check;
}

Check repeated_parameter(const CatalogOptions& options) {
  const std::string& name = options.action->parameter(Role::name);
  Check check = check_with(
      options, "request.repeated-parameter/" + name,
      {"A parameter that stands twice may be answered either way", "同一参数重复出现，文档未明确"});
  check.standing = Standing::inferred;
  check.grey = true;
  Params params = smallest_request(options.contract(), check.resources.front().type);
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (params[i].first != name) continue;
    params.insert(params.begin() + static_cast<std::ptrdiff_t>(i), {params[i].first, "second"});
    break;
  }
  check.rows = {"parameters/" + name};
  check.cases = {case_of("twice", std::move(params))};
  check.creations = 1;
  return check;
}

// Which of two broken rules is answered: no page says, so either is lawful, and the answer tells.
Check two_faults(const CatalogOptions& options) {
  Check check = check_with(
      options, "request.two-faults/either-row",
      {"Of two broken rules either may be answered", "同时违反两条规则时，返回其中任意一个错误"});
  const Contract& contract = options.contract();
  Params params = smallest_request(contract, check.resources.front().type);
  std::size_t faults = 0;
  for (const Parameter& parameter : contract.parameters) {
    for (const Rule& rule : parameter.rules) {
      if (faults == 2 || options.view().rows_for(rule).empty() || parameter.indexed() ||
          (rule.kind != RuleKind::length && rule.kind != RuleKind::values)) {
        continue;
      }
      for (const InputClass& input : options.classes->of(parameter, rule)) {
        if (input.side != Side::invalid || input.boundaries.empty()) continue;
        if (parameter.rule("values") != nullptr && parameter.rule("values")->words.size() < 2) {
          continue;  // the action itself
        }
        params = flowlog::apply(input.boundaries.front(), params);
        check.rows.push_back(parameter.row());
        ++faults;
        break;
      }
    }
  }
  check.controls = {kAcceptedControl};
  check.cases = {case_of("two", std::move(params))};
  return check;
}

}  // namespace

void request_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  checks.push_back(accepted(options));
  checks.push_back(refused(options));
  const Effect effect = options.action->effect;
  if (effect == Effect::update || effect == Effect::transition) {
    checks.push_back(pairs(options));
    if (options.random_cases > 0) checks.push_back(random_requests(options));
  }
  if (effect != Effect::create) {
    Check misspelt = misspelt_names(options);
    if (!misspelt.cases.empty()) checks.push_back(std::move(misspelt));
    return;
  }
  checks.push_back(pairs(options));
  if (!options.service->target_types().empty()) checks.push_back(every_type(options));
  if (options.random_cases > 0) checks.push_back(random_requests(options));
  for (Check& check : unknown_parameters(options)) checks.push_back(std::move(check));
  checks.push_back(misspelt_names(options));
  if (!options.action->parameter(Role::name).empty()) {
    checks.push_back(repeated_parameter(options));
  }
  checks.push_back(two_faults(options));
}

}  // namespace flowlog

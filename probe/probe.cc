#include "probe/probe.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "engine/script.h"
#include "probe/steps.h"
#include "reports/chinese.h"

namespace flowlog::probe {
namespace {

// For the deletion of what stands at the end, and the looks until it is gone.
constexpr long kForCleaningUp = 25;

// A check that asks and judges nothing.
Check step(const CatalogOptions& options, const std::string& id, Text title,
           const std::function<void(CheckContext&, const CatalogOptions&)>& ask) {
  Check check = script_check(options, "probe." + id, std::move(title), {},
                             [options, ask](CheckContext& context) {
                               ClassBook book(options.service->creator().contract);
                               CatalogOptions own = options;
                               own.classes = &book;
                               ask(context, own);
                               context.rule(Assessment::conformant());
                             });
  check.controls.clear();
  check.confirm = false;
  return check;
}

void withhold(Check& check) {
  check.resources.clear();
  check.creates = false;
  check.creations = 0;
}

// As many of the account's resources as its quota, and a few more.
std::vector<Wanted> all_resources(const CatalogOptions& options) {
  constexpr std::size_t kMore = 3;
  const int own = options.profile->flow_log_quota;
  const int quota = std::max(own > 0 ? own : options.service->quota(), 0);
  std::vector<Wanted> wanted;
  const Account* account = options.profile->account("default");
  if (account == nullptr) return wanted;
  for (const auto& [type, ids] : options.profile->resources_of(*account).free) {
    for (const std::string& id : ids) {
      if (wanted.size() >= static_cast<std::size_t>(quota) + kMore) return wanted;
      wanted.push_back({.type = type, .id = id});
      wanted.back().beyond_quota = wanted.size() > static_cast<std::size_t>(quota);
    }
  }
  return wanted;
}

// Parameters that the endpoint looks at after the resource: each value that is taken costs a
// creation, so their limits alone are asked about.
void ask_for_real(CheckContext& context, Asker& asker, Observed& observed) {
  const std::set<std::string> unasked = asker.take_unasked();
  context.forget_created();
  asker.allow_creations();
  for (const Parameter* parameter : asked_about(asker.service())) {
    if (!unasked.contains(parameter->name)) continue;
    SeenParameter& seen = observed.parameters[parameter->name];
    see_length(asker, *parameter, seen);
    // The other types' resources are not the check's.
    const bool type = parameter->name == asker.service().creator().parameter(Role::target_type);
    if (!type) see_words(asker, *parameter, seen);
    see_count(asker, *parameter, seen);
  }
}

void ask_parameters(Asker& asker, Observed& observed) {
  const std::vector<const Parameter*> parameters = asked_about(asker.service());
  const auto each = [&](void (*see)(Asker&, const Parameter&, SeenParameter&)) {
    for (const Parameter* parameter : parameters) {
      see(asker, *parameter, observed.parameters[parameter->name]);
    }
  };
  each(see_length);
  each(see_kinds);
  each(see_unit);
  each(see_words);
  each(see_count);
}

void ask_about_creating(CheckContext& context, const CatalogOptions& options, long limit,
                        Observed& observed) {
  observed = {};  // a step that is tried again begins anew
  const auto first = see_first(context, options, observed);
  if (!first) return;
  Asker asker(context, options, limit);
  asker.begin();
  ask_parameters(asker, observed);
  see_fault_order(asker, observed);
  see_token(context, *first, observed);
  ask_for_real(context, asker, observed);
  std::vector<std::string> unasked;
  std::vector<std::string> hidden;  // behind the resource
  std::vector<std::string> with_ends;
  for (const Parameter* parameter : asked_about(asker.service())) {
    if (rule_of(*parameter, RuleKind::first) != nullptr) with_ends.push_back(parameter->name);
    if (rule_of(*parameter, RuleKind::characters) == nullptr) continue;
    if (!asker.fault_of(*parameter)) {
      if (!asker.spent()) hidden.push_back(parameter->name);
      continue;
    }
    see_marks(asker, *parameter, observed.parameters[parameter->name]);
    if (asker.spent()) unasked.push_back(parameter->name);
  }
  const auto leave_out = [&](const std::vector<std::string>& names, const char* en,
                             const char* zh) {
    if (names.empty()) return;
    observed.left_out.push_back({en + join(names, ", "), zh + join(names, "、")});
  };
  leave_out(hidden,
            "a fault of these is told after an unknown resource, so their characters were not "
            "asked about: ",
            "以下参数的错误在资源不存在之后才返回，因此未询问其字符：");
  leave_out(with_ends, "what may stand first and last was not asked about: ",
            "未询问以下参数允许的首尾字符：");
  leave_out(unasked, "the requests were used up before the marks were found that these take: ",
            "请求数已用完，未查明以下参数允许的符号：");
  if (unasked.empty() && asker.spent()) {
    observed.left_out.push_back(
        {"the requests were used up before the end", "请求数在结束前已用完"});
  }
}

}  // namespace

std::vector<const Parameter*> asked_about(const Service& service) {
  std::vector<const Parameter*> all;
  for (const Parameter& parameter : service.creator().contract.parameters) {
    const bool addresses = parameter.name == "Action" || parameter.name == "Version";
    if (!addresses) all.push_back(&parameter);
  }
  return all;
}

struct Probe::Parts {
  Observed reading;
  Observed creating;
  std::optional<Limit> quota;
  std::unique_ptr<Run> run;
};

Probe::Probe(RunOptions run, const Options& options) : parts_(std::make_unique<Parts>()) {
  const long limit = std::max<long>(options.max_requests - kForCleaningUp, 1);
  run.max_requests = limit;
  run.concurrency = 1;
  run.actions.clear();
  run.plan = {};
  run.catalog = [parts = parts_.get(), limit, options](const CatalogOptions& from) {
    std::vector<Check> steps;
    steps.push_back(step(from, "reading",
                         {"What the action that lists enforces", "查询接口实际执行的限制"},
                         [parts](CheckContext& context, const CatalogOptions& own) {
                           parts->reading = {};
                           see_pages(context, own, parts->reading);
                           see_clock(context, own, parts->reading);
                           see_request_length(context, own, parts->reading);
                         }));
    withhold(steps.back());
    steps.push_back(step(from, "creating",
                         {"What the creating action enforces", "创建接口实际执行的限制"},
                         [parts, limit](CheckContext& context, const CatalogOptions& own) {
                           ask_about_creating(context, own, limit, parts->creating);
                         }));
    if (!options.quota) return steps;
    steps.push_back(step(from, "quota", {"How many things there may be", "可创建的数量"},
                         [parts](CheckContext& context, const CatalogOptions&) {
                           Observed seen;
                           see_quota(context, seen);
                           parts->quota = seen.quota;
                         }));
    steps.back().resources = all_resources(from);
    steps.back().phase = Phase::alone;
    return steps;
  };
  parts_->run = std::make_unique<Run>(std::move(run));
}

Probe::~Probe() = default;

void Probe::interrupt() {
  parts_->run->interrupt();
}

Findings Probe::carry_out() {
  static_cast<void>(parts_->run->begin([](const CheckResult&) {}));
  Findings findings;
  findings.report = parts_->run->finish();
  findings.observed = std::move(parts_->creating);
  const Observed& reading = parts_->reading;
  std::ranges::copy(reading.left_out, std::back_inserter(findings.observed.left_out));
  findings.observed.page_min = reading.page_min;
  findings.observed.page_max = reading.page_max;
  findings.observed.request_bytes = reading.request_bytes;
  findings.observed.seconds_behind = reading.seconds_behind;
  findings.observed.seconds_ahead = reading.seconds_ahead;
  findings.observed.quota = parts_->quota;
  for (const CheckResult& check : findings.report.checks) {
    if (check.verdict == Verdict::skipped) {
      const std::string why = check.id + " ";
      findings.observed.left_out.push_back({why + check.message, why + chinese(check.message)});
    }
  }
  return findings;
}

}  // namespace flowlog::probe

// What an endpoint really enforces, beside what is documented.
#include <fmt/format.h>

#include "base/counted.h"
#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/setup.h"
#include "cli/signals.h"
#include "probe/observed_contract.h"
#include "probe/probe.h"
#include "probe/tell.h"
#include "reports/exit_status.h"
#include "reports/files.h"
#include "specs/save.h"

namespace flowlog::cli {
namespace {

void write(const std::string& file, const Contract& contract, const probe::Observed& observed) {
  const std::string trouble =
      write_whole_file(file, dump_contract(probe::observed_contract(contract, observed)));
  if (!trouble.empty()) throw InputError("--write: " + trouble);
}

int status_of(const Report& report) {
  return static_cast<int>(exit_status(report));
}

void tell_leftovers(const Report& report, Language say) {
  for (const Leftover& left : report.leftover) {
    fmt::print(fmt::runtime(say("left behind: {} on {}: {}\n", "残留：{}，资源 {}：{}\n")),
               left.flow_log_id, left.resource_id, left.reason);
  }
}

}  // namespace

int probe(const ProbeFlags& flags) {
  Setup setup = set_up(flags.run);
  const Contract contract = setup.run.service.creator().contract;
  const Service service = setup.run.service;
  probe::Probe asked(std::move(setup.run),
                     {.max_requests = flags.max_requests, .quota = flags.quota});
  const SignalScope signals([&asked] { asked.interrupt(); });
  const probe::Findings findings = asked.carry_out();
  const Report& report = findings.report;
  const Language say(flags.run.lang);
  if (!report.trouble.empty()) {
    complain(report.trouble);
    return status_of(report);
  }
  std::fputs(probe::tell(service, findings.observed, say).c_str(), stdout);
  tell_leftovers(report, say);
  fmt::print(fmt::runtime(say("{3}, {4} created, {2} left behind.\n",
                              "共 {0} 个请求，创建 {1} 个流日志，残留 {2} 个。\n")),
             report.requests, report.created, report.leftover.size(),
             counted(report.requests, "request"), counted(report.created, "flow log"));
  if (!flags.write.empty()) write(flags.write, contract, findings.observed);
  return status_of(report);
}

}  // namespace flowlog::cli

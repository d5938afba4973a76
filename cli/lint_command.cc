#include <fmt/format.h>

#include <cstdio>

#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "reports/files.h"
#include "reports/printable.h"
#include "specs/lint.h"
#include "specs/load.h"

namespace flowlog::cli {
namespace {

const Text& name(Remark::Kind kind) {
  static const Text contradiction = {"contradiction", "矛盾"};
  static const Text gap = {"gap", "缺失"};
  static const Text oddity = {"oddity", "疑点"};
  if (kind == Remark::Kind::contradiction) return contradiction;
  return kind == Remark::Kind::gap ? gap : oddity;
}

// A contract beside those of the service's other actions.
void print(const std::string& file, const Contract& contract, bool chinese) {
  int count = 0;
  for (const Remark& remark : flowlog::lint(contract, built_in_service())) {
    const Text& kind = name(remark.kind);
    fmt::print("{}: {}: {}: {}\n", file, chinese ? kind.zh : kind.en, remark.row,
               chinese ? remark.text_zh : remark.text);
    ++count;
  }
  fmt::print(
      fmt::runtime(
          chinese ? "{}：{} {}的契约有效：{}个参数，{}行错误码，{}条意见。\n"
                  : "{}: a valid contract of {} {}: {} parameters, {} error rows, {} remarks.\n"),
      file, contract.action, contract.version, contract.parameters.size(), contract.errors.size(),
      count);
}

}  // namespace

int lint(const LintFlags& flags) {
  if (flags.files.empty()) {
    print("built-in", built_in_service().creator().contract, flags.lang == "zh");
    return 0;
  }
  int status = 0;
  for (const std::string& file : flags.files) {
    try {
      print(file, load_contract(read_whole_file(file), file, built_in_service()),
            flags.lang == "zh");
    } catch (const InputError& error) {
      fmt::print(stderr, "{}\n", printable(error.what()));
      status = 2;
    }
  }
  return status;
}

}  // namespace flowlog::cli

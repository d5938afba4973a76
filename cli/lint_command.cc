#include <fmt/format.h>

#include <cstdio>

#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/setup.h"
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

void print(const std::string& file, const Api& api, bool chinese) {
  int count = 0;
  for (const Remark& remark : flowlog::lint(api)) {
    const Text& kind = name(remark.kind);
    fmt::print("{}: {}: {}: {}\n", file, chinese ? kind.zh : kind.en, remark.row,
               chinese ? remark.text_zh : remark.text);
    ++count;
  }
  fmt::print(
      fmt::runtime(
          chinese ? "{}：{} {}的契约有效：{}个参数，{}行错误码，{}条意见。\n"
                  : "{}: a valid contract of {} {}: {} parameters, {} error rows, {} remarks.\n"),
      file, api.create.action, api.create.version, api.create.parameters.size(),
      api.create.errors.size(), count);
}

}  // namespace

int lint(const LintFlags& flags) {
  if (flags.files.empty()) {
    print("built-in", built_in_api(), flags.lang == "zh");
    return 0;
  }
  int status = 0;
  for (const std::string& file : flags.files) {
    try {
      print(file, api_with(file), flags.lang == "zh");
    } catch (const InputError& error) {
      std::fprintf(stderr, "%s\n", error.what());
      status = 2;
    }
  }
  return status;
}

}  // namespace flowlog::cli

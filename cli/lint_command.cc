#include <fmt/format.h>

#include <cstdio>

#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "specs/lint.h"
#include "specs/load.h"

namespace flowlog::cli {
namespace {

std::string_view name(Remark::Kind kind) {
  switch (kind) {
    case Remark::Kind::contradiction:
      return "contradiction";
    case Remark::Kind::gap:
      return "gap";
    case Remark::Kind::oddity:
      return "oddity";
  }
  return "";
}

void print(const std::string& file, const Api& api) {
  int count = 0;
  for (const Remark& remark : flowlog::lint(api)) {
    fmt::print("{}: {}: {}: {}\n", file, name(remark.kind), remark.row, remark.text);
    ++count;
  }
  fmt::print("{}: a valid contract of {} {}: {} parameters, {} error rows, {} remarks.\n", file,
             api.create.action, api.create.version, api.create.parameters.size(),
             api.create.errors.size(), count);
}

}  // namespace

int lint(const LintFlags& flags) {
  if (flags.files.empty()) {
    print("built-in", built_in_api());
    return 0;
  }
  int status = 0;
  for (const std::string& file : flags.files) {
    try {
      print(file, api_with(file));
    } catch (const InputError& error) {
      std::fprintf(stderr, "%s\n", error.what());
      status = 2;
    }
  }
  return status;
}

}  // namespace flowlog::cli

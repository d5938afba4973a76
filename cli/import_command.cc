#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "base/json_node.h"
#include "base/text.h"
#include "cli/commands.h"
#include "reports/files.h"
#include "reports/printable.h"
#include "specs/load.h"
#include "specs/pages/draft.h"
#include "specs/pages/page.h"
#include "specs/save.h"

namespace flowlog::cli {
namespace {

void print(const std::string& page, const Draft& draft, const std::string& lang) {
  for (const Unread& one : draft.unread) {
    const std::string& why = lang == "zh" ? one.why.zh : one.why.en;
    std::string quote = one.quote.substr(0, one.quote.find('\n'));
    fmt::print(stderr, "{}: {}: {} {}\n", printable(page), one.row, why, show(quote));
  }
  const Contract& contract = draft.contract;
  fmt::print(
      stderr,
      fmt::runtime(lang == "zh" ? "{}：{} {}：{}个参数，{}个字段，{}行错误码，{}处未能读取。\n"
                                : "{}: {} {}: {} parameters, {} members of the answer, {} error "
                                  "rows, {} places not read.\n"),
      printable(page), contract.action, contract.version, contract.parameters.size(),
      contract.answer.size(), contract.errors.size(), draft.unread.size());
}

}  // namespace

int import(const ImportFlags& flags) {
  const std::string source = std::filesystem::path(flags.page).filename().string();
  const Draft draft = draft_contract(read_page(read_whole_file(flags.page), flags.page), source);
  const std::string text = dump_contract(draft.contract);
  // What is written can be read.
  (void)load_contract(text, flags.write.empty() ? "draft" : flags.write, built_in_service().common);
  print(flags.page, draft, flags.lang);
  if (flags.write.empty()) {
    fmt::print("{}", text);
    return 0;
  }
  const std::string trouble = write_whole_file(flags.write, text);
  if (!trouble.empty()) throw InputError(trouble);
  fmt::print("{}\n", flags.write);
  return 0;
}

}  // namespace flowlog::cli

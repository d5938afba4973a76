#include <fmt/format.h>

#include <filesystem>

#include "base/counted.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "reports/files.h"
#include "specs/load.h"
#include "specs/pages/draft.h"
#include "specs/pages/drift.h"
#include "specs/pages/page.h"

namespace flowlog::cli {
namespace {

std::string said(const std::string& text, const std::string& nothing) {
  return text.empty() ? nothing : show(text);
}

void print(const Difference& one, bool chinese) {
  const std::string& what = chinese ? one.what.zh : one.what.en;
  const std::string nothing = chinese ? "无" : "nothing";
  fmt::print(fmt::runtime(chinese ? "{}：{}：页面为{}，契约为{}\n"
                                  : "{}: {}: the page says {}, the contract {}\n"),
             one.row, what, said(one.page, nothing), said(one.contract, nothing));
}

}  // namespace

int drift(const DriftFlags& flags) {
  const Contract contract =
      load_contract(read_whole_file(flags.contract), flags.contract, built_in_service().common);
  const Page page = read_page(read_whole_file(flags.page), flags.page);
  const std::string source = std::filesystem::path(flags.page).filename().string();
  const Draft draft = draft_contract(page, source);
  const std::vector<Difference> found = flowlog::drift(draft, contract, page.chinese());
  const bool chinese = flags.lang == "zh";
  for (const Difference& one : found) print(one, chinese);
  if (chinese) {
    fmt::print("{}处不同；页面有{}处未能读取，至多比较了原文。\n", found.size(),
               draft.unread.size());
  } else {
    fmt::print("{}; {} of the page not read: at most their words are compared.\n",
               counted(found.size(), "difference"), counted(draft.unread.size(), "place"));
  }
  return found.empty() ? 0 : 1;
}

}  // namespace flowlog::cli

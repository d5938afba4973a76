#include <unistd.h>

#include <cstdio>

#include "base/json_node.h"
#include "base/text.h"
#include "cli/commands.h"
#include "reports/history.h"
#include "reports/printable.h"
#include "resources/journal.h"

namespace flowlog::cli {

std::string history_file(const std::string& state) {
  return state_dir(state) + "/history.db";
}

int history(const HistoryFlags& flags) {
  History past(history_file(flags.state), History::Use::look);
  const Style style = detect_style(STDOUT_FILENO, {});
  if (flags.check.empty()) {
    std::fputs(text(past.runs(flags.last), style).c_str(), stdout);
    return 0;
  }
  const std::vector<PastTurn> turns = past.turns(flags.check);
  if (turns.empty()) {
    const auto near = nearest(flags.check, past.checks());
    throw InputError("No recorded run holds a check '" + printable(flags.check) + "'" +
                     (near ? "; did you mean '" + *near + "'?" : "."));
  }
  std::fputs(text(flags.check, turns, style).c_str(), stdout);
  return 0;
}

}  // namespace flowlog::cli

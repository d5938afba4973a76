#include "cli/complain.h"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>

#include "reports/printable.h"

namespace flowlog::cli {

std::string complaint(const std::string& sentence) {
  return fmt::format("flowlog-conformance: {}\n", printable(sentence));
}

void complain(const std::string& sentence) {
  std::fputs(complaint(sentence).c_str(), stderr);
}

int unwritten(int error) {
  constexpr int kUnwritten = 74;
  complain(fmt::format("the output cannot be written: {}", std::generic_category().message(error)));
  return error == EPIPE ? 128 + SIGPIPE : kUnwritten;
}

}  // namespace flowlog::cli

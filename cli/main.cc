#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "base/json_node.h"
#include "base/memory_reserve.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/signals.h"

namespace {

using namespace flowlog::cli;

int dispatch(const Command& command) {
  struct Visitor {
    int operator()(const RunFlags& f) const { return run(f); }
    int operator()(const MockFlags& f) const { return mock(f); }
    int operator()(const ListFlags& f) const { return list(f); }
    int operator()(const LintFlags& f) const { return lint(f); }
    int operator()(const SweepFlags& f) const { return sweep(f); }
    int operator()(const ReplayFlags& f) const { return replay(f); }
    int operator()(const ReportFlags& f) const { return report(f); }
    int operator()(const DiffFlags& f) const { return diff(f); }
    int operator()(const MergeFlags& f) const { return merge(f); }
    int operator()(const KnownFlags& f) const { return known(f); }
    int operator()(const HistoryFlags& f) const { return history(f); }
    int operator()(const ScoreFlags& f) const { return score(f); }
    int operator()(const ImportFlags& f) const { return import(f); }
    int operator()(const DriftFlags& f) const { return drift(f); }
    int operator()(const ExportFlags& f) const { return export_as(f); }
    int operator()(const ProbeFlags& f) const { return probe(f); }
  };
  return std::visit(Visitor{}, command);
}

constexpr int kOwnFault = 70;

// Whoever read the output and went, `head` for one, has seen enough.
int lost_output(int error) {
  return error == EPIPE ? 128 + SIGPIPE : unwritten(error);
}

// What was printed is out, or the status says that it is not.
int flushed(int status) {
  errno = 0;
  const bool lost = std::fflush(stdout) != 0 || std::ferror(stdout) != 0;
  if (!lost) return status;
  const int failure = lost_output(errno == 0 ? EIO : errno);
  return status == 0 ? failure : status;
}

bool of_the_output(const std::error_code& code) {
  return code.category() == std::generic_category() || code.category() == std::system_category()
             ? code.value() == EPIPE || code.value() == ENOSPC || code.value() == EIO ||
                   code.value() == EBADF || code.value() == EFBIG || code.value() == EDQUOT
             : false;
}

}  // namespace

int main(int argc, char** argv) {
  watch_signals();
  std::signal(SIGPIPE, SIG_IGN);
  flowlog::reserve_memory();
  try {
    const auto parsed = parse(argc, argv, kVersion);
    if (const int* status = std::get_if<int>(&parsed)) return flushed(*status);
    return flushed(dispatch(std::get<Command>(parsed)));
  } catch (const flowlog::InputError& error) {
    complain(error.what());
    return 2;
  } catch (const std::system_error& error) {
    if (of_the_output(error.code())) return lost_output(error.code().value());
    complain(fmt::format("a fault of this program: {}", error.what()));
    return kOwnFault;
  } catch (const std::exception& error) {
    complain(fmt::format("a fault of this program: {}", error.what()));
    return kOwnFault;
  }
}

#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "base/json_node.h"
#include "base/memory_reserve.h"
#include "cli/commands.h"
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

// Commands that end in an orderly way; the others, which leave nothing undone, simply end.
bool watches_signals(const Command& command) {
  return std::holds_alternative<RunFlags>(command) || std::holds_alternative<MockFlags>(command) ||
         std::holds_alternative<ReplayFlags>(command) ||
         std::holds_alternative<ProbeFlags>(command) || std::holds_alternative<ScoreFlags>(command);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  flowlog::reserve_memory();
  try {
    const auto parsed = parse(argc, argv, kVersion);
    if (const int* status = std::get_if<int>(&parsed)) return *status;
    const auto& command = std::get<Command>(parsed);
    if (watches_signals(command)) hold_signals();
    return dispatch(command);
  } catch (const flowlog::InputError& error) {
    std::fprintf(stderr, "flowlog-conformance: %s\n", error.what());
    return 2;
  } catch (const std::system_error& error) {
    // Whoever read the output, `head` for one, has seen enough.
    if (error.code() == std::errc::broken_pipe) return 128 + SIGPIPE;
    std::fprintf(stderr, "flowlog-conformance: a fault of this program: %s\n", error.what());
    return 70;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "flowlog-conformance: a fault of this program: %s\n", error.what());
    return 70;
  }
}

// The program's commands. Each returns the exit status; InputError is for main to tell (status 2).
#pragma once

#include "cli/options.h"

namespace flowlog::cli {

inline constexpr const char* kVersion = FLOWLOG_VERSION;

// Where past runs are recorded; `state` is the override of --state.
std::string history_file(const std::string& state);

int run(const RunFlags& flags);
int mock(const MockFlags& flags);
int list(const ListFlags& flags);
int lint(const LintFlags& flags);
int import(const ImportFlags& flags);
int drift(const DriftFlags& flags);
int export_as(const ExportFlags& flags);
int probe(const ProbeFlags& flags);
int sweep(const SweepFlags& flags);
int replay(const ReplayFlags& flags);
int report(const ReportFlags& flags);
int diff(const DiffFlags& flags);
int merge(const MergeFlags& flags);
int known(const KnownFlags& flags);
int history(const HistoryFlags& flags);
int score(const ScoreFlags& flags);

}  // namespace flowlog::cli

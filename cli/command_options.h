// Which options each command takes.
#pragma once

#include <string>

#include "cli/options.h"

namespace CLI {
class App;
}

namespace flowlog::cli {

// Everything that a command line can fill in.
struct AllFlags {
  RunFlags run;
  MockFlags mock;
  ListFlags list;
  LintFlags lint;
  SweepFlags sweep;
  ReplayFlags replay;
  ReportFlags report;
  DiffFlags diff;
  MergeFlags merge;
  KnownFlags known;
  HistoryFlags history;
  ScoreFlags score;
  ImportFlags import;
  DriftFlags drift;
  ExportFlags exported;
  ProbeFlags probe;
  std::string shell;
};

// Declares every command; `flags` outlives `app`.
void declare(CLI::App& app, AllFlags& flags);

}  // namespace flowlog::cli

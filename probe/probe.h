// What an endpoint really enforces, found with few requests and shown beside the documentation.
// Everything that is made on the way is deleted by the run that carries the probe.
#pragma once

#include <string>
#include <vector>

#include "engine/run.h"
#include "probe/observed.h"
#include "reports/report.h"

namespace flowlog::probe {

struct Options {
  long max_requests = 400;  // of the whole run, its clean-up included
  bool quota = false;       // create until one is refused
};

struct Findings {
  Observed observed;
  Report report;  // of the run: requests, leftovers, trouble; its checks are the probe's steps
};

class Probe {
 public:
  // `run` says where and with what; its catalog and limits are the probe's own. Throws as Run does.
  Probe(RunOptions run, const Options& options);
  ~Probe();

  // Asks, cleans up and tells what was seen. To be called once.
  Findings carry_out();
  // Stops asking; cleaning up still follows. From any thread.
  void interrupt();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace flowlog::probe

// Deletes what earlier runs left behind, and nothing that the journal does not prove to be ours.
#pragma once

#include <string>
#include <vector>

#include "client/client.h"
#include "profiles/profile.h"
#include "reports/report.h"
#include "resources/journal.h"
#include "resources/tracker.h"
#include "specs/service.h"

namespace flowlog {

struct SweepOptions {
  bool dry_run = false;  // finds, and deletes nothing
  TrackerOptions tracker;
};

struct Swept {
  std::vector<Leftover> found;  // ours, and standing
  std::vector<Leftover> deleted;
  std::vector<Leftover> left;  // found, or possibly there, and not deleted; each with its reason
  int in_use = 0;              // open entries of runs that still live; untouched
  int elsewhere = 0;           // open entries of endpoints or accounts that the profile lacks
};

// Goes through the open entries of the profile's endpoint and accounts that no living run owns.
// Two sweeps at once share the work.
Swept sweep(const Service& service, const Profile& profile, Journal& journal,
            Client::Session& session, Clock& clock, const SweepOptions& options = {});

}  // namespace flowlog

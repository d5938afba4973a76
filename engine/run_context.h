// What all checks of a run share.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "client/client.h"
#include "engine/claims.h"
#include "engine/evidence.h"
#include "engine/response_monitor.h"
#include "engine/shown_values.h"
#include "profiles/profile.h"
#include "resources/lease_pool.h"
#include "resources/tracker.h"
#include "specs/service.h"

namespace flowlog {

struct RunContext {
  const Service& service;
  const Profile& profile;
  Client& client;
  Tracker& tracker;
  LeasePool& lease_pool;
  ResponseMonitor& monitor;
  const Redactor& redactor;
  Clock& clock;
  std::uint64_t seed = 0;
  int max_shrinks = 60;  // requests spent on making one deviation smaller
  bool strict = false;
  std::string run;                     // unique to this run, lower-case letters and digits
  std::atomic<bool> lag_known{false};  // how long after its creation a flow log is shown
  std::atomic<std::uint64_t> next{0};  // for what must be unique within the run
  // Parameters that this endpoint wants in every request, with the value that is sent.
  std::map<std::string, std::string> learned = {};
  mutable std::mutex learned_mutex = {};
  std::atomic<bool> waiting_is_vain{false};  // what is in the way stays there
  std::atomic<bool> leftovers_seen{false};   // refused requests leave something, seen again
  std::atomic<bool> another_run{false};      // was seen at work on the same resources
  std::atomic<bool> late_told{false};
  std::atomic<bool> busy_told{false};
  ShownValues shown_values = {};
  // How long it took of late until a state was a lasting one.
  std::atomic<Duration::rep> settling{0};
  bool profile_is_certain = true;  // it is the endpoint's own
  Claims claims{service, profile, profile_is_certain};
};

}  // namespace flowlog

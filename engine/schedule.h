// In which order the checks of a plan are carried out, and what is carried out together. Longest
// first, so that no connection waits at the end for one that began late.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/parts.h"
#include "engine/plan.h"
#include "engine/shared_requests.h"
#include "specs/service.h"

namespace flowlog {

// What a worker does next.
struct Work {
  // One check or a part of it; several whose refusals are proven by one look; none for a shared
  // request.
  std::vector<std::size_t> checks;
  std::optional<Part> part = {};
  std::optional<SharedRequest> shared = {};
};

struct ScheduleOptions {
  int workers = 8;
  bool share = true;  // requests, between cases of different checks
  bool batch = true;  // looks for what refused requests left
};

// Not thread-safe: guarded by its owner.
class Schedule {
 public:
  // Outlived by plan and service.
  Schedule(const Plan& plan, const Service& service, const ScheduleOptions& options);

  // The next work of the phase; nothing where none is ready.
  std::optional<Work> next(Phase phase);
  // Something of the phase waits for a shared request that is under way.
  bool waiting(Phase phase) const { return phase == Phase::together && shared_under_way_ > 0; }
  // Begun; where it is divided, all of its parts.
  bool taken(std::size_t check) const { return taken_[check]; }
  void take(std::size_t check) { taken_[check] = true; }

  Parts* parts(std::size_t check);
  void part_ended(std::size_t check, const Part& part, Noted noted, bool whole);

  // What became of a shared request: one assessment a case, or none, and then it is split. What it
  // cost counts for the check of its first case.
  void shared_ended(const SharedRequest& request, std::vector<Assessment> proven, Noted cost);
  // Cases of the check that a shared request has proven, and what those requests cost.
  const std::map<std::size_t, Assessment>& known(std::size_t check) { return known_[check]; }
  Noted cost(std::size_t check) const;
  // How many cases were proven by how many shared requests.
  long shared_cases() const { return shared_cases_; }
  long shared_requests() const { return shared_requests_; }

 private:
  bool divided(const Check& check) const;
  bool refusing(const Check& check) const;
  Work batch_from(std::size_t check);
  Work group_from(std::size_t check);
  void add_shared(std::vector<SharedRequest> requests);
  void forget(const SharedRequest& request);
  void give_up_open();

  const Plan& plan_;
  const Service& service_;
  const ScheduleOptions options_;
  std::vector<std::size_t> order_;
  std::vector<bool> taken_;
  std::map<std::size_t, std::unique_ptr<Parts>> parts_;
  std::deque<SharedRequest> shared_;
  std::size_t shared_under_way_ = 0;
  int open_refused_ = 0;                          // requests with values left open, in a row
  std::map<std::size_t, std::size_t> in_shared_;  // cases of a check in requests yet to end
  std::map<std::size_t, std::map<std::size_t, Assessment>> known_;
  std::map<std::size_t, Noted> costs_;
  long shared_cases_ = 0;
  long shared_requests_ = 0;
};

}  // namespace flowlog

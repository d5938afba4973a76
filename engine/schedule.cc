#include "engine/schedule.h"

#include <algorithm>
#include <set>

namespace flowlog {
namespace {

// Checks that take longer go before shared requests.
constexpr int kOfShared = 8;
constexpr std::size_t kFewestInBatch = 4;
constexpr std::size_t kMostInBatch = 32;
constexpr std::size_t kMostCasesInBatch = 64;

bool creating(const Service& service, const Check& check) {
  const Action* action = service.action(check.action);
  return action == nullptr || action->effect == Effect::create;
}

}  // namespace

Schedule::Schedule(const Plan& plan, const Service& service, const ScheduleOptions& options)
    : plan_(plan), service_(service), options_(options), taken_(plan.checks.size(), false) {
  std::set<std::string> controls;
  for (const PlannedCheck& one : plan.checks) {
    controls.insert(one.check.controls.begin(), one.check.controls.end());
  }
  for (std::size_t i = 0; i < plan.checks.size(); ++i) order_.push_back(i);
  // What others lean on goes first.
  std::ranges::stable_sort(order_, [&](std::size_t a, std::size_t b) {
    const Check& x = plan.checks[a].check;
    const Check& y = plan.checks[b].check;
    const bool leant_on = controls.contains(x.id);
    if (leant_on != controls.contains(y.id)) return leant_on;
    return requests_of(x) > requests_of(y);
  });
  if (options.share) add_shared(flowlog::shared_requests(plan, service.creator().contract));
}

void Schedule::add_shared(std::vector<SharedRequest> requests) {
  for (SharedRequest& request : requests) {
    for (const SharedCase& one : request.cases) ++in_shared_[one.check];
    shared_.push_back(std::move(request));
  }
}

// Its cases are no longer waited for.
void Schedule::forget(const SharedRequest& request) {
  for (const SharedCase& one : request.cases) {
    const auto it = in_shared_.find(one.check);
    if (it != in_shared_.end() && --it->second == 0) in_shared_.erase(it);
  }
}

std::optional<Work> Schedule::next(Phase phase) {
  for (const std::size_t i : order_) {
    const Check& check = plan_.checks[i].check;
    if (taken_[i] || check.phase != phase || in_shared_.contains(i)) continue;
    if (check.after_shared && (!shared_.empty() || shared_under_way_ > 0)) continue;
    const bool shared_first = phase == Phase::together && !shared_.empty() &&
                              !check.controls.empty() && requests_of(check) < kOfShared;
    if (shared_first) break;
    if (divided(check)) {
      auto& parts = parts_[i];
      if (!parts) parts = std::make_unique<Parts>(check.cases.size());
      const auto part = parts->take();
      taken_[i] = parts->all_taken();
      if (part) return Work{{i}, part};
      continue;
    }
    if (options_.batch && refusing(check)) return batch_from(i);
    if (options_.batch && !check.given.name.empty()) return group_from(i);
    taken_[i] = true;
    return Work{{i}};
  }
  if (phase != Phase::together || shared_.empty()) return std::nullopt;
  Work work;
  work.shared = std::move(shared_.front());
  shared_.pop_front();
  ++shared_under_way_;
  return work;
}

// Where every case stands for itself.
bool Schedule::divided(const Check& check) const {
  return !check.script && check.phase == Phase::together && creating(service_, check) &&
         check.cases.size() > Parts::kCases;
}

// Creates nothing where the endpoint does as documented, on any resource of a type.
bool Schedule::refusing(const Check& check) const {
  return !check.script && check.phase == Phase::together && creating(service_, check) &&
         check.creates && !check.grey && check.creations == 0 && !check.cases.empty() &&
         check.resources.size() == 1 && check.resources.front().id.empty() &&
         !check.resources.front().beyond_quota;
}

// The check and others like it. Where few are left, every worker gets some.
Work Schedule::batch_from(std::size_t first) {
  const Check& leader = plan_.checks[first].check;
  std::vector<std::size_t> alike;
  for (const std::size_t i : order_) {
    const Check& check = plan_.checks[i].check;
    if (!taken_[i] && refusing(check) && !divided(check) && check.account == leader.account &&
        check.resources.front().type == leader.resources.front().type &&
        check.resources.front().account == leader.resources.front().account) {
      alike.push_back(i);
    }
  }
  const auto workers = static_cast<std::size_t>(std::max(1, options_.workers));
  const std::size_t most = std::clamp(alike.size() / workers, kFewestInBatch, kMostInBatch);
  Work work;
  std::size_t cases = 0;
  for (const std::size_t i : alike) {
    cases += plan_.checks[i].check.cases.size();
    if (!work.checks.empty() && (work.checks.size() >= most || cases > kMostCasesInBatch)) break;
    taken_[i] = true;
    work.checks.push_back(i);
  }
  return work;
}

// The check and all others that look at the same thing.
Work Schedule::group_from(std::size_t first) {
  const Check& leader = plan_.checks[first].check;
  Work work;
  for (const std::size_t i : order_) {
    const Check& check = plan_.checks[i].check;
    if (taken_[i] || check.given.name != leader.given.name) continue;
    taken_[i] = true;
    work.checks.push_back(i);
  }
  return work;
}

Parts* Schedule::parts(std::size_t check) {
  const auto it = parts_.find(check);
  return it == parts_.end() ? nullptr : it->second.get();
}

void Schedule::part_ended(std::size_t check, const Part& part, Noted noted, bool whole) {
  Parts& parts = *parts_.at(check);
  parts.ended(part, std::move(noted), whole);
  taken_[check] = parts.all_taken();
}

void Schedule::shared_ended(const SharedRequest& request, std::vector<Assessment> proven,
                            Noted cost) {
  --shared_under_way_;
  Noted& paid = costs_[request.cases.front().check];
  paid.requests += cost.requests;
  paid.created += cost.created;
  forget(request);
  if (proven.empty()) {
    if (request.open) give_up_open();
    for (SharedRequest& half : split(request)) {
      if (half.cases.size() < 2) continue;
      for (const SharedCase& one : half.cases) ++in_shared_[one.check];
      shared_.push_front(std::move(half));
    }
    return;
  }
  if (request.open) open_refused_ = 0;
  ++shared_requests_;
  for (std::size_t i = 0; i < request.cases.size(); ++i) {
    ++shared_cases_;
    known_[request.cases[i].check].emplace(request.cases[i].number, std::move(proven[i]));
  }
}

// After so many refusals the others are most likely refused as well.
void Schedule::give_up_open() {
  constexpr int kEnough = 3;
  if (++open_refused_ < kEnough) return;
  for (const SharedRequest& one : shared_) {
    if (one.open) forget(one);
  }
  std::erase_if(shared_, [](const SharedRequest& one) { return one.open; });
}

Noted Schedule::cost(std::size_t check) const {
  const auto it = costs_.find(check);
  return it == costs_.end() ? Noted{} : it->second;
}

}  // namespace flowlog

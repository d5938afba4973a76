#include "resources/lease_pool.h"

#include <algorithm>
#include <utility>

#include "base/trace.h"

namespace flowlog {

Lease::Lease(LeasePool* pool, Wanted what) : pool_(pool), what_(std::move(what)) {
  if (Trace* trace = Trace::on()) since_ = trace->now();
}

Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)),
      what_(std::move(other.what_)),
      burnt_(other.burnt_),
      since_(other.since_) {}

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    release();
    pool_ = std::exchange(other.pool_, nullptr);
    what_ = std::move(other.what_);
    burnt_ = other.burnt_;
    since_ = other.since_;
  }
  return *this;
}

Lease::~Lease() {
  release();
}

void Lease::release() {
  if (pool_ == nullptr) return;
  if (Trace* trace = Trace::on()) {
    trace->add("lease", "lent", since_, trace->now(), {{"account", account()}}, id());
  }
  std::exchange(pool_, nullptr)->give_back(*this);
}

LeasePool::LeasePool(const Profile& profile, int places) : profile_(profile), places_(places) {}

void LeasePool::occupy(const std::string& account, int used) {
  const std::lock_guard lock(mutex_);
  occupied_[account] += used;
}

void LeasePool::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

std::optional<std::vector<Lease>> LeasePool::acquire(const std::string& account,
                                                     const std::vector<Wanted>& wanted) {
  std::vector<Wanted> all = wanted;
  for (Wanted& one : all) {
    if (one.account.empty()) one.account = account;
    if (profile_.account(one.account) == nullptr) return std::nullopt;
  }
  std::unique_lock lock(mutex_);
  const Span span("wait", "lease");
  for (;;) {
    if (stopped_ || !possible(all)) return std::nullopt;
    if (const auto ids = pick(all)) {
      std::vector<Lease> leases;
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].id = (*ids)[i];
        lent_.insert(all[i].id);
        if (!all[i].beyond_quota) ++used_[all[i].account];
        leases.push_back(Lease(this, all[i]));
      }
      return leases;
    }
    changed_.wait(lock);
  }
}

bool LeasePool::room(const std::vector<Wanted>& wanted, bool when_nothing_is_lent) const {
  const auto count = [](const auto& map, const std::string& account) {
    const auto it = map.find(account);
    return it == map.end() ? 0 : it->second;
  };
  std::map<std::string, int> needed;
  for (const Wanted& one : wanted) needed[one.account] += one.beyond_quota ? 0 : 1;
  return std::ranges::all_of(needed, [&](const auto& need) {
    const int used = when_nothing_is_lent ? 0 : count(used_, need.first);
    return used + count(occupied_, need.first) + need.second <= places_;
  });
}

std::optional<std::vector<std::string>> LeasePool::pick(const std::vector<Wanted>& wanted) const {
  if (!room(wanted, false)) return std::nullopt;
  std::vector<std::string> ids;
  const auto usable = [&](const std::string& id) {
    return !lent_.contains(id) && !burnt_.contains(id) && std::ranges::find(ids, id) == ids.end();
  };
  for (const Wanted& one : wanted) {
    if (!one.id.empty()) {
      if (!usable(one.id)) return std::nullopt;
      ids.push_back(one.id);
      continue;
    }
    const auto& free = profile_.resources_of(*profile_.account(one.account)).free;
    const auto list = free.find(one.type);
    if (list == free.end()) return std::nullopt;
    // Of what a profile lists, something is made on each early: one that the endpoint does not know
    // shows soon, and not by refusals, which mean something only on one that it knows.
    auto it = std::ranges::find_if(list->second, [&](const auto& id) {
      return usable(id) && proven_.contains(id) == one.for_refusals;
    });
    if (it == list->second.end()) it = std::ranges::find_if(list->second, usable);
    if (it == list->second.end()) return std::nullopt;
    ids.push_back(*it);
  }
  return ids;
}

// Whether it could be picked if nothing were lent.
bool LeasePool::possible(const std::vector<Wanted>& wanted) const {
  if (!room(wanted, true)) return false;
  std::map<std::pair<std::string, std::string>, int> needed;  // by account and type
  std::set<std::string> named;
  for (const Wanted& one : wanted) {
    if (!one.id.empty() && (burnt_.contains(one.id) || !named.insert(one.id).second)) return false;
    if (one.id.empty()) ++needed[{one.account, one.type}];
  }
  return std::ranges::all_of(needed, [&](const auto& need) {
    const auto& [account, type] = need.first;
    const auto& free = profile_.resources_of(*profile_.account(account)).free;
    const auto list = free.find(type);
    if (list == free.end()) return false;
    return std::ranges::count_if(list->second, [&](const std::string& id) {
             return !burnt_.contains(id);
           }) >= need.second;
  });
}

void LeasePool::prove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  proven_.insert(id);
}

void LeasePool::give_back(const Lease& lease) {
  const std::lock_guard lock(mutex_);
  lent_.erase(lease.id());
  if (!lease.what_.beyond_quota) --used_[lease.account()];
  if (lease.burnt_) {
    burnt_.insert(lease.id());
    ++occupied_[lease.account()];
  }
  changed_.notify_all();
}

}  // namespace flowlog

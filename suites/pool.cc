#include "suites/pool.h"

#include <algorithm>
#include <utility>

namespace flowlog {

Lease::Lease(Pool* pool, std::string account, std::string type, std::string id)
    : pool_(pool), account_(std::move(account)), type_(std::move(type)), id_(std::move(id)) {}

Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)),
      account_(std::move(other.account_)),
      type_(std::move(other.type_)),
      id_(std::move(other.id_)),
      burnt_(other.burnt_) {}

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    release();
    pool_ = std::exchange(other.pool_, nullptr);
    account_ = std::move(other.account_);
    type_ = std::move(other.type_);
    id_ = std::move(other.id_);
    burnt_ = other.burnt_;
  }
  return *this;
}

Lease::~Lease() {
  release();
}

void Lease::release() {
  if (pool_ != nullptr) std::exchange(pool_, nullptr)->give_back(account_, id_, burnt_);
}

Pool::Pool(const Profile& profile, int places) : profile_(profile), places_(places) {}

void Pool::occupy(const std::string& account, int used) {
  const std::lock_guard lock(mutex_);
  occupied_[account] += used;
}

void Pool::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

std::optional<std::vector<Lease>> Pool::acquire(const std::string& account,
                                                const std::vector<Wanted>& wanted) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stopped_ || !possible(account, wanted)) return std::nullopt;
    if (const auto ids = pick(account, wanted)) {
      std::vector<Lease> leases;
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        lent_.insert((*ids)[i]);
        ++used_[account];
        leases.push_back(Lease(this, account, wanted[i].type, (*ids)[i]));
      }
      return leases;
    }
    changed_.wait(lock);
  }
}

std::optional<std::vector<std::string>> Pool::pick(const std::string& account,
                                                   const std::vector<Wanted>& wanted) const {
  const Account* owner = profile_.account(account);
  if (owner == nullptr) return std::nullopt;
  const auto count = [&](const auto& map) {
    const auto it = map.find(account);
    return it == map.end() ? 0 : it->second;
  };
  if (count(used_) + count(occupied_) + static_cast<int>(wanted.size()) > places_) {
    return std::nullopt;
  }
  const auto& free = profile_.resources_of(*owner).free;
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
    const auto list = free.find(one.type);
    if (list == free.end()) return std::nullopt;
    const auto it = std::ranges::find_if(list->second, usable);
    if (it == list->second.end()) return std::nullopt;
    ids.push_back(*it);
  }
  return ids;
}

// Whether it could be picked if nothing were lent.
bool Pool::possible(const std::string& account, const std::vector<Wanted>& wanted) const {
  const Account* owner = profile_.account(account);
  if (owner == nullptr) return false;
  const auto gone = occupied_.find(account);
  const int occupied = gone == occupied_.end() ? 0 : gone->second;
  if (occupied + static_cast<int>(wanted.size()) > places_) return false;
  std::map<std::string, int> needed;
  for (const Wanted& one : wanted) {
    if (!one.id.empty() && burnt_.contains(one.id)) return false;
    if (one.id.empty()) ++needed[one.type];
  }
  const auto& free = profile_.resources_of(*owner).free;
  return std::ranges::all_of(needed, [&](const auto& need) {
    const auto list = free.find(need.first);
    if (list == free.end()) return false;
    return std::ranges::count_if(list->second, [&](const std::string& id) {
             return !burnt_.contains(id);
           }) >= need.second;
  });
}

void Pool::give_back(const std::string& account, const std::string& id, bool burnt) {
  const std::lock_guard lock(mutex_);
  lent_.erase(id);
  --used_[account];
  if (burnt) {
    burnt_.insert(id);
    ++occupied_[account];
  }
  changed_.notify_all();
}

}  // namespace flowlog

#include "mock/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace flowlog::mock {
namespace {

constexpr Duration kGone = std::chrono::milliseconds(200);  // before it comes back
constexpr std::size_t remembered_tokens = 20000;  // an account's; older ones are forgotten

}  // namespace

Backend::Backend(const flowlog::Service& service, const Behaviour& behaviour, const Timing& timing,
                 Clock& clock, std::vector<Tenant> accounts)
    : service_(service),
      behaviour_(behaviour),
      timing_(timing),
      clock_(clock),
      accounts_(std::move(accounts)) {
  for (std::size_t i = 0; i < accounts_.size(); ++i) {
    by_key_[accounts_[i].credentials.access_key] = i;
  }
}

Tenant* Backend::by_key(std::string_view access_key) {
  const auto found = by_key_.find(access_key);
  return found == by_key_.end() ? nullptr : &accounts_[found->second];
}

const Tenant& Backend::by_name(std::string_view name) const {
  for (const Tenant& account : accounts_) {
    if (account.name == name) return account;
  }
  throw std::out_of_range(fmt::format("no account \"{}\"", name));
}

void Backend::settle(Tenant& account) {
  if (behaviour_.life.deleted_stays_listed) return;
  const Action* deleter = service_.deleter();
  const bool at_once =
      behaviour_.life.delete_at_once || deleter == nullptr || deleter->states.through.empty();
  const Duration deleting = at_once ? Duration(0) : timing_.deleting;
  const Instant now = clock_.now();
  if (behaviour_.life.deleted_comes_back) {
    for (StoredFlowLog& log : account.flow_logs) {
      if (log.dying && now >= *log.dying + deleting + kGone) log.dying.reset();
    }
    return;
  }
  std::erase_if(account.flow_logs, [&](const StoredFlowLog& log) {
    return log.dying && now >= *log.dying + deleting;
  });
}

bool Backend::ready(const StoredFlowLog& log) const {
  const std::string& never = behaviour_.life.never_ready_type;
  const auto type = log.attributes.find(service_.creator().parameter(Role::target_type));
  if (!never.empty() && type != log.attributes.end() && type->second == never) return false;
  return !behaviour_.life.never_ready &&
         seen() >= log.born + timing_.creating * behaviour_.life.creating_factor;
}

std::string Backend::state(const StoredFlowLog& log) const {
  const auto& life = behaviour_.life;
  const Action* deleter = service_.deleter();
  if (log.dying && deleter != nullptr && !deleter->states.through.empty()) {
    return deleter->states.through;
  }
  const std::string& through = service_.creator().states.through;
  const std::string first = life.first_state.empty() ? through : life.first_state;
  const Duration creating = timing_.creating * life.creating_factor;
  const Duration age = seen() - log.born;
  if (!ready(log) && !first.empty()) {
    return !life.middle_state.empty() && age >= creating / 2 ? life.middle_state : first;
  }
  if (life.back_to_creating && age >= creating * 2 && age < creating * 4) return first;
  return settled_state(log);
}

std::string Backend::settled_state(const StoredFlowLog& log) const {
  const auto& move = log.move;
  if (move && move->through.empty() && move->endless) return move->from;
  const bool going = move && (move->endless || seen() < move->since + timing_.changing);
  if (going && !move->through.empty()) return move->through;
  if (!log.resting.empty()) return log.resting;
  if (!behaviour_.life.ready_state.empty()) return behaviour_.life.ready_state;
  const std::vector<std::string>& to = service_.creator().states.to;
  return to.empty() ? std::string() : to.front();
}

std::string Backend::next_id() {
  const Action& creator = service_.creator();
  const std::string form = [&] {
    for (const Field& field : creator.contract.answer) {
      if (field.path == creator.answer_id) return field.prefix;
    }
    return std::string();
  }();
  const long serial = behaviour_.life.id_reused ? 1 : next_serial();
  // The page's example has an id of a request's form, its table one with a prefix of its own.
  if (behaviour_.life.id_of_request) return fmt::format("20260102030405{:018X}", serial);
  // Backwards, so that ids which follow each other do not begin alike.
  std::string digits = fmt::format("{:012d}", serial);
  std::ranges::reverse(digits);
  return form + "mock" + digits;
}

StoredFlowLog* Backend::flow_log(Tenant& account, const std::string& id) {
  const auto found = std::ranges::find(account.flow_logs, id, &StoredFlowLog::id);
  return found == account.flow_logs.end() ? nullptr : &*found;
}

void Backend::remember(Tenant& account, const std::string& token, Remembered what) {
  const auto [place, fresh] = account.tokens.insert_or_assign(token, std::move(what));
  if (!fresh) return;
  account.token_order.push_back(token);
  if (account.token_order.size() > remembered_tokens) {
    account.tokens.erase(account.token_order.front());
    account.token_order.pop_front();
  }
}

const StoredFlowLog* Backend::holder(const Tenant& account, const std::string& value) const {
  if (!service_.kind.exclusive) return nullptr;
  for (const StoredFlowLog& log : account.flow_logs) {
    const auto id = log.attributes.find(service_.kind.exclusive->parameter);
    if (id == log.attributes.end() || id->second != value) continue;
    if (log.dying && behaviour_.life.rebinding_at_once) continue;
    return &log;
  }
  return nullptr;
}

long Backend::created() const {
  long sum = 0;
  for (const Tenant& account : accounts_) sum += account.ever_created;
  return sum;
}

long Backend::standing() const {
  long sum = 0;
  for (const Tenant& account : accounts_) sum += static_cast<long>(account.flow_logs.size());
  return sum;
}

}  // namespace flowlog::mock

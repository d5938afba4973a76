#include "resources/tracker.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog {
namespace {

// A request that got an answer has left nothing to come, so it is looked for less long.
constexpr int kAnsweredShare = 20;
// After this many lost creations that never turned up, one look each is enough until clean-up.
constexpr int kEnoughFruitless = 10;
// And after this many clean-up is enough, where there was an answer: this endpoint only words its
// refusals in a way that may mean anything.
constexpr int kHopeless = 100;

// What the answer says came of a request that may create.
EntryState state_of(const Exchange& exchange, const std::string& flow_log_id) {
  if (const Failure* failure = exchange.failure()) {
    return failure->maybe_sent ? EntryState::unknown : EntryState::refused;
  }
  if (!flow_log_id.empty()) return EntryState::created;
  const int status = exchange.response()->status;
  return status / 100 == 4 && status != 408 ? EntryState::refused : EntryState::unknown;
}

Exchange nothing_sent(Clock& clock, const Call& call, const std::string& why) {
  Exchange exchange;
  exchange.started = clock.wall();
  exchange.attempts = 0;
  exchange.check = call.check;
  exchange.answer =
      Failure{Failure::Kind::exhausted,
              fmt::format("nothing was sent: the journal cannot be written: {}", why), false};
  return exchange;
}

}  // namespace

Owner owner_of(const Profile& profile, const Account& account) {
  const Endpoint endpoint = parse_endpoint(profile.endpoint);
  return {fmt::format("{}://{}:{}{}", endpoint.tls ? "https" : "http", lower_ascii(endpoint.host),
                      endpoint.port, endpoint.path),
          profile.region, account.name, sha256_hex(account.credentials.access_key)};
}

Tracker::Tracker(const Service& service, const Profile& profile, Journal& journal, Clock& clock,
                 const TrackerOptions& options)
    : service_(service),
      profile_(profile),
      journal_(journal),
      clock_(clock),
      options_(options),
      deleter_(service, clock, options) {}

Creation Tracker::create(Client::Session& session, Call call, const Account& account) {
  if (call.credentials == nullptr) call.credentials = &account.credentials;
  Creation creation;
  creation.account = &account;
  Held held;
  held.entry = entry_of(call, account);
  held.account = &account;
  const auto entry = journal_.intend(held.entry);
  if (!entry) {
    creation.exchange = nothing_sent(clock_, call, journal_.trouble());
    return creation;
  }
  creation.entry = held.entry.id = *entry;
  {
    const std::lock_guard lock(mutex_);
    keep(held);
    used_[account.name] = &account;
  }
  try {
    creation.exchange = session.send(call);
  } catch (...) {
    // It may have been sent: clean-up looks for it.
    const std::lock_guard lock(mutex_);
    held_.at(*entry).sent = clock_.now();
    throw;
  }
  const WireResponse* response = creation.exchange.response();
  if (response != nullptr) creation.flow_log_id = read_flow_log_id(service_, response->body);
  creation.state = state_of(creation.exchange, creation.flow_log_id);
  record_answer(creation);
  return creation;
}

JournalEntry Tracker::entry_of(const Call& call, const Account& account) const {
  JournalEntry entry;
  entry.run = journal_.run();
  entry.owner = owner_of(profile_, account);
  const auto sent = [&](Role role) -> std::optional<std::string> {
    const std::string& parameter = service_.creator().parameter(role);
    return parameter.empty() ? std::nullopt : find(call.query, parameter);
  };
  entry.resource_type = sent(Role::target_type).value_or("");
  entry.resource_id = sent(Role::target_id).value_or("");
  entry.name = sent(Role::name);
  entry.token = sent(Role::token).value_or("");
  entry.check = call.check;
  entry.intended = clock_.wall();
  return entry;
}

void Tracker::record_answer(const Creation& creation) {
  Held answered;
  {
    const std::lock_guard lock(mutex_);
    Held& held = held_.at(creation.entry);
    held.sent = clock_.now();
    held.answered = creation.exchange.response() != nullptr;
    answered = held;
  }
  record(answered, creation.state, creation.flow_log_id);
}

void Tracker::record(Held held, EntryState state, const std::string& flow_log_id,
                     const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = held_.find(held.entry.id); it != held_.end()) held = it->second;
    held.why = why;
    const bool same_id = flow_log_id.empty() || flow_log_id == held.entry.flow_log_id;
    const bool same = state == held.entry.state && same_id;
    held.entry.state = state;
    if (!same_id) held.entry.flow_log_id = flow_log_id;
    keep(held);
    if (same) return;
  }
  journal_.settle(held.entry.id, state, flow_log_id);
}

// In place of what was held under its id. REQUIRES: mutex_ is held
void Tracker::keep(const Held& held) {
  const std::int64_t id = held.entry.id;
  if (const auto old = held_.find(id); old != held_.end()) {
    const auto named = by_flow_log_.find({old->second.account, old->second.entry.flow_log_id});
    if (named != by_flow_log_.end()) {
      named->second.erase(id);
      if (named->second.empty()) by_flow_log_.erase(named);
    }
    held_.erase(old);
  }
  if (!is_open(held.entry.state)) return;
  held_.emplace(id, held);
  if (!held.entry.flow_log_id.empty()) {
    by_flow_log_[{held.account, held.entry.flow_log_id}].insert(id);
  }
}

// An entry of its own, so that either name is proof.
void Tracker::expect_name(const Account& account, const std::string& flow_log_id,
                          const std::string& name) {
  const std::vector<Held> known = held_as(account, flow_log_id);
  if (known.empty()) return;
  Held renamed = known.front();
  renamed.entry.name = name;
  const auto entry = journal_.intend(renamed.entry);
  if (!entry) return;
  renamed.entry.id = *entry;
  {
    const std::lock_guard lock(mutex_);
    keep(renamed);
  }
  journal_.settle(*entry, renamed.entry.state, flow_log_id);
}

// A replay gives the same flow log, so several entries may hold one id.
void Tracker::record_gone(const Account& account, const std::string& flow_log_id) {
  for (const Held& one : held_as(account, flow_log_id)) record(one, EntryState::deleted);
}

std::optional<Tracker::Held> Tracker::held(std::int64_t entry) const {
  const std::lock_guard lock(mutex_);
  const auto it = held_.find(entry);
  return it == held_.end() ? std::nullopt : std::optional(it->second);
}

std::vector<Tracker::Held> Tracker::all_held() const {
  const std::lock_guard lock(mutex_);
  std::vector<Held> out;
  for (const auto& [id, held] : held_) out.push_back(held);
  return out;
}

// Oldest first.
std::vector<Tracker::Held> Tracker::held_as(const Account& account,
                                            const std::string& flow_log_id) const {
  const std::lock_guard lock(mutex_);
  std::vector<Held> out;
  const auto it = by_flow_log_.find({&account, flow_log_id});
  if (it == by_flow_log_.end()) return out;
  for (const std::int64_t id : it->second) out.push_back(held_.at(id));
  return out;
}

Tracker::Held Tracker::read_back(const JournalEntry& entry, const Account& account) const {
  if (auto known = held(entry.id)) return *known;
  Held closed;
  closed.entry = entry;
  closed.account = &account;
  return closed;
}

std::optional<Tracker::Held> Tracker::maker(const FlowLog& flow_log, const Account& account,
                                            std::chrono::seconds skew) const {
  const Owner owner = owner_of(profile_, account);
  const auto of_this_run = [&](const JournalEntry& entry) {
    return entry.run == journal_.run() && entry.owner.account == account.name;
  };
  if (!flow_log.id.empty()) {
    const std::vector<Held> open = held_as(account, flow_log.id);
    if (!open.empty()) return open.back();
    const auto entries = journal_.entries_of(owner, flow_log.id);
    const auto it = std::find_if(entries.rbegin(), entries.rend(), of_this_run);
    if (it != entries.rend()) return read_back(*it, account);
  }
  const auto entries = journal_.entries_on(flow_log.resource_id);
  const auto it = std::find_if(entries.rbegin(), entries.rend(), [&](const JournalEntry& entry) {
    return of_this_run(entry) && could_be(entry, flow_log, skew);
  });
  if (it == entries.rend() || of_another_run(*it, flow_log, skew)) return std::nullopt;
  return read_back(*it, account);
}

// True also where it cannot be told: another run may have asked for the same at the same time.
bool Tracker::of_another_run(const JournalEntry& entry, const FlowLog& flow_log,
                             std::chrono::seconds skew) const {
  const auto foreign = [&](const JournalEntry& other) { return other.run != journal_.run(); };
  if (std::ranges::any_of(journal_.entries_of(entry.owner, flow_log.id), foreign)) return true;
  return std::ranges::any_of(journal_.open_entries(entry.owner), [&](const JournalEntry& other) {
    return foreign(other) && other.flow_log_id.empty() && could_be(other, flow_log, skew);
  });
}

Deletion Tracker::remove(Client::Session& session, const Creation& creation) {
  const auto known = held(creation.entry);
  if (!known || !is_open(known->entry.state)) return {true, "", std::nullopt};
  if (known->entry.flow_log_id.empty()) return find_and_remove(session, *known);
  return remove_by_id(session, *known, false);
}

Deletion Tracker::remove(Client::Session& session, const Account& account,
                         const FlowLog& flow_log) {
  const auto made = maker(flow_log, account, skew());
  if (!made) return {false, "the journal does not prove it to be of this run", std::nullopt};
  Held held = *made;
  if (held.entry.flow_log_id.empty()) {
    record(held, EntryState::created, flow_log.id);
  }
  held.entry.flow_log_id = flow_log.id;
  return remove_by_id(session, held, false);
}

Deletion Tracker::remove(Client::Session& session, const Account& account,
                         const std::string& flow_log_id) {
  FlowLog flow_log;
  flow_log.id = flow_log_id;
  return remove(session, account, flow_log);
}

Deletion Tracker::remove_by_id(Client::Session& session, const Held& held, bool whole_account) {
  // Of what is not shown yet nobody can see that it is gone.
  const Instant shown = held.sent + 3 * lag() / 2;
  if (lag() > Duration{0} && clock_.now() < shown) {
    clock_.sleep_until(std::min(shown, session.client().clean_up_until()));
  }
  DeletionTarget target = target_of(held);
  target.whole_account = whole_account;
  Deletion deletion = deleter_.remove(session, *held.account, target);
  if (deletion) {
    record_gone(*held.account, target.flow_log_id);
    record(held, EntryState::deleted);
  } else {
    record(held, EntryState::created, "", deletion.why);
  }
  return deletion;
}

// The id alone is no proof that nothing else came of the request: an endpoint may answer with a
// wrong one.
DeletionTarget Tracker::target_of(const Held& held) const {
  DeletionTarget target{held.entry.flow_log_id, held.entry.resource_id, held.entry.check, {}};
  if (held.sent != Instant{}) target.made = held.sent;
  target.also = [this, entry = held.entry](const FlowLog& flow_log, const Listing& listing) {
    return could_be(entry, flow_log, listing.skew) &&
           !of_another_run(entry, flow_log, listing.skew);
  };
  return target;
}

std::string Tracker::lost_reason(const std::string& trouble) {
  return "the answer to its creation was lost, and it could not be looked for: " + trouble;
}

Instant Tracker::settled_at(const Held& held) const {
  if (!held.answered) return held.sent + options_.settle;
  return held.sent + std::clamp(2 * lag(), options_.settle / kAnsweredShare, options_.settle);
}

Deletion Tracker::find_and_remove(Client::Session& session, const Held& lost) {
  if (lost.answered && fruitless_ >= kHopeless) {
    record(lost, EntryState::unknown);
    return {true, "", std::nullopt};
  }
  const DeletionTarget target = target_of(lost);
  const Instant settled = fruitless_ >= kEnoughFruitless ? Instant{} : settled_at(lost);
  Pauses pauses(clock_, options_);
  for (;;) {
    const Listing listing = deleter_.look(session, *lost.account, target);
    const Instant until = std::min(settled, session.client().clean_up_until());
    for (const FlowLog& flow_log : listing.flow_logs) {
      if (!target.also(flow_log, listing)) continue;
      Held found = lost;
      found.entry.flow_log_id = flow_log.id;
      record(lost, EntryState::created, flow_log.id);
      return remove_by_id(session, found, false);
    }
    if (clock_.now() < until && listing.last->response() != nullptr) {
      pauses.pause(until);
      continue;
    }
    record(lost, EntryState::unknown, "", listing.complete ? "" : lost_reason(listing.trouble));
    if (!listing.complete) return {false, lost_reason(listing.trouble), std::nullopt};
    ++fruitless_;
    return {true, "", std::nullopt};
  }
}

void Tracker::saw_lag(Duration lag) {
  Duration::rep known = lag_;
  while (lag.count() > known && !lag_.compare_exchange_weak(known, lag.count())) {
  }
}

Listing Tracker::list(Client::Session& session, const Account& account, const Params& filter,
                      const std::string& check, bool cleanup) {
  Listing listing = list_flow_logs(service_, session, account, {filter, check, cleanup});
  if (listing.complete) skew_ = listing.skew.count();
  return listing;
}

std::optional<FlowLog> Tracker::find_by_resource(Client::Session& session, const Account& account,
                                                 const std::string& resource_id,
                                                 const std::string& check) {
  const Listing listing = list(session, account, by_target(service_, resource_id), check);
  const auto it = std::ranges::find(listing.flow_logs, resource_id, &FlowLog::resource_id);
  return it == listing.flow_logs.end() ? std::nullopt : std::optional(*it);
}

std::vector<FlowLog> Tracker::ours(const Listing& listing, const Account& account) const {
  std::vector<FlowLog> found;
  std::ranges::copy_if(listing.flow_logs, std::back_inserter(found), [&](const FlowLog& flow_log) {
    return maker(flow_log, account, listing.skew).has_value();
  });
  return found;
}

bool Tracker::seen_gone(const FlowLog& flow_log, const Account& account) const {
  return std::ranges::any_of(
      journal_.entries_of(owner_of(profile_, account), flow_log.id),
      [](const JournalEntry& entry) { return entry.state == EntryState::deleted; });
}

std::vector<FlowLog> Tracker::strangers(Client::Session& session, std::string& trouble) {
  std::map<std::string, FlowLog> found;
  for (const auto& [name, account] : profile_.accounts) {
    const bool own = !account.resources.free.empty();
    if (name != "default" && !own) continue;
    std::set<std::string> free;
    for (const auto& [type, ids] : profile_.resources_of(account).free) {
      free.insert(ids.begin(), ids.end());
    }
    if (free.empty()) continue;
    const Listing listing = list(session, account);
    if (!listing.complete) trouble = fmt::format("account {}: {}", name, listing.trouble);
    const Owner owner = owner_of(profile_, account);
    const auto open = journal_.open_entries(owner);
    for (const FlowLog& flow_log : listing.flow_logs) {
      const bool known = std::ranges::any_of(
          open, [&](const JournalEntry& entry) { return proves(entry, flow_log, listing.skew); });
      if (known || !free.contains(flow_log.resource_id)) continue;
      if (journal_.entries_of(owner, flow_log.id).empty()) found.emplace(flow_log.id, flow_log);
    }
  }
  std::vector<FlowLog> out;
  for (auto& [id, flow_log] : found) out.push_back(std::move(flow_log));
  return out;
}

}  // namespace flowlog

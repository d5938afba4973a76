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

std::string lost_reason(const std::string& trouble) {
  return "the answer to its creation was lost, and it could not be looked for: " + trouble;
}

}  // namespace

Owner owner_of(const Profile& profile, const Account& account) {
  const Endpoint endpoint = parse_endpoint(profile.endpoint);
  return {fmt::format("{}://{}:{}{}", endpoint.tls ? "https" : "http", lower_ascii(endpoint.host),
                      endpoint.port, endpoint.path),
          profile.region, account.name, sha256_hex(account.credentials.access_key)};
}

Tracker::Tracker(const Api& api, const Profile& profile, Journal& journal, Clock& clock,
                 const TrackerOptions& options)
    : api_(api),
      profile_(profile),
      journal_(journal),
      clock_(clock),
      options_(options),
      deleter_(api, clock, options) {}

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
    held_.emplace(*entry, held);
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
  if (response != nullptr) creation.flow_log_id = read_flow_log_id(response->body);
  creation.state = state_of(creation.exchange, creation.flow_log_id);
  record_answer(creation);
  return creation;
}

JournalEntry Tracker::entry_of(const Call& call, const Account& account) const {
  JournalEntry entry;
  entry.run = journal_.run();
  entry.owner = owner_of(profile_, account);
  entry.resource_type = find(call.query, "ResourceType").value_or("");
  entry.resource_id = find(call.query, "ResourceId").value_or("");
  entry.name = find(call.query, "FlowLogName");
  entry.token = find(call.query, "ClientToken").value_or("");
  entry.check = call.check;
  entry.intended = clock_.wall();
  return entry;
}

void Tracker::record_answer(const Creation& creation) {
  {
    const std::lock_guard lock(mutex_);
    Held& held = held_.at(creation.entry);
    held.sent = clock_.now();
    held.answered = creation.exchange.response() != nullptr;
  }
  record(creation.entry, creation.state, creation.flow_log_id);
}

void Tracker::record(std::int64_t entry, EntryState state, const std::string& flow_log_id,
                     const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    Held& held = held_.at(entry);
    held.why = why;
    const bool same_id = flow_log_id.empty() || flow_log_id == held.entry.flow_log_id;
    if (state == held.entry.state && same_id) return;
    held.entry.state = state;
    if (!flow_log_id.empty()) held.entry.flow_log_id = flow_log_id;
  }
  journal_.settle(entry, state, flow_log_id);
}

// A replay gives the same flow log, so several entries may hold one id.
void Tracker::record_gone(const Account& account, const std::string& flow_log_id) {
  for (const Held& one : all_held()) {
    if (one.account != &account || one.entry.flow_log_id != flow_log_id) continue;
    if (is_open(one.entry.state)) record(one.entry.id, EntryState::deleted);
  }
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

std::optional<Tracker::Held> Tracker::maker(const FlowLog& flow_log, const Account& account,
                                            std::chrono::seconds skew) const {
  std::optional<Held> likely;
  {
    const std::lock_guard lock(mutex_);
    for (auto it = held_.rbegin(); it != held_.rend(); ++it) {
      const Held& held = it->second;
      if (held.account != &account) continue;
      if (!flow_log.id.empty() && held.entry.flow_log_id == flow_log.id) return held;
      if (!likely && could_be(held.entry, flow_log, skew)) likely = held;
    }
  }
  if (likely && of_another_run(likely->entry, flow_log, skew)) return std::nullopt;
  return likely;
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
    held.entry.flow_log_id = flow_log.id;
    record(held.entry.id, EntryState::created, flow_log.id);
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
    record(held.entry.id, EntryState::deleted);
  } else {
    record(held.entry.id, EntryState::created, "", deletion.why);
  }
  return deletion;
}

// The id alone is no proof that nothing else came of the request: an endpoint may answer with a
// wrong one.
DeletionTarget Tracker::target_of(const Held& held) const {
  DeletionTarget target{held.entry.flow_log_id, held.entry.resource_id, held.entry.check, {}};
  target.also = [this, entry = held.entry](const FlowLog& flow_log, const Listing& listing) {
    return could_be(entry, flow_log, listing.skew) &&
           !of_another_run(entry, flow_log, listing.skew);
  };
  return target;
}

Instant Tracker::settled_at(const Held& held) const {
  if (!held.answered) return held.sent + options_.settle;
  return held.sent + std::clamp(2 * lag(), options_.settle / kAnsweredShare, options_.settle);
}

Deletion Tracker::find_and_remove(Client::Session& session, const Held& lost) {
  if (lost.answered && fruitless_ >= kHopeless) {
    record(lost.entry.id, EntryState::unknown);
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
      record(lost.entry.id, EntryState::created, flow_log.id);
      return remove_by_id(session, found, false);
    }
    if (clock_.now() < until && listing.last->response() != nullptr) {
      pauses.pause(until);
      continue;
    }
    record(lost.entry.id, EntryState::unknown, "",
           listing.complete ? "" : lost_reason(listing.trouble));
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
  Listing listing = list_flow_logs(api_, session, account, {filter, check, cleanup});
  if (listing.complete) skew_ = listing.skew.count();
  return listing;
}

std::optional<FlowLog> Tracker::find_by_resource(Client::Session& session, const Account& account,
                                                 const std::string& resource_id,
                                                 const std::string& check) {
  const Listing listing = list(session, account, {{"ResourceId", resource_id}}, check);
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

void Tracker::clean_up(Client::Session& session) {
  const Instant until = clock_.now() + options_.clean_up;
  const auto stopped = [&] { return clock_.now() >= session.client().clean_up_until(); };
  std::map<std::string, std::pair<const Account*, bool>> accounts;  // true: something is open
  std::vector<Held> all = all_held();
  std::ranges::reverse(all);
  for (const Held& one : all) {
    const auto now = held(one.entry.id);
    auto& [account, open] = accounts[one.account->name];
    account = one.account;
    open |= is_open(now->entry.state);
    if (!is_open(now->entry.state) || now->entry.flow_log_id.empty()) continue;
    if (clock_.now() < until && !stopped()) remove_by_id(session, *now, false);
  }
  bool answered = true;
  for (const auto& [name, known] : accounts) {
    const auto& [account, open] = known;
    if (stopped()) return;
    if (open || answered) answered = clean_account(session, *account, until);
  }
}

// Settles what was lost, and finds what was made although it was refused or answered wrongly.
// Returns true iff the endpoint answered.
bool Tracker::clean_account(Client::Session& session, const Account& account, Instant until) {
  std::vector<Held> lost;
  Instant settled{};
  for (const Held& one : all_held()) {
    if (one.account != &account || !is_open(one.entry.state)) continue;
    if (!one.entry.flow_log_id.empty()) continue;
    settled = std::max(settled, settled_at(one));
    lost.push_back(one);
  }
  const auto end = [&] { return std::min(until, session.client().clean_up_until()); };
  if (settled > clock_.now()) clock_.sleep_until(std::min(settled, end()));

  const Listing listing = list(session, account, {}, "", true);
  for (const FlowLog& flow_log : listing.flow_logs) {
    auto made = maker(flow_log, account, listing.skew);
    if (!made || clock_.now() >= end()) continue;
    const bool tried = !made->why.empty() && made->entry.flow_log_id == flow_log.id;
    if (tried) continue;
    made->entry.flow_log_id = flow_log.id;
    record(made->entry.id, EntryState::created, flow_log.id);
    remove_by_id(session, *made, true);
  }
  for (const Held& one : lost) {
    if (!listing.complete) {
      record(one.entry.id, EntryState::unknown, "", lost_reason(listing.trouble));
    } else if (held(one.entry.id)->entry.flow_log_id.empty()) {
      record(one.entry.id, EntryState::refused);
    }
  }
  return listing.last->response() != nullptr;
}

long Tracker::made() const {
  std::set<std::pair<const Account*, std::string>> ids;
  for (const Held& one : all_held()) {
    if (!one.entry.flow_log_id.empty()) ids.emplace(one.account, one.entry.flow_log_id);
  }
  return static_cast<long>(ids.size());
}

std::vector<Leftover> Tracker::leftovers() const {
  std::vector<Leftover> out;
  std::set<std::string> seen;
  for (const Held& one : all_held()) {
    const JournalEntry& entry = one.entry;
    if (!is_open(entry.state)) continue;
    if (!entry.flow_log_id.empty() && !seen.insert(entry.flow_log_id).second) continue;
    std::string why = one.why;
    if (why.empty()) {
      why = entry.flow_log_id.empty() ? "the answer to its creation was lost" : "not deleted yet";
    }
    out.push_back(
        {one.account->name, entry.flow_log_id, entry.resource_id, entry.name.value_or(""), why});
  }
  return out;
}

}  // namespace flowlog

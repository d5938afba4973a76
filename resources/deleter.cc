#include "resources/deleter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "base/trace.h"

namespace flowlog {
namespace {

constexpr int kLessPatience = 10;  // after one deletion ended in vain
constexpr int kDeadAnswers = 8;    // in a row without any answer: the endpoint is gone
constexpr std::chrono::milliseconds kDeadPause{100};
constexpr std::chrono::seconds kLongestUsual{1};
constexpr int kAbsentLooks = 4;  // so often not returned: gone, although no deletion was accepted
constexpr int kLooksPerDelete = 6;  // an accepted deletion is asked for again after these

bool plain_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
}

}  // namespace

void Pauses::pause(Instant until) {
  const Span span("wait", "deletion");
  clock_.sleep_until(std::min(clock_.now() + next_, until));
  next_ = std::min(next_ * 2, longest_);
}

// One removal from the first request to the verdict.
class Deleter::Attempt {
 public:
  Attempt(Deleter& remover, Client::Session& session, const Account& account,
          const DeletionTarget& target)
      : deleter_(remover),
        session_(session),
        account_(account),
        target_(target),
        pauses_(remover.clock_, remover.options_),
        start_(remover.clock_.now()) {
    if (!target.flow_log_id.empty()) doomed_.insert(target.flow_log_id);
  }

  Deletion run() {
    await_created();
    do {
      const bool refused = !ask();
      pauses_.pause(deadline());
      // Most likely it is still being created: ask again before looking.
      if (refused && ++refusals_ % 2 == 1) continue;
      if (look()) return succeed();
    } while (!over());
    return give_up();
  }

 private:
  // A flow log that is still being created cannot be deleted.
  void await_created() {
    if (!target_.made) return;
    const Instant created = *target_.made + Duration(deleter_.creating_.load());
    if (deleter_.clock_.now() >= created) return;
    const Span span("wait", "created");
    deleter_.clock_.sleep_until(std::min(created, deadline()));
  }

  // The first deletion was accepted.
  void learn_creating() {
    if (!target_.made) return;
    const Duration took = deleter_.clock_.now() - *target_.made;
    const Duration known(deleter_.creating_.load());
    if (refusals_ > 0) {
      deleter_.creating_ = std::min<Duration>(took, kLongestUsual).count();
    } else if (took <= 2 * known) {
      deleter_.creating_ = (known * 49 / 50).count();  // perhaps less is enough
    }
  }

  // Sends what has to be deleted, unless it was accepted a moment ago; false iff any was refused.
  bool ask() {
    bool accepted = true;
    for (const std::string& id : doomed_) {
      if (int& looks = accepted_[id]; looks > 0) {
        --looks;
      } else if (send(id)) {
        looks = kLooksPerDelete;
        if (!asked_) {
          asked_ = deleter_.clock_.now();
          learn_creating();
        }
        pauses_.at_least(Duration(deleter_.usual_.load()));
      } else {
        accepted = false;
      }
    }
    return accepted;
  }

  bool send(const std::string& id) {
    const Action& remover = *deleter_.service_.deleter();
    Call call;
    call.query = {{"Action", remover.name},
                  {"Version", remover.contract.version},
                  {remover.parameter(Role::id), id}};
    call.credentials = &account_.credentials;
    call.check = target_.check;
    call.cleanup = true;
    removal_.answer = session_.send(call);
    note(*removal_.answer);
    const WireResponse* response = removal_.answer->response();
    const int status = response == nullptr ? 0 : response->status;
    if (status == 404) missing_.insert(id);
    if (status / 100 == 2 || status == 404) return true;
    why_ = fmt::format("{} was answered with {}", remover.name, outcome(*removal_.answer));
    return false;
  }

  // True iff nothing is left.
  bool look() {
    const Listing listing = deleter_.look(session_, account_, target_);
    ++looks_;
    note(*listing.last);
    if (!listing.complete) {
      why_ = listing.trouble;
      accepted_.clear();  // only another deletion can tell
      return !doomed_.empty() && std::ranges::includes(missing_, doomed_);
    }
    doomed_.clear();
    for (const FlowLog& flow_log : listing.flow_logs) {
      const bool wanted =
          flow_log.id == target_.flow_log_id || (target_.also && target_.also(flow_log, listing));
      if (!wanted || flow_log.id.empty()) continue;
      doomed_.insert(flow_log.id);
      if (accepted_[flow_log.id] > 0) {
        why_ = fmt::format("its deletion was accepted, and it is still returned as {}",
                           flow_log.status);
      }
    }
    if (!doomed_.empty()) {
      absent_ = 0;
      return false;
    }
    if (target_.flow_log_id.empty() || asked_ || ++absent_ >= kAbsentLooks) return true;
    doomed_.insert(target_.flow_log_id);  // perhaps it is not returned yet
    return false;
  }

  void note(const Exchange& exchange) {
    throttled_ = flowlog::throttled(deleter_.service_, exchange);
    silent_ = exchange.response() == nullptr ? silent_ + 1 : 0;
    if (silent_ > 0) pauses_.at_least(kDeadPause);
  }

  Instant deadline() const {
    return std::min(start_ + patience(), session_.client().clean_up_until());
  }

  Duration patience() const {
    const TrackerOptions& options = deleter_.options_;
    if (throttled_) return options.throttled;
    return deleter_.exhausted_ ? options.patience / kLessPatience : options.patience;
  }

  bool over() const { return silent_ >= kDeadAnswers || deleter_.clock_.now() >= deadline(); }

  Deletion succeed() {
    if (asked_) {
      const Duration took = deleter_.clock_.now() - *asked_;
      const Duration usual(deleter_.usual_.load());
      deleter_.usual_ =
          (looks_ == 1 ? usual * 4 / 5 : std::min<Duration>(took, kLongestUsual)).count();
    }
    removal_.gone = true;
    return std::move(removal_);
  }

  Deletion give_up() {
    deleter_.exhausted_ = true;
    removal_.why = why_;
    return std::move(removal_);
  }

  Deleter& deleter_;
  Client::Session& session_;
  const Account& account_;
  const DeletionTarget& target_;
  Pauses pauses_;
  const Instant start_;
  std::set<std::string> doomed_;         // ids to delete
  std::map<std::string, int> accepted_;  // by id: looks until its deletion is asked for again
  std::set<std::string> missing_;        // answered with 404
  std::optional<Instant> asked_;         // when the first deletion was accepted
  std::string why_;
  Deletion removal_;
  int looks_ = 0;
  int absent_ = 0;
  int refusals_ = 0;
  int silent_ = 0;  // answers in a row that did not come
  bool throttled_ = false;
};

Deleter::Deleter(const Service& service, Clock& clock, const TrackerOptions& options)
    : service_(service), clock_(clock), options_(options) {}

Deletion Deleter::remove(Client::Session& session, const Account& account,
                         const DeletionTarget& target) {
  return Attempt(*this, session, account, target).run();
}

Listing Deleter::look(Client::Session& session, const Account& account,
                      const DeletionTarget& target) const {
  ListingOptions options{{}, target.check, true};
  const std::string& by_target = service_.lister().parameter(Role::target_id);
  if (target.whole_account || by_target.empty() || !plain_id(target.resource_id)) {
    return list_flow_logs(service_, session, account, options);
  }
  options.filter = {{by_target, target.resource_id}};
  Listing listing = list_flow_logs(service_, session, account, options);
  const WireResponse* response = listing.last->response();
  if (listing.complete || response == nullptr || throttled(service_, *listing.last)) return listing;
  return list_flow_logs(service_, session, account, {{}, target.check, true});
}

}  // namespace flowlog

// What one run of one check works with: it sends, judges, remembers what was said and what was
// created. One thread; everything it created is deleted by finish().
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/check.h"
#include "engine/run_context.h"
#include "oracle/judge.h"
#include "oracle/response.h"
#include "resources/tracker.h"

namespace flowlog {

// What a refusal says that one look disproves: one cause, however many requests it meets.
inline constexpr const char* kSaidToBeBound =
    "The resource is said to be bound, and no flow log stands on it.";
inline constexpr const char* kSaidToBeUsedUp =
    "The quota is said to be used up, and fewer flow logs stand.";

// An endpoint that shows what it made later than this is one that does not show it.
inline constexpr std::chrono::seconds kLongestUnseen{5};

struct RequestOverrides {
  std::function<void(WireRequest&)> change;
  std::chrono::seconds skew{0};
  Scope scope;  // empty members: the profile's
  std::optional<Credentials> credentials;
};

// What DescribeFlowLogs shows of one id.
struct Lookup {
  bool read = false;  // false: it could not be read, which is noted
  std::optional<FlowLog> flow_log;
};

class CheckContext {
 public:
  CheckContext(RunContext& run_context, const Check& check, Client::Session& session,
               std::vector<Lease> leases);
  ~CheckContext();
  CheckContext(const CheckContext&) = delete;
  CheckContext& operator=(const CheckContext&) = delete;

  const Service& service() const;
  // That the check is about.
  const Action& action() const;
  // What a request is judged by: the contract of the action that it names, else the check's.
  ContractView contract_of(const Params& sent) const;
  const Profile& profile() const;
  const Check& check() const { return check_; }
  bool has_account(std::string_view name) const;
  std::size_t leases() const { return leases_.size(); }
  const Lease& lease(std::size_t index = 0) const { return leases_.at(index); }

  // The smallest valid request on a leased resource.
  Params smallest(std::size_t lease = 0) const;
  // What was made for this check and others (Check::given); nullptr where it is by itself.
  const Reply* given() const { return given_; }
  void give(const Reply& made) { given_ = &made; }
  // A token nobody used before; `length` of 0: of a usual length.
  std::string token(std::size_t length = 0);
  // Placeholders replaced.
  Params filled(Params params);

  // CreateFlowLog. An account of "" is the check's. Where another request or a deletion is in the
  // way for a while, it is sent again, within what the profile grants; where the endpoint wants a
  // parameter that texts differ about, with that parameter. Not `patient`: once.
  Reply create(Params params, const std::string& account = "", bool patient = true);
  // The same, written or signed in another way.
  Reply create_patiently(const Params& params, const RequestOverrides& overrides,
                         const std::string& account = "");
  // True, after a pause, iff something stands in the way of `reply` for a while, so that it is not
  // worth judging in this situation.
  bool hindered(const Reply& reply, const Situation& situation);
  // A request of the check's action, which may be the creating one. A thing for "@instance" is
  // made by prepare().
  Reply perform(Params params, bool patient = true);
  // Makes the thing for "@instance" where the request holds one and there is none, and brings it
  // into a state that certainly permits the check's action. False where that failed, which is
  // noted.
  bool prepare(const Params& params);
  // The same for the smallest request of the check's action, and waits for any lasting state where
  // that holds no "@instance".
  bool prepare();
  // Makes the thing and waits for nothing.
  bool make() { return make_instance(0); }
  // The smallest valid request of the check's action, with placeholders.
  Params smallest_of_action() const;
  // What is shown of the thing once its state is a lasting one; a failure is noted.
  std::optional<FlowLog> settled();
  // The same, but whatever is shown when the time is up.
  std::optional<FlowLog> shown_at_last();
  // Brings the thing into one of the states, by the actions that lead there; all are right when
  // there are none. False where that failed, which is noted.
  bool bring_into(const std::vector<std::string>& states);
  // Id of another thing, made on the next leased resource and in the same way; "" where it failed.
  std::string prepare_another();
  // Id of that thing; "" while there is none.
  const std::string& instance() const { return instance_; }
  // Remembers what is shown of the thing, and claims later that it is still shown so.
  void remember_instance();
  void instance_unchanged();
  // The same where nothing else that was created stands any more: where the answer is lost, what it
  // made is looked for and deleted, and the request sent again, at most twice.
  Reply create_alone(const Params& params, bool patient = true);
  // Two at once, on a connection each.
  std::pair<Reply, Reply> create_both(Params a, Params b, const std::string& account_b = "");
  // Any action with the query as it is; what may create must go through create().
  Reply call(Params query, const RequestOverrides& overrides = {}, const std::string& account = "");
  // The same parameters as a form.
  RequestOverrides as_form(const Params& params, const std::string& account = "") const;
  // CreateFlowLog with a changed signature, clock or key.
  Reply create_with(Params params, const RequestOverrides& overrides,
                    const std::string& account = "");
  // What was shown of a flow log that a request with the same changes over the smallest one made,
  // in this run; nullopt where none is known.
  std::optional<std::pair<AnsweredReply, FlowLog>> stored_before(const Params& params,
                                                                 const Params& base) const;
  void remember_stored(const Params& params, const Params& base, const Reply& reply,
                       const FlowLog& flow_log);
  // What DescribeFlowLogs shows; a failure becomes a note and gives nothing.
  std::optional<std::vector<FlowLog>> list(const Params& filter, const std::string& account = "");
  // What stands on a leased resource. Waits, within bounds, until at least so many are shown: an
  // endpoint may show what it made a while after its answer.
  std::optional<std::vector<FlowLog>> standing(std::size_t lease = 0,
                                               const std::string& account = "",
                                               std::size_t at_least = 0);
  Lookup look_up(const std::string& id, const std::string& account = "");
  // The same of what was just made: waits, within bounds, until it is shown.
  Lookup await(const std::string& id, const std::string& account = "");
  // Once a run: how long after its creation a flow log is shown, which everything that deletes has
  // to know.
  void learn_lag(const Reply& created);
  // Deletes and waits until it is no longer returned.
  bool remove(const std::string& id, const std::string& account = "");
  void pause(Duration span);
  Instant now() const;

  // The situation of the check's account, with further conditions.
  Situation situation(const std::string& condition = "") const;

  // What is sent from now on shows what it shows without what came before.
  void begin_case();
  // What was sent since the case or the check began, in order, what keeps house aside; empty where
  // it was one request. The last kMostSteps of it.
  std::vector<Evidence> steps() const;

  // The verdict on a reply, without noting it. Where the account's state is given as the reason of
  // a refusal, one look proves that it is so.
  Assessment assess(const Reply& reply, const Expectation& expectation);
  // The reply as one that can be judged; else nothing, which is noted as inconclusive.
  std::optional<AnsweredReply> answered(const Reply& reply);
  // Judges by the contract and notes it; nothing unless it was created.
  std::optional<AnsweredReply> accepted(const Reply& reply);
  // Judges by the contract in this situation and notes it; the verdict.
  Verdict answers(const Reply& reply, const Situation& situation);
  // Judges by an expectation of the check's own and notes it; the verdict.
  Verdict judged(const Reply& reply, const Expectation& expectation);
  // Flow logs on its resources that another run made, or that stood before this check began and are
  // none of this run.
  std::vector<FlowLog> strangers();
  // One that a listing showed on its resources.
  bool was_stranger(const FlowLog& flow_log) const;
  // One look that proves a refusal left nothing on the leased resource.
  void nothing_left(std::size_t lease = 0);
  // What stands on the leased resource, and goes on to stand: what one look shows, another may not,
  // where two replicas differ for a while.
  std::optional<std::vector<FlowLog>> left_standing(std::size_t lease = 0);
  // What a flow log of `shown` means that stands where a request was refused.
  static Assessment left_behind(const FlowLog& flow_log, const std::vector<FlowLog>& shown);
  // A statement of the check's own. Not holding it is deviating, or a finding where `standing` is
  // inferred.
  bool claim(bool holds, Standing standing, const AnsweredReply& reply, std::string expected,
             std::string observed, std::string message);
  void rule(Assessment assessment) { noted_.add(std::move(assessment)); }
  // A remark beside the verdict; an empty one is none.
  void note(std::string remark);
  void finding(const AnsweredReply& reply, std::string expected, std::string observed,
               std::string message);
  void inconclusive(std::string message, const Reply* reply = nullptr);

  const std::vector<Assessment>& assessments() const { return noted_.kept(); }
  const AssessmentLog& noted() const { return noted_; }
  const std::vector<std::string>& notes() const { return notes_; }
  int requests() const { return requests_; }
  int created() const { return created_; }
  // How many requests of the check's action succeeded.
  int accepted_count() const { return accepted_; }
  // How many answers were lost on the way or throttled away: another attempt may get them.
  int lost() const { return lost_; }
  Evidence evidence_of(const Reply& reply) const;
  // One line: HTTP, code, message, RequestId.
  std::string observed(const Reply& reply) const;
  // What the account ("": the check's) may use, as far as the profile tells.
  Inventory inventory(const std::string& account = "") const;
  RunContext& run_context() { return run_context_; }
  Client::Session& session() { return session_; }

  // Deletes what this scene created so far, newest first, so that its resources are free again.
  void forget_created();
  // The same at the end; a resource whose flow log may still stand is not
  // lent again.
  void finish();
  // What this one created is from now on another's, who deletes it.
  void hand_over(CheckContext& other);
  // None of its resources is lent again in this run.
  void burn_leases();
  bool burnt() const;  // one of its leases
  // Its leases, for another to go on with. REQUIRES: finish() was called, and nothing follows.
  std::vector<Lease> give_leases() { return std::move(leases_); }

 private:
  using Flows = std::vector<FlowLog>;

  // What keeps a creation from being answered for what it is.
  enum class Obstacle {
    none,
    busy,  // another request is under way
    late   // said to be bound or used up, and nothing stands
  };
  Obstacle obstacle(const Reply& reply);
  void tell_obstacle(Obstacle seen, Duration waited);
  // The reply, or where the request was too long to arrive, what it gets as a form.
  Reply arriving(Reply reply, bool may_create);
  // True iff the refusal may come of a parameter that is now learned to be required.
  bool learn_required(const Reply& reply);
  void add_learned(Params& params) const;
  // A request that may create, as it is sent.
  Params completed(Params params);
  bool is_stranger(const FlowLog& flow_log) const;
  void note_strangers(const Listing& listing, const Account& account);

  Params instance_params(std::size_t lease) const;
  bool make_instance(std::size_t lease);
  // list(), again and again until it is enough or the time is up.
  std::optional<Flows> list_until(const Params& filter, const std::string& account,
                                  const std::function<bool(const Flows&)>& enough);
  // How long something that was made may stay unseen.
  Duration patience() const;
  const Account& account_of(const std::string& name) const;
  Call call_of(Params query, const std::string& account) const;
  Reply create_on(Client::Session& session, const Params& params, const std::string& account,
                  const RequestOverrides& overrides, Creation& creation);
  void hold_against_profile(Client::Session& session, const Reply& reply);
  void remember(const Reply& reply, Creation creation);
  void record(const Exchange& exchange);
  std::vector<Evidence> steps_from(std::size_t first) const;
  void learn_replicas(const Reply& created, Instant start);
  // What DescribeFlowLogs shows of the reason that a refusal gives.
  enum class Ground {
    true_or_unknown,
    untrue,   // in so many looks at least, and for as long as flow logs may be shown late
    given_up  // true of what was deleted, and was no longer shown for a while
  };
  Ground ground(Excuse excuse, const AnsweredReply& reply, int least_looks = 1);
  bool given_up(const Listing& listing, const std::string& resource,
                const AnsweredReply& reply) const;
  std::optional<AnsweredReply> judgeable(const Reply& reply) const;
  Assessment assess_answer(const AnsweredReply& reply, const Judgement& judgement);

  RunContext& run_context_;
  const Check& check_;
  Client::Session& session_;
  std::unique_ptr<Client::Session> second_;  // opened for create_both()
  std::vector<Lease> leases_;
  AssessmentLog noted_;
  std::vector<std::string> notes_;
  std::vector<Creation> made_;
  const Reply* given_ = nullptr;
  std::vector<FlowLog> strangers_;  // of other runs, seen on its resources
  std::string instance_;
  std::optional<FlowLog> remembered_;  // what was shown of it
  std::deque<Exchange> sent_;          // the last of it, without clean-up
  std::size_t case_begin_ = 0;         // where in sent_
  bool cleaning_up_ = false;           // deletes, or learns what is no part of the check
  const WallTime began_;
  int requests_ = 0;
  int created_ = 0;
  int accepted_ = 0;
  int lost_ = 0;
};

// True iff the answer was lost on a connection that had come about, or throttled away.
bool is_lost(const Service& service, const Reply& reply);

}  // namespace flowlog

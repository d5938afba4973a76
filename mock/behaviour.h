// How the mock behaves. A default-made Behaviour is the honest mock; a variant (another lawful
// reading) or a deviation (a lie) is a change to this value, and the code consults it at the points
// named here.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/params.h"
#include "mock/request.h"
#include "specs/service.h"

namespace flowlog::mock {

// What a rule sees in place of the value that was sent.
using View = std::function<std::string(const Rule& rule, const std::string& value)>;
// What becomes of a value on its way into the store.
using Change = std::function<std::string(const std::string& value)>;

struct RuleReading {
  bool off = false;  // not checked at all
  View sees;         // empty: the value itself
  std::string row;   // id of the row that is answered; empty: the documented one
};

struct RowReading {
  bool never = false;      // the trigger is overlooked
  std::string as;          // id of the row whose answer is given
  std::string message_of;  // id of the row whose message is given
  std::optional<int> http;
  std::optional<std::string> code;
  std::optional<std::string> message;
  std::size_t http_choice = 0;  // which of several documented HTTP codes
};

// An answer about to leave, for changes to it.
struct Told {
  std::string action;  // as asked, may be anything
  bool success = false;
  long serial = 0;         // of the request, from 1
  long action_serial = 0;  // among those of this action, from 1
  std::string request_id;
  std::string last_request_id;   // of the answer before
  std::string last_flow_log_id;  // of the creation before
};
using Edit = std::function<void(nlohmann::json& answer, const Told& told)>;
using Finish = std::function<void(HttpResponse& response, const Told& told)>;

// What a ClientToken is worth.
struct TokenReading {
  bool off = false;                    // tokens are not looked at
  bool arguments_ignored = false;      // any arguments match
  std::set<std::string> ignores;       // parameters that the comparison leaves out
  bool defaults_equal_absent = false;  // lawful: an explicit default equals none
  bool order_matters = false;          // of the sent parameters
  bool across_accounts = false;        // one store for all
  bool remembers_rejection = false;    // a refusal is repeated whatever comes with the token
  bool new_id_on_replay = false;       // answers an id that does not exist
  bool creates_again = false;          // a replay makes a second flow log; is carried out again
  bool replay_is_bound = false;        // a replay is told that the resource is bound
  bool forgotten_with_log = false;     // lawful: deletion forgets the token
  bool mismatch_is_new = false;        // other arguments under one token are carried out
  bool without_token_replays = false;  // no token at all is taken as one token
  bool names_only = false;             // values are not compared
  std::size_t significant = SIZE_MAX;  // bytes of the token that count
  bool any_case = false;               // of the token
  bool trimmed = false;                // blanks at its ends do not count
  bool poisoned = false;               // that of a refused request is under way for ever
  std::chrono::milliseconds kept{0};   // forgotten after that; 0: never
  bool not_reserved = false;           // two at once are both carried out
  bool keeps_refused = false;          // lawful: a refused request has used its token up
  bool waits = false;                  // lawful: the loser waits for the winner
};

// Which states permit an action where no page says (StateChange::grey_from).
enum class GreyStates {
  likely,     // deletion in any, an update in those that last, a transition in none
  permitted,  // all
  refused     // none
};

enum class Paging {
  honest,
  none,     // all on one page
  loses,    // what would begin the next page is skipped
  repeats,  // a page begins with the last one of the page before
  loops     // after the first page comes the first page
};

// How one action on flow logs that exist behaves.
struct ActionReading {
  TokenReading token;
  GreyStates grey_states = GreyStates::likely;
  bool any_state = false;                 // permitted in states that a page excludes, too
  bool does_nothing = false;              // answers success and changes nothing
  bool never_ends = false;                // stays in the state between
  std::string ends_as;                    // ends in this state instead
  bool foreign = false;                   // reaches another account's flow logs
  bool takes_all = false;                 // reaches all of the account's
  bool unknown_ok = false;                // of no flow log: succeeds
  bool refused_changes = false;           // is carried out even where it is refused
  bool resets_omitted = false;            // what was left out is set to its default
  bool empty_keeps = false;               // lawful: what is sent empty is not changed
  std::set<std::string> dropped;          // parameters that are not stored
  std::set<std::string> hidden;           // members left out of the list
  bool empty_is_null = false;             // lawful: an empty list is null
  bool replaces_tags = false;             // all tags, by those that were sent
  bool keeps_old_value = false;           // of a tag that was there
  bool first_only = false;                // of several flow logs the first
  bool absent_key_refused = false;        // lawful: removing a tag that is not there
  std::set<std::string> filters_ignored;  // parameters
  bool part_is_enough = false;            // lawful: for FilterMatch::equal_or_within
  bool any_filter_is_enough = false;      // instead of all of them
  Paging paging = Paging::honest;
};

struct Behaviour {
  // Rules, rows and parameters of the creating action are called by their addresses ("errors/7"),
  // those of another action with its name before them ("ActiveFlowLog:errors/2"), which code calls
  // the scope; common rows never have one.

  // Parameters
  std::map<std::string, RuleReading> rules;  // by address, "FlowLogName/length"
  bool empty_is_absent = false;              // `X=` counts as X left out
  bool last_duplicate_wins = false;
  bool grey_characters = false;  // accepted
  bool grey_lengths = true;      // accepted
  bool grey_counts = false;      // accepted: as many tags as the most generous page allows
  bool grey_beginnings = true;   // accepted: `sys` without a colon
  bool grey_integers = false;    // accepted
  bool edges_stripped = false;   // blanks at the ends removed, instead of refused
  bool refuse_unknown_parameters = false;
  bool names_any_case = false;                 // parameter names
  std::set<std::string> optional;              // parameters taken as optional
  std::set<std::string> missing_is_malformed;  // a missing one gets its rule's other row
  enum class Order { as_listed, reversed, state_first } order = Order::as_listed;

  // How a request is written
  bool plus_kept = false;     // a bare plus of the query stays one in values
  bool type_decides = false;  // a form's Content-Type on a GET: only the (empty) body counts
  enum class Json { read, refused, ignored } json = Json::read;  // refused: lawful
  bool form_ignored = false;  // a form's parameters count as left out
  bool get_alone = false;     // lawful: POST is no method of this API

  // Rows
  std::map<std::string, RowReading> rows;  // by id, "errors/7"

  // Store
  std::map<std::string, Change> stored;         // by parameter, "Description", "Tags.N.Value"
  std::map<std::string, std::string> defaults;  // by parameter, instead of the documented one
  std::size_t tags_kept = SIZE_MAX;
  bool tags_swapped = false;  // key and value

  // Idempotency of the creating action
  TokenReading token;

  // The other actions by name; one that is not there behaves honestly.
  std::map<std::string, ActionReading> actions;
  const ActionReading& of(const std::string& action) const {
    static const ActionReading honest;
    const auto found = actions.find(action);
    return found == actions.end() ? honest : found->second;
  }

  // Life cycle
  struct {
    std::string first_state;  // instead of the documented one; may be the ready one
    std::string ready_state;
    std::string middle_state;  // shown between creating and ready
    bool never_ready = false;
    std::string never_ready_type;        // on resources of this type
    bool back_to_creating = false;       // ready once, then creating again
    int creating_factor = 1;             // how many times slower
    bool hidden_while_creating = false;  // not in Describe
    bool never_stored = false;           // answered, never there
    bool delete_does_nothing = false;
    bool delete_keeps_binding = false;  // the resource stays bound
    bool delete_takes_all = false;      // every flow log of the account
    bool delete_unknown_ok = false;
    bool delete_refused_while_creating = false;  // lawful: InvalidOperation.Conflict
    bool delete_at_once = false;                 // lawful: no Deleting in between
    bool deleted_comes_back = false;             // once it was gone, as Active
    bool delete_by_beginning = false;            // of the id
    bool deleted_stays_listed = false;           // as Deleting, for ever
    bool rebinding_at_once = false;              // lawful: free while Deleting
    bool id_reused = false;                      // one FlowLogId for all
    bool id_of_request = false;  // lawful by the example: the id looks like a RequestId
  } life;

  // Resources, races, quota
  bool bound_ignored = false;             // a second flow log on one resource
  bool bound_ignored_when_ready = false;  // the same, where the first is Active
  bool decoded_twice = false;             // values of the query
  bool topics_by_name_only = false;       // of one name, in whatever log project
  bool race_both_win = false;
  bool race_none_wins = false;      // lawful: each is refused because of the other
  bool conflict_in_parent = false;  // lawful: while another in the same parent is Creating
  bool race_loser_500 = false;
  bool race_loser_bound = false;       // lawful: told that the resource is bound, not of a conflict
  bool foreign_resources = false;      // another account's resource may be bound
  bool types_not_matched = false;      // an id of any type will do
  bool other_type_is_invalid = false;  // lawful: errors/11 for an id of another type
  int quota_shift = 0;
  bool quota_off = false;
  bool quota_counts_deleted = false;
  bool quota_of_all = false;                    // accounts share it
  bool quota_not_atomic = false;                // what is under way does not count
  bool rejected_creates = false;                // a refused request leaves a flow log
  std::set<std::string> rejected_creates_rows;  // … only for these rows; empty: for all

  // Describe
  struct {
    std::set<std::string> filters_ignored;
    bool all_accounts = false;
    bool no_paging = false;
    std::chrono::milliseconds late{0};    // lawful: after its creation, until it is shown
    Duration second_lags{};               // lawful: how old what every second list shows is
    bool last_of_page_lost = false;       // what would begin the next page is skipped
    std::map<std::string, Change> shown;  // by member, "Description"
    std::set<std::string> hidden;         // members left out
  } describe;

  // Authentication; each names a check that is left out
  struct {
    bool none = false;             // everyone is let in as `default`
    bool no_header_check = false;  // a missing Authorization
    bool no_expiry = false;
    bool no_future = false;
    bool no_signature_check = false;
    bool no_post_signature_check = false;
    bool no_query_signature_check = false;  // of a signature in the query
    bool signature_prefix_only = false;     // the first eight digits
    bool signature_any_case = false;
    bool no_service_check = false;
    bool no_key_check = false;  // an unknown key is let in as `default`
    bool no_token_check = false;
    bool no_method_check = false;
    bool no_action_check = false;  // an unknown action is CreateFlowLog
    bool no_version_check = false;
    bool no_credential_check = false;  // its date, region and last word
    bool no_scope_end = false;         // its last word alone
    bool no_scope_date = false;        // its date need not be that of X-Date
    bool no_signed_date = false;       // x-date may be missing among SignedHeaders
    bool told_hash = false;            // X-Content-Sha256 is believed
    bool sorts_pairs = false;          // canonical query by name and value as one
    bool query_as_sent = false;        // canonical query in the order of the wire
    bool plus_is_plus = false;         // in the canonical query
    bool host_required = false;        // among SignedHeaders
    bool only_host_and_date = false;   // any further name among SignedHeaders is refused
    bool no_query_form = false;        // a signature in the query is not looked for
    bool list_names_itself = false;    // X-SignedQueries must stand in its own list
  } auth;

  // Answers, in order
  std::vector<Edit> edits;
  std::vector<Finish> finishes;

  // Transport
  bool keep_alive = true;
  int throttle_every = 0;  // each n-th request is refused as throttled
};

// As Behaviour says: "" for the creating action, else its name and a colon.
inline std::string scope_of(const flowlog::Service& service, const std::string& action) {
  return action == service.creator().name ? std::string() : action + ':';
}

}  // namespace flowlog::mock

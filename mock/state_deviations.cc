#include <fmt/format.h>

#include "mock/deviation_tables.h"
#include "mock/named.h"
#include "mock/views.h"

namespace flowlog::mock {
namespace {

using Apply = std::function<void(Behaviour&)>;

void add_tokens(std::vector<Choice>& all) {
  const auto token = [&](const char* id, const char* text, const Apply& apply) {
    all.push_back({fmt::format("idempotency.{}", id), text, apply});
  };
  token("off", "A repeated token is not noticed.", [](auto& b) { b.token.off = true; });
  token("any-arguments", "A token again with other arguments answers the first id.",
        [](auto& b) { b.token.arguments_ignored = true; });
  for (const std::string& name :
       {named().name, named().description, named().target_type, named().target_id, named().word,
        named().outer, named().inner, named().number, named().project, named().tag_key,
        named().tag_value}) {
    token(fmt::format("ignores-{}", name).c_str(),
          fmt::format("A token again with another {} answers the first id.", name).c_str(),
          [=](auto& b) { b.token.ignores.insert(name); });
  }
  token("ignores-tags", "A token again with other tags answers the first id.", [](auto& b) {
    b.token.ignores = {named().tag_key, named().tag_value};
  });
  token("names-only",
        "A token again with other values of the same parameters answers the first id.",
        [](auto& b) { b.token.names_only = true; });
  token("order-matters", "A token again with the arguments in another order is a mismatch.",
        [](auto& b) { b.token.order_matters = true; });
  token("across-accounts", "A token that another account has used counts as used.",
        [](auto& b) { b.token.across_accounts = true; });
  token("remembers-refusals",
        "A token of a refused request is refused again, whatever comes with it.",
        [](auto& b) { b.token.remembers_rejection = true; });
  token("new-id", "A replay answers another FlowLogId, of no flow log.",
        [](auto& b) { b.token.new_id_on_replay = true; });
  token("creates-again", "A replay makes a second flow log.",
        [](auto& b) { b.token.creates_again = true; });
  token("replay-is-bound", "A replay is told that the resource is bound already.",
        [](auto& b) { b.token.replay_is_bound = true; });
  token("mismatch-creates", "A token again with other arguments creates with them.",
        [](auto& b) { b.token.mismatch_is_new = true; });
  token("only-first-32", "Tokens that agree in their first 32 characters are one token.",
        [](auto& b) { b.token.significant = 32; });
  token("any-case", "Tokens that differ in case alone are one token.",
        [](auto& b) { b.token.any_case = true; });
  token("trimmed", "Tokens that differ in blanks at their ends alone are one token.", [](auto& b) {
    b.token.trimmed = true;
    b.rules[named().token + "/characters"].sees = views::trimmed;
  });
  token("poisoned", "The token of a refused request is under way for ever.",
        [](auto& b) { b.token.poisoned = true; });
  token("forgotten-soon", "A token is forgotten after a second.",
        [](auto& b) { b.token.kept = std::chrono::seconds(1); });
  token("none-is-one", "Requests without a token are taken for replays of each other.",
        [](auto& b) { b.token.without_token_replays = true; });
  token("race-creates-twice", "Two requests at once with one token make two flow logs.",
        [](auto& b) { b.token.not_reserved = true; });
}

void add_life(std::vector<Choice>& all) {
  const auto life = [&](const char* id, const char* text, const Apply& apply) {
    all.push_back({fmt::format("life.{}", id), text, apply});
  };
  life("never-active", "A flow log stays Creating.", [](auto& b) { b.life.never_ready = true; });
  life("unknown-first-state", "A new flow log is Queued.",
       [](auto& b) { b.life.first_state = "Queued"; });
  life("unknown-state-between", "A flow log is Provisioning before it is Active.", [](auto& b) {
    b.life.middle_state = "Provisioning";
    b.life.creating_factor = 4;  // long enough to be seen
  });
  life("unknown-last-state", "A flow log becomes Running, never Active.",
       [](auto& b) { b.life.ready_state = "Running"; });
  life("becomes-inactive", "A flow log becomes Inactive, never Active.",
       [](auto& b) { b.life.ready_state = "Inactive"; });
  life("never-stored", "A creation answers an id that no listing shows.",
       [](auto& b) { b.life.never_stored = true; });
  life("hidden-while-creating", "A flow log is listed only when it is Active.",
       [](auto& b) { b.life.hidden_while_creating = true; });
  life("delete-does-nothing", "A deletion succeeds and the flow log stays.",
       [](auto& b) { b.life.delete_does_nothing = true; });
  life("delete-keeps-binding", "The resource of a deleted flow log stays bound.",
       [](auto& b) { b.life.delete_keeps_binding = true; });
  life("delete-takes-all", "Deleting one flow log deletes all of the account.",
       [](auto& b) { b.life.delete_takes_all = true; });
  life("deleted-comes-back", "A deleted flow log is back after a while.",
       [](auto& b) { b.life.deleted_comes_back = true; });
  life("delete-by-beginning", "The beginning of an id deletes.",
       [](auto& b) { b.life.delete_by_beginning = true; });
  life("eni-never-active", "The flow log of a network interface stays Creating.",
       [](auto& b) { b.life.never_ready_type = "eni"; });
  life("deleted-stays-listed", "A deleted flow log stays Deleting.",
       [](auto& b) { b.life.deleted_stays_listed = true; });
}

void add_contention(std::vector<Choice>& all) {
  all.push_back({"bound.ignored", "A second flow log on one resource is created.",
                 [](Behaviour& b) { b.bound_ignored = true; }});
  all.push_back({"bound.ignored-when-active",
                 "A second flow log on a resource is created once the first is Active.",
                 [](Behaviour& b) { b.bound_ignored_when_ready = true; }});
  all.push_back({"topics.by-name-only", "Log topics of one name are one, in whatever project.",
                 [](Behaviour& b) { b.topics_by_name_only = true; }});
  all.push_back({"race.both-win", "Two creations at once on one resource both succeed.",
                 [](Behaviour& b) { b.race_both_win = true; }});
  all.push_back({"race.loser-gets-500", "The loser of a race gets an internal error.",
                 [](Behaviour& b) { b.race_loser_500 = true; }});
  all.push_back({"quota.none", "The eleventh flow log is created.",
                 [](Behaviour& b) { b.quota_off = true; }});
  all.push_back({"quota.tenth-refused", "The tenth flow log is refused.",
                 [](Behaviour& b) { b.quota_shift = -1; }});
  all.push_back({"quota.of-all-accounts", "All accounts share one quota.",
                 [](Behaviour& b) { b.quota_of_all = true; }});
  all.push_back({"quota.not-atomic", "Creations at once pass the quota.",
                 [](Behaviour& b) { b.quota_not_atomic = true; }});
  all.push_back({"quota.counts-deleted", "Flow logs that are deleted count against the quota.",
                 [](Behaviour& b) { b.quota_counts_deleted = true; }});
}

void add_side_effects(std::vector<Choice>& all) {
  all.push_back({"rejected.creates", "A refused creation leaves a flow log.",
                 [](Behaviour& b) { b.rejected_creates = true; }});
  for (const int number : {7, 10, 18, 31}) {
    all.push_back({fmt::format("rejected.creates.errors-{}", number),
                   fmt::format("A creation refused with row {} leaves a flow log.", number),
                   [=](Behaviour& b) {
                     b.rejected_creates = true;
                     b.rejected_creates_rows.insert(fmt::format("errors/{}", number));
                   }});
  }
}

}  // namespace

std::vector<Choice> state_deviations() {
  std::vector<Choice> all;
  add_tokens(all);
  add_life(all);
  add_contention(all);
  add_side_effects(all);
  return all;
}

}  // namespace flowlog::mock

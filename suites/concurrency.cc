// Two requests at once: whatever the order they are taken in, one flow log comes of them.
#include <fmt/format.h>

#include <optional>
#include <set>

#include "engine/script.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

constexpr int kRounds = 5;       // enough to meet, few enough to pay
constexpr int kMoreRounds = 10;  // while what came before is still in the way

// What one round came to.
struct Round {
  Reply a;
  Reply b;
  std::set<std::string> ids() const {
    std::set<std::string> ids;
    for (const Reply* reply : {&a, &b}) {
      if (reply->created()) ids.insert(reply->id());
    }
    return ids;
  }
  const Reply& loser() const { return a.created() ? b : a; }
};

bool answered(const Reply& reply) {
  return reply.answer.kind == Response::Kind::success || reply.answer.kind == Response::Kind::error;
}

// What a round proved.
enum class Won { one, neither, broken };

// Each may have been refused because of the other, or of what else is under way: lawful as long as
// the request gets through alone, which is judged for itself.
Won neither_won(CheckContext& context, const AnsweredReply& loser) {
  return context.accepted(context.create(loser.sent)) ? Won::neither : Won::broken;
}

// Both answers are lawful under `race`, one flow log came of them and no more.
Won outcome_of(CheckContext& context, const Round& round, const Situation& situation) {
  for (const Reply* reply : {&round.a, &round.b}) {
    const Verdict verdict = context.answers(*reply, situation);
    if (verdict == Verdict::deviating || verdict == Verdict::inconclusive) return Won::broken;
  }
  const auto loser = context.answered(round.loser());
  if (!loser) return Won::broken;
  const std::size_t made = round.ids().size();
  if (made == 0) return neither_won(context, *loser);
  if (!context.claim(made == 1, Standing::documented, *loser, "one of the two is accepted",
                     "both were, with a FlowLogId each",
                     "Two requests at once did not end in one flow log.")) {
    return Won::broken;
  }
  const auto found = context.standing(0, "", 1);
  const bool one = found && context.claim(found->size() == 1, Standing::documented, *loser,
                                          "one flow log on the resource",
                                          fmt::format("{} flow logs stand there", found->size()),
                                          "Two requests at once did not leave one flow log.");
  return one ? Won::one : Won::broken;
}

bool hindered(CheckContext& context, const Round& round, const Situation& situation) {
  return context.hindered(round.a, situation) || context.hindered(round.b, situation);
}

using MakeRound = std::function<Round(CheckContext&, int)>;

void race(CheckContext& context, const std::string& name, const MakeRound& make) {
  Situation situation = context.situation();
  situation.race = name;
  bool met = false;
  int without_winner = 0;
  std::optional<AnsweredReply> loser;
  for (int i = 0; i < kRounds; ++i) {
    Round round = make(context, i);
    for (int more = 0; more < kMoreRounds && hindered(context, round, situation); ++more) {
      context.forget_created();
      round = make(context, i);
    }
    const Won won = outcome_of(context, round, situation);
    if (won == Won::broken) return;
    if (won == Won::neither) {
      ++without_winner;
      loser = context.answered(round.loser());
    }
    met = met || (answered(round.loser()) && !round.loser().created());
    context.forget_created();
  }
  if (without_winner == kRounds && loser) {
    context.finding(*loser, "one of the two is accepted", "neither is, and either is alone",
                    "Two requests at once are refused because of each other.");
  }
  context.note(met ? "" : "No request lost: the two may never have met.");
}

Check race_check(const CatalogOptions& options, const std::string& id, Text title,
                 const std::string& name, MakeRound make) {
  Check check = script_check(
      options, id, std::move(title), rows_of(*options.service, &Trigger::race, name),
      [name, make = std::move(make)](CheckContext& context) { race(context, name, make); });
  check.creations = kRounds;
  check.requests = kRounds * 6;
  return check;
}

Round both(CheckContext& context, const Params& a, const Params& b) {
  auto [first, second] = context.create_both(a, b);
  return {std::move(first), std::move(second)};
}

}  // namespace

void race_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (rows_of(*options.service, &Trigger::race, "one-resource").empty()) return;
  checks.push_back(race_check(
      options, "race.one-resource/two-requests",
      {"Of two creations at once on one resource one wins", "同一资源并发创建，仅一个成功"},
      "one-resource", [](CheckContext& context, int) {
        const Params params = context.smallest();
        return both(context, params, params);
      }));
  if (options.action->parameter(Role::token).empty()) return;
  checks.push_back(race_check(options, "race.one-token/same-arguments",
                              {"Two requests at once with one token make one flow log",
                               "相同 ClientToken 的并发请求只创建一个流日志"},
                              "one-token", [](CheckContext& context, int) {
                                const Params params =
                                    with_token(context, context.smallest(), context.token());
                                return both(context, params, params);
                              }));
}

}  // namespace flowlog

// Two requests at once: whatever the order they are taken in, one flow log comes of them.
#include <fmt/format.h>

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

// Both answers are lawful under `race`, one flow log came of them and no more.
bool one_won(CheckContext& context, const Round& round, const Situation& situation) {
  for (const Reply* reply : {&round.a, &round.b}) {
    const Verdict verdict = context.answers(*reply, situation);
    if (verdict == Verdict::deviating || verdict == Verdict::inconclusive) return false;
  }
  const std::size_t made = round.ids().size();
  if (!context.claim(made == 1, Standing::documented, round.loser(), "one of the two is accepted",
                     made == 0 ? "neither was" : "both were, with a FlowLogId each",
                     "Two requests at once did not end in one flow log.")) {
    return false;
  }
  const auto found = context.standing(0, "", 1);
  return found && context.claim(found->size() == 1, Standing::documented, round.loser(),
                                "one flow log on the resource",
                                fmt::format("{} flow logs stand there", found->size()),
                                "Two requests at once did not leave one flow log.");
}

bool hindered(CheckContext& context, const Round& round, const Situation& situation) {
  return context.hindered(round.a, situation) || context.hindered(round.b, situation);
}

using MakeRound = std::function<Round(CheckContext&, int)>;

void race(CheckContext& context, const std::string& name, const MakeRound& make) {
  Situation situation = context.situation();
  situation.race = name;
  bool met = false;
  for (int i = 0; i < kRounds; ++i) {
    Round round = make(context, i);
    for (int more = 0; more < kMoreRounds && hindered(context, round, situation); ++more) {
      context.forget_created();
      round = make(context, i);
    }
    if (!one_won(context, round, situation)) return;
    met = met || (answered(round.loser()) && !round.loser().created());
    context.forget_created();
  }
  context.note(met ? "" : "No request lost: the two may never have met.");
}

Check race_check(const CatalogOptions& options, const std::string& id, Text title,
                 const std::string& name, MakeRound make) {
  Check check = script_check(
      options, id, std::move(title), rows_of(*options.api, &Trigger::race, name),
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
  checks.push_back(race_check(
      options, "race.one-resource/two-requests",
      {"Of two creations at once on one resource one wins", "同一资源并发创建，仅一个成功"},
      "one-resource", [](CheckContext& context, int) {
        const Params params = context.smallest();
        return both(context, params, params);
      }));
  checks.push_back(race_check(options, "race.one-token/same-arguments",
                              {"Two requests at once with one token make one flow log",
                               "相同 ClientToken 的并发请求只创建一个流日志"},
                              "one-token", [](CheckContext& context, int) {
                                const Params params =
                                    with_token(context.smallest(), context.token());
                                return both(context, params, params);
                              }));
}

}  // namespace flowlog

// Two requests at once: whatever the order they are taken in, one flow log comes of them.
#include <fmt/format.h>

#include <set>

#include "suites/catalog.h"
#include "suites/script.h"

namespace flowlog {
namespace {

constexpr int kRounds = 5;  // enough to meet, few enough to pay

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
  return reply.answer.kind == Answer::Kind::success || reply.answer.kind == Answer::Kind::error;
}

// Both answers are lawful under `race`, one flow log came of them and no more.
bool one_won(Scene& scene, const Round& round, const Situation& situation) {
  for (const Reply* reply : {&round.a, &round.b}) {
    const Verdict verdict = scene.answers(*reply, situation);
    if (verdict == Verdict::deviating || verdict == Verdict::inconclusive) return false;
  }
  const std::size_t made = round.ids().size();
  if (!scene.claim(made == 1, Standing::documented, round.loser(), "one of the two is accepted",
                   made == 0 ? "neither was" : "both were, with a FlowLogId each",
                   "Two requests at once did not end in one flow log.")) {
    return false;
  }
  const auto found = scene.standing(0, "", 1);
  return found && scene.claim(found->size() == 1, Standing::documented, round.loser(),
                              "one flow log on the resource",
                              fmt::format("{} flow logs stand there", found->size()),
                              "Two requests at once did not leave one flow log.");
}

using MakeRound = std::function<Round(Scene&, int)>;

void race(Scene& scene, const std::string& name, const MakeRound& make) {
  Situation situation = scene.situation();
  situation.race = name;
  bool met = false;
  for (int i = 0; i < kRounds; ++i) {
    const Round round = make(scene, i);
    if (!one_won(scene, round, situation)) return;
    met = met || (answered(round.loser()) && !round.loser().created());
    scene.forget_created();
  }
  scene.note(met ? "" : "No request lost: the two may never have met.");
}

Check race_check(const CatalogOptions& options, const std::string& id, Text title,
                 const std::string& name, MakeRound make) {
  Check check =
      script_check(options, id, std::move(title), rows_of(*options.api, &Trigger::race, name),
                   [name, make = std::move(make)](Scene& scene) { race(scene, name, make); });
  check.creations = kRounds;
  check.requests = kRounds * 6;
  return check;
}

Round both(Scene& scene, const Params& a, const Params& b) {
  auto [first, second] = scene.create_both(a, b);
  return {std::move(first), std::move(second)};
}

}  // namespace

void race_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  checks.push_back(race_check(
      options, "race.one-resource/two-requests",
      {"Of two creations at once on one resource one wins", "同一资源并发创建，仅一个成功"},
      "one-resource", [](Scene& scene, int) {
        const Params params = scene.smallest();
        return both(scene, params, params);
      }));
  checks.push_back(race_check(options, "race.one-token/same-arguments",
                              {"Two requests at once with one token make one flow log",
                               "相同 ClientToken 的并发请求只创建一个流日志"},
                              "one-token", [](Scene& scene, int) {
                                const Params params = with_token(scene.smallest(), scene.token());
                                return both(scene, params, params);
                              }));
}

}  // namespace flowlog

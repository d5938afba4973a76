// Random sequences of creating, describing and deleting over several resources and two accounts,
// every answer held against a model of the documentation.
#include <fmt/format.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <array>
#include <map>
#include <ostream>

#include "base/text.h"
#include "engine/script.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

constexpr int kLongest = 10;           // steps of a sequence
constexpr int kSequencesPerCase = 2;   // for each of --cases
constexpr int kRequestsPerShrink = 6;  // of --max-shrinks, what a shorter sequence may cost

// The parameter by which two requests for one resource differ.
const std::string& described_by(const CheckContext& context) {
  return context.service().creator().parameter(Role::description);
}

// What the documentation lets one know after the steps so far.
struct Model {
  struct Made {
    std::size_t slot = 0;
    int variant = 0;
    bool operator==(const Made&) const = default;
  };
  std::vector<std::string> accounts;                     // of each slot
  std::map<std::size_t, Made> standing;                  // by slot
  std::map<std::pair<std::string, int>, Made> by_token;  // by account and token
  // What a token means after its request was refused, or its flow log was deleted, no page says: it
  // is not used again.
  std::map<std::pair<std::string, int>, int> generation;
};

struct Deviation {
  Assessment assessment;
};

// The endpoint, as one sequence meets it.
struct ModelEndpoint {
  CheckContext& context;
  std::map<std::size_t, std::string> ids;  // by slot
  std::map<std::tuple<std::string, int, int>, std::string> tokens;
  std::vector<std::string> said;  // one line a step
};

using Command = rc::state::Command<Model, ModelEndpoint>;

// One step. Every step is possible in every state; the state says what must come of it.
class ModelStep : public Command {
 public:
  enum class Kind { create, create_invalid, describe, remove };
  ModelStep(Kind kind, std::size_t slot, int token, int variant)
      : kind_(kind), slot_(slot), token_(token), variant_(variant) {}

  void apply(Model& model) const override {
    if (kind_ == Kind::create) apply_create(model);
    if (kind_ == Kind::remove) apply_remove(model);
  }

  void run(const Model& model, ModelEndpoint& endpoint) const override {
    switch (kind_) {
      case Kind::create:
        return run_create(model, endpoint);
      case Kind::create_invalid:
        return run_invalid(model, endpoint);
      case Kind::describe:
        return run_describe(model, endpoint);
      case Kind::remove:
        return run_remove(model, endpoint);
    }
  }

  void show(std::ostream& os) const override { os << text(); }

 private:
  using Key = std::pair<std::string, int>;

  std::string text() const {
    static constexpr std::array kWords = {"create", "create invalid", "describe", "delete"};
    std::string text =
        fmt::format("{} on resource {}", kWords.at(static_cast<std::size_t>(kind_)), slot_ + 1);
    if (kind_ == Kind::create && token_ > 0) text += fmt::format(" with token {}", token_);
    if (kind_ == Kind::create && variant_ > 0) text += fmt::format(" and description {}", variant_);
    return text;
  }

  Key key(const Model& model) const { return {model.accounts.at(slot_), token_}; }
  Model::Made made() const { return {slot_, variant_}; }

  const Model::Made* of_token(const Model& model) const {
    const auto it = token_ == 0 ? model.by_token.end() : model.by_token.find(key(model));
    return it == model.by_token.end() ? nullptr : &it->second;
  }

  void apply_create(Model& model) const {
    if (of_token(model) != nullptr) return;
    if (model.standing.contains(slot_)) {
      if (token_ > 0) ++model.generation[key(model)];
      return;
    }
    model.standing[slot_] = made();
    if (token_ > 0) model.by_token[key(model)] = made();
  }

  void apply_remove(Model& model) const {
    model.standing.erase(slot_);
    for (auto it = model.by_token.begin(); it != model.by_token.end();) {
      if (it->second.slot != slot_) {
        ++it;
        continue;
      }
      ++model.generation[it->first];
      it = model.by_token.erase(it);
    }
  }

  Params request(const Model& model, ModelEndpoint& endpoint) const {
    Params params = endpoint.context.smallest(slot_);
    if (variant_ > 0)
      set(params, described_by(endpoint.context), fmt::format("variant {}", variant_));
    if (token_ == 0) return params;
    const auto generation = model.generation.find(key(model));
    const int number = generation == model.generation.end() ? 0 : generation->second;
    std::string& token = endpoint.tokens[{model.accounts.at(slot_), token_, number}];
    if (token.empty()) token = endpoint.context.token();
    return with_token(endpoint.context, std::move(params), token);
  }

  void run_create(const Model& model, ModelEndpoint& endpoint) const {
    CheckContext& context = endpoint.context;
    const Reply reply = context.create(request(model, endpoint), model.accounts.at(slot_));
    const Model::Made* before = of_token(model);
    Situation situation;
    if (before != nullptr && *before != made()) situation.replay = "other-arguments";
    if (before == nullptr || *before != made()) {
      if (model.standing.contains(slot_)) situation.conditions.insert("resource.bound");
    }
    hold(endpoint, model, reply, situation);
    if (!reply.created()) return;
    if (before == nullptr) {
      endpoint.ids[slot_] = reply.id();
    } else if (reply.id() != endpoint.ids[before->slot]) {
      const auto answered = context.answered(reply);
      if (!answered) return;
      Assessment assessment(Verdict::deviating, *answered);
      assessment.observed = context.observed(reply);
      assessment.example = context.evidence_of(reply);
      assessment.expected = "the FlowLogId of the first time, " + endpoint.ids[before->slot];
      assessment.message = "The same request with the same token got another FlowLogId.";
      assessment.symptom = "another id";
      throw Deviation{std::move(assessment)};
    }
  }

  // One character more than the description may have.
  void run_invalid(const Model& model, ModelEndpoint& endpoint) const {
    CheckContext& context = endpoint.context;
    const Parameter* parameter =
        context.service().creator().contract.parameter(described_by(context));
    const Rule* length = parameter == nullptr ? nullptr : parameter->rule("length");
    if (length == nullptr) return;
    Params params = context.smallest(slot_);
    set(params, described_by(context), std::string(length->max + 1, 'a'));
    Situation situation;
    if (model.standing.contains(slot_)) situation.conditions.insert("resource.bound");
    hold(endpoint, model, context.create(params, model.accounts.at(slot_)), situation);
  }

  void run_describe(const Model& model, ModelEndpoint& endpoint) const {
    const bool stands = model.standing.contains(slot_);
    const auto found = endpoint.context.standing(slot_, model.accounts.at(slot_), stands ? 1 : 0);
    endpoint.said.push_back(text());
    if (!found) return;
    const bool as_known =
        stands ? found->size() == 1 && found->front().id == endpoint.ids[slot_] : found->empty();
    if (as_known) return;
    Assessment assessment(Verdict::deviating, *found);
    assessment.expected = stands ? "the flow log " + endpoint.ids[slot_] : "no flow log";
    assessment.observed =
        fmt::format("{} flow logs on {}", found->size(), endpoint.context.lease(slot_).id());
    assessment.message = "What stands is not what the answers said.";
    assessment.symptom = fmt::format("{} stand", found->size());
    throw Deviation{std::move(assessment)};
  }

  void run_remove(const Model& model, ModelEndpoint& endpoint) const {
    endpoint.said.push_back(text());
    if (!model.standing.contains(slot_)) return;
    if (endpoint.context.remove(endpoint.ids[slot_], model.accounts.at(slot_))) return;
    Assessment assessment;
    assessment.message = "A flow log could not be deleted.";
    throw Deviation{std::move(assessment)};
  }

  Inventory inventory(const Model& model, const CheckContext& context) const {
    return context.inventory(model.accounts.at(slot_));
  }

  void hold(ModelEndpoint& endpoint, const Model& model, const Reply& reply,
            const Situation& situation) const {
    CheckContext& context = endpoint.context;
    endpoint.said.push_back(text());
    Assessment assessment = context.assess(
        reply, expect(context.service(), reply.sent, inventory(model, context), situation));
    const Verdict verdict = assessment.verdict();
    if (verdict == Verdict::conformant || verdict == Verdict::finding) return;
    throw Deviation{std::move(assessment)};
  }

  const Kind kind_;
  const std::size_t slot_;
  const int token_;  // 0: none
  const int variant_;
};

using Steps = rc::state::Commands<Command>;

// Pure: made from its parts, so that it may run on any thread.
auto steps_on(const Model& initial) {
  return rc::state::gen::commands(
      [initial] { return initial; },
      [](const Model& model) {
        using Kind = ModelStep::Kind;
        std::vector<std::size_t> slots;
        for (std::size_t i = 0; i < model.accounts.size(); ++i) slots.push_back(i);
        return rc::gen::map(
            rc::gen::tuple(rc::gen::element(Kind::create, Kind::create, Kind::create,
                                            Kind::create_invalid, Kind::describe, Kind::remove),
                           rc::gen::elementOf(slots), rc::gen::element(0, 1, 2),
                           rc::gen::element(0, 1)),
            [](const std::tuple<Kind, std::size_t, int, int>& t) {
              return std::shared_ptr<const Command>(std::make_shared<ModelStep>(
                  std::get<0>(t), std::get<1>(t), std::get<2>(t), std::get<3>(t)));
            });
      });
}

// The ruling of the step that is not as the model says; nothing when all are.
std::optional<Assessment> run(CheckContext& context, const Model& initial, const Steps& steps) {
  context.forget_created();
  context.begin_case();
  ModelEndpoint endpoint{context, {}, {}, {}};
  try {
    rc::state::runAll(steps, initial, endpoint);
  } catch (Deviation& deviation) {
    // Not of the message: that is the same from run to run.
    std::string& observed = deviation.assessment.observed;
    if (!observed.empty()) {
      observed = fmt::format("{}, by these steps: {}", observed, join(endpoint.said, "; "));
    }
    if (deviation.assessment.steps.empty()) deviation.assessment.steps = context.steps();
    return std::move(deviation.assessment);
  }
  return std::nullopt;
}

// The shortest sequence that deviates in the same way, within a budget of requests.
Assessment shorter(CheckContext& context, const Model& initial,
                   const rc::Shrinkable<Steps>& sequence, Assessment assessment) {
  const Assessment original = assessment;
  const int budget = context.requests() + context.run_context().max_shrinks * kRequestsPerShrink;
  auto shrinks = sequence.shrinks();
  while (context.requests() < budget) {
    const auto next = shrinks.next();
    if (!next) break;
    auto again = run(context, initial, next->value());
    if (!again || again->verdict() != original.verdict() || again->symptom != original.symptom)
      continue;
    assessment = std::move(*again);
    assessment.original = original.example;
    shrinks = next->shrinks();
  }
  return assessment;
}

// False when the check should go no further.
bool try_sequence(CheckContext& context, const Model& initial,
                  const rc::Shrinkable<Steps>& sequence) {
  auto assessment = run(context, initial, sequence.value());
  if (!assessment) return true;
  if (assessment->verdict() == Verdict::deviating) {
    const auto again = run(context, initial, sequence.value());
    if (!again || again->symptom != assessment->symptom) {
      assessment->excuse("Not repeatable: it came 1 of 2 times.");
      context.rule(std::move(*assessment));
      return true;
    }
    assessment = shorter(context, initial, sequence, std::move(*assessment));
  }
  context.rule(std::move(*assessment));
  return false;
}

void try_sequences(CheckContext& context, int sequences) {
  Model initial;
  for (std::size_t i = 0; i < context.leases(); ++i) {
    initial.accounts.push_back(context.lease(i).account());
  }
  const auto gen = steps_on(initial);
  for (int i = 0; i < sequences; ++i) {
    const auto random =
        random_for(context.run_context().seed, context.check().id, static_cast<std::uint64_t>(i));
    if (!try_sequence(context, initial, gen(random, kLongest))) return;
  }
  Assessment assessment = Assessment::conformant();
  assessment.expected = "every answer as the model of the documentation says";
  assessment.observed = fmt::format("so in {} sequences", sequences);
  context.rule(std::move(assessment));
}

}  // namespace

void model_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const int sequences = options.random_cases * kSequencesPerCase;
  if (sequences <= 0 || options.action->parameter(Role::token).empty()) return;
  std::vector<std::string> rows{"parameters/" + options.action->parameter(Role::token),
                                "notes/idempotency"};
  for (const char* condition : {"resource.bound"}) {
    for (std::string& row : rows_of(*options.service, &Trigger::condition, condition)) {
      rows.push_back(std::move(row));
    }
  }
  for (std::string& row : rows_of(*options.service, &Trigger::replay, "other-arguments")) {
    rows.push_back(std::move(row));
  }
  const std::string id = "model.sequences/random";
  Check check = script_check(
      options, id,
      {"Random sequences of requests are answered as documented", "随机请求序列的应答均符合文档"},
      std::move(rows), [sequences](CheckContext& context) { try_sequences(context, sequences); });
  lease_more(check, 1);
  const Account* other = options.profile->account("other");
  if (other != nullptr && !other->resources.free.empty()) {
    lease_of_other(options, check);
  }
  check.confirm = false;  // done for each sequence
  check.creations = sequences * 3;
  check.requests = sequences * kLongest * 2;
  checks.push_back(std::move(check));
}

}  // namespace flowlog

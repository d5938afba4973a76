#include "probe/asker.h"

#include <fmt/format.h>

#include <algorithm>

#include "generators/edit_placement.h"
#include "generators/requests.h"

namespace flowlog::probe {
namespace {

constexpr std::size_t kMostTries = 4;  // at a value that is refused for itself

// Kinds whose breach an endpoint most likely notices, best first.
constexpr RuleKind kTelling[] = {RuleKind::characters, RuleKind::values, RuleKind::length,
                                 RuleKind::first,      RuleKind::range,  RuleKind::exists};

// The classes that most implementations refuse, best first.
constexpr const char* kPlain[] = {"forbidden-mark", "forbidden-control", "unknown-word",
                                  "far-over",       "unknown-name",      "unknown-id"};

std::size_t rank(const InputClass& one) {
  const auto* const found = std::ranges::find(kPlain, one.id);
  return static_cast<std::size_t>(found - std::begin(kPlain));
}

}  // namespace

std::string answer_key(const Reply& reply) {
  if (reply.answer.kind != Response::Kind::error) return "";
  return fmt::format("{} {}", reply.answer.http, reply.answer.code);
}

bool Asker::spent() const {
  return context_.run_context().client.traffic().requests >= limit_;
}

void Asker::begin() {
  base_ = context_.smallest();
  for (const Parameter& parameter : contract().parameters) {
    for (const Rule& rule : parameter.rules) {
      if (rule.kind != RuleKind::exists || rule.target != "resource") continue;
      for (const InputClass& one : options_.classes->of(parameter, rule)) {
        if (one.id == "unknown-id" && !one.boundaries.empty()) unknown_ = one.boundaries.front();
      }
    }
  }
  if (unknown_.set.empty()) return;
  const Reply reply = context_.create(flowlog::apply(unknown_, base_), "", false);
  if (reply.created()) {
    context_.forget_created();
    return;
  }
  unknown_answer_ = answer_key(reply);
}

std::vector<Edit> Asker::bad_values(const Parameter& parameter) const {
  std::vector<std::pair<std::size_t, Edit>> ranked;
  for (const RuleKind kind : kTelling) {
    for (const Rule& rule : parameter.rules) {
      if (rule.kind != kind) continue;
      for (const InputClass& one : options_.classes->of(parameter, rule)) {
        if (one.side != Side::invalid || one.boundaries.empty()) continue;
        ranked.emplace_back(rank(one), one.boundaries.front());
      }
    }
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<std::size_t, Edit>::first);
  std::vector<Edit> edits;
  for (auto& [place, edit] : ranked) edits.push_back(std::move(edit));
  if (edits.size() > kMostTries) edits.resize(kMostTries);
  return edits;
}

const std::optional<Asker::Fault>& Asker::fault_of(const Parameter& parameter) {
  if (const auto known = faults_.find(parameter.name); known != faults_.end()) {
    return known->second;
  }
  std::optional<Fault>& fault = faults_[parameter.name];
  if (unknown_answer_.empty()) return fault;
  for (const Edit& edit : bad_values(parameter)) {
    if (spent()) break;
    const std::string answer = answer_to({edit});
    if (answer.empty() || answer == unknown_answer_) continue;
    fault = Fault{edit, answer};
    break;
  }
  return fault;
}

std::string Asker::answer_to(const std::vector<Edit>& edits) {
  Params params = flowlog::apply(unknown_, base_);
  for (const Edit& edit : edits) params = flowlog::apply(edit, std::move(params));
  const Reply reply = context_.create(params, "", false);
  if (reply.created()) context_.forget_created();
  return answer_key(reply);
}

std::optional<bool> Asker::takes(const Parameter& parameter, const std::string& value) {
  return takes(parameter, EditPlacement(contract(), parameter).edit(value));
}

std::optional<bool> Asker::takes(const Parameter& parameter, const Edit& edit) {
  if (spent()) return std::nullopt;
  const Params params = flowlog::apply(edit, base_);
  if (!fault_of(parameter)) {
    if (!may_create_) {
      unasked_.insert(parameter.name);
      return std::nullopt;
    }
    return takes_for_real(params);
  }
  Params with_unknown = params;
  for (const auto& [name, value] : unknown_.set) set(with_unknown, name, value);
  const Reply reply = context_.create(std::move(with_unknown), "", false);
  if (reply.created()) {
    context_.forget_created();
    return true;
  }
  const std::string answer = answer_key(reply);
  if (answer.empty()) return std::nullopt;
  return answer == unknown_answer_;
}

std::optional<bool> Asker::takes_for_real(const Params& params) {
  const Reply reply = context_.create(params);
  if (reply.created()) {
    context_.forget_created();
    return true;
  }
  return answer_key(reply).empty() ? std::nullopt : std::optional(false);
}

}  // namespace flowlog::probe

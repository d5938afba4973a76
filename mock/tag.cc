#include <algorithm>

#include "mock/actions.h"
#include "mock/checker.h"
#include "mock/instances.h"
#include "mock/store.h"

namespace flowlog::mock {
namespace {

constexpr std::size_t most_tags = 50;  // on one flow log, as the page's note says

// One call that sets or removes tags: all of its flow logs or none.
class Tagging {
 public:
  Tagging(const Site& site, Tenant& account, const Params& params)
      : site_(site),
        how_(site.how()),
        account_(account),
        params_(params),
        reading_(site.contract(), params, site.behaviour, site.rows.scope()) {}

  Outcome run();

 private:
  bool sets() const { return site_.action.effect == Effect::tag; }
  std::optional<Refusal> refuse_tags(const StoredFlowLog& log) const;
  std::optional<Refusal> refuse_key(RuleKind kind) const;
  void apply(StoredFlowLog& log) const;
  void set(std::vector<Tag>& tags) const;

  const Site& site_;
  const ActionReading& how_;
  Tenant& account_;
  const Params& params_;
  Reading reading_;
};

Outcome Tagging::run() {
  std::optional<Refusal> refusal = refuse_parameters(site_, params_);
  const std::lock_guard lock(site_.backend.mutex());
  for (Tenant& each : site_.backend.accounts()) site_.backend.settle(each);
  auto found = instances(site_, account_, reading_);
  auto* logs = std::get_if<Instances>(&found);
  if (!refusal) refusal = refuse_account(site_, account_);
  if (!refusal && logs == nullptr) refusal = std::get<Refusal>(found);
  if (logs != nullptr) {
    for (const StoredFlowLog* log : *logs) {
      if (!refusal) refusal = refuse_state(site_, *log);
      if (!refusal) refusal = refuse_tags(*log);
    }
  }
  if (refusal && !how_.refused_changes) return *refusal;
  if (logs != nullptr && !how_.does_nothing) {
    for (StoredFlowLog* log : *logs) apply(*log);
  }
  if (refusal) return *refusal;
  return nlohmann::json::object();
}

// The row that the rule of that kind of the tag keys has, or one that no page documents.
std::optional<Refusal> Tagging::refuse_key(RuleKind kind) const {
  const Parameter* keys = site_.contract().parameter(site_.action.parameter(Role::tag_key));
  const auto rule = std::ranges::find(keys->rules, kind, &Rule::kind);
  if (rule == keys->rules.end()) return undocumented(keys->name);
  return site_.rows.for_rule(*keys, *rule, keys->name);
}

std::optional<Refusal> Tagging::refuse_tags(const StoredFlowLog& log) const {
  const auto has = [&](const std::string& key) {
    return std::ranges::find(log.tags, key, &Tag::key) != log.tags.end();
  };
  if (sets()) {
    std::size_t count = log.tags.size();
    for (const Tag& tag : sent_tags(site_, reading_)) count += has(tag.key) ? 0 : 1;
    return count <= most_tags ? std::nullopt : refuse_key(RuleKind::count);
  }
  if (!how_.absent_key_refused) return std::nullopt;
  const std::vector<std::string> keys = sent_keys(site_, reading_);
  if (std::ranges::all_of(keys, has)) return std::nullopt;
  return undocumented(site_.action.parameter(Role::tag_key));
}

void Tagging::set(std::vector<Tag>& tags) const {
  if (how_.replaces_tags) tags.clear();
  for (const Tag& tag : sent_tags(site_, reading_)) {
    const auto old = std::ranges::find(tags, tag.key, &Tag::key);
    if (old == tags.end()) {
      tags.push_back(tag);
    } else if (!how_.keeps_old_value) {
      old->value = tag.value;
    }
  }
}

void Tagging::apply(StoredFlowLog& log) const {
  site_.backend.note_change();
  if (sets()) return set(log.tags);
  if (how_.replaces_tags) return log.tags.clear();
  for (const std::string& key : sent_keys(site_, reading_)) {
    std::erase_if(log.tags, [&](const Tag& tag) { return tag.key == key; });
  }
}

}  // namespace

Outcome tag(const Site& site, Tenant& account, const Params& params) {
  return Tagging(site, account, params).run();
}

Outcome untag(const Site& site, Tenant& account, const Params& params) {
  return Tagging(site, account, params).run();
}

}  // namespace flowlog::mock

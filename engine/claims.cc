#include "engine/claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "oracle/judge.h"

namespace flowlog {
namespace {

constexpr std::string_view kAccount = "account.";
constexpr std::string_view kWhatFor =
    "Nothing is judged by a profile that is wrong; if it is right, the endpoint denies what it has";

// True iff the profile provides the condition on this very resource, or by this account.
bool claimed(const std::string& condition, const std::string& id, const Account& account,
             const Profile& profile) {
  if (condition.starts_with(kAccount)) return condition.substr(kAccount.size()) == account.name;
  for (const Resources* resources : {&profile.resources_of(account), &profile.resources}) {
    const auto found = resources->conditions.find(condition);
    if (found != resources->conditions.end() && found->second.id == id) return true;
  }
  return false;
}

bool lists(const Resources& resources, const std::string& type, const std::string& id) {
  const auto free = resources.free.find(type);
  if (free != resources.free.end() && std::ranges::find(free->second, id) != free->second.end()) {
    return true;
  }
  return std::ranges::any_of(resources.conditions, [&](const auto& one) {
    return one.second.type == type && one.second.id == id;
  });
}

// "An account in arrears." within a sentence.
std::string within_sentence(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  return lower_ascii(text.substr(0, 1)) + text.substr(std::min<std::size_t>(1, text.size()));
}

std::string account_subject(const Account& account) {
  return "account " + account.name;
}

}  // namespace

Claims::Claims(const Service& service, const Profile& profile, bool certain)
    : service_(service), profile_(profile), certain_(certain) {}

std::vector<const ErrorRow*> Claims::rows_of(const Response& answer) const {
  std::vector<const ErrorRow*> found;
  if (answer.kind != Response::Kind::error) return found;
  for (const ErrorRow& row : service_.creator().contract.errors) {
    if (row.code == answer.code) found.push_back(&row);
  }
  const auto same_message = [&](const ErrorRow* row) {
    return matches_message(row->message.en, answer.message);
  };
  const auto one = std::ranges::find_if(found, same_message);
  if (one != found.end()) return {*one};
  return found;
}

Claims::Subject Claims::resource(const Params& sent, const Account& account) const {
  const Action& creator = service_.creator();
  const std::string type = find(sent, creator.parameter(Role::target_type)).value_or("");
  const std::string id = find(sent, creator.parameter(Role::target_id)).value_or("");
  const Resources* resources = &profile_.resources_of(account);
  if (!lists(*resources, type, id)) resources = &profile_.resources;
  if (!lists(*resources, type, id)) return {};
  const auto pointer = resources->pointers.find(id);
  return {fmt::format("resource {} {} {}", account.name, type, id),
          pointer == resources->pointers.end() ? "/resources" : pointer->second,
          fmt::format("the {} {}", type, id), ""};
}

Claims::Subject Claims::project(const Params& sent) const {
  const std::string name = find(sent, service_.creator().parameter(Role::project)).value_or("");
  const auto found = std::ranges::find(profile_.projects, name);
  if (found == profile_.projects.end()) return {};
  return {"project " + name, fmt::format("/projects/{}", found - profile_.projects.begin()),
          "the project " + name, "is not known"};
}

Claims::Subject Claims::subject_of(const Trigger& trigger, const Params& sent,
                                   const Account& account) const {
  const Action& creator = service_.creator();
  const std::string exists = "/exists";
  if (trigger.rule == creator.parameter(Role::target_id) + exists) {
    Subject subject = resource(sent, account);
    subject.denied = "is not known";
    return subject;
  }
  if (trigger.rule == creator.parameter(Role::project) + exists) return project(sent);
  const Condition* condition = service_.condition(trigger.condition);
  if (condition == nullptr) return {};
  const std::string id = find(sent, creator.parameter(Role::target_id)).value_or("");
  if (claimed(condition->name, id, account, profile_)) return {};
  if (condition->provision == Provision::account) {
    const std::string name = account_subject(account);
    return {name, "/accounts/" + account.name, "the " + name,
            "is answered as " + within_sentence(condition->text.en)};
  }
  const bool of_resource = condition->provision == Provision::resource ||
                           condition->provision == Provision::typed_resource;
  if (!of_resource) return {};
  Subject subject = resource(sent, account);
  subject.denied = "is answered as " + within_sentence(condition->text.en);
  return subject;
}

void Claims::accept(const Params& sent, const Account& account) {
  known_.insert(account_subject(account));
  known_.insert(resource(sent, account).name);
  known_.insert(project(sent).name);
  accepted_on_.insert(find(sent, service_.creator().parameter(Role::target_id)).value_or(""));
}

bool Claims::see(const Params& sent, const Account& account, const Response& answer, bool valid) {
  const std::lock_guard lock(mutex_);
  if (valid && answer.kind == Response::Kind::error) {
    refused_on_.insert(find(sent, service_.creator().parameter(Role::target_id)).value_or(""));
  }
  if (certain_ && answer.kind != Response::Kind::success) return false;
  if (answer.kind == Response::Kind::success) {
    accept(sent, account);
    return false;
  }
  for (const ErrorRow* row : rows_of(answer)) {
    const bool races =
        std::ranges::any_of(row->triggers, [](const Trigger& t) { return !t.race.empty(); });
    for (const Trigger& trigger : row->triggers) {
      if (races) {  // what is bound, or under way, is known
        known_.insert(resource(sent, account).name);
        continue;
      }
      const Subject subject = subject_of(trigger, sent, account);
      if (subject.name.empty() || known_.contains(subject.name)) continue;
      if (!valid) return true;
      if (fault_.empty()) {
        fault_ = fmt::format("{}: {}: {} {} ({} answered HTTP {} {} for the account {}). {}.",
                             profile_.file, subject.pointer, subject.text, subject.denied,
                             profile_.endpoint, answer.http, answer.code, account.name, kWhatFor);
      }
      return false;
    }
  }
  return false;
}

void Claims::blame(const std::string& sentence) {
  const std::lock_guard lock(mutex_);
  if (fault_.empty()) fault_ = sentence;
}

bool Claims::never_accepted(const std::string& resource) const {
  std::vector<const Resources*> all{&profile_.resources};
  for (const auto& [name, account] : profile_.accounts) all.push_back(&account.resources);
  const bool free = std::ranges::any_of(all, [&](const Resources* resources) {
    return std::ranges::any_of(resources->free, [&](const auto& list) {
      return std::ranges::find(list.second, resource) != list.second.end();
    });
  });
  const std::lock_guard lock(mutex_);
  return free && refused_on_.contains(resource) && !accepted_on_.contains(resource);
}

std::string Claims::fault() const {
  const std::lock_guard lock(mutex_);
  return fault_;
}

std::string contradiction(const Profile& profile) {
  const Account* own = profile.account("default");
  for (const auto& [name, account] : profile.accounts) {
    if (own == nullptr || &account == own) continue;
    if (account.credentials.access_key.empty() ||
        account.credentials.access_key != own->credentials.access_key) {
      continue;
    }
    return fmt::format(
        "{}: /accounts/{}: its access key is that of the account default, and it has to be another "
        "account.",
        profile.file, name);
  }
  return {};
}

}  // namespace flowlog

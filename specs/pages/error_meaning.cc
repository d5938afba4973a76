#include "specs/pages/error_meaning.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "specs/pages/pattern.h"

namespace flowlog {
namespace {

struct Meaning {
  Pattern words;  // in code, message or description
  Trigger trigger;
};

Trigger condition(std::string name) {
  Trigger trigger;
  trigger.condition = std::move(name);
  return trigger;
}

Trigger replay() {
  Trigger trigger;
  trigger.replay = "other-arguments";
  return trigger;
}

Trigger race(std::string name) {
  Trigger trigger;
  trigger.race = std::move(name);
  return trigger;
}

// The usual words of the service for states of the world. The first that fits holds.
const std::vector<Meaning>& meanings() {
  static const std::vector<Meaning> all = {
      {Pattern("inconsistent with arguments used in previous"), replay()},
      {Pattern("same client token as a previous one that is still in process"), race("one-token")},
      {Pattern("account in arrears|欠费"), condition("account.arrears")},
      {Pattern("account balance and available vouchers|余额"), condition("account.low_balance")},
      {Pattern("failed to create an order"), condition("account.order_error")},
      {Pattern("not authorized to purchase"), condition("account.purchase_limited")},
      {Pattern("current service is not allowed"), condition("account.service_unauthorized")},
      {Pattern("cloud profile is not available"), condition("account.cloud_profile_unavailable")},
      {Pattern("not supported by TLS service"), condition("account.tls_not_supported")},
      {Pattern("TLS service access denied"), condition("account.tls_not_enabled")},
      {Pattern("limit on the number of TLS project"), condition("account.tls_project_limit")},
      {Pattern("limit on the number of TLS topic"), condition("account.tls_topic_limit")},
      {Pattern("elastic network interface in shared subnet"), condition("resource.eni_shared")},
      {Pattern("elastic network interface is not in the correct status"),
       condition("resource.eni_invalid_status")},
      {Pattern("specified subnet is not in the correct status"),
       condition("resource.subnet_invalid_status")},
      {Pattern("specified VPC is not in the correct status"),
       condition("resource.vpc_invalid_status")},
      {Pattern("not allowed to be bound to"), condition("resource.unsupported")},
      {Pattern("already bound to"), condition("resource.bound")},
      {Pattern("topic name already exists"), condition("resource.conflicting_topic")},
      {Pattern("resource operation conflicts"), condition("resource.busy")},
  };
  return all;
}

std::string without_dots_and_n(const std::string& name) {
  std::string out;
  for (const std::string& part : split(name, '.')) {
    if (part != "N") out += part;
  }
  return out;
}

// The parameter that a code calls `subject`: "Description", "TagKey" for Tags.N.Key, "Name" for
// FlowLogName, "FlowLogTrafficType" for TrafficType. Nothing where two fit.
std::string parameter_called(const std::string& subject, const std::vector<Parameter>& parameters,
                             const std::string& noun) {
  if (subject.empty()) return {};
  std::vector<std::string> wanted = {subject, noun + subject};
  if (!noun.empty() && subject.starts_with(noun)) wanted.push_back(subject.substr(noun.size()));
  std::vector<std::string> found;
  for (const Parameter& parameter : parameters) {
    std::string plain = without_dots_and_n(parameter.name);
    const std::string many = plain;
    if (plain.starts_with("Tags")) plain.erase(3, 1);
    const bool fits = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
      return plain == one || many == one || parameter.name == one;
    });
    if (fits) found.push_back(parameter.name);
  }
  return found.size() == 1 ? found.front() : "";
}

// "Project" for ProjectName, "Resource" for ResourceId: what does not exist is named by either.
std::string parameter_naming(const std::string& thing, const std::vector<Parameter>& parameters) {
  for (const char* ending : {"Id", "Name"}) {
    for (const Parameter& parameter : parameters) {
      if (parameter.name == thing + ending) return parameter.name;
    }
  }
  return {};
}

// The rule that a thing which "does not exist" breaks.
void add_exists(ErrorMeaning& meaning, const std::string& thing, const Page::Error& row,
                const std::vector<Parameter>& parameters) {
  meaning.parameter = parameter_naming(thing, parameters);
  if (meaning.parameter.empty()) return;
  Rule rule;
  rule.kind = RuleKind::exists;
  rule.text = {row.message, row.description.empty() ? row.message : row.description};
  const bool typed = std::any_of(parameters.begin(), parameters.end(),
                                 [&](const Parameter& one) { return one.name == thing + "Type"; });
  if (typed) {
    rule.target = "resource";
    rule.of = thing + "Type";
  } else if (thing == "Project") {
    rule.target = "project";
  } else {
    meaning.parameter.clear();
    return;
  }
  meaning.answers = RuleKind::exists;
  meaning.terms.rules.push_back(std::move(rule));
}

}  // namespace

ErrorMeaning error_meaning(const Page::Error& row, const std::vector<Parameter>& parameters,
                           const std::string& noun) {
  static const Pattern not_found("^Invalid(\\w+)\\.NotFound$");
  static const Pattern disorder("^Invalid(\\w+)\\.Disorder$");
  static const Pattern limit("^LimitExceeded\\.(\\w+)$");
  static const Pattern malformed("^Invalid(\\w+)\\.Malformed$");
  static const Pattern parameter("^InvalidParameter\\.(\\w+?)(?:Malformed)?$");
  ErrorMeaning meaning;
  const std::string words = row.message + "\n" + row.description;
  for (const Meaning& one : meanings()) {
    if (!one.words.in(words)) continue;
    meaning.triggers.push_back(one.trigger);
    return meaning;
  }
  if (const auto found = not_found.find(row.code)) {
    add_exists(meaning, found->groups[1], row, parameters);
  } else if (const auto indexes = disorder.find(row.code)) {
    meaning.parameter = parameter_called(indexes->groups[1] + "Key", parameters, noun);
    meaning.answers = RuleKind::index;
  } else if (const auto number = limit.find(row.code)) {
    std::string subject = number->groups[1];
    if (subject.ends_with('s')) subject.pop_back();
    meaning.parameter = parameter_called(subject + "Key", parameters, noun);
    meaning.answers = RuleKind::count;
  } else {
    auto subject = malformed.find(row.code);
    if (!subject) subject = parameter.find(row.code);
    if (!subject) return meaning;
    meaning.parameter = parameter_called(subject->groups[1], parameters, noun);
    // The description repeats the message in another language.
    meaning.terms = read_terms(row.description);
    if (meaning.terms.rules.empty()) meaning.terms = read_terms(row.message);
    meaning.malformed = meaning.terms.rules.empty();
  }
  return meaning;
}

}  // namespace flowlog

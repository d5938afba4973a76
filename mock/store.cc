#include "mock/store.h"

#include <algorithm>

#include "base/text.h"
#include "client/signing.h"

namespace flowlog::mock {
namespace {

std::string changed(const Behaviour& behaviour, const std::string& parameter,
                    const std::string& value) {
  const auto change = behaviour.stored.find(parameter);
  return change == behaviour.stored.end() ? value : change->second(value);
}

std::string without_edges(const std::string& value) {
  return std::string(trimmed(value, " "));
}

// The envelope's parameters are none of a flow log's.
bool is_stored(const Site& site, const Parameter& parameter) {
  return !parameter.indexed() && parameter.name != "Action" && parameter.name != "Version" &&
         parameter.name != site.action.parameter(Role::token);
}

// In the order of N.
std::vector<SentParameter> in_order(std::vector<SentParameter> siblings) {
  const auto number = [](const SentParameter& sent) {
    return std::make_pair(sent.index.size(), sent.index);
  };
  std::sort(siblings.begin(), siblings.end(),
            [&](const SentParameter& a, const SentParameter& b) { return number(a) < number(b); });
  return siblings;
}

// A stable id of the form that log projects and topics have.
std::string log_id(const std::string& seed) {
  const std::string digits = sha256_hex(seed);
  return digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' +
         digits.substr(16, 4) + '-' + digits.substr(20, 12);
}

// Of each thing that a creation leaves behind, by the parameter that names it.
std::map<std::string, std::string> left_ids(const Site& site, const Tenant& account,
                                            std::map<std::string, std::string>& attributes) {
  std::map<std::string, std::string> ids;
  for (const LeftBehind& left : site.service.kind.leaves_behind) {
    std::string place = account.id;
    if (!left.within.empty() && !site.behaviour.topics_by_name_only) {
      place += '/' + attributes[left.within];
    }
    ids[left.parameter] = log_id(place + '/' + attributes[left.parameter]);
  }
  return ids;
}

// The parameter whose value is the id where it was left out, or "".
std::string named_by_id(const Site& site) {
  for (const Member& member : site.service.list().members) {
    if (member.or_id) return member.parameter;
  }
  return "";
}

}  // namespace

std::vector<std::string> sent_keys(const Site& site, const Reading& reading) {
  std::vector<std::string> keys;
  for (const SentParameter& key : in_order(reading.sent(site.action.parameter(Role::tag_key)))) {
    keys.push_back(site.behaviour.edges_stripped ? without_edges(key.value) : key.value);
  }
  return keys;
}

std::vector<Tag> sent_tags(const Site& site, const Reading& reading) {
  const Behaviour& behaviour = site.behaviour;
  const std::string& key_name = site.action.parameter(Role::tag_key);
  const std::string& value_name = site.action.parameter(Role::tag_value);
  const std::string& scope = site.rows.scope();
  std::vector<Tag> tags;
  for (const SentParameter& key : in_order(reading.sent(key_name))) {
    std::string value;
    for (const SentParameter& sent : reading.sent(value_name)) {
      if (sent.index == key.index) value = sent.value;
    }
    Tag tag{key.value, value};
    if (behaviour.edges_stripped) tag = {without_edges(tag.key), without_edges(tag.value)};
    tags.push_back({changed(behaviour, scope + key_name, tag.key),
                    changed(behaviour, scope + value_name, tag.value)});
  }
  if (site.action.effect != Effect::create) return tags;
  if (tags.size() > behaviour.tags_kept) tags.resize(behaviour.tags_kept);
  if (behaviour.tags_swapped) {
    for (Tag& tag : tags) std::swap(tag.key, tag.value);
  }
  return tags;
}

std::string kept_value(const Behaviour& behaviour, const Reading& reading,
                       const Parameter& parameter, const std::string& value) {
  const bool number = parameter.type == Type::integer;
  return changed(behaviour, reading.scope() + parameter.name,
                 number ? canonical_integer(value) : value);
}

std::string canonical_integer(const std::string& value) {
  std::string digits;
  for (const char32_t point : decode_utf8(repair_utf8(value)).value_or(std::u32string())) {
    if (point >= U'0' && point <= U'9') digits += static_cast<char>(point);
    if (point >= U'０' && point <= U'９') digits += static_cast<char>(point - U'０' + U'0');
  }
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

StoredFlowLog make_flow_log(const Site& site, Tenant& account, const Reading& reading) {
  StoredFlowLog log;
  log.id = site.backend.next_id();
  log.serial = site.backend.next_serial();
  for (const Parameter& parameter : reading.contract().parameters) {
    if (!is_stored(site, parameter)) continue;
    log.attributes[parameter.name] =
        kept_value(site.behaviour, reading, parameter, reading.value_or_default(parameter.name));
  }
  const std::string named = named_by_id(site);
  if (!named.empty() && !reading.value(named)) log.attributes[named] = log.id;
  log.tags = sent_tags(site, reading);
  log.left_ids = left_ids(site, account, log.attributes);
  log.created = site.backend.clock().wall();
  log.updated = log.created;
  log.born = site.backend.clock().now();
  return log;
}

}  // namespace flowlog::mock

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

std::string without_edges(std::string value) {
  value.erase(0, value.find_first_not_of(' '));
  value.erase(value.find_last_not_of(' ') + 1);
  return value;
}

bool is_stored(const Parameter& parameter) {
  return !parameter.indexed() && parameter.name != "Action" && parameter.name != "Version" &&
         parameter.name != "ClientToken";
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

std::vector<Tag> tags_of(const Behaviour& behaviour, const Reading& reading) {
  std::vector<Tag> tags;
  for (const SentParameter& key : in_order(reading.sent("Tags.N.Key"))) {
    std::string value;
    for (const SentParameter& sent : reading.sent("Tags.N.Value")) {
      if (sent.index == key.index) value = sent.value;
    }
    Tag tag{key.value, value};
    if (behaviour.edges_stripped) tag = {without_edges(tag.key), without_edges(tag.value)};
    tags.push_back(
        {changed(behaviour, "Tags.N.Key", tag.key), changed(behaviour, "Tags.N.Value", tag.value)});
  }
  if (tags.size() > behaviour.tags_kept) tags.resize(behaviour.tags_kept);
  if (behaviour.tags_swapped) {
    for (Tag& tag : tags) std::swap(tag.key, tag.value);
  }
  return tags;
}

// A stable id of the form that log projects and topics have.
std::string log_id(const std::string& seed) {
  const std::string digits = sha256_hex(seed);
  return digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' +
         digits.substr(16, 4) + '-' + digits.substr(20, 12);
}

}  // namespace

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
  const Behaviour& behaviour = site.behaviour;
  StoredFlowLog log;
  log.id = site.backend.next_id();
  log.serial = site.backend.next_serial();
  for (const Parameter& parameter : reading.contract().parameters) {
    if (!is_stored(parameter)) continue;
    std::string value = reading.value_or_default(parameter.name);
    if (parameter.type == Type::integer) value = canonical_integer(value);
    log.attributes[parameter.name] = changed(behaviour, parameter.name, value);
  }
  if (!reading.value("FlowLogName")) log.attributes["FlowLogName"] = log.id;
  log.tags = tags_of(behaviour, reading);
  const std::string project = account.id + '/' + log.attributes["LogProjectName"];
  log.log_project_id = log_id(project);
  log.log_topic_id = log_id((behaviour.topics_by_name_only ? account.id : project) + '/' +
                            log.attributes["LogTopicName"]);
  log.created = site.backend.clock().wall();
  log.born = site.backend.clock().now();
  return log;
}

}  // namespace flowlog::mock

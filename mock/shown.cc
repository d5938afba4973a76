#include "mock/shown.h"

#include <charconv>

#include "base/clock.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;

std::string at(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

bool is_number(const Site& site, const Member& member) {
  if (member.shows != Shows::parameter) return false;
  const Parameter* parameter = site.service.creator().contract.parameter(member.parameter);
  return parameter != nullptr && parameter->type == Type::integer;
}

Json number(const std::string& text) {
  long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Json tags(const Member& member, const std::vector<Tag>& tags) {
  Json all = Json::array();
  for (const Tag& tag : tags) all.push_back({{member.key, tag.key}, {member.value, tag.value}});
  return all;
}

}  // namespace

bool visible(const Site& site, const StoredFlowLog& log) {
  Backend& backend = site.backend;
  if (backend.seen() < log.born + site.behaviour.describe.late) return false;
  const auto& life = site.behaviour.life;
  const bool gone = life.deleted_comes_back && log.dying &&
                    backend.clock().now() >= *log.dying + backend.timing().deleting;
  if (gone) return false;
  return !site.behaviour.life.hidden_while_creating || backend.ready(log) || log.dying;
}

std::string member_text(const Site& site, const Member& member, const StoredFlowLog& log,
                        const Tenant& owner) {
  switch (member.shows) {
    case Shows::id:
      return log.id;
    case Shows::parameter:
      return at(log.attributes, member.parameter);
    case Shows::state:
      return site.backend.state(log);
    case Shows::created_at:
      return iso_time(log.created);
    case Shows::updated_at:
      return iso_time(log.updated);
    case Shows::account:
      return owner.id;
    case Shows::left_behind:
      return at(log.left_ids, member.parameter);
    case Shows::target_parent:
      return log.parent_id;
    case Shows::constant:
      return member.value;
    default:
      return "";
  }
}

Json shown(const Site& site, const StoredFlowLog& log, const Tenant& owner, const Tag* tag) {
  const auto& how = site.behaviour.describe;
  const bool of_things = site.action.effect == Effect::read;
  Json element = Json::object();
  for (const Member& member : site.action.list->members) {
    if (of_things && how.hidden.contains(member.name)) continue;
    if (site.how().hidden.contains(member.name)) continue;
    if (member.shows == Shows::tags) {
      element[member.name] = tags(member, log.tags);
      continue;
    }
    std::string text = member_text(site, member, log, owner);
    if (tag != nullptr && member.shows == Shows::tag_key) text = tag->key;
    if (tag != nullptr && member.shows == Shows::tag_value) text = tag->value;
    const auto change = how.shown.find(member.name);
    if (of_things && change != how.shown.end()) text = change->second(text);
    element[member.name] = is_number(site, member) ? number(text) : Json(text);
  }
  return element;
}

}  // namespace flowlog::mock

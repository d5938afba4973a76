#include <fmt/format.h>

#include <charconv>
#include <functional>

#include "base/clock.h"
#include "base/text.h"
#include "mock/actions.h"
#include "mock/checker.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;

constexpr std::size_t largest_page = 100;
constexpr std::size_t default_page = 10;
constexpr std::size_t most_ids = 100;

Refusal malformed(const std::string& parameter) {
  return {400, "InvalidParameter." + parameter, std::nullopt,
          "The specified parameter " + parameter + " is invalid.", ""};
}

std::optional<long> number(const std::string& text) {
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

// Opaque to the caller: the serial of the last flow log given, with a check on its form.
std::string token_after(long serial) {
  return fmt::format("nt-{:016x}", serial ^ 0x5bd1e995L);
}

std::optional<long> serial_in(const std::string& token) {
  if (token.size() != 19 || !token.starts_with("nt-")) return std::nullopt;
  long value = 0;
  const auto [end, error] =
      std::from_chars(token.data() + 3, token.data() + token.size(), value, 16);
  if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
  return value ^ 0x5bd1e995L;
}

class Listing {
 public:
  Listing(const Site& site, Tenant& account, const Params& params)
      : site_(site), how_(site.behaviour.describe), account_(account), params_(params) {}

  Outcome run();

 private:
  std::optional<std::string> filter(const std::string& name) const;
  // The values of "Name.1", "Name.2", … whatever their indexes are.
  std::vector<std::string> values(const std::string& prefix) const;
  // Equality filters by name.
  bool passes(const StoredFlowLog& log, const Tenant& owner) const;
  bool passes_ids(const StoredFlowLog& log) const;
  bool passes_tags(const StoredFlowLog& log) const;
  bool visible(const StoredFlowLog& log) const;
  std::string attribute(const StoredFlowLog& log, const std::string& name) const;
  Json shown(const StoredFlowLog& log, const Tenant& owner) const;

  const Site& site_;
  const decltype(Behaviour::describe)& how_;
  Tenant& account_;
  const Params& params_;
};

std::optional<std::string> Listing::filter(const std::string& name) const {
  if (how_.filters_ignored.contains(name)) return std::nullopt;
  auto value = find(params_, name);
  // An empty filter is none, as official consoles send it.
  return value && value->empty() ? std::nullopt : value;
}

std::vector<std::string> Listing::values(const std::string& prefix) const {
  std::vector<std::string> found;
  for (const auto& [name, value] : params_) {
    const bool indexed = name.starts_with(prefix) && number(name.substr(prefix.size()));
    if (indexed) found.push_back(value);
  }
  return found;
}

bool Listing::passes_ids(const StoredFlowLog& log) const {
  if (how_.filters_ignored.contains("FlowLogIds")) return true;
  const std::vector<std::string> ids = values("FlowLogIds.");
  return ids.empty() || std::find(ids.begin(), ids.end(), log.id) != ids.end();
}

bool Listing::passes_tags(const StoredFlowLog& log) const {
  if (how_.filters_ignored.contains("TagFilters")) return true;
  for (const auto& [name, key] : params_) {
    if (!name.starts_with("TagFilters.") || !name.ends_with(".Key")) continue;
    const std::string head = name.substr(0, name.size() - 3);
    const std::vector<std::string> wanted = values(head + "Values.");
    const bool found =
        std::any_of(log.tags.begin(), log.tags.end(), [&, &tag_key = key](const Tag& tag) {
          return tag.key == tag_key && (wanted.empty() || std::find(wanted.begin(), wanted.end(),
                                                                    tag.value) != wanted.end());
        });
    if (!found) return false;
  }
  return true;
}

std::string Listing::attribute(const StoredFlowLog& log, const std::string& name) const {
  if (name == "LogProjectId") return log.log_project_id;
  if (name == "LogTopicId") return log.log_topic_id;
  if (name == "VpcId") return log.vpc_id;
  if (name == "Status") return site_.backend.state(log);
  const auto found = log.attributes.find(name);
  return found == log.attributes.end() ? std::string() : found->second;
}

bool Listing::passes(const StoredFlowLog& log, const Tenant&) const {
  static const char* const names[] = {"FlowLogName", "Description",         "ResourceType",
                                      "ResourceId",  "TrafficType",         "LogProjectId",
                                      "LogTopicId",  "AggregationInterval", "Status",
                                      "VpcId",       "ProjectName"};
  for (const char* name : names) {
    const auto wanted = filter(name);
    if (wanted && *wanted != attribute(log, name)) return false;
  }
  return passes_ids(log) && passes_tags(log);
}

bool Listing::visible(const StoredFlowLog& log) const {
  if (site_.backend.clock().now() < log.born + how_.late) return false;
  return !site_.behaviour.life.hidden_while_creating || site_.backend.ready(log) || log.dying;
}

Json Listing::shown(const StoredFlowLog& log, const Tenant& owner) const {
  const auto text = [&](const std::string& name) {
    const auto change = how_.shown.find(name);
    const std::string value = attribute(log, name);
    return change == how_.shown.end() ? value : change->second(value);
  };
  Json tags = Json::array();
  for (const Tag& tag : log.tags) tags.push_back({{"Key", tag.key}, {"Value", tag.value}});
  Json row = {{"AccountId", owner.id},
              {"AggregationInterval", number(text("AggregationInterval")).value_or(0)},
              {"BusinessStatus", "Normal"},
              {"CreatedAt", iso_time(log.created)},
              {"Description", text("Description")},
              {"FlowLogId", log.id},
              {"FlowLogName", text("FlowLogName")},
              {"LockReason", ""},
              {"LogProjectId", text("LogProjectId")},
              {"LogTopicId", text("LogTopicId")},
              {"ProjectName", text("ProjectName")},
              {"ResourceId", text("ResourceId")},
              {"ResourceType", text("ResourceType")},
              {"Status", text("Status")},
              {"Tags", std::move(tags)},
              {"TrafficType", text("TrafficType")},
              {"UpdatedAt", iso_time(log.created)},
              {"VpcId", text("VpcId")}};
  for (const std::string& name : how_.hidden) row.erase(name);
  return row;
}

Outcome Listing::run() {
  std::size_t page = default_page;
  if (const auto sent = find(params_, "MaxResults"); sent && !sent->empty()) {
    const auto wanted = number(*sent);
    if (!wanted || *wanted < 1 || *wanted > static_cast<long>(largest_page)) {
      return malformed("MaxResults");
    }
    page = static_cast<std::size_t>(*wanted);
  }
  long after = 0;
  if (const auto token = find(params_, "NextToken"); token && !token->empty()) {
    const auto serial = serial_in(*token);
    if (!serial) return malformed("NextToken");
    after = *serial;
  }
  if (values("FlowLogIds.").size() > most_ids) return malformed("FlowLogIds");
  if (how_.no_paging) page = SIZE_MAX;

  const std::lock_guard lock(site_.backend.mutex());
  Json rows = Json::array();
  std::string next;
  long last = 0;
  for (Tenant& owner : site_.backend.accounts()) {
    if (&owner != &account_ && !how_.all_accounts) continue;
    site_.backend.settle(owner);
    for (const StoredFlowLog& log : owner.flow_logs) {
      if (log.serial <= after || !visible(log) || !passes(log, owner)) continue;
      if (rows.size() == page) {
        next = token_after(how_.last_of_page_lost ? log.serial : last);
        break;
      }
      rows.push_back(shown(log, owner));
      last = log.serial;
    }
  }
  return Json{{"FlowLogs", std::move(rows)}, {"NextToken", next}};
}

}  // namespace

Outcome describe_flow_logs(const Site& site, Tenant& account, const Params& params) {
  return Listing(site, account, params).run();
}

}  // namespace flowlog::mock

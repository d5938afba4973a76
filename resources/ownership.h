// A flow log as DescribeFlowLogs shows it, and the proof that it is one of ours.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "resources/journal.h"
#include "specs/service.h"

namespace flowlog {

// What the suite itself needs to know of a thing; members that the answer or the service lacks are
// empty.
struct FlowLog {
  std::string id;
  std::string name;
  std::string resource_id;  // that it was made for
  std::string status;
  std::vector<std::pair<std::string, std::string>> tags;
  std::string created_at;  // as sent
  nlohmann::json raw;      // the whole element, types as sent

  // A member of `raw`: text as it is, a whole number in decimal; "" for anything else.
  std::string text(const std::string& name) const;
};

// One page of the service's list.
struct FlowLogPage {
  std::vector<FlowLog> flow_logs;
  std::string next_token;
};
// Nothing when `body` is no such answer.
std::optional<FlowLogPage> read_page(const Service& service, std::string_view body);
// The new thing's id in a creator's answer, also where it stands in a wrong place; or "".
std::string read_flow_log_id(const Service& service, std::string_view body);
// The error's code, or "".
std::string read_error_code(std::string_view body);

// "2026-01-02T03:04:05+08:00" in its usual spellings, or seconds or milliseconds since 1970.
// Without an offset it is UTC. Beyond what a WallTime holds it is the nearest that wall_time()
// gives.
std::optional<WallTime> parse_time(std::string_view text);

// When the flow log was made, in our clock; nothing where it does not say. `skew` is how far the
// endpoint's clock is ahead of ours.
std::optional<WallTime> created(const FlowLog& flow_log, std::chrono::seconds skew);
// True iff it surely stood before `time`, which its own clock may not tell to the second.
bool made_before(const FlowLog& flow_log, WallTime time, std::chrono::seconds skew);

// True iff the request of `entry` may have made the flow log: same resource, same name, and created
// when it was sent.
bool could_be(const JournalEntry& entry, const FlowLog& flow_log, std::chrono::seconds skew);
// The same, whatever the times say: a clock may have been wrong.
bool could_be_at_any_time(const JournalEntry& entry, const FlowLog& flow_log);
// True iff the journal proves the flow log to be what `entry` made: the id where the entry has one
// (and nothing speaks against it), else could_be().
bool proves(const JournalEntry& entry, const FlowLog& flow_log, std::chrono::seconds skew);

}  // namespace flowlog

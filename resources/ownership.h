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

namespace flowlog {

// Members that the answer lacks, or holds in another type, are empty.
struct FlowLog {
  std::string id;
  std::string name;
  std::string description;
  std::string resource_type;
  std::string resource_id;
  std::string traffic_type;
  std::string status;
  std::string business_status;
  std::string project;  // ProjectName
  std::string log_project_id;
  std::string log_topic_id;
  std::string vpc_id;
  std::string interval;  // decimal text
  std::vector<std::pair<std::string, std::string>> tags;
  std::string created_at;  // as sent
  std::string updated_at;
  nlohmann::json raw;  // the whole element, types as sent
};

// One page of DescribeFlowLogs.
struct FlowLogPage {
  std::vector<FlowLog> flow_logs;
  std::string next_token;
};
// Nothing when `body` is no such answer.
std::optional<FlowLogPage> read_page(std::string_view body);
// The FlowLogId of an answer, also where it stands in a wrong place; or "".
std::string read_flow_log_id(std::string_view body);
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

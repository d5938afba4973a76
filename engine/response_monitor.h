// Sees every answer of a run and keeps what is wrong with their shape, and whether ids repeat. What
// it finds is told by the checks of the theme "answers", not by the check that happened to ask.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/fingerprints.h"
#include "client/client.h"
#include "engine/evidence.h"
#include "oracle/response.h"
#include "reports/report.h"
#include "specs/service.h"

namespace flowlog {

struct Observation {
  int count = 0;
  Standing standing = Standing::documented;
  std::string text;   // of the first
  std::string check;  // that was asking
  Evidence evidence;
};

// Thread-safe.
class ResponseMonitor {
 public:
  ResponseMonitor(const Service& service, Scope scope, const Redactor& redactor);

  // What the answer was understood to be; nullptr where there is none, or none to be looked at.
  std::shared_ptr<const Response> see(const Call& call, const Exchange& exchange);

  // What was wrong with the answers to an action, by row: "answer/Result.FlowLogId".
  std::optional<Observation> fault(const std::string& action, const std::string& row) const;
  // How many answers of that kind were looked at.
  int looked_at(const std::string& action, Presence presence) const;
  // The last answer of that kind.
  std::optional<Evidence> sample(const std::string& action, Presence presence) const;

 private:
  using Key = std::pair<std::string, std::string>;  // action and row
  void look(const Call& call, const Exchange& exchange, const Contract& contract,
            const Response& answer);
  void add(const std::string& action, const std::string& row, Standing standing,
           const std::string& text, const Exchange& exchange, const std::string& check);

  const Service& service_;
  const Scope scope_;
  const Redactor& redactor_;
  mutable std::mutex mutex_;
  std::map<Key, Observation> faults_;
  std::map<std::string, std::map<Presence, int>> counts_;
  std::map<std::string, std::map<Presence, Evidence>> samples_;
  Fingerprints request_ids_;
  Fingerprints made_by_;  // flow log id to the token that made it
};

}  // namespace flowlog

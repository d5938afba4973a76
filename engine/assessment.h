// What an answer was judged to be, and all that a check noted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/params.h"
#include "client/wire.h"
#include "engine/response_monitor.h"
#include "oracle/response.h"
#include "reports/report.h"
#include "resources/ownership.h"

namespace flowlog {

// A request, what came back, and what that is.
struct Reply {
  Params sent;          // without Action and Version only where the check left them out
  std::string account;  // "": the check's
  Exchange exchange;
  Response answer;
  bool created() const { return answer.kind == Response::Kind::success; }
  const std::string& id() const { return answer.thing_id; }
};

// A reply whose answer can be judged: what accuses takes this. Made by CheckContext::answered().
class AnsweredReply : public Reply {
 private:
  friend class CheckContext;
  explicit AnsweredReply(Reply reply) : Reply(std::move(reply)) {}
};

// A verdict, and why. Inconclusive, unless there is something to found another on: an answer that
// can be judged, what a whole listing shows, or what was seen of all answers.
class Assessment {
 public:
  Assessment() = default;
  Assessment(Verdict verdict, const AnsweredReply&) : verdict_(verdict) {}
  Assessment(Verdict verdict, const std::vector<FlowLog>& /*shown*/) : verdict_(verdict) {}
  Assessment(Verdict verdict, const Observation&) : verdict_(verdict) {}
  static Assessment conformant();
  static Assessment inconclusive(std::string message);

  Verdict verdict() const { return verdict_; }
  // Something speaks for the endpoint: a deviation becomes a finding, and is told after `remark`.
  void excuse(const std::string& remark);

  std::string expected;
  std::string observed;
  std::string message;
  std::optional<Evidence> example;
  std::optional<Evidence> original;  // the first, where the example was made smaller
  bool proof = false;                // accepted, which no chance on the way can have brought about
  std::vector<Evidence> steps;  // all that was sent for it, in order, where it is more than one
  int times = 1;                // how often the same was noted
  std::string symptom;  // how it deviates, for telling two deviations apart: "200", "400 InvalidX"

 private:
  Verdict verdict_ = Verdict::inconclusive;
};

// What was observed and what it means, without ids: what makes two assessments the same to tell.
std::string told(const Assessment& assessment);

// All that a check noted, in order. What repeats is kept once, so that memory does not grow with
// the cases: of conformant answers the first and the last, of others the first of each.
class AssessmentLog {
 public:
  void add(Assessment assessment);
  // What another noted after this.
  void append(AssessmentLog later);
  const std::vector<Assessment>& kept() const { return kept_; }
  // How often something was noted.
  int count() const { return count_; }

 private:
  bool decides(const Assessment& assessment) const;

  std::vector<Assessment> kept_;
  int count_ = 0;
};

}  // namespace flowlog

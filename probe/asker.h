// Asks the creating action whether it takes a value, at the price of one request: the request names
// a resource that does not exist, so that what is taken is refused for that alone and nothing is
// made. Where the endpoint looks at the resource first, the value is tried on a real one, and what
// is made is deleted at once.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/check_context.h"

namespace flowlog::probe {

// How an answer tells itself from others: "400 InvalidX"; "" of a success or of none.
std::string answer_key(const Reply& reply);

class Asker {
 public:
  // `options` is what the check was made from; `limit`: of the run's requests, after which nothing
  // more is asked. All outlive the asker.
  Asker(CheckContext& context, const CatalogOptions& options, long limit)
      : context_(context), options_(options), limit_(limit) {}

  CheckContext& context() { return context_; }
  const Contract& contract() const { return options_.service->creator().contract; }
  const Service& service() const { return *options_.service; }
  bool spent() const;

  // Learns what an unknown resource is answered with.
  void begin();
  // Whether the parameter takes the value; nothing where no answer tells.
  std::optional<bool> takes(const Parameter& parameter, const std::string& value);
  std::optional<bool> takes(const Parameter& parameter, const Edit& edit);
  // Real creations are allowed from here on: nothing else of the check stands on the resource.
  void allow_creations() { may_create_ = true; }

  // A value that is certainly refused, and with what; nothing where none was found that is told
  // apart from the unknown resource.
  struct Fault {
    Edit edit;
    std::string answer;
  };
  const std::optional<Fault>& fault_of(const Parameter& parameter);
  // The answer to the unknown resource with all of the edits.
  std::string answer_to(const std::vector<Edit>& edits);
  // What an unknown resource is answered with; "" where that is no refusal.
  const std::string& unknown_resource() const { return unknown_answer_; }
  // Parameters that were asked about and could not be, since the last time.
  std::set<std::string> take_unasked() { return std::exchange(unasked_, {}); }

 private:
  std::vector<Edit> bad_values(const Parameter& parameter) const;
  std::optional<bool> takes_for_real(const Params& params);

  CheckContext& context_;
  const CatalogOptions& options_;
  const long limit_;
  bool may_create_ = false;
  Params base_;
  Edit unknown_;  // resource
  std::string unknown_answer_;
  std::map<std::string, std::optional<Fault>> faults_;
  std::set<std::string> unasked_;
};

}  // namespace flowlog::probe

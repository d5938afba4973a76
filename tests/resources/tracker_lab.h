// A tracker with a journal in memory, for a little endpoint without sockets.
#pragma once

#include <memory>
#include <string>

#include "resources/tracker.h"
#include "tests/engine/fake_api.h"

namespace flowlog::test {

class TrackerLab : public Lab {
 public:
  Creation create(const std::string& resource = "vpc-1", const std::string& name = "n",
                  const std::string& owner = "default") {
    return tracker.create(*session, call(resource, name), account(owner));
  }
  EntryState state_of(const Creation& creation) const {
    return journal->entry(creation.entry)->state;
  }

  std::unique_ptr<Journal> journal = Journal::in_memory(clock);
  Tracker tracker{service, profile, *journal, clock};
};

}  // namespace flowlog::test

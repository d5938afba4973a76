// What was shown of flow logs that were made with certain values, for checks that would make the
// same again to look at it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/assessment.h"

namespace flowlog {

struct ShownValue {
  Reply reply;  // of the creation
  FlowLog flow_log;
};

// Thread-safe. By what a request changes of the smallest one (difference_name()).
class ShownValues {
 public:
  void add(const std::string& difference, std::shared_ptr<const ShownValue> value) {
    const std::lock_guard lock(mutex_);
    values_[difference] = std::move(value);
  }
  // nullptr where there is none.
  std::shared_ptr<const ShownValue> find(const std::string& difference) const {
    const std::lock_guard lock(mutex_);
    const auto it = values_.find(difference);
    return it == values_.end() ? nullptr : it->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const ShownValue>> values_;
};

}  // namespace flowlog

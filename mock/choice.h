// A named change to the honest behaviour, as a table of them holds it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mock/behaviour.h"

namespace flowlog::mock {

struct Choice {
  std::string id;    // "length.FlowLogName.counts-bytes"
  std::string text;  // what a client sees
  std::function<void(Behaviour&)> apply;
};

}  // namespace flowlog::mock

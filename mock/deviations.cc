#include "mock/deviations.h"

namespace flowlog::mock {

const std::vector<Choice>& deviations() {
  static const std::vector<Choice> all;
  return all;
}

}  // namespace flowlog::mock

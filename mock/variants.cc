#include "mock/variants.h"

namespace flowlog::mock {

const std::vector<Choice>& variants() {
  static const std::vector<Choice> all;
  return all;
}

}  // namespace flowlog::mock

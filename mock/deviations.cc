#include "mock/deviations.h"

#include "mock/deviation_tables.h"

namespace flowlog::mock {

const std::vector<Choice>& deviations() {
  static const std::vector<Choice> all = [] {
    std::vector<Choice> joined;
    for (const auto& table :
         {parameter_deviations(), row_deviations(), answer_deviations(), store_deviations(),
          state_deviations(), authentication_deviations(), wire_deviations()}) {
      joined.insert(joined.end(), table.begin(), table.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace flowlog::mock

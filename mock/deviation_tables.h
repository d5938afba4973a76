// The deviations by what they are about; deviations.h joins them.
#pragma once

#include <vector>

#include "mock/choice.h"

namespace flowlog::mock {

std::vector<Choice> parameter_deviations();       // how values are read
std::vector<Choice> row_deviations();             // which row answers
std::vector<Choice> answer_deviations();          // envelope, ids, content type, disorder
std::vector<Choice> store_deviations();           // what is kept and shown
std::vector<Choice> state_deviations();           // tokens, life cycle, races, quota
std::vector<Choice> authentication_deviations();  // each check left out
std::vector<Choice> wire_deviations();            // one way of writing a request only

}  // namespace flowlog::mock

// Refusals that the common errors document for requests that are wrongly signed or addressed.
#pragma once

#include <set>
#include <string>

#include "engine/check.h"
#include "oracle/expectation.h"

namespace flowlog {

// Any of the common rows with one of these triggers, and nothing else. `standing` is that of the
// refusal, `answer_standing` that of which refusal it is; the same where none is given.
Expectation refusal(const Service& service, const std::set<std::string>& triggers,
                    Standing standing);
Expectation refusal(const Service& service, const std::set<std::string>& triggers,
                    Standing standing, Standing answer_standing);
// The check proves those rows.
// True iff a page says what is answered to each of the triggers.
bool has_refusals(const Service& service, const std::set<std::string>& triggers);
void cite_refusals(const Service& service, const std::set<std::string>& triggers, Check& check);

}  // namespace flowlog

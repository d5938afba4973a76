// A contract of what was seen instead of what is documented.
#pragma once

#include "probe/observed.h"
#include "specs/contract.h"

namespace flowlog::probe {

// `documented` with the limits, characters, words, defaults and numbers of `observed` wherever
// these were found out; a rule that changed says so in its source. What a length counts is always
// code points in a contract: where the endpoint counts otherwise, the lengths that depend on the
// characters may be answered either way.
Contract observed_contract(Contract documented, const Observed& observed);

}  // namespace flowlog::probe

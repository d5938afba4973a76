// A contract as the text of a file, the other way round from load.h.
#pragma once

#include <string>

#include "specs/contract.h"

namespace flowlog {

// JSON that load_contract() reads back to an equal contract, provided that the contract is one that
// could have been loaded. Members that hold their default are left out.
std::string dump_contract(const Contract& contract);

}  // namespace flowlog

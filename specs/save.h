// Contracts and services as the text of their files, the other way round from load.h.
#pragma once

#include <string>

#include "specs/contract.h"
#include "specs/service.h"

namespace flowlog {

// JSON that load_contract() reads back to an equal contract, provided that the contract is one that
// could have been loaded. Members that hold their default are left out. What every action of its
// service has is written as the contract's own.
std::string dump_contract(const Contract& contract);

// The same of a service, without its contracts and its common rows: these have files of their own.
std::string dump_service(const Service& service);

}  // namespace flowlog

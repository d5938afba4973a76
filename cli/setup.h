// From flags to a run: profile, contract, embedded mock, seed.
#pragma once

#include <memory>

#include "cli/options.h"
#include "engine/run.h"
#include "mock/mock.h"

namespace flowlog::cli {

struct Setup {
  std::unique_ptr<mock::Mock> mock;  // when there is no other endpoint; ends with this
  RunOptions run;
};

// Whether the accounts' keys must be at hand: where nothing is sent, they need not.
enum class Keys { required, optional };

// Throws InputError.
Setup set_up(const RunFlags& flags, Keys keys = Keys::required);
// Throws InputError where a pattern of the selection matches nothing, or all of them no check.
void require_matches(const Plan& plan);
// The same without starting anything: the profile of the embedded mock stands in.
Service service_of(const std::string& contract_file);

// The built-in service, with the contract of the file where one is given, and the actions to judge:
// those asked for, else the one whose contract was given, else none. Throws InputError.
struct Chosen {
  Service service;
  std::vector<std::string> actions;
};
Chosen choose(const std::string& contract_file, const std::vector<std::string>& asked);

}  // namespace flowlog::cli

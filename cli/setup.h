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

// Throws InputError.
Setup set_up(const RunFlags& flags);
// The same without starting anything: the profile of the embedded mock stands in.
Api api_of(const std::string& contract_file);

}  // namespace flowlog::cli

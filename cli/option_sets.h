// Options that several commands share, and what makes a value one that can be used.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/options.h"

namespace flowlog::cli {

// Groups in which help tells them.
inline constexpr const char* kEndpointGroup = "Endpoint";
inline constexpr const char* kSelectionGroup = "Selection";
inline constexpr const char* kLimitsGroup = "Limits";
inline constexpr const char* kVerdictGroup = "Verdict";
inline constexpr const char* kReportsGroup = "Reports";
inline constexpr const char* kMockGroup = "Mock";

// Values.
CLI::Validator any_seed();
CLI::Validator whole_number(long min = 1, long max = 0);  // 0: as many as there are
CLI::Validator positive_number();
CLI::Validator one_of(std::vector<std::string> words);
CLI::Validator part();      // "2/4"
CLI::Validator required();  // "90%", "500"

// Sets of options.
void add_endpoint(CLI::App* app, RunFlags& flags);
void add_contract(CLI::App* app, RunFlags& flags);
void add_connection(CLI::App* app, RunFlags& flags);
void add_only(CLI::App* app, RunFlags& flags);
void add_selection(CLI::App* app, RunFlags& flags);
void add_seed(CLI::App* app, RunFlags& flags);
void add_pace(CLI::App* app, RunFlags& flags);
void add_budget(CLI::App* app, RunFlags& flags);
void add_state(CLI::App* app, std::string& state);
void add_lang(CLI::App* app, std::string& lang);
void add_out(CLI::App* app, std::string& out);
void add_single_reports(CLI::App* app, SingleFiles& single);
void add_require(CLI::App* app, std::string& require);
void add_mock_behaviour(CLI::App* app, std::vector<std::string>& deviations,
                        std::vector<std::string>& variants, const std::string& whose);

// "a,b" given at once or one by one.
CLI::Option* add_list(CLI::App* app, const std::string& name, std::vector<std::string>& list,
                      const std::string& help, const std::string& type = "GLOB,…");

}  // namespace flowlog::cli

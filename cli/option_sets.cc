#include "cli/option_sets.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "base/text.h"
#include "reports/exit_status.h"

namespace flowlog::cli {
namespace {

// CLI11's own reading wraps numbers that are too large or negative, and lets "nan" pass.
template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class Number>
CLI::Validator number_up_to(Number min, Number max, const std::string& expected) {
  const auto check = [=](const std::string& text) -> std::string {
    const auto value = number_in<Number>(text);
    if (value && *value >= min && *value <= max) return "";
    return fmt::format("'{}' is no {}", text, expected);
  };
  return {check, "", ""};
}

constexpr int kMostParts = 10'000;

}  // namespace

CLI::Validator any_seed() {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  return number_up_to<std::uint64_t>(0, kMost, fmt::format("whole number from 0 to {}", kMost));
}

CLI::Validator whole_number(long min, long max) {
  const long most = max > 0 ? max : std::numeric_limits<long>::max();
  return number_up_to<long>(min, most, fmt::format("whole number from {} to {}", min, most));
}

// A billion seconds still fit into a Duration.
CLI::Validator positive_number() {
  return number_up_to<double>(std::numeric_limits<double>::min(), 1e9,
                              "number above 0 and up to 1000000000");
}

CLI::Validator one_of(std::vector<std::string> words) {
  const auto check = [words = std::move(words)](const std::string& text) -> std::string {
    if (std::find(words.begin(), words.end(), text) != words.end()) return "";
    return fmt::format("'{}' is none of {}", text, join(words, ", "));
  };
  return {check, "", ""};
}

CLI::Validator part() {
  const auto check = [](const std::string& text) -> std::string {
    const std::vector<std::string> numbers = split(text, '/');
    if (numbers.size() == 2) {
      const auto index = number_in<int>(numbers[0]);
      const auto count = number_in<int>(numbers[1]);
      if (index && count && *index >= 1 && *count <= kMostParts && *index <= *count) return "";
    }
    return fmt::format("'{}' is no part like 2/4, counted from 1 and of at most {}", text,
                       kMostParts);
  };
  return {check, "", ""};
}

CLI::Validator required() {
  const auto check = [](const std::string& text) -> std::string {
    const std::string fault = fault_of_requirement(text);
    return fault.empty() ? "" : fmt::format("'{}' is not {}", text, fault);
  };
  return {check, "", ""};
}

CLI::Option* add_list(CLI::App* app, const std::string& name, std::vector<std::string>& list,
                      const std::string& help, const std::string& type) {
  return app->add_option(name, list, help)->type_name(type)->delimiter(',');
}

void add_endpoint(CLI::App* app, RunFlags& flags) {
  app->add_option("--profile", flags.profile, "What is known of the endpoint (JSON file)")
      ->type_name("FILE")
      ->group(kEndpointGroup);
  app->add_option("--endpoint", flags.endpoint,
                  "Its address; keys come from VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY")
      ->type_name("URL")
      ->group(kEndpointGroup);
}

void add_contract(CLI::App* app, RunFlags& flags) {
  app->add_option("--contract", flags.contract, "Contract to use instead of the built-in one")
      ->type_name("FILE")
      ->group(kEndpointGroup);
}

void add_connection(CLI::App* app, RunFlags& flags) {
  app->add_option("--ca", flags.ca_file, "Certificates to trust instead of the system's (PEM)")
      ->type_name("FILE")
      ->group(kEndpointGroup);
  app->add_flag("--insecure", flags.insecure, "Do not check certificates; loopback only")
      ->group(kEndpointGroup);
  app->add_flag("--insecure-anywhere", flags.insecure_anywhere,
                "With --insecure: for other addresses too")
      ->group(kEndpointGroup);
}

void add_only(CLI::App* app, RunFlags& flags) {
  add_list(app, "--only", flags.only, "Only checks whose id matches; * and ? stand for anything")
      ->group(kSelectionGroup);
}

void add_selection(CLI::App* app, RunFlags& flags) {
  add_list(app, "--action", flags.actions,
           "Actions of the service to judge, or all (default: the one that creates)", "NAME,…")
      ->group(kSelectionGroup);
  add_only(app, flags);
  add_list(app, "--row", flags.rows,
           "Only checks that look at such a row of the documentation, like errors/7")
      ->group(kSelectionGroup);
  add_list(app, "--exclude", flags.exclude, "No checks whose id matches")->group(kSelectionGroup);
  app->add_option("--shard", flags.shard, "Part I of N of the checks")
      ->type_name("I/N")
      ->check(part())
      ->group(kSelectionGroup);
}

void add_seed(CLI::App* app, RunFlags& flags) {
  app->add_option("--seed", flags.seed, "Seed of the random values (default: a new one)")
      ->type_name("N")
      ->check(any_seed())
      ->group(kSelectionGroup);
}

void add_pace(CLI::App* app, RunFlags& flags) {
  app->add_option("--rps", flags.rps, "Requests a second at most")
      ->type_name("N")
      ->check(positive_number())
      ->group(kLimitsGroup);
  app->add_option("--timeout", flags.timeout_s, "Seconds a request may take in all")
      ->type_name("SECONDS")
      ->check(positive_number())
      ->capture_default_str()
      ->group(kLimitsGroup);
}

void add_budget(CLI::App* app, RunFlags& flags) {
  constexpr long kMostWorkers = 256;
  app->add_option("--concurrency", flags.concurrency,
                  "Checks at once (default: the profile's, or 8)")
      ->type_name("N")
      ->check(whole_number(1, kMostWorkers))
      ->group(kLimitsGroup);
  add_pace(app, flags);
  app->add_option("--max-requests", flags.max_requests, "Requests at most, clean-up excepted")
      ->type_name("N")
      ->check(whole_number())
      ->group(kLimitsGroup);
  app->add_option("--max-creates", flags.max_creates, "Requests that may create at most")
      ->type_name("N")
      ->check(whole_number())
      ->group(kLimitsGroup);
  app->add_option("--time-budget", flags.time_budget_s, "Seconds after which nothing new is sent")
      ->type_name("SECONDS")
      ->check(positive_number())
      ->group(kLimitsGroup);
}

void add_state(CLI::App* app, std::string& state) {
  app->add_option("--state", state,
                  "Where journal and history live (default: $XDG_STATE_HOME/flowlog-conformance)")
      ->type_name("DIR")
      ->group(kEndpointGroup);
}

void add_lang(CLI::App* app, std::string& lang) {
  app->add_option("--lang", lang, "Language of what is told")
      ->type_name("en|zh")
      ->check(one_of({"en", "zh"}))
      ->capture_default_str()
      ->group(kReportsGroup);
}

void add_out(CLI::App* app, std::string& out) {
  app->add_option("--out", out, "Folder for the reports")
      ->type_name("DIR")
      ->capture_default_str()
      ->group(kReportsGroup);
}

void add_single_reports(CLI::App* app, SingleFiles& single) {
  const auto add = [&](const char* name, std::string& file, const char* what) {
    app->add_option(name, file, fmt::format("Write {} to this file as well", what))
        ->type_name("FILE")
        ->group(kReportsGroup);
  };
  add("--junit", single.junit, "junit.xml");
  add("--json", single.json, "report.json");
  add("--html", single.html, "report.html");
  add("--summary", single.summary, "summary.md");
  add("--har", single.har, "exchanges.har");
}

void add_require(CLI::App* app, std::string& require) {
  app->add_option("--require", require,
                  "No verdict (status 3) where fewer checks are judged: 90%, or a number")
      ->type_name("SHARE")
      ->check(required())
      ->group(kVerdictGroup);
}

void add_mock_behaviour(CLI::App* app, std::vector<std::string>& deviations,
                        std::vector<std::string>& variants, const std::string& whose) {
  add_list(app, "--deviation", deviations, "Let " + whose + " lie (mock --list-deviations)", "ID,…")
      ->group(kMockGroup);
  add_list(app, "--variant", variants, "Another lawful reading for " + whose, "ID,…")
      ->group(kMockGroup);
}

}  // namespace flowlog::cli

#include "cli/check_tests.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/json_node.h"
#include "base/text.h"

namespace flowlog::cli {
namespace {

// One check as a GoogleTest test: its body waits for the verdict that the engine reaches.
class CheckTest : public testing::Test {
 public:
  CheckTest(flowlog::Run& run, std::size_t index) : run_(run), index_(index) {}

  void TestBody() override {
    const CheckResult result = run_.wait(index_);
    RecordProperty("verdict", std::string(name(result.verdict)));
    switch (result.verdict) {
      case Verdict::deviating:
        ADD_FAILURE() << result.id << "\n  documented: " << result.expected
                      << "\n  came back:  " << result.observed;
        break;
      case Verdict::inconclusive:
        ADD_FAILURE() << result.id << ": " << result.message;
        break;
      case Verdict::skipped:
        GTEST_SKIP() << result.message;
      default:
        break;
    }
  }

 private:
  flowlog::Run& run_;
  std::size_t index_;
};

// GoogleTest's filters give a colon a meaning of its own.
std::string without_colons(std::string id) {
  std::ranges::replace(id, ':', '.');
  return id;
}

// GoogleTest's filter ("A*:B*-C*", over "suite.name") as ids, so that nothing else is planned.
std::vector<std::string> filtered(const std::string& filter, const RunOptions& options) {
  const std::size_t dash = filter.find('-');
  const auto matches = [](const std::string& patterns, const std::string& name) {
    const std::vector<std::string> all = split(patterns, ':');
    return std::ranges::any_of(all, [&](const std::string& p) { return glob(p, name); });
  };
  const std::string positive = filter.substr(0, dash);
  const std::string negative = dash == std::string::npos ? "" : filter.substr(dash + 1);
  std::vector<std::string> ids;
  for (const Check& check : checks_of(options)) {
    std::string name = without_colons(check.id);
    name[name.rfind('/')] = '.';
    if (matches(positive.empty() ? "*" : positive, name) && !matches(negative, name)) {
      ids.push_back(check.id);
    }
  }
  return ids;
}

}  // namespace

// "param.FlowLogName.length/over-max" gives suite "param.FlowLogName.length".
void register_tests(Run& run) {
  const Plan& plan = run.plan();
  for (std::size_t i = 0; i < plan.checks.size(); ++i) {
    const std::string id = without_colons(plan.checks[i].check.id);
    const std::size_t slash = id.rfind('/');
    testing::RegisterTest(id.substr(0, slash).c_str(), id.substr(slash + 1).c_str(), nullptr,
                          nullptr, __FILE__, __LINE__,
                          [&run, i]() -> testing::Test* { return new CheckTest(run, i); });
  }
}

void start_gtest(const RunFlags& flags) {
  std::vector<std::string> words{"flowlog-conformance"};
  words.insert(words.end(), flags.gtest.begin(), flags.gtest.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);  // GoogleTest moves it along
  testing::InitGoogleTest(&argc, argv.data());
  if (argc > 1) throw InputError(fmt::format("'{}' is no option of GoogleTest.", argv[1]));
  // The console is ours.
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (flags.gtest.empty()) delete listeners.Release(listeners.default_result_printer());
}

void narrow(const RunFlags& flags, RunOptions& run) {
  constexpr std::string_view kFilter = "--gtest_filter=";
  for (const std::string& word : flags.gtest) {
    if (!word.starts_with(kFilter)) continue;
    run.plan.only = filtered(word.substr(kFilter.size()), run);
    if (run.plan.only.empty()) {
      throw InputError(word +
                       " matches no check; in a filter, a dash begins what is to be left out.");
    }
  }
}

}  // namespace flowlog::cli

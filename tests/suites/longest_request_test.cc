// Behind what takes no long requests an endpoint is accused of nothing, and that is told once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/run.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

struct Front {
  std::size_t most = std::string::npos;  // bytes of path and query
  int status = 414;                      // of what is longer
  bool takes_forms = true;
};

class LimitingTransport final : public Transport {
 public:
  LimitingTransport(std::unique_ptr<Transport> behind, const Front& front)
      : behind_(std::move(behind)), front_(front) {}

  Answered send(const WireRequest& request, Instant deadline) override {
    if (request.target.size() > front_.most) return page(front_.status);
    if (request.method == "POST" && !front_.takes_forms) return page(405);
    return behind_->send(request, deadline);
  }
  void cancel() override { behind_->cancel(); }

 private:
  static WireResponse page(int status) {
    return {status, {{"Content-Type", "text/html"}}, "<html><h1>refused</h1></html>"};
  }

  std::unique_ptr<Transport> behind_;
  const Front& front_;
};

std::vector<CheckResult> run_behind(const Front& front, const std::vector<std::string>& only) {
  mock::Options mock_options;
  mock_options.creating = std::chrono::milliseconds(5);
  mock_options.deleting = std::chrono::milliseconds(5);
  mock::Mock server(built_in_service(), mock_options);
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.profile = load_profile(server.profile().dump(), "profile");
  options.seed = 3;
  options.random_cases = 1;
  options.embedded = true;
  options.plan.only = only;
  const Endpoint endpoint = parse_endpoint(options.profile.endpoint);
  options.factory = [endpoint, &front] {
    return std::make_unique<LimitingTransport>(make_http_transport(endpoint, {}), front);
  };
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  return run.finish().checks;
}

const CheckResult& find(const std::vector<CheckResult>& checks, const std::string& id) {
  const auto found = std::ranges::find(checks, id, &CheckResult::id);
  if (found == checks.end()) throw std::out_of_range("no check " + id);
  return *found;
}

void expect_nothing_accused(const std::vector<CheckResult>& checks) {
  for (const CheckResult& check : checks) {
    EXPECT_NE(check.verdict, Verdict::deviating) << check.id << ": " << check.message;
    EXPECT_NE(check.verdict, Verdict::inconclusive) << check.id << ": " << check.message;
  }
}

std::vector<std::string> told_of_length(const std::vector<CheckResult>& checks) {
  std::vector<std::string> told;
  for (const CheckResult& check : checks) {
    const bool told_here = check.message.find("not arrive") != std::string::npos;
    if (check.verdict == Verdict::finding && told_here) told.push_back(check.id);
  }
  return told;
}

const std::vector<std::string> kLong = {"request.longest/*", "param.Tags.N.*",
                                        "lifecycle.stored/*"};

TEST(LongestRequest, ConformsWhereNothingLimitsIt) {
  const auto checks = run_behind({}, {"request.longest/*"});
  const CheckResult& check = find(checks, "request.longest/arrives");
  EXPECT_EQ(check.verdict, Verdict::conformant);
  EXPECT_EQ(check.requests, 2);
}

TEST(LongestRequest, IsLearnedToTheByteAndToldOnce) {
  const Front front{.most = 8177};
  const auto checks = run_behind(front, kLong);
  expect_nothing_accused(checks);
  EXPECT_THAT(told_of_length(checks), SizeIs(1));
  const CheckResult& check = find(checks, "request.longest/arrives");
  EXPECT_EQ(check.verdict, Verdict::finding);
  EXPECT_THAT(check.message, AllOf(HasSubstr("more than 8177 bytes"),
                                   HasSubstr("as a form such a request arrives")));
  EXPECT_LT(check.requests, 25);
}

TEST(LongestRequest, WhatIsLongerIsJudgedAsAForm) {
  const Front front{.most = 4096, .status = 400};
  const auto checks = run_behind(front, kLong);
  expect_nothing_accused(checks);
  for (const CheckResult& check : checks) EXPECT_NE(check.verdict, Verdict::skipped) << check.id;
}

TEST(LongestRequest, WhatCannotArriveIsSkippedAndSaysWhy) {
  const Front front{.most = 4096, .status = 431, .takes_forms = false};
  const auto checks = run_behind(front, kLong);
  expect_nothing_accused(checks);
  EXPECT_THAT(told_of_length(checks), SizeIs(1));
  EXPECT_THAT(find(checks, "request.longest/arrives").message,
              HasSubstr("as a form such a request does not arrive either"));
  const auto skipped = std::ranges::find(checks, Verdict::skipped, &CheckResult::verdict);
  ASSERT_NE(skipped, checks.end());
  EXPECT_THAT(skipped->message, HasSubstr("does not arrive"));
}

}  // namespace
}  // namespace flowlog

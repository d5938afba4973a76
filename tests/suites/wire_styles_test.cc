// Each way of writing a request, on an honest endpoint and on endpoints that serve one way only.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "client/wire_style.h"
#include "engine/run.h"
#include "mock/mock.h"
#include "specs/load.h"
#include "suites/catalog.h"
#include "tests/engine/fake_api.h"

namespace flowlog {
namespace {

using Script = std::function<std::optional<Answered>(const WireRequest&)>;

// The embedded endpoint behind a script that may answer in its place.
class Scripted final : public Transport {
 public:
  Scripted(std::unique_ptr<Transport> honest, const Script& script)
      : honest_(std::move(honest)), script_(script) {}
  Answered send(const WireRequest& request, Instant deadline) override {
    if (auto own = script_(request)) return *own;
    return honest_->send(request, deadline);
  }
  void cancel() override { honest_->cancel(); }

 private:
  std::unique_ptr<Transport> honest_;
  const Script& script_;
};

WireResponse refusal(int status, const std::string& code) {
  const nlohmann::json error = {{"Code", code}, {"Message", "No."}};
  return {status,
          {},
          nlohmann::json{{"ResponseMetadata", {{"RequestId", "r"}, {"Error", error}}}}.dump()};
}

std::map<std::string, CheckResult> run_styles(
    const std::string& only, const std::string& variant = "",
    const Script& script = [](const WireRequest&) { return std::nullopt; }) {
  mock::Options mock_options;
  mock_options.creating = mock_options.deleting = std::chrono::milliseconds(5);
  if (!variant.empty()) mock_options.variants = {variant};
  mock::Mock server(built_in_service(), mock_options);
  RunOptions options;
  options.service = built_in_service();
  options.catalog = catalog;
  options.profile = load_profile(server.profile().dump(), "profile");
  options.profile.active_timeout_s = 2;
  options.seed = 3;
  options.random_cases = 1;
  options.embedded = true;
  options.plan.only = {only};
  const Endpoint endpoint = parse_endpoint(options.profile.endpoint);
  options.factory = [endpoint, &script] {
    return std::make_unique<Scripted>(make_http_transport(endpoint, {}), script);
  };
  flowlog::Run run(std::move(options));
  EXPECT_EQ(run.begin([](const CheckResult&) {}), "");
  std::map<std::string, CheckResult> found;
  for (CheckResult& check : run.finish().checks) {
    if (check.id.starts_with("wire.")) found.emplace(check.id, std::move(check));
  }
  return found;
}

std::string slug(const WireStyle& style) {
  std::string id(style.id);
  id[id.find('/')] = '.';
  return id;
}

bool json_body(const WireStyle& style) {
  return style.carrier == WireStyle::Carrier::flat_json ||
         style.carrier == WireStyle::Carrier::nested_json;
}

TEST(WireStyleChecks, HaveEveryStyleAnsweredAlikeAndJsonNoticed) {
  const auto found = run_styles("wire.*");
  ASSERT_EQ(found.size(), 2 * wire_styles().size());
  for (const WireStyle& style : wire_styles()) {
    const CheckResult& request = found.at("wire.request/" + slug(style));
    EXPECT_EQ(name(request.verdict), json_body(style) ? "finding" : "conformant")
        << request.id << ": " << request.observed << ": " << request.message;
    const CheckResult& wrong = found.at("wire.wrong-signature/" + slug(style));
    EXPECT_EQ(wrong.verdict, Verdict::conformant) << wrong.id << ": " << wrong.observed;
  }
}

TEST(WireStyleChecks, CreateAtMostOnceForAStyle) {
  for (const auto& [id, check] : run_styles("wire.*")) {
    EXPECT_LE(check.created, id.starts_with("wire.request/") ? 3 : 0) << id;
    EXPECT_LE(check.requests, 20) << id;
  }
}

TEST(WireStyleChecks, FindThatJsonIsRefusedOrIgnoredAndAccuseNobody) {
  for (const char* variant : {"json.refused", "json.ignored"}) {
    for (const auto& [id, check] : run_styles("wire.request/*.json", variant)) {
      EXPECT_EQ(check.verdict, Verdict::finding) << variant << ' ' << id << ": " << check.message;
    }
  }
}

// A body that is not read lacks every parameter, and proves none of them to be required.
TEST(WireStyleChecks, LearnNothingFromABodyThatIsNotRead) {
  for (const auto& [id, check] : run_styles("wire.request/*", "json.ignored")) {
    EXPECT_EQ(check.message.find("which the page calls optional"), std::string::npos) << id;
    if (id.ends_with(".json")) continue;
    EXPECT_EQ(check.verdict, Verdict::conformant) << id;
  }
}

TEST(WireStyleChecks, FindThatAFormIsRefusedAndAccuseNobody) {
  for (const auto& [id, check] : run_styles("wire.*.form", "post.refused")) {
    EXPECT_EQ(check.verdict, Verdict::finding) << id << ": " << check.message;
  }
}

TEST(WireStyleChecks, AccuseAnEndpointThatTakesOnlyTheSuitesOwnWay) {
  const Script own_way = [](const WireRequest& request) -> std::optional<Answered> {
    const bool host = header(request.headers, "Authorization").find("host") != std::string::npos;
    const bool other = header(request.headers, "Content-Type") != "" || !host;
    if (other) return refusal(401, "SignatureDoesNotMatch");
    return std::nullopt;
  };
  for (const WireStyle& style : wire_styles()) {
    const std::string id = "wire.request/" + slug(style);
    const bool get = style.carrier == WireStyle::Carrier::query;
    const bool served =
        get && style.content_type.empty() && style.place == WireStyle::Place::header;
    if (served) continue;
    const auto found = run_styles(id, "", own_way);
    EXPECT_EQ(name(found.at(id).verdict), get ? "deviating" : "finding") << id;
  }
}

TEST(WireStyleChecks, AccuseAnEndpointThatLosesTheFiltersOfAStyle) {
  const Script unfiltered = [](const WireRequest& request) -> std::optional<Answered> {
    const Params query = test::params_of(request.target);
    const bool listing =
        flowlog::find(query, "Action") == built_in_service().lister().contract.action;
    const bool styled = header(request.headers, "Content-Type").starts_with("text/plain");
    if (!listing || !styled) return std::nullopt;
    return WireResponse{
        200, {}, R"({"ResponseMetadata":{"RequestId":"r"},"Result":{"FlowLogs":[]}})"};
  };
  const auto found = run_styles("wire.request/java-sdk.get", "", unfiltered);
  EXPECT_EQ(found.at("wire.request/java-sdk.get").verdict, Verdict::deviating);
}

// Clients are called by their names, not by the ids of their styles.
TEST(WireStyleChecks, HaveChineseTitlesThatNameTheClient) {
  for (const auto& [id, check] : run_styles("wire.*")) {
    EXPECT_EQ(check.title.zh.rfind("以 ", 0), 0u) << check.title.zh;
    for (const WireStyle& style : wire_styles()) {
      EXPECT_EQ(check.title.zh.find(style.id), std::string::npos) << check.title.zh;
    }
  }
}

}  // namespace
}  // namespace flowlog

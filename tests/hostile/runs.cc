#include "tests/hostile/runs.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "base/text.h"
#include "reports/har.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace flowlog::test {
namespace {

// Deadlines by the machine's clock, whatever the run's says.
class Prompt final : public Transport {
 public:
  Prompt(const Endpoint& endpoint, const TransportOptions& options, Patience patience)
      : transport_(make_http_transport(endpoint, options)), patience_(patience) {}
  Answered send(const WireRequest& request, Instant) override {
    const bool creates = request.target.find("Action=CreateFlowLog&") != std::string::npos;
    return transport_->send(
        request, system_clock().now() + (creates ? patience_.creates : patience_.others));
  }
  void cancel() override { transport_->cancel(); }

 private:
  std::unique_ptr<Transport> transport_;
  const Patience patience_;
};

}  // namespace

RunOptions hasty_run(const nlohmann::json& profile, std::vector<std::string> checks,
                     const TransportOptions& transport, Patience patience) {
  RunOptions options;
  options.profile = load_profile(profile.dump(), "profile.json");
  options.service = built_in_service();
  options.catalog = catalog;
  options.plan.only = std::move(checks);
  options.seed = 1;
  options.max_shrinks = 2;
  options.concurrency = 2;
  options.embedded = true;
  options.version = "0";
  const Endpoint endpoint = parse_endpoint(options.profile.endpoint);
  options.factory = [=] { return std::make_unique<Prompt>(endpoint, transport, patience); };
  return options;
}

Report report_of(RunOptions options) {
  HastyClock clock;
  Run run(std::move(options), clock);
  run.begin([](const CheckResult&) {});
  return run.finish();
}

std::vector<std::string> whole_reports(const Report& report) {
  std::vector<std::string> texts = {junit(report), json(report), html(report, "en"),
                                    markdown(report), har(report)};
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(texts[0].c_str())) << texts[0].substr(0, 300);
  EXPECT_EQ(json(parse_report(texts[1], "report.json")), texts[1]);
  EXPECT_TRUE(texts[2].find("</html>", texts[2].size() - 10) != std::string::npos)
      << texts[2].substr(texts[2].size() - 40);
  EXPECT_TRUE(nlohmann::json::accept(texts[4]));
  for (const std::string& text : texts) EXPECT_TRUE(is_utf8(text));
  return texts;
}

}  // namespace flowlog::test

// How large the page of a whole run is, however much there is to tell.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {
namespace {

constexpr std::size_t kDeviations = 429;
constexpr std::uintmax_t kMegabyte = 1'000'000;

// The first so many checks that conform, as if an endpoint had answered them otherwise.
std::size_t make_deviating(nlohmann::json& report, std::size_t most) {
  std::size_t made = 0;
  for (nlohmann::json& check : report["checks"]) {
    if (made == most) break;
    if (check["verdict"] != "conformant") continue;
    check["verdict"] = "deviating";
    check["message"] = fmt::format("{} was answered otherwise.", check["id"].get<std::string>());
    ++made;
  }
  report["totals"]["conformant"] = report["totals"]["conformant"].get<std::size_t>() - made;
  report["totals"]["deviating"] = made;
  return made;
}

TEST(PageSize, OfAWholeRunIsSmall) {
  const Folder folder;
  const ProcessResult run = run_program(folder, {"run", "--no-history", "--seed", "1"});
  ASSERT_EQ(run.status, 0) << run.all();
  const std::string reports = folder.file("conformance-report/");
  EXPECT_LT(std::filesystem::file_size(reports + "report.html"), kMegabyte * 3 / 2);

  auto report = nlohmann::json::parse(read_whole(reports + "report.json"));
  ASSERT_EQ(make_deviating(report, kDeviations), kDeviations);
  const std::string bad = folder.write("bad.json", report.dump());
  EXPECT_EQ(run_program(folder, {"report", bad, "--out", "bad"}).status, 1);
  EXPECT_LT(std::filesystem::file_size(folder.file("bad/report.html")), kMegabyte * 3);
}

}  // namespace
}  // namespace flowlog::cli

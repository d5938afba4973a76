#include "reports/write_all.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <functional>

#include "reports/chinese.h"
#include "reports/files.h"
#include "reports/har.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/markdown.h"

namespace flowlog {
namespace {

constexpr std::string_view kJunit = "junit.xml";
constexpr std::string_view kJson = "report.json";
constexpr std::string_view kMarkdown = "summary.md";
constexpr std::string_view kHar = "exchanges.har";
constexpr std::string_view kHtml = "report.html";

void write_one(const std::string& path, const std::function<std::string()>& make,
               Written& written) {
  std::string failure;
  try {
    failure = write_whole_file(path, make());
  } catch (const std::exception& error) {
    failure = fmt::format("cannot make {}: {}", path, error.what());
  }
  (failure.empty() ? written.files : written.failures).push_back(failure.empty() ? path : failure);
}

}  // namespace

Written write_all(const Report& report, const std::string& folder, Language say) {
  Written written;
  const auto put = [&](std::string_view file, const std::function<std::string()>& make) {
    write_one(fmt::format("{}/{}", folder, file), make, written);
  };
  Report kept;
  const Report& told = as_told(report, say, kept);
  // What gates read comes first.
  put(kJunit, [&] { return junit(told, say); });
  put(kJson, [&] { return json(report, say); });
  put(kMarkdown, [&] { return markdown(told, say); });
  put(kHar, [&] { return har(report); });
  put(kHtml, [&] { return html(told, std::string(say.word())); });
  return written;
}

void write_single(const Report& report, const SingleFiles& single, Language say, Written& written) {
  Report kept;
  const Report& told = as_told(report, say, kept);
  const auto put = [&](const std::string& path, const std::function<std::string()>& make) {
    if (!path.empty()) write_one(path, make, written);
  };
  put(single.junit, [&] { return junit(told, say); });
  put(single.json, [&] { return json(report, say); });
  put(single.html, [&] { return html(told, std::string(say.word())); });
  put(single.summary, [&] { return markdown(told, say); });
  put(single.har, [&] { return har(report); });
}

void clear(const std::string& folder) {
  for (const std::string_view file : {kJunit, kJson, kMarkdown, kHar, kHtml}) {
    std::error_code ignored;
    const std::string path = file_behind(fmt::format("{}/{}", folder, file));
    if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  }
}

}  // namespace flowlog

#include "reports/write_all.h"

#include <fmt/format.h>

#include <exception>
#include <functional>

#include "reports/files.h"
#include "reports/har.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/markdown.h"

namespace flowlog {

Written write_all(const Report& report, const std::string& folder, Language say) {
  Written written;
  const auto put = [&](std::string_view file, const std::function<std::string()>& make) {
    const std::string path = fmt::format("{}/{}", folder, file);
    std::string failure;
    try {
      failure = write_whole_file(path, make());
    } catch (const std::exception& error) {
      failure = fmt::format("cannot make {}: {}", path, error.what());
    }
    (failure.empty() ? written.files : written.failures)
        .push_back(failure.empty() ? path : failure);
  };
  // What gates read comes first.
  put("junit.xml", [&] { return junit(report, say); });
  put("report.json", [&] { return json(report, say); });
  put("summary.md", [&] { return markdown(report, say); });
  put("exchanges.har", [&] { return har(report); });
  put("report.html", [&] { return html(report, std::string(say.word())); });
  return written;
}

}  // namespace flowlog

#include "scratch.h"

#include <fmt/format.h>
#include <stdlib.h>  // NOLINT: mkdtemp
#include <sys/wait.h>

#include <cstdio>
#include <stdexcept>

#include "reports/files.h"

namespace flowlog {

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "flowlog-reports-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
  folder_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::put(std::string_view name, std::string_view bytes) const {
  const std::string file = path(name);
  if (const std::string why = write_whole_file(file, bytes); !why.empty()) {
    throw std::runtime_error(why);
  }
  return file;
}

std::string run(const std::string& command) {
  std::FILE* pipe = ::popen(("{ " + command + "\n} 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("no shell");
  std::string out;
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, n);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return out;
  return out + fmt::format("[exit {}]", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

std::string complaint_about_report(const std::string& json) {
  const Scratch scratch;
  return run(fmt::format("{} {}/tests/reports/data/holds.py {}/reports/report.schema.json {}",
                         FLOWLOG_PYTHON, FLOWLOG_SOURCE_DIR, FLOWLOG_SOURCE_DIR,
                         scratch.put("report.json", json)));
}

std::string complaint_about_junit(const std::string& xml) {
  const Scratch scratch;
  const std::string file = scratch.put("junit.xml", xml);
  return run(fmt::format(
      "{} --huge --quiet --noout --schema {}/tests/reports/data/junit.xsd {} && {} "
      "{}/tests/reports/data/sums.py {}",
      FLOWLOG_XMLLINT, FLOWLOG_SOURCE_DIR, file, FLOWLOG_PYTHON, FLOWLOG_SOURCE_DIR, file));
}

}  // namespace flowlog

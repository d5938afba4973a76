// A folder of a test's own, and tools run on what stands in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace flowlog {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string path(std::string_view name) const { return (folder_ / name).string(); }
  // Writes the file and returns its path.
  std::string put(std::string_view name, std::string_view bytes) const;

 private:
  std::filesystem::path folder_;
};

// Standard output and error of a shell's command; ends in "[exit N]" unless N is 0.
std::string run(const std::string& command);

// Empty when `json` holds reports/report.schema.json; otherwise the first complaint.
std::string complaint_about_report(const std::string& json);
// The same of JUnit XML: schema, strict parsing, sums.
std::string complaint_about_junit(const std::string& xml);

}  // namespace flowlog

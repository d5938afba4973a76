// The files that a run leaves in its folder.
#pragma once

#include <string>
#include <vector>

#include "reports/language.h"
#include "reports/report.h"

namespace flowlog {

struct Written {
  std::vector<std::string> files;     // paths
  std::vector<std::string> failures;  // one sentence each
};

// junit.xml, report.json, report.html, summary.md and exchanges.har, each replaced in one step; one
// that cannot be written or made does not keep the others from it.
Written write_all(const Report& report, const std::string& folder, Language say = {});

// A file for each report that is wanted by itself; empty: it is not.
struct SingleFiles {
  std::string junit;
  std::string json;
  std::string html;
  std::string summary;
  std::string har;
};

// Writes those, and adds to `written`.
void write_single(const Report& report, const SingleFiles& single, Language say, Written& written);

// Removes what an earlier run left in `folder` under those names, so that nobody reads it as
// another run's where that one is killed.
void clear(const std::string& folder);

}  // namespace flowlog

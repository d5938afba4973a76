// The report.json of a run that had no --out.
#pragma once

#include <nlohmann/json.hpp>

#include "process.h"

namespace flowlog::cli {

inline nlohmann::json report_in(const Folder& folder) {
  return nlohmann::json::parse(read_whole(folder.file("conformance-report/report.json")));
}

}  // namespace flowlog::cli

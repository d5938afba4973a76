#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "base/json_node.h"
#include "base/text.h"
#include "specs/embedded.h"
#include "specs/load.h"

namespace flowlog {
namespace {

constexpr std::string_view kCommon = "volcengine/common-errors.json";
constexpr std::string_view kActions = "volcengine/vpc/2020-04-01/";

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  char piece[1 << 16];
  while (in.read(piece, sizeof piece) || in.gcount() > 0) {
    text.append(piece, std::size_t(in.gcount()));
  }
  if (!in.is_open() || in.bad()) throw InputError(path + ": cannot be read");
  return text;
}

Contract built_in_contract(std::string_view action, const std::vector<ErrorRow>& common) {
  std::string path = fmt::format("{}{}.json", kActions, action);
  return load_contract(built_in_file(path), path, common);
}

}  // namespace

const Api& built_in_api() {
  static const Api api = [] {
    Api built;
    built.common = load_common_errors(built_in_file(kCommon), std::string(kCommon));
    built.create = built_in_contract("CreateFlowLog", built.common);
    built.describe = built_in_contract("DescribeFlowLogs", built.common);
    built.remove = built_in_contract("DeleteFlowLog", built.common);
    return built;
  }();
  return api;
}

Api api_with(const std::string& file) {
  Api api = built_in_api();
  api.create = load_contract(read_file(file), file, api.common);
  return api;
}

std::string_view built_in_file(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == path) return file.text;
  }
  throw std::out_of_range(fmt::format("no file {} is compiled in", show(path)));
}

std::vector<std::string> built_in_files() {
  std::vector<std::string> paths;
  for (const EmbeddedFile& file : embedded_files()) paths.emplace_back(file.path);
  return paths;
}

}  // namespace flowlog

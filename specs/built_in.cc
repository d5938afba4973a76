#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/json_node.h"
#include "base/text.h"
#include "specs/embedded.h"
#include "specs/load.h"

namespace flowlog {
namespace {

constexpr const char* kService = "volcengine/vpc/2020-04-01/service.json";

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  char piece[1 << 16];
  while (in.read(piece, sizeof piece) || in.gcount() > 0) {
    text.append(piece, std::size_t(in.gcount()));
  }
  if (!in.is_open() || in.bad()) return std::nullopt;
  return text;
}

std::string need_file(const std::string& path) {
  auto text = read_file(path);
  if (!text) throw InputError(path + ": cannot be read");
  return std::move(*text);
}

std::optional<std::string> embedded(const std::string& path) {
  const auto& files = embedded_files();
  auto it = std::find_if(files.begin(), files.end(),
                         [&](const EmbeddedFile& file) { return file.path == path; });
  return it == files.end() ? std::nullopt : std::optional<std::string>(it->text);
}

}  // namespace

Service load_service_file(const std::string& path) {
  return load_service(need_file(path), path, read_file);
}

const Service& built_in_service() {
  static const Service service = load_service(built_in_file(kService), kService, embedded);
  return service;
}

ServiceFromFile service_with(const std::string& file) {
  Service service = built_in_service();
  Contract contract = load_contract(need_file(file), file, service);
  std::vector<std::string> names;
  for (Action& action : service.actions) {
    names.push_back(action.name);
    if (action.name != contract.action) continue;
    action.contract = std::move(contract);
    std::string name = action.name;
    if (action.effect == Effect::create) service.follow_contract();
    return {std::move(service), std::move(name)};
  }
  throw InputError(fmt::format("{}: {} is no action of the service {}, which has {}", file,
                               show(contract.action), service.name, join(names, ", ")));
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

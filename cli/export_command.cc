#include <fmt/format.h>

#include <filesystem>

#include "base/json_node.h"
#include "cli/commands.h"
#include "cli/setup.h"
#include "reports/files.h"
#include "specs/export/openapi.h"
#include "specs/export/postman.h"

namespace flowlog::cli {
namespace {

constexpr const char* kPublicEndpoint = "https://open.volcengineapi.com";

void write(const std::string& folder, const std::string& name, const std::string& text) {
  const std::string path = (std::filesystem::path(folder) / name).string();
  const std::string trouble = write_whole_file(path, text);
  if (!trouble.empty()) throw InputError(trouble);
  fmt::print("{}\n", path);
}

}  // namespace

int export_as(const ExportFlags& flags) {
  const Service service = service_of(flags.contract);
  const std::vector<const Contract*> contracts = {
      &service.creator().contract, &service.lister().contract, &service.deleter()->contract};
  const std::string endpoint = flags.endpoint.empty() ? kPublicEndpoint : flags.endpoint;
  if (!endpoint.starts_with("http://") && !endpoint.starts_with("https://")) {
    throw InputError(
        fmt::format("--endpoint: '{}' is no address with http:// or https://", endpoint));
  }
  if (flags.format == "postman") {
    write(flags.out, "postman.json", postman_collection(contracts, endpoint));
    return 0;
  }
  for (const Contract* contract : contracts) {
    write(flags.out, contract->action + ".openapi.json",
          openapi_document(*contract, service.common, endpoint));
  }
  write(flags.out, "signing_hook.py", signing_hook(service.creator().contract.service));
  return 0;
}

}  // namespace flowlog::cli

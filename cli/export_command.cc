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
  const Api api = api_of(flags.contract);
  const std::vector<const Contract*> contracts = {&api.create, &api.describe, &api.remove};
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
          openapi_document(*contract, api.common, endpoint));
  }
  write(flags.out, "signing_hook.py", signing_hook(api.create.service));
  return 0;
}

}  // namespace flowlog::cli

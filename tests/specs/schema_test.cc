#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/json_node.h"
#include "specs/load.h"
#include "tests/specs/files.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

const char kLanternContract[] = "tests/specs/data/CreateLantern.json";
const char kCommon[] = "specs/volcengine/common-errors.json";

std::string schema_refusal(const std::string& file, const Json& document) {
  try {
    if (file == kCommon) {
      load_common_errors(document.dump(), file);
    } else {
      load_contract(document.dump(), file, built_in_service().common);
    }
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

// The pointers of `node`'s values, one for each place of the format: elements of one list are
// alike, except that a rule differs from a rule of another kind.
void collect(const Json& node, const Json::json_pointer& at, const std::string& shape,
             std::map<std::string, Json::json_pointer>& out) {
  if (!at.empty()) out.emplace(shape, at);
  if (node.is_object()) {
    std::string kind = shape + "/" + node.value("kind", "");
    for (const auto& [key, value] : node.items()) collect(value, at / key, kind + key, out);
  }
  if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i) collect(node[i], at / i, shape + "/-", out);
  }
}

// Each place of `file` left out, replaced by values that do not belong there, and each object given
// a member more.
void write_mutants(const std::string& file, std::ostream& out) {
  const Json whole = Json::parse(tree_file(file));
  auto judge = [&](const char* op, const Json::json_pointer& at, const Json& value) {
    Json change = {{"op", op}, {"path", at.to_string()}, {"value", value}};
    std::string said = schema_refusal(file, whole.patch(Json::array({change})));
    Json line = {{"file", file},
                 {"op", op},
                 {"pointer", at.to_string()},
                 {"value", value},
                 {"refusal", said}};
    out << line.dump() << '\n';
  };
  std::map<std::string, Json::json_pointer> pointers;
  collect(whole, Json::json_pointer(), "", pointers);
  for (const auto& [shape, at] : pointers) {
    judge("remove", at, nullptr);
    for (const Json& value : {Json("x"), Json(""), Json(1.5), Json::array()}) {
      if (value != whole.at(at)) judge("replace", at, value);
    }
    if (whole.at(at).is_object()) judge("add", at / "colour", "red");
  }
}

TEST(Schema, AgreesWithTheLoader) {
  fs::path mutants =
      fs::path(testing::TempDir()) / ("flowlog-mutants-" + std::to_string(::getpid()) + ".jsonl");
  {
    std::ofstream out(mutants);
    write_mutants(kLanternContract, out);
    write_mutants(kCommon, out);
    ASSERT_TRUE(out.good());
  }
  std::string root = FLOWLOG_SOURCE_DIR;
  std::string command = std::string("'") + FLOWLOG_PYTHON + "' -B '" + root +
                        "/tests/specs/schema_test.py' '" + root + "' '" + mutants.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  fs::remove(mutants);
}

}  // namespace
}  // namespace flowlog

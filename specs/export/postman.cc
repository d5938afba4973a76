#include "specs/export/postman.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "specs/export/value_schema.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using Json = nlohmann::ordered_json;

Json script(const std::string& when, std::string_view text) {
  return {{"listen", when}, {"script", {{"type", "text/javascript"}, {"exec", split(text, '\n')}}}};
}

// Action and Version are the request's own; every other value is a variable of the collection.
bool fixed(const Parameter& parameter) {
  return parameter.name == "Action" || parameter.name == "Version";
}

std::string sent_name(const Parameter& parameter) {
  std::vector<std::string> parts = split(parameter.name, '.');
  for (std::string& part : parts) {
    if (part == "N") part = "1";
  }
  return join(parts, ".");
}

class Collection {
 public:
  explicit Collection(const std::string& endpoint) {
    variable("endpoint", endpoint);
    variable("region", "cn-beijing");
    for (const char* name : {"access_key", "secret_key", "session_token"}) variable(name, "");
  }

  void add(const Contract& contract) {
    Json folder = {{"name", contract.action}, {"description", contract.page}};
    folder["item"] = Json::array();
    folder["item"].push_back(request(contract, nullptr));
    for (const Parameter& parameter : contract.parameters) {
      if (parameter.required && !fixed(parameter) && !may_be_left_out(parameter)) {
        folder["item"].push_back(request(contract, &parameter));
      }
    }
    items_.push_back(std::move(folder));
    for (const Parameter& parameter : contract.parameters) {
      const std::string name = sent_name(parameter);
      if (parameter.required && !fixed(parameter)) variable(name, example_of(parameter, name));
    }
    service_ = contract.service;
  }

  std::string run() {
    variable("service", service_);
    Json root;
    root["info"] = {
        {"name", "Conformance of " + service_},
        {"schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}};
    root["item"] = items_;
    root["event"] =
        Json::array({script("prerequest", built_in_file("export/postman_signature.js"))});
    root["variable"] = variables_;
    return root.dump(2) + "\n";
  }

 private:
  void variable(const std::string& name, const std::string& value) {
    const bool known = std::any_of(variables_.begin(), variables_.end(),
                                   [&](const Json& one) { return one["key"] == name; });
    if (!known) variables_.push_back({{"key", name}, {"value", value}, {"type", "string"}});
  }

  // Two pages contradict each other: an endpoint may create without it.
  static bool may_be_left_out(const Parameter& parameter) {
    return std::any_of(parameter.rules.begin(), parameter.rules.end(), [](const Rule& rule) {
      return rule.kind == RuleKind::required &&
             std::find(rule.also.begin(), rule.also.end(), "success") != rule.also.end();
    });
  }

  // The request with every required parameter but `left_out`.
  Json request(const Contract& contract, const Parameter* left_out) {
    Json query = Json::array();
    std::vector<std::string> pairs;
    for (const Parameter& parameter : contract.parameters) {
      if (!parameter.required || &parameter == left_out) continue;
      const std::string name = sent_name(parameter);
      const std::string value = name == "Action"    ? contract.action
                                : name == "Version" ? contract.version
                                                    : "{{" + name + "}}";
      pairs.push_back(name + "=" + value);
      query.push_back({{"key", name}, {"value", value}, {"description", parameter.text.en}});
    }
    const std::string name =
        left_out ? contract.action + " without " + left_out->name : contract.action;
    const Json url = {{"raw", "{{endpoint}}/?" + join(pairs, "&")},
                      {"host", Json::array({"{{endpoint}}"})},
                      {"path", Json::array({""})},
                      {"query", query}};
    return {{"name", name},
            {"event",
             Json::array({script("test", built_in_file(left_out ? "export/postman_refused.js"
                                                                : "export/postman_succeeds.js"))})},
            {"request", {{"method", contract.method}, {"header", Json::array()}, {"url", url}}}};
  }

  Json items_ = Json::array();
  Json variables_ = Json::array();
  std::string service_;
};

}  // namespace

std::string postman_collection(const std::vector<const Contract*>& contracts,
                               const std::string& endpoint) {
  Collection collection(endpoint);
  for (const Contract* contract : contracts) collection.add(*contract);
  return collection.run();
}

}  // namespace flowlog

#include "specs/export/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "specs/export/value_schema.h"
#include "specs/load.h"

namespace flowlog {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kIndexes = 10;  // of an indexed parameter whose number is not documented

std::string with_index(const std::string& name, std::size_t index) {
  std::vector<std::string> parts = split(name, '.');
  for (std::string& part : parts) {
    if (part == "N") part = std::to_string(index);
  }
  return join(parts, ".");
}

class OpenApi {
 public:
  OpenApi(const Contract& contract, const std::vector<ErrorRow>& common)
      : contract_(contract), common_(common) {}

  std::string run(const std::string& endpoint) {
    Json root;
    root["openapi"] = "3.1.0";
    root["info"] = {{"title", contract_.action},
                    {"version", contract_.version},
                    {"summary", contract_.page},
                    {"description", remarks()}};
    root["servers"] = Json::array({{{"url", endpoint}}});
    root["security"] = Json::array({{{"signature", Json::array()}}});
    std::string method = lower_ascii(contract_.method);
    root["paths"]["/"][method] = operation();
    root["components"] = {{"securitySchemes",
                           {{"signature",
                             {{"type", "apiKey"},
                              {"in", "header"},
                              {"name", "Authorization"},
                              {"description",
                               "HMAC-SHA256 over the request; signing_hook.py beside this file "
                               "computes it."}}}}},
                          {"schemas", schemas_}};
    return root.dump(2) + "\n";
  }

 private:
  std::string remarks() const {
    std::string text;
    for (const auto* list : {&contract_.notes, &contract_.contradictions, &contract_.gaps}) {
      for (const Note& note : *list) text += "- " + note.text.en + "\n";
    }
    return text;
  }

  Json operation() {
    Json operation;
    operation["operationId"] = contract_.action;
    operation["parameters"] = Json::array();
    for (const Parameter& parameter : contract_.parameters) add(operation["parameters"], parameter);
    operation["responses"] = responses();
    return operation;
  }

  static std::size_t indexes(const Contract& contract, const Parameter& parameter) {
    if (!parameter.indexed()) return 1;
    const std::string stem = parameter.name.substr(0, parameter.name.find(".N"));
    for (const Parameter& sibling : contract.parameters) {
      if (sibling.name.substr(0, sibling.name.find(".N")) != stem) continue;
      if (const Rule* count = sibling.rule("count")) return count->max;
    }
    return kIndexes;
  }

  void add(Json& list, const Parameter& parameter) {
    std::string schema = parameter.name;
    std::replace(schema.begin(), schema.end(), '.', '_');
    schemas_[schema] = value_schema(parameter);
    const std::size_t last = indexes(contract_, parameter);
    for (std::size_t i = 1; i <= last; ++i) {
      const std::string name = parameter.indexed() ? with_index(parameter.name, i) : parameter.name;
      Json one;
      one["name"] = name;
      one["in"] = "query";
      one["required"] = parameter.required && i == 1;
      one["description"] = description(parameter);
      one["schema"] = {{"$ref", "#/components/schemas/" + schema}};
      const std::string example = example_of(parameter, name);
      if (!example.empty() && parameter.type == Type::string) one["example"] = example;
      one["x-row"] = parameter.row();
      one["x-standing"] = name_of(parameter.standing);
      list.push_back(std::move(one));
    }
  }

  static std::string name_of(Standing standing) { return std::string(flowlog::name(standing)); }

  static std::string description(const Parameter& parameter) {
    std::string text = parameter.text.en;
    for (const Rule& rule : parameter.rules) text += " " + rule.text.en;
    return text;
  }

  // --- Responses

  Json responses() {
    Json all;
    all["200"] = {{"description", "The request succeeded."},
                  {"content",
                   {{"application/json",
                     {{"schema", answer(Presence::success)}, {"example", success_example()}}}}}};
    std::map<int, std::vector<const ErrorRow*>> by_http;
    for (const auto* rows : {&contract_.errors, &common_}) {
      for (const ErrorRow& row : *rows) {
        for (int http : row.http) by_http[http].push_back(&row);
      }
    }
    for (const auto& [http, rows] : by_http) all[std::to_string(http)] = failure(rows);
    return all;
  }

  Json failure(const std::vector<const ErrorRow*>& rows) const {
    Json schema = answer(Presence::failure);
    std::set<std::string> codes;
    Json examples = Json::object();
    std::string text;
    for (const ErrorRow* row : rows) {
      codes.insert(row->code);
      std::string id = row->id;
      std::replace(id.begin(), id.end(), '/', '-');
      examples[id] = {{"summary", row->code + " " + row->message.en},
                      {"value", error_example(*row)}};
    }
    Json& error = schema["properties"]["ResponseMetadata"]["properties"]["Error"];
    // Without a table of its own, an action may have codes that nobody has read.
    if (error.is_object() && !contract_.errors.empty()) {
      error["properties"]["Code"]["enum"] = codes;
    }
    for (const std::string& code : codes) text += (text.empty() ? "" : ", ") + code;
    return {{"description", text},
            {"content", {{"application/json", {{"schema", schema}, {"examples", examples}}}}}};
  }

  // The members that stand in a success or in a failure, nested as they are.
  Json answer(Presence presence) const {
    Json root = {{"type", "object"}};
    for (const Field& field : contract_.answer) {
      if (field.presence == Presence::always || field.presence == presence) {
        place(root, field, presence);
      }
    }
    return root;
  }

  // A failure echoes what was asked, which may be anything.
  void place(Json& root, const Field& field, Presence presence) const {
    Json* at = &root;
    std::vector<std::string> parts = split(field.path, '.');
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) at = &step(*at, parts[i]);
    const std::string& name = parts.back();
    Json member = {{"type", lower_ascii(field.type)}, {"description", field.text.en}};
    if (presence == Presence::success) {
      if (field.echoes == "Action") member["const"] = contract_.action;
      if (field.echoes == "Version") member["const"] = contract_.version;
      if (field.echoes == "Service") member["const"] = contract_.service;
    }
    if (field.type == "Array") member["items"] = {{"type", "object"}};
    (*at)["properties"][name].update(member);
    if (!field.optional) (*at)["required"].push_back(name);
  }

  // The schema of a member on the way to another; "FlowLogs[]" is that of its elements.
  static Json& step(Json& at, const std::string& part) {
    if (!part.ends_with("[]")) return at["properties"][part];
    return at["properties"][part.substr(0, part.size() - 2)]["items"];
  }

  Json metadata() const {
    Json out;
    for (const Field& field : contract_.answer) {
      const std::vector<std::string> parts = split(field.path, '.');
      if (parts.size() != 2 || parts[0] != "ResponseMetadata" ||
          field.presence != Presence::always) {
        continue;
      }
      out[parts[1]] = field.example.empty() ? "string" : field.example;
    }
    return out;
  }

  Json success_example() const {
    Json out = {{"ResponseMetadata", metadata()}};
    for (const Field& field : contract_.answer) {
      const std::vector<std::string> parts = split(field.path, '.');
      if (parts.size() != 2 || parts[0] != "Result" || field.optional) continue;
      Json& value = out["Result"][parts[1]];
      value = field.example;
      if (field.type == "Array") value = Json::array();
      if (field.type == "Object") value = Json::object();
      if (field.type == "Integer") value = 0;
    }
    return out;
  }

  Json error_example(const ErrorRow& row) const {
    Json out = {{"ResponseMetadata", metadata()}};
    Json& error = out["ResponseMetadata"]["Error"];
    error["Code"] = row.code;
    error["Message"] = row.message.en;
    if (row.code_n) error["CodeN"] = *row.code_n;
    return out;
  }

  const Contract& contract_;
  const std::vector<ErrorRow>& common_;
  Json schemas_ = Json::object();
};

}  // namespace

std::string openapi_document(const Contract& contract, const std::vector<ErrorRow>& common,
                             const std::string& endpoint) {
  return OpenApi(contract, common).run(endpoint);
}

std::string signing_hook(const std::string& service) {
  std::string text(built_in_file("export/signing_hook.py"));
  const std::string mark = "@SERVICE@";
  text.replace(text.find(mark), mark.size(), service);
  return text;
}

}  // namespace flowlog

#include "engine/coverage.h"

#include <fmt/format.h>

#include <set>

namespace flowlog {
namespace {

RowResult row(std::string id, Text title) {
  RowResult result;
  result.group = id.substr(0, id.find('/'));
  result.id = std::move(id);
  result.title = std::move(title);
  return result;
}

Text title_of(const ErrorRow& error) {
  const std::string head = fmt::format("{} {}", fmt::join(error.http, "/"), error.code);
  const auto with = [&head](const std::string& message) {
    return message.empty() ? head : head + ": " + message;
  };
  return {with(error.message.en), with(error.message.zh)};
}

}  // namespace

std::vector<RowResult> rows(const Api& api) {
  std::vector<RowResult> all;
  const Contract& contract = api.create;
  for (const Parameter& p : contract.parameters) {
    all.push_back(row(p.row(), {p.name + ": " + p.text.en, p.name + "：" + p.text.zh}));
  }
  for (const ErrorRow& error : contract.errors) all.push_back(row(error.id, title_of(error)));
  std::set<std::string> paths;
  for (const Contract* one : {&api.create, &api.describe, &api.remove}) {
    for (const Field& field : one->answer) {
      if (!paths.insert(field.path).second) continue;
      all.push_back(
          row(field.row(), {field.path + ": " + field.text.en, field.path + "：" + field.text.zh}));
    }
  }
  for (const auto* notes : {&contract.notes, &contract.contradictions, &contract.gaps}) {
    for (const Note& note : *notes) all.push_back(row(note.id, {note.text.en, note.text.zh}));
  }
  for (const ErrorRow& error : api.common) all.push_back(row(error.id, title_of(error)));
  return all;
}

}  // namespace flowlog

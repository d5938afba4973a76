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
  const auto with = [&head](const char* colon, const std::string& message) {
    return message.empty() ? head : head + colon + message;
  };
  return {with(": ", error.message.en), with("：", error.message.zh)};
}

// Rows of `contract`, with the answers of `answering`.
std::vector<RowResult> rows_of(const Contract& contract,
                               const std::vector<const Contract*>& answering) {
  std::vector<RowResult> all;
  for (const Parameter& p : contract.parameters) {
    all.push_back(row(p.row(), {p.name + ": " + p.text.en, p.name + "：" + p.text.zh}));
  }
  for (const ErrorRow& error : contract.errors) all.push_back(row(error.id, title_of(error)));
  std::set<std::string> paths;
  for (const Contract* one : answering) {
    for (const Field& field : one->answer) {
      if (!paths.insert(field.path).second) continue;
      all.push_back(
          row(field.row(), {field.path + ": " + field.text.en, field.path + "：" + field.text.zh}));
    }
  }
  for (const auto* notes : {&contract.notes, &contract.contradictions, &contract.gaps}) {
    for (const Note& note : *notes) all.push_back(row(note.id, {note.text.en, note.text.zh}));
  }
  return all;
}

void add_common(const Service& service, std::vector<RowResult>& all) {
  for (const ErrorRow& error : service.common) all.push_back(row(error.id, title_of(error)));
}

std::vector<RowResult> creators_rows(const Service& service) {
  return rows_of(
      service.creator().contract,
      {&service.creator().contract, &service.lister().contract, &service.deleter()->contract});
}

}  // namespace

std::vector<RowResult> rows(const Service& service) {
  std::vector<RowResult> all = creators_rows(service);
  add_common(service, all);
  return all;
}

std::string row_of_action(const Action& action, const std::string& row) {
  const bool shared = action.effect == Effect::create || row.starts_with("common/");
  return shared ? row : action.name + ":" + row;
}

std::vector<RowResult> rows(const Service& service, const std::vector<std::string>& actions) {
  std::vector<RowResult> all;
  for (const std::string& name : actions) {
    const Action& action = *service.action(name);
    const bool creator = action.effect == Effect::create;
    std::vector<RowResult> own =
        creator ? creators_rows(service) : rows_of(action.contract, {&action.contract});
    for (RowResult& one : own) {
      one.id = row_of_action(action, one.id);
      all.push_back(std::move(one));
    }
  }
  add_common(service, all);
  return all;
}

}  // namespace flowlog

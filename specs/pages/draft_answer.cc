#include "specs/pages/draft_answer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"
#include "specs/pages/pattern.h"

namespace flowlog {
namespace {

class AnswerDrafter {
 public:
  AnswerDrafter(const Page& page, const std::string& source, std::vector<Unread>& unread,
                std::vector<Note>& contradictions)
      : page_(page), source_(source), unread_(unread), contradictions_(contradictions) {}

  std::vector<Field> run() {
    if (page_.example_answer.empty()) {
      unread("text", "",
             {"No example answer: what every answer carries is not known.",
              "没有返回示例:无法得知返回的公共字段。"});
    } else {
      const nlohmann::ordered_json example = nlohmann::ordered_json::parse(page_.example_answer);
      members(example, "");
    }
    for (const Page::Field& row : page_.answer) field(row);
    return std::move(fields_);
  }

 private:
  void unread(std::string row, std::string quote, Text why) {
    unread_.push_back({std::move(row), std::move(quote), std::move(why), std::nullopt});
  }

  Field* field_at(const std::string& path) {
    for (Field& field : fields_) {
      if (field.path == path) return &field;
    }
    return nullptr;
  }

  static std::string type_of(const nlohmann::ordered_json& value) {
    if (value.is_object()) return "Object";
    if (value.is_array()) return "Array";
    return value.is_number_integer() ? "Integer" : "String";
  }

  // The members of the example, in its order.
  void members(const nlohmann::ordered_json& object, const std::string& prefix) {
    for (const auto& [name, value] : object.items()) {
      Field field;
      field.path = prefix + name;
      field.type = type_of(value);
      if (field.path.starts_with("Result")) field.presence = Presence::success;
      if (value.is_string()) field.example = value.get<std::string>();
      if (prefix == "ResponseMetadata." &&
          (name == "Action" || name == "Version" || name == "Service" || name == "Region")) {
        field.echoes = name;
      }
      if (field.path == "Result.RequestId") field.equals = "ResponseMetadata.RequestId";
      field.source = source_ + ", example response";
      field.text = {"A member of the example answer.", "返回示例中的字段。"};
      fields_.push_back(std::move(field));
      if (value.is_object()) members(value, prefix + name + ".");
      if (value.is_array() && !value.empty() && value[0].is_object()) {
        members(value[0], prefix + name + "[].");
      }
    }
  }

  // A row of the table: it overrules the example.
  void field(const Page::Field& row) {
    const std::string path = "Result." + row.name;
    Field* field = field_at(path);
    if (!field) {
      fields_.emplace_back().path = path;
      field = &fields_.back();
    }
    static const Pattern form("^([a-z]+-)[0-9a-z]*\\*+$");
    field->presence = Presence::success;
    const auto begins = form.find(row.example);
    field->prefix = begins ? begins->groups[1] : "";
    if (!field->prefix.empty() && !field->example.empty() &&
        !field->example.starts_with(field->prefix)) {
      contradiction(*field, row.example);
    }
    field->example = row.example;
    field->source = source_ + ", response parameters";
    std::string said = row.description.empty() ? row.name : row.description;
    field->type = "String";
    bool known = false;
    for (const char* word : {"String", "Integer", "Object", "Array"}) {
      if (lower_ascii(word) != lower_ascii(row.type)) continue;
      field->type = word;
      known = true;
    }
    if (!known) {
      if (!row.type.empty()) said += " " + row.type + ".";
      unread(field->row(), row.type,
             {"A type that contracts do not know; String stands in the draft.",
              "契约中没有的类型;草稿中以String代替。"});
    }
    field->text = Text{said, said};
  }

  void contradiction(const Field& field, const std::string& in_table) {
    Note note;
    note.id = "contradictions/" + field.path;
    note.rows = {field.row()};
    note.source = source_ + ", response parameters; " + source_ + ", example response";
    note.text = {fmt::format("The table shows {} in the form {}, the example answer shows {}.",
                             field.path, in_table, field.example),
                 fmt::format("返回参数表中{}形如{},而返回示例中为{}。", field.path, in_table,
                             field.example)};
    contradictions_.push_back(std::move(note));
  }

  const Page& page_;
  const std::string& source_;
  std::vector<Unread>& unread_;
  std::vector<Note>& contradictions_;
  std::vector<Field> fields_;
};

}  // namespace

std::vector<Field> draft_answer(const Page& page, const std::string& source,
                                std::vector<Unread>& unread, std::vector<Note>& contradictions) {
  return AnswerDrafter(page, source, unread, contradictions).run();
}

}  // namespace flowlog

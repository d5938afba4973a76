// Classes of the rules about being there: a parameter that must be sent, a thing that must exist.
#include "generators/classes/class_list.h"
#include "generators/gen_util.h"
#include "generators/placeholders.h"
#include "generators/spellings.h"
#include "generators/text_shape.h"

namespace flowlog {
namespace {

constexpr const char* kMadeUp = "flowlogconformance";

// The types that the named things have; one empty word where they have none.
std::vector<std::string> types_of(const ClassList& list) {
  const Parameter* type = list.contract().parameter(list.rule().of);
  if (type != nullptr) {
    for (const Rule& rule : type->rules) {
      if (rule.kind == RuleKind::values) return rule.words;
    }
  }
  return {names_instance(list.parameter()) ? std::string(kInstance) : ""};
}

// Edits that name an id, and its type where it has one.
class Naming {
 public:
  explicit Naming(const ClassList& list)
      : place_(list.place()),
        parameter_(list.parameter().name),
        type_parameter_(list.rule().of),
        start_(names_instance(list.parameter()) ? id_start(list.parameter()) : "") {}

  Edit edit(const std::string& type, const std::string& id) const {
    if (type.empty() || type_parameter_.empty()) return place_.edit(id);
    return Edit{{{type_parameter_, type}, {parameter_, id}}, {}};
  }

  // An id of the usual form, "vpc-" and letters, that nothing has.
  Edit made_up(const std::string& type, const std::string& tail) const {
    const std::string start = type.empty() || type_parameter_.empty() ? start_ : type + "-";
    return edit(type, start + kMadeUp + tail);
  }

 private:
  EditPlacement place_;
  std::string parameter_;
  std::string type_parameter_;
  std::string start_;
};

// Something that exists, written otherwise.
void add_respelled(ClassList& list, const Naming& naming, const std::string& type) {
  const auto& known = list.parameter().default_value;
  const std::string id = type.empty() ? "" : resource_placeholder(type);
  ClassBuilder& other =
      list.add(Side::invalid, "wrong-case", {"one in the wrong letter case", "大小写不符"});
  for (const std::string& word : known ? other_cases(*known) : std::vector<std::string>()) {
    other.bound(word);
  }
  for (const std::string& word : other_cases(id)) other.bound(naming.edit(type, word));
  if (!known && id.empty()) return;
  ClassBuilder& blanks =
      list.add(Side::invalid, "surrounding-blanks", {"one with a blank at an end", "首尾带空格"});
  if (known) blanks.bound(" " + *known).bound(*known + " ");
  if (id.empty()) return;
  for (const std::string& text : {" " + id, id + " "}) blanks.bound(naming.edit(type, text));
}

rc::Gen<std::string> tail() {
  TextShape shape;
  shape.max = 12;
  shape.first = shape.inner = shape.last = shape.only = Alphabet(Charset({"[a-z]", "[0-9]"}));
  return text_of(shape);
}

}  // namespace

void add_required_classes(ClassList& list) {
  list.add(side_of_empty(list.parameter()), "missing", {"left out", "未传"})
      .bound(Edit{{}, {list.parameter().name}});
}

void add_exists_classes(ClassList& list) {
  const std::vector<std::string> types = types_of(list);
  const Naming naming(list);
  if (list.parameter().default_value) {
    list.add(Side::valid, "default", {"the default one", "默认值"})
        .bound(*list.parameter().default_value);
  }
  ClassBuilder& unknown =
      list.add(Side::invalid, "unknown-id", {"one that does not exist", "不存在的对象"});
  for (const std::string& type : types) unknown.bound(naming.made_up(type, "0"));
  unknown.random(rc::gen::map(rc::gen::pair(one_of(types), tail()),
                              [naming](const std::pair<std::string, std::string>& drawn) {
                                return naming.made_up(drawn.first, drawn.second);
                              }));
  add_respelled(list, naming, types.front());
  if (types.size() > 1) {
    list.add(Side::invalid, "of-another-type", {"one of another type", "其他类型的对象"})
        .bound(naming.edit(types[0], resource_placeholder(types[1])));
  }
  list.add(side_of_empty(list.parameter()), "empty", {"an empty value", "空值"}).bound("");
}

}  // namespace flowlog

#include "specs/pages/drift.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "specs/lint/names.h"
#include "specs/pages/same_text.h"
#include "specs/pages/sentences.h"
#include "specs/words.h"

namespace flowlog {
namespace {

// What a rule says, for people; equal texts are equal terms. `open_below`: without its `min`.
std::string terms_of(const Rule& rule, bool open_below) {
  switch (rule.kind) {
    case RuleKind::length:
    case RuleKind::range:
      return open_below ? fmt::format("at most {}", rule.max)
                        : fmt::format("{} to {}", rule.min, rule.max);
    case RuleKind::characters:
    case RuleKind::first:
    case RuleKind::last: {
      std::vector<std::string> members = rule.allowed.members();
      std::sort(members.begin(), members.end());
      return join(members, " ");
    }
    case RuleKind::values:
    case RuleKind::prefix: {
      std::vector<std::string> words = rule.words;
      std::sort(words.begin(), words.end());
      return join(words, ", ");
    }
    case RuleKind::count:
      return fmt::format("at most {}", rule.max);
    case RuleKind::needs:
      return rule.target;
    case RuleKind::exists:
      return rule.of.empty() ? rule.target : fmt::format("{} of {}", rule.target, rule.of);
    case RuleKind::required:
    case RuleKind::edges:
    case RuleKind::unique:
    case RuleKind::index:
      return "yes";
  }
  return "";
}

const Rule* of_kind(const Parameter& parameter, RuleKind kind) {
  const auto it = std::find_if(parameter.rules.begin(), parameter.rules.end(),
                               [&](const Rule& rule) { return rule.kind == kind; });
  return it == parameter.rules.end() ? nullptr : &*it;
}

std::string trigger_text(const Trigger& trigger) {
  for (const std::string* part :
       {&trigger.rule, &trigger.rule_kind, &trigger.condition, &trigger.replay, &trigger.race,
        &trigger.authentication, &trigger.service}) {
    if (!part->empty()) return *part;
  }
  return "";
}

class Comparison {
 public:
  Comparison(const Draft& draft, const Contract& contract, bool chinese)
      : draft_(draft), page_(draft.contract), contract_(contract), chinese_(chinese) {}

  std::vector<Difference> run() {
    names();
    for (const Parameter& parameter : page_.parameters) of_page(parameter);
    for (const Parameter& parameter : contract_.parameters) of_contract(parameter);
    for (const Field& field : page_.answer) of_page(field);
    for (const Field& field : contract_.answer) of_contract(field);
    contradictions();
    errors();
    states();
    return std::move(found_);
  }

 private:
  void differ(std::string row, Text what, std::string page, std::string contract) {
    found_.push_back({std::move(row), std::move(what), std::move(page), std::move(contract)});
  }

  void same(const std::string& row, Text what, const std::string& page,
            const std::string& contract) {
    if (page != contract) differ(row, std::move(what), page, contract);
  }

  void names() {
    same("action", {"action", "接口"}, page_.action, contract_.action);
    same("version", {"version", "版本"}, page_.version, contract_.version);
    // A page without an example request says neither.
    for (const Unread& one : draft_.unread) {
      if (one.row == "text" && one.quote == "GET /") return;
    }
    same("method", {"method", "方法"}, page_.method, contract_.method);
    if (page_.service != "unknown") {
      same("service", {"service", "服务"}, page_.service, contract_.service);
    }
  }

  static std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

  void of_page(const Parameter& said) {
    const Parameter* known = contract_.parameter(said.name);
    if (!known) return differ(said.row(), {"parameter", "参数"}, said.text.zh, "");
    same(said.row(), {"type", "类型"}, word_for(type_words(), said.type),
         word_for(type_words(), known->type));
    if (!draft_.unread_at(said.row(), RuleKind::required)) {
      same(said.row(), {"required", "是否必选"}, yes_or_no(said.required),
           yes_or_no(known->required));
    } else if (known->required) {
      differ(said.row(), {"required", "是否必选"}, requiredness_of(said), yes_or_no(true));
    }
    same(said.row(), {"example", "示例值"}, said.example, known->example);
    default_value(said, *known);
    description(said, *known);
    for (const Rule& rule : said.rules) {
      const bool open = draft_.open_below.contains(rule.address);
      const Rule* other = of_kind(*known, rule.kind);
      if (rule.kind == RuleKind::required) continue;  // compared above
      same(said.row(), kind_text(rule.kind), terms_of(rule, open),
           other ? terms_of(*other, open) : "");
    }
  }

  const std::string& in_words(const Text& text) const { return chinese_ ? text.zh : text.en; }

  // As the page has it, where import did not understand it.
  std::string requiredness_of(const Parameter& said) const {
    for (const Unread& one : draft_.unread) {
      if (one.row == said.row() && one.kind == RuleKind::required) return one.quote;
    }
    return "";
  }

  void default_value(const Parameter& said, const Parameter& known) {
    const Text what = {"default", "默认值"};
    if (said.default_value) {
      if (said.default_value == known.default_value) return;
      return differ(said.row(), what, show(*said.default_value),
                    known.default_value ? show(*known.default_value) : "");
    }
    if (!known.default_value || default_is_from_another_page(known)) return;
    const bool unread =
        std::any_of(draft_.unread.begin(), draft_.unread.end(), [&](const Unread& one) {
          const std::string quote = lower_ascii(one.quote);
          return one.row == said.row() && (quote.find("默认") != std::string::npos ||
                                           quote.find("default") != std::string::npos);
        });
    if (!unread) differ(said.row(), what, "", show(*known.default_value));
  }

  // Sources say in brackets what a page other than the first gave.
  static bool default_is_from_another_page(const Parameter& parameter) {
    return parameter.source.find("(default)") != std::string::npos;
  }

  // A parameter whose description is all rules has its name for a text.
  void description(const Parameter& said, const Parameter& known) {
    const auto text = [&](const Parameter& one) {
      return in_words(one.text) == one.name ? std::string() : in_words(one.text);
    };
    std::string texts = in_words(known.text);
    for (const Rule& rule : known.rules) texts += "\n" + in_words(rule.text);
    const auto description = draft_.descriptions.find(said.row());
    const TextDifference found = compare_texts(
        text(said), description == draft_.descriptions.end() ? "" : description->second,
        text(known), texts);
    if (!found.none()) {
      differ(said.row(), {"description", "描述"}, found.page, found.contract);
    }
  }

  static Text kind_text(RuleKind kind) {
    const Text named = kind_name(kind);
    return {"rule " + named.en, "规则:" + named.zh};
  }

  void of_contract(const Parameter& known) {
    const Parameter* said = page_.parameter(known.name);
    if (!said) {
      if (known.standing == Standing::documented) {
        differ(known.row(), {"parameter", "参数"}, "", known.text.zh);
      }
      return;
    }
    for (const Rule& rule : known.rules) {
      if (rule.standing != Standing::documented || rule.kind == RuleKind::required) continue;
      if (of_kind(*said, rule.kind) || draft_.unread_at(known.row(), rule.kind)) continue;
      differ(known.row(), kind_text(rule.kind), "", terms_of(rule, false));
    }
  }

  static const Field* field_of(const Contract& contract, const std::string& path) {
    const auto it = std::find_if(contract.answer.begin(), contract.answer.end(),
                                 [&](const Field& field) { return field.path == path; });
    return it == contract.answer.end() ? nullptr : &*it;
  }

  static bool in_table(const Field& field) { return field.source.ends_with("response parameters"); }

  void of_page(const Field& said) {
    const Field* known = field_of(contract_, said.path);
    if (!known) return differ(said.row(), {"member", "字段"}, said.text.zh, "");
    same(said.row(), {"type", "类型"}, said.type, known->type);
    same(said.row(), {"presence", "出现条件"}, word_for(presence_words(), said.presence),
         word_for(presence_words(), known->presence));
    same(said.row(), {"what it repeats", "回显"}, said.echoes, known->echoes);
    same(said.row(), {"what it equals", "等于"}, said.equals, known->equals);
    same(said.row(), {"example", "示例值"}, said.example, known->example);
    if (!in_table(said)) return;
    same(said.row(), {"form", "形式"}, said.prefix, known->prefix);
    same(said.row(), {"description", "描述"}, in_words(said.text), in_words(known->text));
  }

  void of_contract(const Field& known) {
    const bool needs_example = known.path.starts_with("ResponseMetadata") || known.path == "Result";
    if (known.standing != Standing::documented || field_of(page_, known.path)) return;
    if (needs_example && !field_of(page_, "ResponseMetadata")) return;  // no example on the page
    differ(known.row(), {"member", "字段"}, "", known.text.zh);
  }

  // What the page contradicts itself in.
  void contradictions() {
    for (const Note& said : page_.contradictions) {
      const auto known = [&](const Note& note) {
        return std::includes(note.rows.begin(), note.rows.end(), said.rows.begin(),
                             said.rows.end());
      };
      if (std::none_of(contract_.contradictions.begin(), contract_.contradictions.end(), known)) {
        differ(join(said.rows, ", "), {"contradiction", "矛盾"}, in_words(said.text), "");
      }
    }
  }

  // --- Errors

  static std::string cells(const ErrorRow& row) {
    return fmt::format("{} {}: {}", row.http.empty() ? 0 : row.http.front(), row.code,
                       row.message.en);
  }

  // The row of the contract that a row of the page is: of the same code and message, else the next
  // of the same code.
  const ErrorRow* partner(const ErrorRow& said) const {
    const ErrorRow* by_code = nullptr;
    for (const ErrorRow& row : contract_.errors) {
      if (row.code != said.code || taken_.contains(row.id)) continue;
      if (row.message.en == said.message.en) return &row;
      if (!by_code && !elsewhere(row)) by_code = &row;
    }
    return by_code;
  }

  // True iff the page has a row that says the same as this one of the contract.
  bool elsewhere(const ErrorRow& known) const {
    return std::any_of(page_.errors.begin(), page_.errors.end(), [&](const ErrorRow& row) {
      return row.code == known.code && row.message.en == known.message.en;
    });
  }

  void errors() {
    const ErrorRow* before = nullptr;
    for (const ErrorRow& said : page_.errors) {
      const ErrorRow* known = partner(said);
      if (!known) {
        differ(said.id, {"error row", "错误码行"}, cells(said), "");
        continue;
      }
      taken_.insert(known->id);
      if (before && known < before) {
        differ(said.id, {"order of the rows", "行的顺序"}, said.id, known->id);
      }
      before = known;
      compare(said, *known);
    }
    for (const ErrorRow& known : contract_.errors) {
      if (known.standing == Standing::documented && !taken_.contains(known.id)) {
        differ(known.id, {"error row", "错误码行"}, "", cells(known));
      }
    }
  }

  void compare(const ErrorRow& said, const ErrorRow& known) {
    if (std::set<int>(said.http.begin(), said.http.end()) !=
        std::set<int>(known.http.begin(), known.http.end())) {
      differ(said.id, {"HTTP code", "HTTP状态码"}, fmt::format("{}", fmt::join(said.http, ", ")),
             fmt::format("{}", fmt::join(known.http, ", ")));
    }
    same(said.id, {"message", "错误信息"}, said.message.en, known.message.en);
    if (chinese_ || !chinese(known.message.zh)) {
      same(said.id, {"description", "描述"}, said.message.zh, known.message.zh);
    }
    for (const Trigger& trigger : said.triggers) {
      if (std::find(known.triggers.begin(), known.triggers.end(), trigger) ==
          known.triggers.end()) {
        differ(said.id, {"cause", "原因"}, trigger_text(trigger), "");
      }
    }
  }

  bool documented(std::string_view id) const {
    return std::none_of(contract_.notes.begin(), contract_.notes.end(), [&](const Note& note) {
      return note.id == id && note.standing != Standing::documented;
    });
  }

  void states() {
    const Text what = {"state", "状态"};
    if (!page_.states.empty() || documented("notes/asynchronous")) {
      same("state_while_creating", what, page_.state_while_creating,
           contract_.state_while_creating);
      same("state_when_ready", what, page_.state_when_ready, contract_.state_when_ready);
    }
    if (page_.quota != 0 || documented("notes/quota")) {
      const auto number = [](int quota) { return quota == 0 ? "" : std::to_string(quota); };
      same("quota", {"quota", "配额"}, number(page_.quota), number(contract_.quota));
    }
  }

  const Draft& draft_;
  const Contract& page_;
  const Contract& contract_;
  const bool chinese_;
  std::set<std::string> taken_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> drift(const Draft& page, const Contract& contract, bool chinese) {
  return Comparison(page, contract, chinese).run();
}

}  // namespace flowlog

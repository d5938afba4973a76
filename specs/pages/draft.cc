#include "specs/pages/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/json_node.h"
#include "base/text.h"
#include "specs/pages/draft_answer.h"
#include "specs/pages/error_meaning.h"
#include "specs/pages/pattern.h"
#include "specs/pages/phrases.h"
#include "specs/words.h"

namespace flowlog {
namespace {

bool one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  const std::string lower = lower_ascii(word);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

// A text that is not empty, for both languages.
Text both(const std::string& text, const std::string& fallback) {
  const std::string& said = text.empty() ? fallback : text;
  return {said, said};
}

std::string first_group(const Pattern& pattern, const std::string& text) {
  const auto found = pattern.find(text);
  return found ? found->groups[1] : "";
}

class Drafter {
 public:
  Drafter(const Page& page, std::string source) : page_(page), source_(std::move(source)) {}

  Draft run() {
    draft_.unread = page_.unread;
    request();
    for (const Page::Parameter& row : page_.parameters) parameter(row);
    names();
    text();
    contract().answer = draft_answer(page_, source_, draft_.unread, contract().contradictions);
    for (const Page::Error& row : page_.errors) error(row);
    check_targets();
    return std::move(draft_);
  }

 private:
  Contract& contract() { return draft_.contract; }

  void unread(std::string row, std::string quote, Text why, std::optional<RuleKind> kind = {}) {
    draft_.unread.push_back({std::move(row), std::move(quote), std::move(why), kind});
  }

  // --- Request

  void request() {
    static const Pattern method("^(GET|POST) ");
    static const Pattern service("(?:^|\\s)Service(?:Name)?:\\s*([a-z][a-z0-9_-]*)");
    contract().method = first_group(method, page_.request);
    contract().service = first_group(service, page_.request);
    if (contract().method.empty()) {
      contract().method = "GET";
      unread("text", "GET /",
             {"No example request: GET stands in the draft.", "没有请求示例:草稿中以GET代替。"});
    }
    if (contract().service.empty()) {
      contract().service = "unknown";
      unread("text",
             "Service:", {"No example request names the service.", "请求示例中没有服务名称。"});
    }
  }

  void parameter(const Page::Parameter& row) {
    Parameter parameter;
    parameter.name = row.name;
    parameter.example = row.example;
    parameter.source = source_ + ", request parameters";
    if (contract().parameter(parameter.name)) {
      throw InputError(fmt::format("{}: the parameter {} stands twice", source_, show(row.name)));
    }
    type(row, parameter);
    required(row, parameter);
    Terms terms = read_terms(row.description);
    const std::string cells = unread_cells(row, parameter);
    parameter.text = both(terms.text + cells, row.name);
    draft_.descriptions[parameter.row()] = row.description + "\n" + cells;
    if (terms.default_value) parameter.default_value = terms.default_value;
    if (!row.default_value.empty() && row.default_value != "-" && row.default_value != "无") {
      parameter.default_value = row.default_value;
    }
    take(terms, parameter, parameter.source);
    contract().parameters.push_back(std::move(parameter));
  }

  // What stands in the cells of type and requiredness, where a contract has no words for it.
  std::string unread_cells(const Page::Parameter& row, const Parameter& parameter) const {
    std::string cells;
    for (const Unread& one : draft_.unread) {
      const bool cell = one.quote == row.type || one.quote == row.required;
      if (one.row == parameter.row() && cell && !one.quote.empty()) cells += " " + one.quote + ".";
    }
    return cells;
  }

  void type(const Page::Parameter& row, Parameter& parameter) {
    if (one_of(row.type, {"integer", "int", "int32", "int64", "long"})) {
      parameter.type = Type::integer;
    } else if (!one_of(row.type, {"string"})) {
      unread(parameter.row(), row.type,
             {"A type that contracts do not know; String stands in the draft.",
              "契约中没有的类型;草稿中以String代替。"});
    }
  }

  void required(const Page::Parameter& row, Parameter& parameter) {
    if (one_of(row.required, {"是", "必选", "必填", "yes", "required", "true", "y"})) {
      parameter.required = true;
      Rule rule;
      rule.kind = RuleKind::required;
      rule.text = {"Must be sent.", "必选。"};
      place(std::move(rule), parameter, parameter.source);
    } else if (!one_of(row.required, {"否", "可选", "选填", "no", "optional", "false", "n"})) {
      unread(parameter.row(), row.required,
             {"Whether it must be sent is not understood; it is optional in the draft.",
              "未能识别是否必选;草稿中为可选。"},
             RuleKind::required);
    }
  }

  void place(Rule rule, Parameter& parameter, const std::string& source) {
    rule.id = std::string(name(rule.kind));
    rule.address = parameter.name + "/" + rule.id;
    rule.source = source;
    parameter.rules.push_back(std::move(rule));
  }

  void take(Terms& terms, Parameter& parameter, const std::string& source) {
    for (Unread& one : terms.unread) {
      one.row = parameter.row();
      draft_.unread.push_back(std::move(one));
    }
    for (Rule& rule : terms.rules) {
      if (lawful(rule, parameter)) place(std::move(rule), parameter, source);
    }
    if (terms.open_below && std::any_of(parameter.rules.begin(), parameter.rules.end(),
                                        [](const Rule& r) { return r.kind == RuleKind::length; })) {
      draft_.open_below.insert(parameter.name + "/length");
    }
  }

  // Rules about siblings stand at indexed parameters only; values of an Integer are numbers.
  bool lawful(const Rule& rule, const Parameter& parameter) {
    const bool siblings = rule.kind == RuleKind::unique || rule.kind == RuleKind::count ||
                          rule.kind == RuleKind::index || rule.kind == RuleKind::needs;
    static const Pattern integer("^(?:0|-?[1-9][0-9]*)$");
    const bool numbers = parameter.type != Type::integer || rule.kind != RuleKind::values ||
                         std::all_of(rule.words.begin(), rule.words.end(),
                                     [](const std::string& word) { return integer.in(word); });
    if ((!siblings || parameter.indexed()) && numbers) return true;
    unread(parameter.row(), rule.text.zh,
           {"A rule that this parameter cannot have.", "该参数不能有此规则。"}, rule.kind);
    return false;
  }

  void names() {
    for (const auto& [parameter, member] :
         {std::pair("Action", &Contract::action), std::pair("Version", &Contract::version)}) {
      const Parameter* found = contract().parameter(parameter);
      std::string value = found ? found->example : "";
      if (const Rule* rule = found ? found->rule("values") : nullptr) value = rule->words.front();
      if (value.empty()) {
        throw InputError(fmt::format("{}: no row {} with an example or a value, expected one",
                                     source_, parameter));
      }
      contract().*member = value;
    }
    contract().page = fmt::format("{}, read from {}", contract().action, source_);
    static const Pattern verb(
        "^(?:Create|Modify|Update|Delete|Describe|Active|Deactive)"
        "(\\w+?)(?:Attributes?|s)?$");
    noun_ = first_group(verb, contract().action);
  }

  // --- Text

  void text() {
    static const Pattern state(
        "([A-Z][A-Za-z]+)[`\"]?\\s*(?:表示|[:：]|means?|indicates?|-)\\s*"
        "([^,，。.;\\n]+)");
    static const Pattern creating("创建中|being created|is created|creating");
    static const Pattern ready("创建完成|可用|has been created|available|ready|is created");
    static const Pattern quota(
        "最多(?:可以?|能)?创建\\s*(\\d+)\\s*(?:个|条)|(?:up to|at most) (\\d+) "
        "[\\w ]+ (?:in|for|per) (?:one|a|each|an)");
    std::string rest = page_.prose;
    while (const auto found = state.find(rest)) {
      rest = found->rest;
      const std::string& word = found->groups[1];
      const std::string& meaning = found->groups[2];
      const bool first = contract().state_while_creating.empty() && creating.in(meaning);
      const bool second = !first && contract().state_when_ready.empty() && ready.in(meaning);
      if (!first && !second) continue;
      (first ? contract().state_while_creating : contract().state_when_ready) = word;
      contract().states.push_back(word);
    }
    if (const auto found = quota.find(page_.prose)) {
      const std::string digits = found->groups[1] + found->groups[2];
      if (digits.size() < 7) contract().quota = std::stoi(digits);
    }
  }

  // --- Errors

  void error(const Page::Error& row) {
    ErrorRow error;
    error.id = fmt::format("errors/{}", contract().errors.size() + 1);
    error.code = row.code;
    error.message = {row.message, row.description};
    error.source = source_ + ", error codes";
    static const Pattern http("^([45]\\d\\d)$");
    const std::string code = first_group(http, row.http);
    if (code.empty() || row.code.empty()) {
      unread(error.id, row.http + " " + row.code,
             {"No HTTP code from 400 to 599 with an error code: the row is left out.",
              "没有400至599的HTTP状态码或没有错误码:未收入此行。"});
      return;
    }
    error.http = {std::stoi(code)};
    ErrorMeaning meaning = error_meaning(row, contract().parameters, noun_);
    error.triggers = meaning.triggers;
    rules_of(meaning, error);
    if (error.triggers.empty() && meaning.parameter.empty()) {
      unread(error.id, row.message,
             {"What leads to this error is not understood.", "未能识别何种情形会返回此错误。"});
    } else if (error.triggers.empty()) {
      unread(error.id, row.message,
             {fmt::format("The rule of {} that leads to this error is not on the page.",
                          meaning.parameter),
              fmt::format("页面中没有导致此错误的{}规则。", meaning.parameter)});
    }
    contract().errors.push_back(std::move(error));
  }

  void rules_of(ErrorMeaning& meaning, ErrorRow& error) {
    auto& all = contract().parameters;
    const auto owner = std::find_if(all.begin(), all.end(), [&](const Parameter& one) {
      return one.name == meaning.parameter;
    });
    if (owner == all.end()) return;
    for (const Rule& rule : meaning.terms.rules) {
      if (!owner->rule(name(rule.kind))) {
        Terms one{{rule}, {}, meaning.terms.open_below && rule.kind == RuleKind::length, {}, {}};
        take(one, *owner, error.source);
      } else if (rule.kind == RuleKind::length) {
        compare(*owner->rule("length"), rule, *owner, error);
      }
      trigger(*owner, rule.kind, error);
    }
    if (meaning.answers) trigger(*owner, *meaning.answers, error);
    if (!meaning.malformed) return;
    for (RuleKind kind : {RuleKind::values, RuleKind::first, RuleKind::last, RuleKind::characters,
                          RuleKind::prefix}) {
      trigger(*owner, kind, error);
    }
  }

  // One limit, said at the parameter and in the error table.
  void compare(const Rule& at_parameter, const Rule& in_row, const Parameter& owner,
               const ErrorRow& error) {
    if (at_parameter.max == in_row.max || at_parameter.source == error.source) return;
    Note note;
    note.id = "contradictions/" + owner.name + "-length-" + std::to_string(in_row.max);
    note.rows = {owner.row(), error.id};
    note.source = at_parameter.source + "; " + error.source;
    note.text = {fmt::format("{} may have {} characters by the parameter table, {} by the error "
                             "table.",
                             owner.name, at_parameter.max, in_row.max),
                 fmt::format("{}的长度上限,参数表为{}个字符,错误码表为{}个字符。", owner.name,
                             at_parameter.max, in_row.max)};
    contract().contradictions.push_back(std::move(note));
  }

  static void trigger(const Parameter& owner, RuleKind kind, ErrorRow& error) {
    const Rule* rule = owner.rule(name(kind));
    if (!rule) return;
    Trigger trigger;
    trigger.rule = rule->address;
    if (std::find(error.triggers.begin(), error.triggers.end(), trigger) == error.triggers.end()) {
      error.triggers.push_back(std::move(trigger));
    }
  }

  static std::string stem(const std::string& name) { return name.substr(0, name.find(".N")); }

  // Rules may name parameters that the page does not have.
  void check_targets() {
    for (Parameter& parameter : contract().parameters) {
      std::erase_if(parameter.rules, [&](const Rule& rule) {
        const std::string& named = rule.kind == RuleKind::needs ? rule.target : rule.of;
        const bool sibling = rule.kind != RuleKind::needs ||
                             (named != parameter.name && stem(named) == stem(parameter.name));
        if (named.empty() || (contract().parameter(named) && sibling)) return false;
        unread(parameter.row(), rule.text.zh,
               {"The parameter that it names is not on the page, or is no sibling.",
                "所指的参数不在页面中,或不属于同一组。"},
               rule.kind);
        return true;
      });
    }
  }

  const Page& page_;
  const std::string source_;
  std::string noun_;
  Draft draft_;
};

}  // namespace

bool Draft::unread_at(const std::string& row, RuleKind kind) const {
  return std::any_of(unread.begin(), unread.end(),
                     [&](const Unread& one) { return one.row == row && one.kind == kind; });
}

Draft draft_contract(const Page& page, const std::string& source) {
  return Drafter(page, source).run();
}

}  // namespace flowlog

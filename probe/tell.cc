#include "probe/tell.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "probe/steps.h"
#include "reports/printable.h"

namespace flowlog::probe {
namespace {

const Text kSilent = {"nothing", "未说明"};

Text unit_words(std::optional<Unit> unit) {
  switch (unit.value_or(Unit::characters)) {
    case Unit::characters:
      break;
    case Unit::not_bytes:
      return {"code points or UTF-16 units", "个码点或 UTF-16 单元"};
    case Unit::bytes:
      return {"bytes", "个字节"};
    case Unit::utf16_units:
      return {"UTF-16 units", "个 UTF-16 单元"};
    case Unit::points:
      return {"code points", "个码点"};
    case Unit::clusters:
      return {"grapheme clusters", "个字素簇"};
  }
  return {"characters", "个字符"};
}

Text both(const std::string& text) {
  return {text, text};
}

Text at_most(const Limit& limit, const Text& unit) {
  const char* en = limit.at_least ? "at least {} {}" : "up to {} {}";
  const char* zh = limit.at_least ? "至少 {} {}" : "最多 {} {}";
  return {fmt::format(fmt::runtime(en), limit.value, unit.en),
          fmt::format(fmt::runtime(zh), limit.value, unit.zh)};
}

Text from_to(std::optional<std::size_t> min, const Limit& max, const Text& unit) {
  if (!min || max.at_least) return at_most(max, unit);
  return {fmt::format("{} to {} {}", *min, max.value, unit.en),
          fmt::format("{}~{} {}", *min, max.value, unit.zh)};
}

void add_length(const Parameter& parameter, const SeenParameter& seen, std::vector<Line>& out) {
  const Rule* rule = rule_of(parameter, RuleKind::length);
  if (rule == nullptr || !seen.length || !seen.length->max) return;
  const SeenLength& length = *seen.length;
  const Text unit = unit_words(length.unit);
  const bool counted_otherwise = length.unit == Unit::bytes || length.unit == Unit::utf16_units ||
                                 length.unit == Unit::clusters;
  const bool grey_max =
      std::ranges::find(rule->grey_lengths, length.max->value + 1) != rule->grey_lengths.end();
  const bool other_max = length.max->at_least || (length.max->value != rule->max && !grey_max);
  const bool other_min = length.min && *length.min != rule->min;
  out.push_back({both(parameter.name),
                 from_to(length.min ? std::optional(rule->min) : std::nullopt, {rule->max, false},
                         unit_words(std::nullopt)),
                 from_to(length.min, *length.max, unit),
                 counted_otherwise || other_max || other_min});
}

// Documented, and neither allowed nor left open.
bool surprises(const Rule& rule, char32_t point, bool taken) {
  if (rule.grey.contains(point)) return false;
  return rule.allowed.contains(point) != taken;
}

std::string list_of(const std::vector<std::string>& items, const char* none) {
  return items.empty() ? none : join(items, ", ");
}

void add_kinds(const Parameter& parameter, const SeenParameter& seen, std::vector<Line>& out) {
  const Rule* rule = rule_of(parameter, RuleKind::characters);
  if (rule == nullptr || seen.kinds.empty()) return;
  std::vector<std::string> taken[2];
  std::vector<std::string> refused[2];
  bool differs = false;
  for (const SeenKind& one : seen.kinds) {
    (one.taken ? taken : refused)[0].push_back(one.kind->text.en);
    (one.taken ? taken : refused)[1].push_back(one.kind->text.zh);
    differs |= std::ranges::any_of(one.kind->samples, [&](char32_t point) {
      return point == one.kind->samples.front() && surprises(*rule, point, one.taken);
    });
  }
  out.push_back(
      {{parameter.name + ", characters", parameter.name + "，字符"},
       rule->text,
       {fmt::format("takes {}; refuses {}", list_of(taken[0], "none"), list_of(refused[0], "none")),
        fmt::format("接受{}；拒绝{}", list_of(taken[1], "无"), list_of(refused[1], "无"))},
       differs});
}

void add_marks(const Parameter& parameter, const SeenParameter& seen, std::vector<Line>& out) {
  const Rule* rule = rule_of(parameter, RuleKind::characters);
  if (rule == nullptr || (seen.marks_taken.empty() && seen.marks_refused.empty())) return;
  std::string documented;
  for (const char32_t point : character_kind("mark").samples) {
    if (rule->allowed.contains(point)) documented += static_cast<char>(point);
  }
  const auto surprising = [&](const std::string& marks, bool taken) {
    return std::ranges::any_of(marks, [&](char c) {
      return surprises(*rule, static_cast<char32_t>(static_cast<unsigned char>(c)), taken);
    });
  };
  out.push_back({{parameter.name + ", marks", parameter.name + "，标点"},
                 {documented.empty() ? "none" : documented, documented.empty() ? "无" : documented},
                 {fmt::format("takes {}", seen.marks_taken.empty() ? "none" : seen.marks_taken),
                  fmt::format("接受 {}", seen.marks_taken.empty() ? "无" : seen.marks_taken)},
                 surprising(seen.marks_taken, true) || surprising(seen.marks_refused, false)});
}

void add_words(const Parameter& parameter, const SeenParameter& seen, std::vector<Line>& out) {
  const Rule* rule = rule_of(parameter, RuleKind::values);
  if (rule == nullptr || seen.words.empty()) return;
  std::vector<std::string> taken;
  bool differs = false;
  for (const SeenWord& one : seen.words) {
    if (one.taken) taken.push_back(one.word);
    differs |= one.taken != one.documented;
  }
  const bool any_case = std::ranges::any_of(seen.other_cases, &SeenWord::taken);
  Text enforced = {list_of(taken, "none"), list_of(taken, "无")};
  if (any_case) {
    enforced.en += ", in another letter case as well";
    enforced.zh += "，大小写不敏感";
  }
  out.push_back(
      {both(parameter.name), both(join(rule->words, ", ")), enforced, differs || any_case});
}

void add_default(const Parameter& parameter, const SeenParameter& seen, std::vector<Line>& out) {
  if (!seen.default_value || !parameter.default_value) return;
  out.push_back({{parameter.name + ", left out", parameter.name + "，不传时"},
                 both(show(*parameter.default_value)),
                 both(show(*seen.default_value)),
                 *seen.default_value != *parameter.default_value});
}

void add_count(const Parameter& parameter, const SeenParameter& seen, std::vector<Line>& out) {
  const Rule* rule = rule_of(parameter, RuleKind::count);
  if (rule == nullptr || !seen.count) return;
  const bool grey = seen.count->value > rule->max && seen.count->value <= rule->grey_max;
  const Text unit = {"in one request", "个（单次请求）"};
  out.push_back({{parameter.name + ", number", parameter.name + "，数量"},
                 at_most({rule->max, false}, unit),
                 at_most(*seen.count, unit),
                 seen.count->at_least || (seen.count->value != rule->max && !grey)});
}

void add_order(const Observed& observed, std::vector<Line>& out) {
  if (observed.fault_order.empty()) return;
  std::vector<std::string> order;
  for (const SeenFault& fault : observed.fault_order) {
    order.push_back(fault.parameters.empty()
                        ? fault.answer
                        : fmt::format("{} ({})", fault.answer, join(fault.parameters, ", ")));
  }
  out.push_back({{"of several faults, in this order", "存在多处错误时的返回顺序"},
                 kSilent,
                 both(join(order, "; ")),
                 false});
}

void add_pages(const Service& service, const Observed& observed, std::vector<Line>& out) {
  const Action& lister = service.lister();
  const Parameter* size = lister.contract.parameter(lister.parameter(Role::page_size));
  const Rule* range = size == nullptr ? nullptr : rule_of(*size, RuleKind::range);
  if (range == nullptr || !observed.page_max) return;
  const Text unit = {"on a page", "条（每页）"};
  const bool other = observed.page_max->at_least || observed.page_max->value != range->max ||
                     (observed.page_min && *observed.page_min != range->min);
  out.push_back({both(lister.name + ":" + size->name),
                 from_to(range->min, {range->max, false}, unit),
                 from_to(observed.page_min, *observed.page_max, unit), other});
}

void add_clock(const char* en, const char* zh, const std::optional<Limit>& seen,
               std::vector<Line>& out) {
  if (!seen) return;
  out.push_back(
      {{en, zh}, kSilent, at_most(*seen, {"s, to within 10 s", "秒（误差 10 秒内）"}), false});
}

void add_life(const Service& service, const Observed& observed, std::vector<Line>& out) {
  if (observed.token_remembered_s || observed.token_forgotten) {
    const double kept = observed.token_remembered_s.value_or(0);
    out.push_back({{"a token is remembered", "ClientToken 的记忆时长"},
                   kSilent,
                   observed.token_forgotten
                       ? Text{"forgotten within the run", "运行期间即已失效"}
                       : Text{fmt::format("for {:.1f} s at least, as long as the run asked", kept),
                              fmt::format("至少 {:.1f} 秒（运行期间）", kept)},
                   observed.token_forgotten});
  }
  if (observed.seconds_to_ready) {
    const Contract& contract = service.creator().contract;
    out.push_back(
        {{fmt::format("from {} to {}", contract.state_while_creating, contract.state_when_ready),
          fmt::format("从 {} 到 {}", contract.state_while_creating, contract.state_when_ready)},
         kSilent,
         {fmt::format("{:.2f} s", *observed.seconds_to_ready),
          fmt::format("{:.2f} 秒", *observed.seconds_to_ready)},
         false});
  }
  if (observed.quota) {
    const Text unit = {"in the account", "个（每账号）"};
    const std::size_t documented =
        service.kind.quota ? static_cast<std::size_t>(service.kind.quota->max) : 0;
    out.push_back(
        {service.kind.plural, documented == 0 ? kSilent : at_most({documented, false}, unit),
         at_most(*observed.quota, unit),
         documented != 0 && (observed.quota->at_least ? observed.quota->value > documented
                                                      : observed.quota->value != documented)});
  }
}

}  // namespace

std::vector<Line> lines(const Service& service, const Observed& observed) {
  std::vector<Line> out;
  for (const Parameter* parameter : asked_about(service)) {
    const auto found = observed.parameters.find(parameter->name);
    if (found == observed.parameters.end()) continue;
    for (const auto add : {add_length, add_kinds, add_marks, add_words, add_default, add_count}) {
      add(*parameter, found->second, out);
    }
  }
  add_pages(service, observed, out);
  add_order(observed, out);
  if (observed.request_bytes) {
    out.push_back({{"length of a request's target", "请求目标的长度"},
                   kSilent,
                   at_most(*observed.request_bytes, {"bytes", "个字节"}),
                   false});
  }
  add_clock("age of a signature", "签名可早于当前时间", observed.seconds_behind, out);
  add_clock("signed ahead of time", "签名可晚于当前时间", observed.seconds_ahead, out);
  add_life(service, observed, out);
  return out;
}

std::string tell(const Service& service, const Observed& observed, Language say) {
  std::string text;
  std::size_t differ = 0;
  const std::vector<Line> all = lines(service, observed);
  for (const Line& line : all) {
    differ += line.differs ? 1 : 0;
    text += fmt::format(
        fmt::runtime(say("{} {}: documented {}; enforced {}\n", "{} {}：文档：{}；实际：{}\n")),
        line.differs ? "!" : " ", printable(say(line.subject)), printable(say(line.documented)),
        printable(say(line.enforced)));
  }
  for (const Text& one : observed.left_out) {
    text +=
        fmt::format(fmt::runtime(say("  left out: {}\n", "  未查明：{}\n")), printable(say(one)));
  }
  return text + fmt::format(fmt::runtime(say("{} of {} limits differ from the documentation.\n",
                                             "{1} 项限制中有 {0} 项与文档不同。\n")),
                            differ, all.size());
}

}  // namespace flowlog::probe

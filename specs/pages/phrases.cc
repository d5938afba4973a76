#include "specs/pages/phrases.h"

#include <algorithm>
#include <utility>

#include "specs/pages/limit_words.h"
#include "specs/pages/pattern.h"
#include "specs/pages/sentences.h"
#include "specs/pages/statements.h"
#include "specs/pages/value_lists.h"

namespace flowlog {
namespace {

constexpr std::size_t kMost = 1'000'000;        // a limit beyond it is a slip of the pen
constexpr std::size_t kLongestSentence = 4000;  // bytes; beyond it nothing is a usual phrase

// --- Lengths

void read_lengths(Statements& said) {
  const auto named = read_length(said.reading.text());
  if (!named) return;
  std::vector<Span> spans;
  for (const PatternMatch& words : named->words) spans.push_back(said.reading.span(words));
  for (const Span span : spans) said.reading.take(span);
  static const Pattern least(
      "最少|至少|最短|少于|小于|大于|\\b(?:least|min(?:imum)?|more than)\\b");
  if (named->bytes) {
    said.cannot_read(RuleKind::length, {"A length in bytes; a contract counts characters.",
                                        "长度以字节计,而契约以字符计。"});
  } else if (!named->max) {
    said.cannot_read(RuleKind::length,
                     {"A least length without a greatest.", "只给出最小长度,未给出最大长度。"});
  } else if (*named->max == 0 || *named->max > kMost || named->min.value_or(0) > *named->max ||
             (!named->min && least.in(said.reading.left()))) {
    said.cannot_read(RuleKind::length, not_understood());
  } else {
    Stated& stated = said.add(RuleKind::length, std::move(spans));
    stated.rule.min = named->min.value_or(0);
    stated.rule.max = *named->max;
    stated.open_below = !named->min;
  }
}

// --- Defaults, tags, and what must exist

void read_defaults(Statements& said) {
  static const std::string left_out =
      "(?:(?:若|如果|如)?(?:不填写?|不传入?|不指定|不设置|未填写?|未传入?|未指定|未设置|缺省|留空)"
      "(?:该参数|此参数)?(?:时|则|的话)*[,，]?\\s*(?:系统)?(?:会|将|则)?|(?:if|when) (?:it is "
      "|this "
      "parameter is |the parameter is )?(?:left out|omitted|unspecified|not (?:set|sent|specified|"
      "given|passed)),? (?:it |the )?)?";
  static const std::string end = "(?=\\s*\\.?\\s*(?:$|[,，)）]))";
  static const Pattern literal(
      left_out +
      "(?:默认(?:值)?(?:为|是|取|加入)?[:：]?\\s*[`\"“]?([A-Za-z0-9][A-Za-z0-9_.-]*?)[`\"”]?\\s*"
      "(?:项目|分钟)?|(?:defaults? to|default(?: value)?(?: is|:))\\s*(?:the project )?[`\"]?"
      "([A-Za-z0-9][A-Za-z0-9_-]*)[`\"]?\\s*(?:minutes)?)" +
      end);
  static const Pattern empty(
      left_out + "(?:默认(?:值)?为空|default(?:s to|(?: value)? is|:) (?:an )?empty(?: string)?)" +
      end);
  static const Pattern any(
      "默认(?:值)?(?:为|是|取|[:：])|\\bdefaults? to\\b|\\bdefault(?: value)?(?: is|:)");
  const std::string& text = said.reading.text();
  for (const Pattern* pattern : {&literal, &empty}) {
    const auto found = pattern->find(text);
    if (!found) continue;
    said.default_value = pattern == &empty ? "" : found->groups[1] + found->groups[2];
    said.default_span = said.reading.span(*found);
    said.reading.take(said.default_span);
    return;
  }
  if (any.in(text)) {
    said.cannot_read(std::nullopt, {"A default that is no fixed text.", "默认值不是固定文本。"});
  }
}

void read_siblings(Statements& said) {
  static const Pattern unique(
      "不允许重复|不能重复|不可重复|不得重复|(?:must not|cannot) (?:be repeated|repeat)|must be "
      "unique");
  static const Pattern index(
      "从1开始|counts? from 1|starts? from 1|in order from 1|consecutive from 1");
  for (const auto& [kind, pattern] :
       {std::pair(RuleKind::unique, &unique), std::pair(RuleKind::index, &index)}) {
    std::vector<Span> spans;
    while (const auto found = pattern->find(said.reading.left())) {
      spans.push_back(said.reading.span(*found));
      said.reading.take(spans.back());
    }
    if (!spans.empty()) said.add(kind, std::move(spans));
  }
  const auto count = read_count(said.reading.text());
  if (!count) return;
  if (count->max == 0 || count->max > kMost) {
    return said.cannot_read(RuleKind::count, not_understood());
  }
  said.add(RuleKind::count, {said.reading.span(count->words)}).rule.max = count->max;
}

void read_needs(Statements& said) {
  static const Pattern needs(
      "(?:(?:若|如果|如)?(?:传入|指定|设置)了?该参数时?[,，]?则?)?"
      "(?:必须先传入|须先传入|需要?(?:先|同时)传入)\\s*([A-Za-z0-9_.]*)|"
      "\\b(?:needs|requires)\\s+([A-Z][A-Za-z0-9_.]*)|must (?:also |first )?"
      "(?:specify|pass|send)\\s+([A-Z][A-Za-z0-9_.]*)");
  const auto found = needs.find(said.reading.text());
  if (!found) return;
  const std::string target = stripped(found->groups[1] + found->groups[2] + found->groups[3], ".");
  if (target.empty()) {
    said.cannot_read(RuleKind::needs, {"Which parameter must be sent as well is missing.",
                                       "未写明须同时传入哪个参数。"});
  } else {
    said.add(RuleKind::needs, {said.reading.span(*found)}).rule.target = target;
  }
}

void read_existence(Statements& said) {
  static const Pattern exists(
      "根据\\s*(\\w+)\\s*传入的参数[,，]传入对应类型资源的ID|resource of the type "
      "(?:that |given by |specified by |in )(\\w+)");
  const auto found = exists.find(said.reading.text());
  if (!found) return;
  Rule& rule = said.add(RuleKind::exists, {said.reading.span(*found)}).rule;
  rule.target = "resource";
  rule.of = found->groups[1] + found->groups[2];
}

void read_blanks(Statements& said) {
  static const Pattern blanks(
      "首尾.{0,12}空格|空格.{0,12}首尾|(?:leading|trailing|surrounding) "
      "(?:blanks|spaces)|(?:blanks|spaces) at (?:the|either|both) end");
  if (!blanks.in(said.reading.text())) return;
  said.cannot_read(RuleKind::edges, {"Blanks at the ends: refused or removed, a contract takes "
                                     "either.",
                                     "首尾空格:拒绝或自动去除,契约均接受。"});
}

bool of_value(RuleKind kind) {
  return kind == RuleKind::length || kind == RuleKind::characters || kind == RuleKind::first ||
         kind == RuleKind::last || kind == RuleKind::values || kind == RuleKind::prefix;
}

// "说明 …" and "Note: …" head a sentence.
std::string without_label(const std::string& sentence) {
  static const Pattern label("^(?:说明|注意|Note|Notice)(?:\\s+|\\s*[:：]\\s*)");
  const auto found = label.find(sentence);
  return found ? found->rest : sentence;
}

// A stop after a blank is a sign: "_ . :".
std::string without_stop(std::string sentence) {
  if (sentence.ends_with('.') && !sentence.ends_with(" .")) sentence.pop_back();
  return sentence;
}

class TermsReader {
 public:
  explicit TermsReader(std::string_view description) : sentences_(sentences(description)) {}

  Terms run() {
    for (at_ = 0; at_ < sentences_.size();) sentence();
    join_first_and_characters();
    return std::move(terms_);
  }

 private:
  void sentence() {
    Statements said(without_stop(without_label(without_bullet(sentences_[at_++]).first)));
    if (said.reading.text().size() > kLongestSentence) {
      said.cannot_read(std::nullopt, {"A sentence too long to be read.", "句子过长,未读取。"});
      terms_.unread.push_back(said.unread.front());
      return tell(said.reading.text());
    }
    const ValueList list = read_values(said, sentences_, at_);
    read_lengths(said);
    read_edges(said);
    read_characters(said);
    read_defaults(said);
    read_siblings(said);
    read_needs(said);
    read_existence(said);
    read_blanks(said);
    settle(said, list);
  }

  // What the rest of the sentence lets stand, and what is left of it.
  void settle(Statements& said, const ValueList& list) {
    for (Stated& one : said.rules) {
      const bool twisted = std::any_of(one.spans.begin(), one.spans.end(), [&](Span span) {
        return said.reading.twisted(span, of_value(one.rule.kind));
      });
      if (twisted || (list.listed && one.rule.kind == RuleKind::values && list.default_twice)) {
        said.cannot_read(one.rule.kind, not_understood());
      } else if (rule(one.rule.kind)) {
        said.cannot_read(one.rule.kind,
                         {"A second rule of one kind: the page may contradict itself.",
                          "同类规则出现两次:页面可能自相矛盾。"});
      } else {
        terms_.open_below |= one.open_below;
        partial_ |= one.partial;
        terms_.rules.push_back(std::move(one.rule));
      }
    }
    settle_default(said);
    const bool broken = at_ == sentences_.size() && broken_off(said.reading.text()) && !list.listed;
    if (said.unread.empty() && broken) {
      said.cannot_read(std::nullopt, {"The sentence breaks off here.", "句子在此中断。"});
    } else if (said.unread.empty() && said.reading.seems_a_rule()) {
      said.cannot_read(std::nullopt, not_understood());
    }
    for (Unread& one : said.unread) terms_.unread.push_back(std::move(one));
    for (const Unread& one : list.unread) terms_.unread.push_back(one);
    if (!said.unread.empty() || !said.reading.whole())
      tell(list.before.value_or(said.reading.text()));
    for (const std::string& meaning : list.meanings) tell(meaning);
  }

  void settle_default(Statements& said) {
    if (!said.default_value) return;
    if (said.reading.twisted(said.default_span, false)) {
      said.cannot_read(std::nullopt, not_understood());
    } else if (terms_.default_value && *terms_.default_value != *said.default_value) {
      said.cannot_read(std::nullopt, {"A second default: the page may contradict itself.",
                                      "默认值出现两次:页面可能自相矛盾。"});
    } else {
      terms_.default_value = said.default_value;
    }
  }

  void tell(const std::string& sentence) {
    const std::string said = stripped(sentence, " .");
    if (said.empty()) return;
    const bool zh = chinese(said);
    if (!terms_.text.empty() && !terms_.text.ends_with("。")) terms_.text += ' ';
    terms_.text += said + (zh ? "。" : ".");
  }

  Rule* rule(RuleKind kind) {
    const auto it = std::find_if(terms_.rules.begin(), terms_.rules.end(),
                                 [&](const Rule& one) { return one.kind == kind; });
    return it == terms_.rules.end() ? nullptr : &*it;
  }

  // "Starts with a letter or digit, and may hold . and _": the letters and digits may stand later,
  // too.
  void join_first_and_characters() {
    Rule* characters = rule(RuleKind::characters);
    const Rule* first = rule(RuleKind::first);
    if (!partial_ || !characters) return;
    if (!first) {
      terms_.unread.push_back({"",
                               characters->text.en,
                               {"Characters that may stand there, and not what else may.",
                                "只说明允许哪些字符,未说明还允许哪些字符。"},
                               RuleKind::characters});
      tell(characters->text.en);
      std::erase_if(terms_.rules, [](const Rule& one) { return one.kind == RuleKind::characters; });
      return;
    }
    characters->allowed = first->allowed.united(characters->allowed);
    characters->grey = first->grey;
  }

  const std::vector<std::string> sentences_;
  std::size_t at_ = 0;  // the sentence after the one that is read
  bool partial_ = false;
  Terms terms_;
};

}  // namespace

Stated& Statements::add(RuleKind kind, std::vector<Span> spans) {
  for (const Span span : spans) reading.take(span);
  Stated& stated = rules.emplace_back();
  stated.rule.kind = kind;
  stated.rule.text = {reading.text(), reading.text()};
  stated.spans = std::move(spans);
  return stated;
}

void Statements::cannot_read(std::optional<RuleKind> kind, Text why) {
  unread.push_back({"", reading.text(), std::move(why), kind});
}

Text not_understood() {
  return {"This seems to state a rule, in words that are not known.",
          "此处似乎是一条规则,但未能识别其表述。"};
}

Terms read_terms(std::string_view description) {
  return TermsReader(description).run();
}

}  // namespace flowlog

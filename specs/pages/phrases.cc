#include "specs/pages/phrases.h"

#include <algorithm>
#include <utility>

#include "specs/pages/character_words.h"
#include "specs/pages/limit_words.h"
#include "specs/pages/pattern.h"
#include "specs/pages/sentences.h"

namespace flowlog {
namespace {

constexpr std::size_t kMost = 1'000'000;        // a limit beyond it is a slip of the pen
constexpr std::size_t kLongestSentence = 4000;  // bytes; beyond it nothing is a usual phrase

class TermsReader {
 public:
  explicit TermsReader(std::string_view description) : sentences_(sentences(description)) {}

  Terms run() {
    for (at_ = 0; at_ < sentences_.size(); ++at_) sentence(sentences_[at_]);
    join_first_and_characters();
    return std::move(terms_);
  }

 private:
  void sentence(const std::string& raw) {
    text_ = without_bullet(raw).first;
    if (text_.size() > kLongestSentence) return unread(std::nullopt, too_long());
    bool known = lists();
    known |= lengths();
    known |= edges_of_text();
    known |= characters();
    known |= defaults();
    known |= indexed();
    known |= others();
    if (!known && seems_a_rule(text_)) unread(std::nullopt, not_understood());
  }

  static Text not_understood() {
    return {"This seems to state a rule, in words that are not known.",
            "此处似乎是一条规则,但未能识别其表述。"};
  }
  static Text too_long() { return {"A sentence too long to be read.", "句子过长,未读取。"}; }
  static Text list_missing() {
    return {"A list is announced, and the page does not hold it.", "此处预告了列表,但页面中没有。"};
  }

  void unread(std::optional<RuleKind> kind, Text why) {
    terms_.unread.push_back({"", text_, std::move(why), kind});
  }

  Rule* rule(RuleKind kind) {
    const auto it = std::find_if(terms_.rules.begin(), terms_.rules.end(),
                                 [&](const Rule& one) { return one.kind == kind; });
    return it == terms_.rules.end() ? nullptr : &*it;
  }

  // A new rule of the kind; nullptr, and told, where one stands already.
  Rule* add(RuleKind kind) {
    if (rule(kind)) {
      unread(kind, {"A second rule of one kind: the page may contradict itself.",
                    "同类规则出现两次:页面可能自相矛盾。"});
      return nullptr;
    }
    Rule added;
    added.kind = kind;
    added.text = {text_, text_};
    terms_.rules.push_back(std::move(added));
    return &terms_.rules.back();
  }

  // --- Lists of values

  bool lists() {
    static const Pattern announced(
        "(?:取值(?:如下|范围|包括|说明|为)?|可选值)(?:[:：])?\\s*$|"
        "(?:valid|possible|allowed|available) values(?: are)?(?: as follows)?:?\\s*$|"
        "one of(?: the following)?(?: values)?:?\\s*$");
    static const Pattern requirements(
        "(?:满足|符合)(?:以下|如下)(?:要求|规则|条件)[:：]?\\s*$|following "
        "(?:requirements|rules|conditions)(?: must be met)?:?\\s*$");
    static const Pattern inline_list(
        "(?:取值(?:范围)?(?:为|包括)?|可选值(?:为)?)[:：]?\\s*([A-Za-z0-9_.:、,，\\-或和/"
        "\\s(（)）默认"
        "`\"]+)$|(?:valid|possible|allowed) values?(?: are)?:?\\s*(.+)$|one of:?\\s+(.+)$");
    static const Pattern exactly(
        "当前版本为\\s*([A-Za-z0-9_.-]+)|(?:set (?:the (?:value|parameter) )?to|the value is|"
        "current version:?(?: is)?|exactly)\\s*[`\"]?([A-Za-z0-9_.-]+?)[`\"]?\\.?$");
    if (requirements.in(text_)) {
      if (!bullet_follows()) unread(std::nullopt, list_missing());
      return true;
    }
    if (announced.in(text_)) {
      take_bullets();
      return true;
    }
    if (const auto found = exactly.find(text_)) {
      values({found->groups[1].empty() ? found->groups[2] : found->groups[1]});
      return true;
    }
    const auto found = inline_list.find(text_);
    if (!found) return false;
    std::string list = found->groups[1];
    for (std::size_t i = 2; i <= 3; ++i) list += found->groups[i];
    const std::vector<std::string> words = listed_words(list);
    if (words.empty()) return false;
    values(words);
    return true;
  }

  void values(const std::vector<std::string>& words) {
    if (Rule* added = add(RuleKind::values)) added->words = words;
  }

  bool bullet_follows() const {
    return at_ + 1 < sentences_.size() && without_bullet(sentences_[at_ + 1]).second;
  }

  bool bullet_after(std::size_t index) const {
    return std::any_of(sentences_.begin() + std::ptrdiff_t(std::min(index, sentences_.size())),
                       sentences_.end(),
                       [](const std::string& one) { return without_bullet(one).second; });
  }

  void take_bullets() {
    static const Pattern value(
        "^[`\"“]?([A-Za-z0-9][A-Za-z0-9_.-]*)[`\"”]?\\s*(?:[(（]([^)）]*)[)）])?\\s*(?:$|[:：,，–—."
        "]|-\\s)");
    static const Pattern marked_default("[(（]\\s*(?:默认(?:值)?|default)\\s*[)）]");
    const std::string announcement = text_;
    std::vector<std::string> words;
    while (bullet_follows() || (!words.empty() && bullet_after(at_ + 1))) {
      const auto [item, bulleted] = without_bullet(sentences_[++at_]);
      if (!bulleted) continue;  // goes on with what the bullet before it says
      const auto found = value.find(item);
      if (!found) {
        text_ = item;
        return unread(RuleKind::values,
                      {"An entry of a list that begins with no value.", "列表项的开头不是取值。"});
      }
      words.push_back(found->groups[1]);
      if (marked_default.in(item)) terms_.default_value = words.back();
    }
    text_ = announcement;
    if (words.empty()) return unread(RuleKind::values, list_missing());
    values(words);
  }

  // --- Lengths

  bool lengths() {
    const auto named = read_length(text_);
    if (!named) return false;
    if (named->bytes) {
      unread(RuleKind::length,
             {"A length in bytes; a contract counts characters.", "长度以字节计,而契约以字符计。"});
    } else if (!named->max) {
      unread(RuleKind::length,
             {"A least length without a greatest.", "只给出最小长度,未给出最大长度。"});
    } else if (*named->max == 0 || *named->max > kMost || named->min.value_or(0) > *named->max) {
      unread(RuleKind::length, not_understood());
    } else if (Rule* added = add(RuleKind::length)) {
      added->min = named->min.value_or(0);
      added->max = *named->max;
      terms_.open_below = !named->min;
    }
    return true;
  }

  // --- Characters

  // What the value begins and ends with.
  bool edges_of_text() {
    static const Pattern not_first(
        "(?:不能|不可|不得|不允许|不可以)以(.+?)(?:开头|开始)|(?:not|cannot|never) "
        "(?:start|begin)s? with(.+)");
    static const Pattern either(
        "(?:开头|开始)或(?:以)?(?:结尾|结束)|starts? or ends?|start with or end");
    static const Pattern both(
        "以(.+?)(?:开头|开始)(?:和|并|且|及|、|,|，)+(?:以)?(?:结尾|结束)|"
        "(?:start|begin)s? and ends? with(.+)");
    static const Pattern first("以(.+?)(?:开头|开始)|(?:start|begin)s? with(.+)");
    static const Pattern last("以([^以]+?)(?:结尾|结束)|\\bends? with(.+)");
    if (const auto found = not_first.find(text_)) {
      prefix(found->groups[1] + found->groups[2]);
      return true;
    }
    if (either.in(text_)) {
      unread(RuleKind::first, {"Begins or ends with: which of the two must hold is not said.",
                               "“开头或结尾”:未说明须同时满足还是满足其一。"});
      return true;
    }
    if (const auto found = both.find(text_)) {
      edge(RuleKind::first, found->groups[1] + found->groups[2]);
      edge(RuleKind::last, found->groups[1] + found->groups[2]);
      return true;
    }
    bool known = false;
    for (const auto& [kind, pattern] :
         {std::pair(RuleKind::first, &first), std::pair(RuleKind::last, &last)}) {
      const auto found = pattern->find(text_);
      if (found) edge(kind, found->groups[1] + found->groups[2]);
      known |= found.has_value();
    }
    return known;
  }

  void edge(RuleKind kind, const std::string& list) {
    static const Pattern goes_on("^\\s*$|^[,，.;]|^(?:can|may|must|then|ends?|it|with|长度)\\b");
    const NamedCharacters named = read_character_words(list);
    if (named.allowed.empty() || !goes_on.in(named.rest)) return unread(kind, not_understood());
    if (Rule* added = add(kind)) {
      added->allowed = named.allowed;
      added->grey = named.grey;
    }
  }

  void prefix(const std::string& list) {
    static const Pattern word(
        "^(?:[\\s、,，]|和|或|\\bor\\b|任何大小写形式的|任意大小写形式的)*[`\"“]?"
        "([A-Za-z0-9]+:?)[`\"”]?");
    static const Pattern end("^\\s*(?:$|\\.|in any (?:letter )?case)");
    std::vector<std::string> words;
    std::string rest = list;
    while (!end.in(rest)) {
      const auto found = word.find(rest);
      if (!found) return unread(RuleKind::prefix, not_understood());
      words.push_back(found->groups[1]);
      rest = found->rest;
    }
    if (words.empty()) return unread(RuleKind::prefix, not_understood());
    if (Rule* added = add(RuleKind::prefix)) added->words = words;
  }

  bool characters() {
    static const Pattern forbidden(
        "(?:不能|不可|不得|不允许)(?:包含|含有|使用)|(?:cannot|must not|may not) "
        "(?:contain|hold|include)");
    static const Pattern only(
        "(?:只能|仅能|仅可|仅支持|只允许|仅允许|必须)(?:由|包含|包括|使用|为)?(.+)$|由(.+?)(?:组成|"
        "构成)|"
        "(?:can|may|must) only (?:contain|hold|include|be|consist of)(.+)$|"
        "consists? (?:only )?of(.+)$|only contains?(.+)$|"
        "^only (.+) (?:are|is) (?:allowed|supported)");
    static const Pattern may(
        "(?:可以?|允许|支持|能)?(?:包含|包括|含有|使用|支持)(.+)$|"
        "(?:can|may|must|could) (?:contain|hold|include|be)(.+)$|^(?:contains?|supports?)(.+)$");
    static const Pattern ascii("ASCII\\s*字符|\\bASCII characters?\\b");
    if (forbidden.in(text_)) {
      unread(RuleKind::characters, not_understood());
      return true;
    }
    for (const Pattern* pattern : {&only, &may}) {
      const auto found = pattern->find(text_);
      if (!found) continue;
      std::string list;
      for (std::size_t i = 1; i < found->groups.size(); ++i) list += found->groups[i];
      if (take_characters(list, pattern == &only)) return true;
    }
    if (!ascii.in(text_)) return false;
    return take_characters("ASCII字符", true);
  }

  // `all`: nothing else may stand there.
  bool take_characters(const std::string& list, bool all) {
    static const Pattern goes_on(
        "^\\s*$|^(?:组成|构成|长度)|^(?:characters?|only|with|in "
        "length)|^(?:，|,)|^等?特殊字符$|^\\.");
    const NamedCharacters named = read_character_words(list);
    if (named.allowed.empty() || !goes_on.in(named.rest)) return false;
    Rule* added = add(RuleKind::characters);
    if (!added) return true;
    added->allowed = named.allowed;
    added->grey = named.grey;
    signs_only_ = !all && !named.letters_or_digits;
    return true;
  }

  // "Starts with a letter or digit, and may hold . and _": the letters and digits may stand later,
  // too.
  void join_first_and_characters() {
    Rule* characters = rule(RuleKind::characters);
    const Rule* first = rule(RuleKind::first);
    if (!signs_only_ || !characters) return;
    if (!first) {
      text_ = characters->text.en;
      unread(RuleKind::characters, {"Signs that may stand there, and not what else may.",
                                    "只说明允许哪些符号,未说明还允许哪些字符。"});
      std::erase_if(terms_.rules, [](const Rule& one) { return one.kind == RuleKind::characters; });
      return;
    }
    characters->allowed = first->allowed.united(characters->allowed);
    characters->grey = first->grey;
  }

  // --- Defaults, tags, and what must exist

  bool defaults() {
    static const Pattern literal(
        "默认(?:值)?(?:为|是|取|加入)?[:：]?\\s*[`\"“]?([A-Za-z0-9][A-Za-z0-9_.-]*)[`\"”]?\\s*(?:"
        "项目|分钟)?\\s*"
        "(?:$|[,，)）])|(?:defaults? to|default(?: value)?(?: is|:))\\s*(?:the project )?[`\"]?"
        "([A-Za-z0-9][A-Za-z0-9_-]*)[`\"]?\\s*(?:minutes)?\\s*\\.?(?:$|[,)])");
    static const Pattern empty("默认(?:值)?为空|default(?:s to|(?: value)? is|:) (?:an )?empty");
    static const Pattern any(
        "默认(?:值)?(?:为|是|取|[:：])|\\bdefaults? to\\b|\\bdefault(?: value)?(?: is|:)");
    if (const auto found = literal.find(text_)) {
      terms_.default_value = found->groups[1] + found->groups[2];
      return true;
    }
    if (empty.in(text_)) {
      terms_.default_value = "";
      return true;
    }
    if (!any.in(text_)) return false;
    unread(std::nullopt, {"A default that is no fixed text.", "默认值不是固定文本。"});
    return true;
  }

  bool indexed() {
    static const Pattern unique(
        "不允许重复|不能重复|不可重复|must not (?:be repeated|repeat)|must be unique|cannot be "
        "repeated");
    static const Pattern index(
        "从1开始|counts? from 1|starts? from 1|in order from 1|consecutive from 1");
    bool known = false;
    if (unique.in(text_)) known = add(RuleKind::unique) != nullptr;
    if (index.in(text_)) known |= add(RuleKind::index) != nullptr;
    if (const auto number = read_count(text_)) {
      known = true;
      if (*number == 0 || *number > kMost) {
        unread(RuleKind::count, not_understood());
      } else if (Rule* added = add(RuleKind::count)) {
        added->max = *number;
      }
    }
    return known;
  }

  bool others() {
    static const Pattern needs(
        "(?:必须先传入|须先传入|需要?(?:先|同时)传入)\\s*([A-Za-z0-9_.]*)|"
        "\\b(?:needs|requires)\\s+([A-Z][A-Za-z0-9_.]*)|must (?:also |first )?"
        "(?:specify|pass|send)\\s+([A-Z][A-Za-z0-9_.]*)");
    static const Pattern exists(
        "根据\\s*(\\w+)\\s*传入的参数[,，]传入对应类型资源的ID|resource of the type "
        "(?:that |given by |specified by |in )(\\w+)");
    static const Pattern blanks(
        "首尾.{0,12}空格|空格.{0,12}首尾|(?:leading|trailing|surrounding) "
        "(?:blanks|spaces)|(?:blanks|spaces) at (?:the|either|both) end");
    bool known = false;
    if (const auto found = needs.find(text_)) {
      known = true;
      const std::string target =
          stripped(found->groups[1] + found->groups[2] + found->groups[3], ".");
      if (target.empty()) {
        unread(RuleKind::needs,
               {"Which parameter must be sent as well is missing.", "未写明须同时传入哪个参数。"});
      } else if (Rule* added = add(RuleKind::needs)) {
        added->target = target;
      }
    }
    if (const auto found = exists.find(text_)) {
      known = true;
      if (Rule* added = add(RuleKind::exists)) {
        added->target = "resource";
        added->of = found->groups[1] + found->groups[2];
      }
    }
    if (blanks.in(text_)) {
      known = true;
      unread(RuleKind::edges, {"Blanks at the ends: refused or removed, a contract takes either.",
                               "首尾空格:拒绝或自动去除,契约均接受。"});
    }
    return known;
  }

  const std::vector<std::string> sentences_;
  std::size_t at_ = 0;
  std::string text_;
  bool signs_only_ = false;
  Terms terms_;
};

}  // namespace

Terms read_terms(std::string_view description) {
  return TermsReader(description).run();
}

}  // namespace flowlog

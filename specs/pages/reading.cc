#include "specs/pages/reading.h"

#include <algorithm>

#include "specs/pages/sentences.h"

namespace flowlog {
namespace {

// A rule beside them holds at times, or is advice.
constexpr const char* kConditions =
    "若|如果|如需|假如|倘若|(?<!适)当(?!前)|(?<!实|同|定|小|临)时(?!间|区|长|段|刻)|仅在|除非|除了|"
    "以外|之外|建议|推荐|最好|尽量|通常|一般|可能|例如|比如|暂|"
    "\\b(?:if|when|whenever|unless|except|provided|recommend\\w*|suggest\\w*|prefer\\w*|"
    "usually|typically|generally|normally|ideally|example|might|while|otherwise|once|before|after|"
    "until)\\b";

// A rule in the same clause is denied.
constexpr const char* kDenials =
    "不|非|禁|勿|无|未|没|避免|\\b(?:no|not|never|neither|nor|cannot|none|without|avoid|forbidden|"
    "prohibited)\\b|n['’]t\\b";

// A rule in the same clause holds for a part of the value.
constexpr const char* kParts =
    "首|末|尾|开头|第[一二三四五\\d]|最后|(?<!当|之|以)前|后(?=[\\s\\d\x01])|其中|部分|每(?!个?(?:"
    "标签|键|值|名称))|"
    "各|"
    "之一|任一|一个|至少|中间|连续|\\b(?:first|last|initial|final|middle|each(?! "
    "(?:tag|key|value|label))|every|one|parts?|some|either|neither|least|consecutive)\\b";

constexpr const char* kRuleWords =
    "只|仅|必|须|应(?!用)|(?<!功|性|智)能|可(?!用区|观测)|许|支持|需|要求|满足|符合|长度|取值|范围|"
    "选填|最|至少|超过|大于|小于|多于|少于|等于|唯一|重复|默认|缺省|格式|以内|之间|"
    "(?<!权|期|年)限|区分|大小写|字母|数字(?!证书)|字符(?!串)|包含|使用(?!者|量)|空格|随机|正则|"
    "yyyy|\\^\\[|上限|"
    "下限|首字符|首位|末位|开头|结尾|"
    "(?<![A-Za-z0-9])[0-9]|"
    "\\b(?:must|shall|should|may|can|could|only|needs?|needed|requires?|required|mandatory|"
    "optional|allow(?:s|ed)?|permit(?:s|ted)?|support(?:s|ed)?|accept(?:s|ed)?|valid|possible|"
    "length|characters?|letters?|digits?|spaces?|blanks?|between|ranges?|at most|at least|up to|"
    "max(?:imum)?|min(?:imum)?|exceeds?|(?:more|less|longer|shorter|greater) "
    "than|unique|repeat(?:s|ed)?|duplicates?|defaults?|case|lower-?case|upper-?case|formats?|one "
    "of|start(?:s|ing)? with|begin(?:s|ning)? with|end(?:s|ing)? with)\\b|\\bvalues?\\s*[:：]";

// What stands around a rule that has been read and adds nothing to it.
constexpr const char* kGlue =
    "必须|须|需要|需|应该|应|可以|可|能够|能|并且|并|且|和|及|以及|或|与|长度|名称|限制|字符|为|是|"
    "则|"
    "只|仅|组成|构成|取值|范围|值|该参数|参数|在|由|支持|个|单位|分钟|之间|介于|"
    "\\b(?:must|shall|should|can|may|could|will|it|its|they|this|that|the|a|an|values?|name|be|is|"
    "are|and|or|also|then|to|of|in|long|with|length|contains?|ensure|characters?|only|from|between|"
    "parameter|minutes)\\b";

bool any_left(const std::string& text) {
  return text.find_first_not_of(" \t\n.,:;()\x01") != std::string::npos;
}

}  // namespace

Span Reading::span(const std::string& text, const PatternMatch& found, std::string_view rest) {
  const std::size_t end = text.size() - found.rest.size();
  return {end - found.groups[0].size(), end - rest.size()};
}

void Reading::take(Span span) {
  std::fill(left_.begin() + std::ptrdiff_t(span.begin), left_.begin() + std::ptrdiff_t(span.end),
            kRead);
}

std::vector<Span> Reading::clauses() const {
  static const Pattern stop("[,，;；:：、]|且|但|\\b(?:and|but)\\b");
  std::vector<Span> out;
  std::size_t begin = 0;
  std::string rest = left_;
  while (const auto found = stop.find(rest)) {
    const std::size_t end = left_.size() - found->rest.size();
    out.push_back({begin, end - found->groups[0].size()});
    begin = end;
    rest = found->rest;
  }
  out.push_back({begin, left_.size()});
  return out;
}

bool Reading::twisted(Span span, bool of_value) const {
  static const Pattern conditions(kConditions);
  static const Pattern denials(kDenials);
  static const Pattern parts(kParts);
  // "The VPC where it stands" alone limits nothing.
  static const Pattern where("\\bwhere\\b");
  if (conditions.in(left_) || where.in(left_)) return true;
  const std::vector<Span> all = clauses();
  return std::any_of(all.begin(), all.end(), [&](Span one) {
    if (one.end <= span.begin || one.begin >= span.end) return false;
    return denials.in(clause(one)) || (of_value && parts.in(clause(one)));
  });
}

bool Reading::seems_a_rule() const {
  static const Pattern glue(kGlue);
  static const Pattern words(std::string(kConditions) + "|" + kDenials + "|" + kRuleWords);
  // A colon belongs to "Values:".
  if (left_.find(kRead) == std::string::npos) return words.in(left_);
  const std::vector<Span> all = clauses();
  return std::any_of(all.begin(), all.end(), [&](Span one) {
    const std::string said = clause(one);
    return words.in(said.find(kRead) == std::string::npos ? said : replaced(said, glue, " "));
  });
}

bool Reading::whole() const {
  static const Pattern glue(kGlue);
  static const Pattern marks("[，：；、（）]");
  return left_.find(kRead) != std::string::npos &&
         !any_left(replaced(replaced(left_, glue, " "), marks, " "));
}

}  // namespace flowlog

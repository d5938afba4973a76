#include "reports/chinese.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace flowlog {
namespace {

struct Pattern {
  std::string_view en;  // '*' is any text, '~' a sentence of its own
  std::string_view zh;  // with the same holes in the same order
};

// The first that fits is taken.
constexpr auto kPatterns = std::to_array<Pattern>({
    // The judge
    {"the request was accepted, although it breaks what * tells",
     "请求被接受，但它违反了 * 的说明"},
    {"the request was accepted, although it breaks *", "请求被接受，但它违反了 *"},
    {"the documentation leaves this open, and the endpoint accepts the request",
     "文档未明确，该接口接受了请求"},
    {"the documentation leaves this open, and the endpoint refuses with a code that no page lists, "
     "*",
     "文档未明确，该接口以文档未列出的错误码 * 拒绝"},
    {"the documentation leaves this open, and the endpoint refuses with *",
     "文档未明确，该接口以 * 拒绝"},
    {"the documentation leaves it open", "文档未明确"},
    {"the message differs from the documented one, *", "错误信息与文档不同，文档为 *"},
    {"the message is that of *, which this request does not bring about",
     "错误信息属于 *，而该请求不会触发它"},
    {"CodeN is *, documented is *", "CodeN 为 *，文档为 *"},
    {"the code is right, but HTTP * is documented, not *",
     "错误码正确，但文档规定的 HTTP 状态码为 *，而非 *"},
    {"a request that keeps every documented rule was refused with a code that no page lists",
     "符合文档全部规则的请求被拒绝，且错误码未在文档中列出"},
    {"a request that keeps every documented rule was refused", "符合文档全部规则的请求被拒绝"},
    {"no page lists this code", "文档未列出该错误码"},
    {"* is documented for something else", "* 在文档中对应其他情形"},
    {"this is no answer of the API: *", "这不是该 API 的应答：*"},
    {"the service failed with HTTP *: no request may bring that about",
     "服务以 HTTP * 失败：任何请求都不应导致这种结果"},
    {"a success came as HTTP *, not 2xx", "成功应答的 HTTP 状态码为 *，而非 2xx"},
    {"an error came as HTTP *, not 4xx", "错误应答的 HTTP 状态码为 *，而非 4xx"},
    {"nothing to judge: *", "没有可判定的应答：*"},
    {"the endpoint is throttling: the request was not answered", "接口限流：请求未得到应答"},
    {"the account's quota is used up; no page lists the code for that",
     "账号配额已用尽；文档未列出对应的错误码"},
    {"the resource already has a flow log that the suite did not expect there",
     "资源上已有流日志，不在预期之内"},
    {"the account is not able to create: *", "该账号无法创建：*"},
    {"* may hold here, and it got in the way", "此处可能存在 *，并且产生了干扰"},
    {"refused before it reached the API: a request of about * bytes does not arrive (*)",
     "请求未到达 API 即被拒绝：约 * 字节的请求无法送达（*）"},
    {"Requests of more than * bytes do not arrive. The longest values that are certainly allowed "
     "take *; as a form such a request arrives.",
     "超过 * 字节的请求无法送达。各参数取确定允许的最长值时请求为 * 字节；以表单方式可以送达。"},
    {"Requests of more than * bytes do not arrive. The longest values that are certainly allowed "
     "take *; as a form such a request does not arrive either.",
     "超过 * 字节的请求无法送达。各参数取确定允许的最长值时请求为 * 字节；以表单方式也无法送达。"},
    {"How long a request may be could not be learnt: what arrived once did not arrive again.",
     "无法得知请求的长度上限：曾送达的长度再次发送时未能送达。"},
    // What was expected and what came
    {"a request of * bytes arrives: no page limits its length",
     "* 字节的请求应能送达：文档未限制请求长度"},
    {"HTTP 2xx, a success", "HTTP 2xx，成功"},
    {"HTTP 400 with any documented code", "HTTP 400 及任一文档列出的错误码"},
    {"one of * more", "其余 * 种之一"},
    {"HTTP *, a success*", "HTTP *，成功*"},
    {"no answer: *", "没有应答：*"},
    {"a refusal; which one, no row says", "拒绝；文档未说明是哪一种"},
    {"a refused request leaves nothing behind", "被拒绝的请求不应留下任何资源"},
    {"flow log * stands on *", "流日志 * 存在于 * 上"},
    {"one flow log on the resource", "资源上有一个流日志"},
    {"* flow logs stand on *", "* 个流日志存在于 * 上"},
    {"* flow logs stand there", "该处有 * 个流日志"},
    {"one of the two is accepted", "二者之一被接受"},
    {"neither was", "二者均未被接受"},
    {"both were, with a FlowLogId each", "二者均被接受，各有一个 FlowLogId"},
    {"the same FlowLogId as before, *", "与之前相同的 FlowLogId，*"},
    {"a FlowLogId of its own", "独立的 FlowLogId"},
    {"a flow log of its own", "独立的流日志"},
    {"no more than * flow logs in one account", "一个账号最多 * 个流日志"},
    {"so in * answers", "* 个应答均如此"},
    {"so in * sequences", "* 个序列均如此"},
    {"* is stored as sent: *", "* 按发送的值保存：*"},
    {"DescribeFlowLogs shows *", "DescribeFlowLogs 返回 *"},
    {"DescribeFlowLogs returns the new flow log", "DescribeFlowLogs 返回新建的流日志"},
    {"it returns none of that id", "没有返回该 ID 的流日志"},
    {"no longer returned", "不再返回"},
    {"the deletion is accepted", "删除请求被接受"},
    {"a new FlowLogId", "新的 FlowLogId"},
    {"the other flow log stands", "其他流日志仍在"},
    {"it is gone", "已消失"},
    {"each flow log once on the pages", "每个流日志在分页结果中恰好出现一次"},
    {"at most * flow logs on a page", "每页最多 * 个流日志"},
    {"every answer as the model of the documentation says", "每个应答均符合文档模型"},
    // Claims of the scripts
    {"Not repeatable: it came * of * times. ~", "不可稳定重现：出现 * 次，共 * 次。~"},
    {"The answer does not have the documented shape.", "应答的结构与文档不符。"},
    {"The answer is this API's, but not of the documented shape.",
     "应答属于该 API，但结构与文档不符。"},
    {"No success of * came in this run.", "本次运行中没有 * 的成功应答。"},
    {"No failure of * came in this run.", "本次运行中没有 * 的失败应答。"},
    {"The request was accepted, and the answer gives no FlowLogId.",
     "请求被接受，但应答没有给出 FlowLogId。"},
    {"The request was refused, and yet a flow log was created.", "请求被拒绝，却仍创建了流日志。"},
    {"The resource is said to be bound, and no flow log stands on it.",
     "应答称资源已绑定，但其上没有流日志。"},
    {"The quota is said to be used up, and fewer flow logs stand.",
     "应答称配额已用尽，但实际流日志数少于配额。"},
    {"The endpoint throttled until the budget for trying again was spent.",
     "接口持续限流，直至重试预算用尽。"},
    {"The flow log beyond the quota was accepted.", "超出配额的流日志被接受。"},
    {"The flow log beyond the quota of * gets *.", "超出配额 * 的流日志得到 *。"},
    {"Two requests at once did not end in one flow log.", "两个并发请求未产生恰好一个流日志。"},
    {"Two requests at once did not leave one flow log.", "两个并发请求未留下恰好一个流日志。"},
    {"No request lost: the two may never have met.", "没有请求失败：二者可能并未真正并发。"},
    {"The same request with the same ClientToken was taken for another one.",
     "相同请求使用相同 ClientToken，却被当作另一个请求。"},
    {"The same request with the same ClientToken got another FlowLogId.",
     "相同请求使用相同 ClientToken，得到了另一个 FlowLogId。"},
    {"The same request with the same token got another FlowLogId.",
     "相同请求使用相同 ClientToken，得到了另一个 FlowLogId。"},
    {"Requests with one ClientToken made another number of flow logs than one.",
     "使用同一 ClientToken 的请求产生的流日志不是一个。"},
    {"Two requests without a token got one FlowLogId.",
     "两个没有 ClientToken 的请求得到同一个 FlowLogId。"},
    {"Two accounts got one FlowLogId for one token.",
     "两个账号使用同一 ClientToken，得到同一个 FlowLogId。"},
    {"A default that is written out counts as the same request.", "显式写出的默认值视为相同请求。"},
    {"A token is spent by a request that was refused.", "被拒绝的请求也会消耗 ClientToken。"},
    {"The token of a deleted flow log is refused.", "已删除流日志的 ClientToken 被拒绝。"},
    {"The token of a deleted flow log gives the id of the deleted flow log.",
     "已删除流日志的 ClientToken 返回已删除流日志的 ID。"},
    {"The token of a deleted flow log makes a new flow log.",
     "已删除流日志的 ClientToken 创建了新的流日志。"},
    {"The flow log that was created is not there.", "已创建的流日志不存在。"},
    {"A new flow log was in another state.", "新建的流日志处于其他状态。"},
    {"The flow log did not become ready in the profile's time.", "流日志未在配置的时间内就绪。"},
    {"The flow log did not stay ready.", "流日志未保持就绪状态。"},
    {"The flow log could not be deleted.", "流日志无法删除。"},
    {"A flow log could not be deleted.", "流日志无法删除。"},
    {"A deleted flow log stays.", "已删除的流日志仍然存在。"},
    {"A flow log was in another state while it went.", "删除过程中流日志处于其他状态。"},
    {"A new flow log got the id of a deleted one.", "新建的流日志使用了已删除流日志的 ID。"},
    {"Deleting one flow log took another with it.", "删除一个流日志时，另一个也被删除。"},
    {"A flow log is shown to another account.", "流日志对其他账号可见。"},
    {"A page holds more than MaxResults allows.", "单页返回的数量超过 MaxResults。"},
    {"The pages of DescribeFlowLogs lose or repeat a flow log.",
     "DescribeFlowLogs 的分页丢失或重复了流日志。"},
    {"The pages of DescribeFlowLogs do not end.", "DescribeFlowLogs 的分页没有结束。"},
    {"The same names stand for another log project or topic.",
     "相同名称对应了另一个日志项目或主题。"},
    {"DescribeFlowLogs does not tell the log project and topic.",
     "DescribeFlowLogs 未返回日志项目和主题。"},
    {"What stands is not what the answers said.", "实际存在的流日志与应答不符。"},
    {"What stands could not be read: *", "无法读取现有流日志：*"},
    {"What stands could not be read.", "无法读取现有流日志。"},
    {"* is not what was sent.", "* 与发送的值不同。"},
    // Why nothing was judged
    {"The check sent nothing that could be judged.", "该检查没有发送可判定的请求。"},
    {"The run was stopped before this check began.", "运行在该检查开始之前已停止。"},
    {"The run was stopped before this check ended.", "运行在该检查结束之前已停止。"},
    {"The run ended after * deviations (--max-failures).",
     "出现 * 项偏离后运行结束（--max-failures）。"},
    {"The run ended after * deviation (--max-failures).",
     "出现 * 项偏离后运行结束（--max-failures）。"},
    {"Not judged, as the profile is at fault: *", "未判定，配置有误：*"},
    {"Not judged: the smallest valid request is refused in the same way, see *. ~",
     "未判定：最小的合法请求以同样方式被拒绝，见 *。~"},
    {"Not judged: what is deleted goes on to be in the way, see *. ~",
     "未判定：已删除的资源仍在妨碍，见 *。~"},
    {"Not judged: nothing was ever accepted on its resource, see *. ~",
     "未判定：该资源上从未有请求被接受，见 *。~"},
    {"The run was killed before it could clean up: flow logs may stand. The journal knows them; "
     "delete them with `flowlog-conformance sweep` and the run's profile.",
     "运行在清理之前被终止：可能有流日志残留。日志库记录了它们，请用该运行的配置执行 "
     "`flowlog-conformance sweep` 删除。"},
    {"* is *: where no valid request is accepted, a refusal proves nothing.",
     "* 的结论为 *：合法请求尚未被接受时，拒绝不能说明问题。"},
    {"No resource is free for it: flow logs stand on the profile's resources, or the account's "
     "quota is used up.",
     "没有空闲资源可用：配置中的资源上已有流日志，或账号配额已用尽。"},
    {"could create a flow log, which costs money: set may_create to true in the profile to allow "
     "it",
     "可能创建会产生费用的流日志：如需允许，请在配置中将 may_create 设为 true"},
    {"needs the condition *: name such a resource as resources.* in the profile",
     "需要条件 *：请在配置的 resources.* 中给出这样的资源"},
    {"needs the account \"*\": give its keys as accounts.* in the profile",
     "需要账号 “*”：请在配置的 accounts.* 中给出密钥"},
    {"needs a second project: list one that exists under projects in the profile",
     "需要第二个项目：请在配置的 projects 中列出一个已存在的项目"},
});

constexpr std::string_view kHoles = "*~";
constexpr std::size_t kLongest = 4000;  // bytes; what is longer is a server's

// What stands in the holes of `pattern`, each as short as can be, the last as long as it must.
std::optional<std::vector<std::string_view>> match(std::string_view pattern,
                                                   std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t hole = pattern.find_first_of(kHoles);
  if (hole == std::string_view::npos) {
    return pattern == text ? std::optional(found) : std::nullopt;
  }
  if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
  text.remove_prefix(hole);
  while (hole != std::string_view::npos) {
    pattern.remove_prefix(hole + 1);
    hole = pattern.find_first_of(kHoles);
    const std::string_view literal = pattern.substr(0, hole);
    std::size_t at = text.find(literal);
    if (hole == std::string_view::npos) {
      if (!text.ends_with(literal)) return std::nullopt;
      at = text.size() - literal.size();
    }
    if (at == std::string_view::npos) return std::nullopt;
    found.push_back(text.substr(0, at));
    text.remove_prefix(at + literal.size());
  }
  return found;
}

std::string filled(std::string_view zh, const std::vector<std::string_view>& holes) {
  std::string out;
  std::size_t next = 0;
  for (const char c : zh) {
    if (c == '*') {
      out += holes[next++];
    } else if (c == '~') {
      out += chinese(holes[next++]);
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::string> by_table(std::string_view sentence) {
  for (const Pattern& pattern : kPatterns) {
    if (const auto holes = match(pattern.en, sentence)) return filled(pattern.zh, *holes);
  }
  return std::nullopt;
}

std::string by_table_or_not(std::string_view sentence) {
  return by_table(sentence).value_or(std::string(sentence));
}

// "A, or B, or C" of an expectation, each of them an outcome.
std::optional<std::string> alternatives(std::string_view text) {
  constexpr std::string_view between = ", or ";
  if (text.find(between) == std::string_view::npos) return std::nullopt;
  std::string out;
  for (;;) {
    const std::size_t at = text.find(between);
    const std::string_view outcome = text.substr(0, at);
    const auto said = by_table(outcome);
    if (!said && !outcome.starts_with("HTTP ")) return std::nullopt;
    out += said.value_or(std::string(outcome));
    if (at == std::string_view::npos) return out;
    out += "，或 ";
    text.remove_prefix(at + between.size());
  }
}

// "5 × what came: what it means" of a remark.
std::optional<std::string> remark(std::string_view text) {
  constexpr std::string_view times = " × ";
  const std::size_t digits = text.find_first_not_of("0123456789");
  std::string out;
  if (digits != 0 && digits != std::string_view::npos && text.substr(digits).starts_with(times)) {
    out = text.substr(0, digits + times.size());
    text.remove_prefix(out.size());
    if (auto whole = by_table(text)) return out + *whole;
  }
  for (std::size_t at = text.find(": "); at != std::string_view::npos;
       at = text.find(": ", at + 1)) {
    if (auto meaning = by_table(text.substr(at + 2))) {
      return out + by_table_or_not(text.substr(0, at)) + "：" + *meaning;
    }
  }
  return std::nullopt;
}

void turn(std::string& sentence) {
  sentence = chinese(sentence);
}

}  // namespace

std::string chinese(std::string_view sentence) {
  if (sentence.size() > kLongest) return std::string(sentence);
  if (auto whole = alternatives(sentence)) return *whole;
  if (auto whole = remark(sentence)) return *whole;
  return by_table_or_not(sentence);
}

Report in_chinese(Report report) {
  for (CheckResult& check : report.checks) {
    turn(check.expected);
    turn(check.observed);
    turn(check.message);
    std::ranges::for_each(check.remarks, turn);
  }
  return report;
}

const Report& as_told(const Report& report, const Language& say, Report& kept) {
  if (say.word() != "zh") return report;
  kept = in_chinese(report);
  return kept;
}

}  // namespace flowlog

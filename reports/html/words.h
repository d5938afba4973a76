// Everything the page says in its own voice, in both languages. {} is filled in.
#pragma once

#include "reports/report.h"

namespace flowlog::page::words {

inline const Words kNotLookedAt{"not looked at", "未检查"};

// Masthead.
inline const Words kPageTitle{"Conformance of {}", "{} 一致性报告"};
inline const Words kEndpoint{"Endpoint", "接口地址"};
inline const Words kEmbedded{"embedded mock", "内置模拟服务"};
inline const Words kContract{"Contract", "契约"};
inline const Words kProfile{"Profile", "配置"};
inline const Words kRegion{"Region", "地域"};
inline const Words kSeed{"Seed", "随机种子"};
inline const Words kStarted{"Started", "开始时间"};
inline const Words kDuration{"Duration", "耗时"};
inline const Words kRequests{"Requests", "请求数"};
inline const Words kCreations{"Creations", "创建数"};
inline const Words kThrottled{"Throttled", "被限流"};
inline const Words kStrict{"strict", "严格模式"};
inline const Words kTotals{"Checks by verdict", "各结论的检查数"};
inline const Words kNotices{"Noticed on the way", "运行中的提示"};
inline const Words kInterrupted{"What follows is what had been judged by then.",
                                "以下是中断前已得出的结论。"};
inline const Words kShard{"shard", "分片"};
inline const Words kLeftBehind{"{} left behind:", "有 {} 个资源未清理："};
inline const Words kSeeLeftovers{"see what and why", "查看详情"};
inline const Words kWhatDeviates{"What deviates", "偏离项"};
inline const Words kAndMore{"and {} more", "以及另外 {} 项"};

// Tools.
inline const Words kSearch{"Search checks, rows, codes", "搜索检查、文档行、错误码"};
inline const Words kFilter{"Filter by verdict", "按结论筛选"};
inline const Words kTheme{"Dark or light", "深色或浅色"};
inline const Words kShown{"{shown} of {all} checks", "显示 {shown} / {all} 项检查"};
inline const Words kNothingMatches{"No check matches.", "没有匹配的检查。"};
inline const Words kClear{"Clear", "清除"};
inline const Words kKeys{
    "<kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open "
    "<kbd>Esc</kbd> clear",
    "<kbd>/</kbd> 搜索 <kbd>j</kbd> <kbd>k</kbd> 移动 <kbd>Enter</kbd> 打开 "
    "<kbd>Esc</kbd> 清除"};
inline const Words kSkipLink{"Skip to the checks", "跳到检查列表"};

// Map.
inline const Words kMap{"The documentation, row by row", "文档逐行一览"};
inline const Words kMapHint{
    "Each cell is a line of the documentation or a class of input. Choose "
    "one to see its checks.",
    "每一格是文档的一行或一类输入。点选即可查看其检查。"};
inline const Words kParameters{"Parameters", "请求参数"};
inline const Words kErrors{"Error table", "错误码表"};
inline const Words kAnswer{"Answer", "返回参数"};
inline const Words kNotes{"Notes", "说明"};
inline const Words kCommon{"Common errors", "公共错误码"};
inline const Words kContradictions{"Contradictions", "文档矛盾"};
inline const Words kGaps{"Gaps", "文档空白"};
inline const Words kCovered{"{0} of {1} looked at", "已检查 {0} / {1}"};

// Themes: the first word of a check's id.
inline const Words kAuthentication{"Authentication", "鉴权"};
inline const Words kWholeRequests{"Whole requests", "完整请求"};
inline const Words kIdempotency{"Idempotency", "幂等"};
inline const Words kLifecycle{"Life cycle", "生命周期"};
inline const Words kRaces{"Races", "并发竞争"};
inline const Words kQuota{"Quota", "配额"};
inline const Words kModel{"Model", "模型"};

// Checks.
inline const Words kDeviations{"Deviations", "偏离"};
inline const Words kInconclusives{"Could not be judged", "无法判定"};
inline const Words kFindings{"Findings for the documentation’s authors", "给文档作者的发现"};
inline const Words kFindingsHint{
    "Where the documentation contradicts itself or is silent and the endpoint chose.",
    "文档自相矛盾或没有说明、由接口自行决定之处。"};
inline const Words kAlsoNoticed{"Also noticed", "另外注意到"};
inline const Words kKnowns{"Known deviations", "已知偏离"};
inline const Words kSkips{"Skipped, and what it would take", "跳过的检查及所需条件"};
inline const Words kConformants{"Conformant", "符合"};
inline const Words kNoDeviation{"None.", "无。"};
inline const Words kDocumented{"Documented", "文档"};
inline const Words kObserved{"Observed", "实际"};
inline const Words kRow{"Row", "文档行"};
inline const Words kStandsOnPage{"documented", "本页文档"};
inline const Words kStandsElsewhere{"related page", "相关文档"};
inline const Words kInferred{"inferred", "推断"};
inline const Words kKnownAs{"Known", "已知原因"};
inline const Words kMeaning{"Meaning", "说明"};
inline const Words kRemarks{"Remarks", "备注"};
inline const Words kCost{"{0} cases, {1} requests, {2}", "{0} 个用例，{1} 个请求，{2}"};
inline const Words kNoReason{"No reason was given.", "未给出原因。"};

// Exchange.
inline const Words kRequest{"Request", "请求"};
inline const Words kSmallest{"Smallest request", "最小请求"};
inline const Words kAnswerSide{"Answer", "返回"};
inline const Words kNoAnswer{"No answer", "没有返回"};
inline const Words kFirstSeen{"first seen as", "最初为"};
inline const Words kLeftOut{"left out", "已省略"};
inline const Words kAdded{"not in the first", "最初没有"};
inline const Words kMoreParams{"{} more parameters", "另有 {} 个参数"};
inline const Words kNoParams{"No parameters.", "没有参数。"};
inline const Words kHeaders{"{} headers", "{} 个头部"};
inline const Words kEmptyBody{"The body is empty.", "正文为空。"};
inline const Words kCut{"The first {0} of {1} bytes.", "共 {1} 字节，显示前 {0} 字节。"};
inline const Words kRepeat{"Repeat", "复现"};
inline const Words kCurl{"curl, without credentials", "curl（不含凭证）"};
inline const Words kTooLong{"{} bytes long: not shown here, see exchanges.har.",
                            "长 {} 字节，此处不显示，见 exchanges.har。"};
inline const Words kCopy{"Copy", "复制"};
inline const Words kCopied{"Copied", "已复制"};

// Pictures and what was left.
inline const Words kPictures{"Time and requests", "耗时与请求"};
inline const Words kLatency{"How long answers took", "返回耗时分布"};
inline const Words kLatencyNote{"{0} answers kept as evidence · median {1} · 95 % under {2}",
                                "{0} 个留作证据的返回 · 中位数 {1} · 95% 低于 {2}"};
inline const Words kByTheme{"Requests by theme", "各主题的请求数"};
inline const Words kByThemeNote{"{0} requests by {1} checks", "{1} 项检查共 {0} 个请求"};
inline const Words kSlowest{"Slowest checks", "最慢的检查"};
inline const Words kOther{"other", "其他"};
inline const Words kLeftovers{"Left behind", "未清理的资源"};
inline const Words kLeftoversHint{"Created by this run and not deleted. {} removes them.",
                                  "由本次运行创建且未删除。{} 可将其清除。"};
inline const Words kUnknownId{"id unknown: the answer was lost", "ID 未知：返回丢失"};
inline const Words kResource{"Resource", "资源"};
inline const Words kName{"Name", "名称"};
inline const Words kAccount{"Account", "账号"};
inline const Words kReason{"Reason", "原因"};

inline const Words kComplete{"Complete: every selected check has its verdict above.",
                             "完整：所选检查均已给出结论。"};
inline const Words kIncomplete{"Interrupted: checks that had not begun are not listed.",
                               "中断：尚未开始的检查未列出。"};
inline const Words kBeside{"The same for machines: report.json, junit.xml.",
                           "机器可读的同一报告：report.json、junit.xml。"};

}  // namespace flowlog::page::words

// Everything the page says in its own voice, in both languages. {} is filled in.
#pragma once

#include "reports/report.h"

namespace flowlog::page::words {

inline const Text kNotLookedAt{"not looked at", "未检查"};

// Masthead.
inline const Text kPageTitle{"Conformance of {}", "{} 一致性报告"};
inline const Text kEndpoint{"Endpoint", "接口地址"};
inline const Text kEmbedded{"embedded mock", "内置模拟服务"};
inline const Text kContract{"Contract", "契约"};
inline const Text kProfile{"Profile", "配置"};
inline const Text kRegion{"Region", "地域"};
inline const Text kSeed{"Seed", "随机种子"};
inline const Text kStarted{"Started", "开始时间"};
inline const Text kDuration{"Duration", "耗时"};
inline const Text kRequests{"Requests", "请求数"};
inline const Text kCreations{"Creations", "创建数"};
inline const Text kThrottled{"Throttled", "被限流"};
inline const Text kStrict{"strict", "严格模式"};
inline const Text kTotals{"Checks by verdict", "各结论的检查数"};
inline const Text kNotices{"Noticed on the way", "运行中的提示"};
inline const Text kInterrupted{"What follows is what had been judged by then.",
                               "以下是中断前已得出的结论。"};
inline const Text kShard{"shard", "分片"};
inline const Text kLeftBehind{"{} left behind:", "有 {} 个资源未清理："};
inline const Text kSeeLeftovers{"see what and why", "查看详情"};
inline const Text kWhatDeviates{"What deviates", "偏离项"};
inline const Text kAndMore{"and {} more", "以及另外 {} 项"};

// Tools.
inline const Text kSearch{"Search checks, rows, codes", "搜索检查、文档行、错误码"};
inline const Text kFilter{"Filter by verdict", "按结论筛选"};
inline const Text kTheme{"Dark or light", "深色或浅色"};
inline const Text kShown{"{shown} of {all} checks", "显示 {shown} / {all} 项检查"};
inline const Text kNothingMatches{"No check matches.", "没有匹配的检查。"};
inline const Text kClear{"Clear", "清除"};
inline const Text kKeys{
    "<kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open "
    "<kbd>Esc</kbd> clear",
    "<kbd>/</kbd> 搜索 <kbd>j</kbd> <kbd>k</kbd> 移动 <kbd>Enter</kbd> 打开 "
    "<kbd>Esc</kbd> 清除"};
inline const Text kSkipLink{"Skip to the checks", "跳到检查列表"};

// Map.
inline const Text kMap{"The documentation, row by row", "文档逐行一览"};
inline const Text kMapHint{
    "Each cell is a line of the documentation or a class of input. Choose "
    "one to see its checks.",
    "每一格是文档的一行或一类输入。点选即可查看其检查。"};
inline const Text kParameters{"Parameters", "请求参数"};
inline const Text kErrors{"Error table", "错误码表"};
inline const Text kAnswer{"Answer", "返回参数"};
inline const Text kNotes{"Notes", "说明"};
inline const Text kCommon{"Common errors", "公共错误码"};
inline const Text kContradictions{"Contradictions", "文档矛盾"};
inline const Text kGaps{"Gaps", "文档空白"};
inline const Text kCovered{"{0} of {1} looked at", "已检查 {0} / {1}"};

// Themes: the first word of a check's id.
inline const Text kAuthentication{"Authentication", "鉴权"};
inline const Text kWholeRequests{"Whole requests", "完整请求"};
inline const Text kIdempotency{"Idempotency", "幂等"};
inline const Text kLifecycle{"Life cycle", "生命周期"};
inline const Text kRaces{"Races", "并发竞争"};
inline const Text kQuota{"Quota", "配额"};
inline const Text kModel{"Model", "模型"};

// Checks.
inline const Text kDeviations{"Deviations", "偏离"};
inline const Text kInconclusives{"Could not be judged", "无法判定"};
inline const Text kFindings{"Findings for the documentation’s authors", "给文档作者的发现"};
inline const Text kFindingsHint{
    "Where the documentation contradicts itself or is silent and the endpoint chose.",
    "文档自相矛盾或没有说明、由接口自行决定之处。"};
inline const Text kAlsoNoticed{"Also noticed", "另外注意到"};
inline const Text kKnowns{"Known deviations", "已知偏离"};
inline const Text kSkips{"Skipped, and what it would take", "跳过的检查及所需条件"};
inline const Text kConformants{"Conformant", "符合"};
inline const Text kNoDeviation{"None.", "无。"};
inline const Text kDocumented{"Documented", "文档"};
inline const Text kObserved{"Observed", "实际"};
inline const Text kRow{"Row", "文档行"};
inline const Text kStandsOnPage{"documented", "本页文档"};
inline const Text kStandsElsewhere{"related page", "相关文档"};
inline const Text kInferred{"inferred", "推断"};
inline const Text kKnownAs{"Known", "已知原因"};
inline const Text kMeaning{"Meaning", "说明"};
inline const Text kRemarks{"Remarks", "备注"};
inline const Text kCost{"{0} cases, {1} requests, {2}", "{0} 个用例，{1} 个请求，{2}"};
inline const Text kNoReason{"No reason was given.", "未给出原因。"};

// Exchange.
inline const Text kRequest{"Request", "请求"};
inline const Text kSmallest{"Smallest request", "最小请求"};
inline const Text kAnswerSide{"Answer", "返回"};
inline const Text kNoAnswer{"No answer", "没有返回"};
inline const Text kFirstSeen{"first seen as", "最初为"};
inline const Text kLeftOut{"left out", "已省略"};
inline const Text kAdded{"not in the first", "最初没有"};
inline const Text kMoreParams{"{} more parameters", "另有 {} 个参数"};
inline const Text kNoParams{"No parameters.", "没有参数。"};
inline const Text kHeaders{"{} headers", "{} 个头部"};
inline const Text kEmptyBody{"The body is empty.", "正文为空。"};
inline const Text kCut{"The first {0} of {1} bytes.", "共 {1} 字节，显示前 {0} 字节。"};
inline const Text kRepeat{"Repeat", "复现"};
inline const Text kCurl{"curl, without credentials", "curl（不含凭证）"};
inline const Text kTooLong{"{} bytes long: not shown here, see exchanges.har.",
                           "长 {} 字节，此处不显示，见 exchanges.har。"};
inline const Text kCopy{"Copy", "复制"};
inline const Text kCopied{"Copied", "已复制"};

// Pictures and what was left.
inline const Text kPictures{"Time and requests", "耗时与请求"};
inline const Text kLatency{"How long answers took", "返回耗时分布"};
inline const Text kLatencyNote{"{0} answers kept as evidence · median {1} · 95 % under {2}",
                               "{0} 个留作证据的返回 · 中位数 {1} · 95% 低于 {2}"};
inline const Text kByTheme{"Requests by theme", "各主题的请求数"};
inline const Text kByThemeNote{"{0} requests by {1} checks", "{1} 项检查共 {0} 个请求"};
inline const Text kSlowest{"Slowest checks", "最慢的检查"};
inline const Text kOther{"other", "其他"};
inline const Text kLeftovers{"Left behind", "未清理的资源"};
inline const Text kLeftoversHint{"Created by this run and not deleted. {} removes them.",
                                 "由本次运行创建且未删除。{} 可将其清除。"};
inline const Text kUnknownId{"id unknown: the answer was lost", "ID 未知：返回丢失"};
inline const Text kResource{"Resource", "资源"};
inline const Text kName{"Name", "名称"};
inline const Text kAccount{"Account", "账号"};
inline const Text kReason{"Reason", "原因"};

inline const Text kComplete{"Complete: every selected check has its verdict above.",
                            "完整：所选检查均已给出结论。"};
inline const Text kIncomplete{"Interrupted: checks that had not begun are not listed.",
                              "中断：尚未开始的检查未列出。"};
inline const Text kBeside{"The same for machines: report.json, junit.xml.",
                          "机器可读的同一报告：report.json、junit.xml。"};

}  // namespace flowlog::page::words

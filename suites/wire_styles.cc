// One request in every way in which official clients write and sign it: all of them get the answer
// that the suite's own way of writing gets.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "client/wire_style.h"
#include "engine/evidence.h"
#include "generators/requests.h"
#include "generators/valid_text.h"
#include "suites/catalog.h"
#include "suites/listing.h"
#include "suites/refusals.h"
#include "suites/things.h"

namespace flowlog {
namespace {

constexpr const char* kNoSuchId = "flowlogconformance-none";
constexpr const char* kGiven = "wire.request";
constexpr const char* kWrongSignature = "wrong-signature";

bool in_query(const WireStyle& style) {
  return style.carrier == WireStyle::Carrier::query;
}

// No page allows a JSON body and none forbids it.
bool left_open(const WireStyle& style) {
  return style.carrier == WireStyle::Carrier::flat_json ||
         style.carrier == WireStyle::Carrier::nested_json;
}

Standing standing_of(const WireStyle& style) {
  return in_query(style) ? Standing::related : Standing::inferred;
}

// "go-sdk.get" of "go-sdk/get".
std::string slug(const WireStyle& style) {
  std::string id(style.id);
  std::ranges::replace(id, '/', '.');
  return id;
}

// "Go SDK" of "the Go SDK", "Node 客户端 …" of "the Node client …".
std::string chinese_client(const WireStyle& style) {
  constexpr std::string_view kThe = "the ";
  constexpr std::string_view kClient = " client ";
  std::string name(style.client);
  if (name.starts_with(kThe)) name.erase(0, kThe.size());
  const std::size_t at = name.find(kClient);
  if (at != std::string::npos) name.replace(at, kClient.size(), " 客户端 ");
  return name;
}

Text how(const WireStyle& style) {
  const bool signed_query = style.place == WireStyle::Place::query;
  const bool form = style.carrier == WireStyle::Carrier::form;
  const char* en = left_open(style) ? "POST, JSON"
                   : form           ? "POST, form"
                   : signed_query   ? "GET, signed in the query"
                                    : "GET";
  const char* zh = left_open(style) ? "POST，JSON"
                   : form           ? "POST，表单"
                   : signed_query   ? "GET，签名在查询串中"
                                    : "GET";
  return {fmt::format("as {} writes it ({})", style.client, en),
          fmt::format("以 {} 的写法（{}）", chinese_client(style), zh)};
}

// The request as that client would have written it, and then `change`.
RequestOverrides written(const CheckContext& context, const WireStyle& style,
                         std::function<void(WireRequest&)> change = nullptr) {
  const Account* account = context.profile().account(context.check().account);
  RequestOverrides overrides;
  overrides.change = [&style, credentials = account->credentials,
                      scope = Scope{context.profile().region, context.profile().service},
                      change = std::move(change)](WireRequest& request) {
    request = rewrite_in_style(style, request, decode_query(request.target), credentials, scope);
    if (change) change(request);
  };
  return overrides;
}

// Another last digit for the signature, wherever it travels.
void spoil_signature(WireRequest& request) {
  const auto spoil = [](std::string& text, std::string_view mark) {
    const std::size_t at = text.rfind(mark);
    if (at == std::string::npos) return;
    const std::size_t end = std::min(text.find('&', at), text.size());
    text[end - 1] = text[end - 1] == '0' ? '1' : '0';
  };
  spoil(request.target, "X-Signature=");
  for (auto& [name, value] : request.headers) {
    if (lower_ascii(name) == "authorization") spoil(value, "Signature=");
  }
}

// True iff the answer is a success; anything else is told by the style's standing.
bool taken(CheckContext& context, const AnsweredReply& reply, const WireStyle& style) {
  if (in_query(style)) {
    context.answers(reply, context.situation());
    return reply.created();
  }
  if (left_open(style) && !reply.created()) {
    context.finding(reply, "the documentation leaves it open", context.observed(reply),
                    fmt::format("A JSON body, as {} writes it, is refused.", style.client));
    return false;
  }
  return context.claim(reply.created(), standing_of(style), reply, "2xx", context.observed(reply),
                       fmt::format("A form, as {} writes it, is refused.", style.client));
}

struct Page {
  AnsweredReply reply;
  std::vector<FlowLog> things;
};

// A listing in the style; nothing where there is none to judge.
std::optional<Page> listed(CheckContext& context, const WireStyle& style, const Params& filters) {
  const Action& lister = context.service().lister();
  Params query = {{"Action", lister.name}, {"Version", lister.contract.version}};
  query.insert(query.end(), filters.begin(), filters.end());
  const auto reply = context.answered(context.call(query, written(context, style)));
  if (!reply || !taken(context, *reply, style)) return std::nullopt;
  const auto read = read_page(context.service(), reply->exchange.response()->body);
  if (!read) {
    context.inconclusive("What stands could not be read.", &*reply);
    return std::nullopt;
  }
  return Page{*reply, read->flow_logs};
}

// By its id and name the thing alone, by another id nothing.
void list_in_style(CheckContext& context, const WireStyle& style, const Reply& made) {
  const Action& lister = context.service().lister();
  const std::string& by_id = lister.parameter(Role::id);
  if (by_id.empty()) return;
  const std::string& creators_name = context.service().creator().parameter(Role::name);
  Params filters;
  if (const auto called = find(made.sent, creators_name);
      called && !lister.parameter(Role::name).empty()) {
    filters = with_value({}, lister.parameter(Role::name), *called);
  }
  for (const std::string& id : {made.id(), std::string(kNoSuchId)}) {
    const bool none = id != made.id();
    std::optional<Page> page;
    bool right = false;
    eventually(context, [&] {
      page = listed(context, style, with_value(filters, by_id, id));
      if (!page) return true;
      right = none ? page->things.empty()
                   : page->things.size() == 1 && page->things.front().id == made.id();
      return right;
    });
    if (!page) return;
    if (!context.claim(right, standing_of(style), page->reply,
                       none ? "an empty list" : made.id() + " alone",
                       fmt::format("{} things", page->things.size()),
                       fmt::format("Filters written as {} writes them are not those that are "
                                   "listed by.",
                                   style.client))) {
      return;
    }
  }
}

// Without learning from a refusal which parameters the endpoint requires: a body that is not read
// lacks them all.
Reply create_written(CheckContext& context, const Params& params,
                     const RequestOverrides& overrides) {
  constexpr int kMostTries = 20;
  Reply reply = context.create_with(params, overrides);
  for (int i = 0; i < kMostTries && context.hindered(reply, context.situation()); ++i) {
    reply = context.create_with(params, overrides);
  }
  return reply;
}

// The request that is sent in every style.
Params full_of_marks(CheckContext& context, const std::vector<Edit>& marks) {
  Params params = context.smallest();
  for (const Edit& edit : marks) params = flowlog::apply(edit, std::move(params));
  if (context.service().creator().parameter(Role::token).empty()) return params;
  return with_token(context, std::move(params), context.token());
}

// The answer to the request in the style; nothing where it is no success, which is told.
std::optional<AnsweredReply> taken_in_style(CheckContext& context, const WireStyle& style,
                                            const Params& params) {
  auto reply = context.answered(create_written(context, params, written(context, style)));
  if (!reply || !taken(context, *reply, style)) return std::nullopt;
  if (left_open(style)) {
    context.finding(*reply, "the documentation leaves it open", context.observed(*reply),
                    fmt::format("A JSON body, as {} writes it, is read.", style.client));
  }
  return reply;
}

bool same_request(CheckContext& context, const WireStyle& style, const Reply& first,
                  const AnsweredReply& again) {
  return context.claim(again.created() && again.id() == first.id(), standing_of(style), again,
                       fmt::format("the same FlowLogId as before, {}", first.id()),
                       context.observed(again),
                       fmt::format("The same request, once as {} writes it and once otherwise, is "
                                   "not the same request under its token.",
                                   style.client));
}

// A creation in the style, and its token again: in the suite's own way and in the style. Of what
// was made in the suite's own way, its token again in the style.
void create_in_style(CheckContext& context, const WireStyle& style,
                     const std::vector<Edit>& marks) {
  const Reply* given = context.given();
  const auto first = taken_in_style(context, style,
                                    given == nullptr ? full_of_marks(context, marks) : given->sent);
  if (!first || first->id().empty()) return;
  if (given != nullptr) {
    if (same_request(context, style, *given, *first)) list_in_style(context, style, *given);
    return;
  }
  for (const bool own : {true, false}) {
    if (context.service().creator().parameter(Role::token).empty()) break;
    const auto again =
        context.answered(own ? context.create(first->sent)
                             : create_written(context, first->sent, written(context, style)));
    if (!again || !same_request(context, style, *first, *again)) return;
  }
  if (context.await(first->id()).flow_log) list_in_style(context, style, *first);
}

// For each text parameter a value with marks of every kind that is certainly lawful (a class ends
// with its fullest text); names of what stays behind are left as they are.
std::vector<Edit> full_of_characters(const CatalogOptions& options) {
  std::vector<Edit> edits;
  for (const Parameter& parameter : options.service->creator().contract.parameters) {
    const bool stays = std::ranges::any_of(options.service->kind.leaves_behind, [&](const auto& l) {
      return l.parameter == parameter.name;
    });
    const Rule* rule = rule_of(parameter, RuleKind::characters);
    if (stays || rule == nullptr || parameter.token) continue;
    for (const InputClass& one : options.classes->of(parameter, *rule)) {
      if (one.side != Side::valid || one.boundaries.empty()) continue;
      edits.push_back(one.boundaries.back());
      break;
    }
  }
  return edits;
}

Check request_in_style(const CatalogOptions& options, const WireStyle& style,
                       const std::vector<Edit>& marks) {
  const Text written_so = how(style);
  Check check = script_check(
      options, "wire.request/" + slug(style),
      {fmt::format("A request {} must be answered as any other", written_so.en),
       fmt::format("{}发送的请求应得到与其他写法相同的应答", written_so.zh)},
      {"notes/signing"},
      [&style, marks](CheckContext& context) { create_in_style(context, style, marks); });
  if (!options.service->creator().parameter(Role::token).empty()) {
    check.given = {kGiven,
                   [marks](CheckContext& context) { return full_of_marks(context, marks); }};
    check.resources = {{.type = resource_type_for(options, kGiven)}};
  }
  check.standing = standing_of(style);
  check.requests = 12;
  return check;
}

// A refusal of a body is another one than that of a signature; a success is neither.
void sign_wrongly(CheckContext& context, const WireStyle& style) {
  const auto reply = context.answered(
      context.call(reading_query(context.service()), written(context, style, spoil_signature)));
  if (!reply) return;
  const bool accepted = reply->created();
  const Standing standing = accepted ? Standing::related : standing_of(style);
  context.judged(*reply, refusal(context.service(), {kWrongSignature}, standing));
}

Check wrong_signature(const CatalogOptions& options, const WireStyle& style) {
  const Text written_so = how(style);
  Check check = script_check(options, "wire.wrong-signature/" + slug(style),
                             {fmt::format("A wrong signature {} must be refused", written_so.en),
                              fmt::format("{}发送且签名错误的请求应被拒绝", written_so.zh)},
                             {}, [&style](CheckContext& context) { sign_wrongly(context, style); });
  cite_refusals(*options.service, {kWrongSignature}, check);
  check.standing = standing_of(style);
  check.resources.clear();
  check.controls.clear();
  check.creates = false;
  check.creations = 0;
  check.requests = 1;
  return check;
}

}  // namespace

void wire_style_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  const std::vector<Edit> marks = full_of_characters(options);
  for (const WireStyle& style : wire_styles()) {
    checks.push_back(request_in_style(options, style, marks));
    checks.push_back(wrong_signature(options, style));
  }
}

}  // namespace flowlog

#include <algorithm>

#include "probe/steps.h"

namespace flowlog::probe {
namespace {

constexpr std::size_t kMostOnAPage = 1'000'000;
// Of a signature's age: asked about to ten seconds, since time passes on the way as well.
constexpr std::size_t kSecondsStep = 10;
constexpr std::size_t kSecondsStart = 50;
constexpr std::size_t kLongestAge = 25UL * 60 * 60;
constexpr std::size_t kBytesStep = 256;
constexpr std::size_t kBytesStart = 1024;
constexpr std::size_t kMostBytes = 256UL * 1024;
// No action has a parameter of that name; what it gets is an answer all the same.
constexpr const char* kPadding = "FlowLogConformancePadding";

Params listing(const CatalogOptions& options) {
  const Action& lister = options.service->lister();
  Params query = {{"Action", lister.name}, {"Version", lister.contract.version}};
  if (const std::string& size = lister.parameter(Role::page_size); !size.empty()) {
    query.emplace_back(size, "1");
  }
  return query;
}

// Whether it is a success; nothing where there is no answer of the API.
std::optional<bool> succeeds(const Reply& reply) {
  if (reply.created()) return true;
  return answer_key(reply).empty() ? std::nullopt : std::optional(false);
}

std::optional<Limit> age(CheckContext& context, const Params& query, int sign) {
  return about(kSecondsStart, kLongestAge, kSecondsStep, [&](std::size_t seconds) {
    RequestOverrides overrides;
    overrides.skew = std::chrono::seconds(sign * static_cast<long>(seconds));
    return succeeds(context.call(query, overrides));
  });
}

}  // namespace

void see_pages(CheckContext& context, const CatalogOptions& options, Observed& observed) {
  const Action& lister = options.service->lister();
  const Parameter* size = lister.contract.parameter(lister.parameter(Role::page_size));
  const Rule* range = size == nullptr ? nullptr : rule_of(*size, RuleKind::range);
  if (range == nullptr) return;
  const Takes takes = [&](std::size_t count) {
    Params query = listing(options);
    set(query, size->name, std::to_string(count));
    return succeeds(context.call(query));
  };
  observed.page_max =
      largest(range->max, std::max<std::size_t>(range->min, 1), kMostOnAPage, takes);
  if (!observed.page_max) return;
  if (observed.page_max->at_least && observed.page_max->value == kMostOnAPage) {
    // It may count as the most that there is.
    observed.page_max.reset();
    observed.left_out.push_back(
        {"any " + size->name + " is taken; how many things then come was not seen",
         size->name + " 取任意值均被接受；未查明此时实际返回的条数"});
    return;
  }
  observed.page_min =
      smallest(range->min, 0, std::min(range->max, observed.page_max->value), takes);
}

void see_clock(CheckContext& context, const CatalogOptions& options, Observed& observed) {
  const Params query = listing(options);
  observed.seconds_behind = age(context, query, -1);
  observed.seconds_ahead = age(context, query, +1);
}

void see_request_length(CheckContext& context, const CatalogOptions& options, Observed& observed) {
  std::size_t longest = 0;
  const Takes arrives = [&](std::size_t bytes) -> std::optional<bool> {
    Params query = listing(options);
    query.emplace_back(kPadding, std::string(bytes, 'a'));
    const Reply reply = context.call(query);
    const bool arrived = reply.created() || !answer_key(reply).empty();
    if (arrived) longest = std::max(longest, reply.exchange.request.target.size());
    // What stands in front of the API refuses in its own words, or hangs up.
    return arrived;
  };
  observed.request_bytes = about(kBytesStart, kMostBytes, kBytesStep, arrives);
  if (observed.request_bytes) observed.request_bytes->value = longest;
}

}  // namespace flowlog::probe

// How long a request may be. No page limits it, and what stands in front of an endpoint does.
#include <fmt/format.h>

#include <algorithm>

#include "engine/script.h"
#include "suites/catalog.h"

namespace flowlog {
namespace {

constexpr std::size_t kEncoded = 9;  // bytes of a Chinese character in a query
constexpr std::size_t kLosses = 3;   // tries of a request whose connection ends
constexpr int kMeasurements = 3;     // until one holds when it is looked at again
constexpr const char* kPad = "NoSuchParameter";

// Bytes of the values of as many siblings as one call may certainly have.
std::size_t longest_values(const Contract& contract) {
  std::size_t characters = 0;
  std::size_t siblings = 1;
  for (const Parameter& parameter : contract.parameters) {
    if (!parameter.indexed()) continue;
    if (const Rule* count = parameter.rule("count")) siblings = std::max(siblings, count->max);
    const Rule* length = parameter.rule("length");
    if (length == nullptr) continue;
    std::size_t most = length->max;
    while (std::ranges::find(length->grey_lengths, most) != length->grey_lengths.end()) --most;
    characters += most;
  }
  return siblings * characters * kEncoded;
}

// Reads with a parameter that no page knows, as long as is wanted, and whether they arrive: whether
// what answers is what answers a short one.
class Ruler {
 public:
  explicit Ruler(CheckContext& context) : context_(context) {}

  // False where even a short one gets no answer, which is noted.
  bool begin() {
    short_ = context_.answered(context_.call(padded(1)));
    return short_.has_value();
  }

  bool arrives(std::size_t padding) { return same(context_.call(padded(padding))); }

  bool arrives_as_form(std::size_t padding) {
    const Params params = padded(padding);
    return same(context_.call(params, context_.as_form(params)));
  }

  // The longest padding that arrives. REQUIRES: that of `least` does, that of `most` does not.
  std::size_t bisect(std::size_t least, std::size_t most) {
    while (most - least > 1) {
      const std::size_t middle = least + (most - least) / 2;
      (arrives(middle) ? least : most) = middle;
    }
    return least;
  }

  // Of the path and query on the wire.
  std::size_t bytes(std::size_t padding) const {
    return short_->exchange.request.target.size() - 1 + padding;
  }
  const AnsweredReply& short_one() const { return *short_; }
  const std::string& refusal() const { return refusal_; }

 private:
  Params padded(std::size_t padding) const {
    const Contract& describe = context_.service().lister().contract;
    return {{"Action", describe.action},
            {"Version", describe.version},
            {kPad, std::string(padding, 'a')}};
  }

  bool same(Reply reply) {
    for (std::size_t i = 1; i < kLosses && reply.answer.kind == Response::Kind::none; ++i) {
      reply = context_.call(reply.sent);
    }
    const Response& usual = short_->answer;
    const Response& answer = reply.answer;
    const bool as_usual =
        answer.kind == usual.kind && answer.http == usual.http && answer.code == usual.code;
    if (!as_usual) refusal_ = context_.observed(reply);
    return as_usual;
  }

  CheckContext& context_;
  std::optional<AnsweredReply> short_;
  std::string refusal_;  // of the last that did not arrive
};

void tell(CheckContext& context, Ruler& ruler, std::size_t longest, std::size_t most,
          const std::string& refusal) {
  const bool as_form = ruler.arrives_as_form(most);
  context.finding(
      ruler.short_one(),
      fmt::format("a request of {} bytes arrives: no page limits its length", ruler.bytes(most)),
      refusal,
      fmt::format("Requests of more than {} bytes do not arrive. The longest values that are "
                  "certainly allowed take {}; as a form such a request {}.",
                  ruler.bytes(longest), ruler.bytes(most),
                  as_form ? "arrives" : "does not arrive either"));
}

void measure(CheckContext& context) {
  const std::size_t most = longest_values(context.service().creator().contract);
  Ruler ruler(context);
  if (!ruler.begin()) return;
  for (int i = 0; i < kMeasurements; ++i) {
    if (ruler.arrives(most)) {
      context.rule(Assessment::conformant());
      return;
    }
    const std::string refusal = ruler.refusal();
    const std::size_t longest = ruler.bisect(1, most);
    // Unless something failed on the way that was no matter of the length.
    if (ruler.arrives(longest) && !ruler.arrives(longest + 1)) {
      tell(context, ruler, longest, most, refusal);
      return;
    }
  }
  context.inconclusive(
      "How long a request may be could not be learnt: what arrived once did not arrive again.");
}

}  // namespace

void longest_request_checks(const CatalogOptions& options, std::vector<Check>& checks) {
  if (longest_values(options.contract()) == 0) return;
  Check check = script_check(options, "request.longest/arrives",
                             {"A request with the longest allowed values must arrive",
                              "各参数取允许的最大长度时，请求应能送达"},
                             {}, measure);
  for (const Parameter& parameter : options.contract().parameters) {
    if (parameter.indexed()) check.rows.push_back(parameter.row());
  }
  check.standing = Standing::inferred;
  check.resources.clear();
  check.controls.clear();
  check.creates = false;
  check.creations = 0;
  check.requests = 2;
  checks.push_back(std::move(check));
}

}  // namespace flowlog

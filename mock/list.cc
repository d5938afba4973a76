#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mock/actions.h"
#include "mock/checker.h"
#include "mock/envelope.h"
#include "mock/shown.h"

namespace flowlog::mock {
namespace {

using Json = nlohmann::json;

constexpr long tags_of_one = 1000;  // more than a flow log can have

// Opaque to the caller: the place of the last element given, with a check on its form.
std::string token_after(long place) {
  return fmt::format("nt-{:016x}", place ^ 0x5bd1e995L);
}

std::optional<long> place_in(const std::string& token) {
  if (token.size() != 19 || !token.starts_with("nt-")) return std::nullopt;
  long value = 0;
  const auto [end, error] =
      std::from_chars(token.data() + 3, token.data() + token.size(), value, 16);
  if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
  return value ^ 0x5bd1e995L;
}

// An empty filter is none, as official consoles send it; an empty tag value is one.
Params without_empty(const Contract& contract, const Params& params) {
  Params kept;
  for (const auto& [name, value] : params) {
    const Parameter* parameter = contract.parameter_of(name);
    if (value.empty() && parameter != nullptr && !parameter->indexed()) continue;
    kept.emplace_back(name, value);
  }
  return kept;
}

// The flow logs, or their tags, that fit a request's filters, a page of them.
class Listing {
 public:
  Listing(const Site& site, Tenant& account, const Params& params)
      : site_(site),
        how_(site.how()),
        account_(account),
        params_(without_empty(site.contract(), params)),
        reading_(site.contract(), params_, site.behaviour, site.rows.scope()) {}

  Outcome run();

 private:
  // The values sent for a filter; none when it is not looked at.
  const std::vector<SentParameter>& sent(const std::string& parameter) const;
  bool passes(const StoredFlowLog& log, const Tenant& owner) const;
  bool fits(const Filter& filter, const StoredFlowLog& log, const Tenant& owner) const;
  bool fits_tags(const StoredFlowLog& log) const;
  // Iff the tag is one that the filter of that index asks for.
  bool fits_tag(const SentParameter& key, const Tag& tag) const;
  bool wanted(const Tag& tag) const;
  std::string filter_called(FilterMatch match) const;

  bool add_all(const StoredFlowLog& log, const Tenant& owner);
  // False when the page is full.
  bool add(long place, Json element);
  void set_page();
  std::optional<Refusal> set_start();
  Paging paging() const;

  const Site& site_;
  const ActionReading& how_;
  Tenant& account_;
  const Params params_;
  const Reading reading_;
  std::size_t page_ = SIZE_MAX;
  long after_ = 0;
  long last_ = 0;
  long before_last_ = 0;
  std::string next_;
  Json elements_ = Json::array();
};

const std::vector<SentParameter>& Listing::sent(const std::string& parameter) const {
  static const std::vector<SentParameter> none;
  const std::string stem = parameter.substr(0, parameter.find('.'));
  const auto& ignored = site_.behaviour.describe.filters_ignored;
  const bool of_things = site_.action.effect == Effect::read;
  if (of_things && ignored.contains(stem)) return none;
  if (how_.filters_ignored.contains(parameter)) return none;
  return reading_.sent(parameter);
}

std::string Listing::filter_called(FilterMatch match) const {
  const auto& filters = site_.action.list->filters;
  const auto found = std::ranges::find(filters, match, &Filter::match);
  return found == filters.end() ? std::string() : found->parameter;
}

bool Listing::fits(const Filter& filter, const StoredFlowLog& log, const Tenant& owner) const {
  const std::vector<SentParameter>& values = sent(filter.parameter);
  if (values.empty()) return true;
  const Member* member = site_.action.list->member(filter.member);
  if (member == nullptr) return true;
  const std::string text = member_text(site_, *member, log, owner);
  return std::ranges::any_of(values, [&](const SentParameter& value) {
    const bool part = filter.match == FilterMatch::equal_or_within && how_.part_is_enough;
    return part ? text.find(value.value) != std::string::npos : text == value.value;
  });
}

bool Listing::fits_tag(const SentParameter& key, const Tag& tag) const {
  if (tag.key != key.value) return false;
  std::vector<std::string> values;
  for (const SentParameter& value : sent(filter_called(FilterMatch::tag_value))) {
    if (value.index.starts_with(key.index + '.')) values.push_back(value.value);
  }
  return values.empty() || std::ranges::find(values, tag.value) != values.end();
}

bool Listing::fits_tags(const StoredFlowLog& log) const {
  return std::ranges::all_of(
      sent(filter_called(FilterMatch::tag_key)), [&](const SentParameter& key) {
        return std::ranges::any_of(log.tags, [&](const Tag& tag) { return fits_tag(key, tag); });
      });
}

// Of a list of tags those that a filter asks for, or all.
bool Listing::wanted(const Tag& tag) const {
  const std::vector<SentParameter>& keys = sent(filter_called(FilterMatch::tag_key));
  return keys.empty() ||
         std::ranges::any_of(keys, [&](const SentParameter& key) { return fits_tag(key, tag); });
}

bool Listing::passes(const StoredFlowLog& log, const Tenant& owner) const {
  bool all = fits_tags(log);
  bool any = all && !sent(filter_called(FilterMatch::tag_key)).empty();
  for (const Filter& filter : site_.action.list->filters) {
    if (filter.match == FilterMatch::tag_key || filter.match == FilterMatch::tag_value) continue;
    const bool fit = fits(filter, log, owner);
    all = all && fit;
    any = any || (fit && !sent(filter.parameter).empty());
  }
  return all || (how_.any_filter_is_enough && any);
}

bool Listing::add(long place, Json element) {
  if (place <= after_) return true;
  if (elements_.size() == page_) {
    next_ = token_after(paging() == Paging::loses     ? place
                        : paging() == Paging::repeats ? before_last_
                        : paging() == Paging::loops   ? 0
                                                      : last_);
    return false;
  }
  elements_.push_back(std::move(element));
  before_last_ = last_;
  last_ = place;
  return true;
}

bool Listing::add_all(const StoredFlowLog& log, const Tenant& owner) {
  if (site_.action.effect == Effect::read) return add(log.serial, shown(site_, log, owner));
  long place = log.serial * tags_of_one;
  for (const Tag& tag : log.tags) {
    ++place;
    if (wanted(tag) && !add(place, shown(site_, log, owner, &tag))) return false;
  }
  return true;
}

Paging Listing::paging() const {
  const auto& describe = site_.behaviour.describe;
  const bool of_things = site_.action.effect == Effect::read;
  if (of_things && describe.no_paging) return Paging::none;
  if (of_things && describe.last_of_page_lost) return Paging::loses;
  return how_.paging;
}

void Listing::set_page() {
  const std::string& parameter = site_.action.parameter(Role::page_size);
  const std::string size = parameter.empty() ? "" : reading_.value_or_default(parameter);
  const auto read = std::from_chars(size.data(), size.data() + size.size(), page_);
  if (read.ec == std::errc::invalid_argument && !size.empty()) page_ = 0;
  if (const Rule* range = page_range(site_.action))
    page_ = std::clamp(page_, range->min, range->max);
  if (paging() == Paging::none) page_ = SIZE_MAX;
}

std::optional<Refusal> Listing::set_start() {
  const std::string& parameter = site_.action.parameter(Role::page_token);
  const auto token = parameter.empty() ? std::nullopt : reading_.value(parameter);
  if (!token) return std::nullopt;
  const auto place = place_in(*token);
  if (!place) return undocumented(parameter);
  after_ = *place;
  return std::nullopt;
}

Outcome Listing::run() {
  if (auto refusal = refuse_parameters(site_, params_)) return *refusal;
  set_page();
  if (auto refusal = set_start()) return *refusal;

  const std::lock_guard lock(site_.backend.mutex());
  const bool of_all =
      (site_.behaviour.describe.all_accounts && site_.action.effect == Effect::read) ||
      how_.foreign;
  if (site_.backend.second_look()) site_.backend.look_behind(site_.behaviour.describe.second_lags);
  for (Tenant& owner : site_.backend.accounts()) {
    if (&owner != &account_ && !of_all) continue;
    site_.backend.settle(owner);
    for (const StoredFlowLog& log : owner.flow_logs) {
      if (!visible(site_, log) || !passes(log, owner)) continue;
      if (!add_all(log, owner)) break;
    }
  }
  site_.backend.look_behind({});
  const ListShape& shape = *site_.action.list;
  Json result = Json::object();
  if (elements_.empty() && how_.empty_is_null) elements_ = nullptr;
  in_result(result, shape.path) = std::move(elements_);
  if (!shape.page_token.empty()) in_result(result, shape.page_token) = next_;
  return result;
}

}  // namespace

const Rule* page_range(const Action& action) {
  const Parameter* size = action.contract.parameter(action.parameter(Role::page_size));
  if (size == nullptr) return nullptr;
  const auto range = std::ranges::find(size->rules, RuleKind::range, &Rule::kind);
  return range == size->rules.end() ? nullptr : &*range;
}

Outcome list(const Site& site, Tenant& account, const Params& params) {
  return Listing(site, account, params).run();
}

Outcome list_tags(const Site& site, Tenant& account, const Params& params) {
  return Listing(site, account, params).run();
}

}  // namespace flowlog::mock

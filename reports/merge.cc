#include "reports/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/json_node.h"
#include "base/text.h"
#include "reports/exit_status.h"

namespace flowlog {
namespace {

using Shards = std::vector<std::pair<std::string, Report>>;

void require_same(const Shards& shards, std::string_view what, std::string Report::*member) {
  for (const auto& [file, report] : shards) {
    if (report.*member == shards.front().second.*member) continue;
    throw InputError(
        fmt::format("{} and {} are no shards of one run: {} is {} in one and {} in the other",
                    shards.front().first, file, what, show(shards.front().second.*member),
                    show(report.*member)));
  }
}

struct Place {
  int index = 0;
  int count = 0;
};

// "2/4"; zeros when it is none.
Place parse_shard(const std::string& text) {
  Place place;
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return place;
  const char* end = text.data() + text.size();
  std::from_chars(text.data(), text.data() + slash, place.index);
  std::from_chars(text.data() + slash + 1, end, place.count);
  return place;
}

// Names what is missing; throws for a shard that stands twice or belongs to another division.
std::vector<std::string> missing_shards(const Shards& shards) {
  std::map<int, std::string> seen;
  int count = 0;
  for (const auto& [file, report] : shards) {
    const Place place = parse_shard(report.shard);
    if (place.count <= 0) continue;
    if (count != 0 && place.count != count) {
      throw InputError(fmt::format("{} is shard {}, others are of {}", file, report.shard, count));
    }
    count = place.count;
    const auto [at, fresh] = seen.emplace(place.index, file);
    if (!fresh) {
      throw InputError(fmt::format("{} and {} are both shard {}", at->second, file, report.shard));
    }
  }
  std::vector<std::string> out;
  for (int i = 1; i <= std::min(count, 10'000); ++i) {
    if (!seen.contains(i)) out.push_back(fmt::format("shard {}/{} is missing", i, count));
  }
  return out;
}

// Told by every shard for itself, such as that the endpoint could not be reached.
bool of_the_run(const CheckResult& check) {
  return check.id.starts_with("run.");
}

void add_checks(const Shards& shards, Report& out) {
  std::map<std::string, std::string> owners;
  for (const auto& [file, report] : shards) {
    for (const CheckResult& check : report.checks) {
      const auto [at, fresh] = owners.emplace(check.id, file);
      if (!fresh && of_the_run(check)) {
        CheckResult& there = *std::ranges::find(out.checks, check.id, &CheckResult::id);
        if (worse(there.verdict, check.verdict) != there.verdict) there = check;
        continue;
      }
      if (!fresh) {
        throw InputError(fmt::format("{} and {} both hold {}", at->second, file, show(check.id)));
      }
      out.checks.push_back(check);
    }
  }
  std::stable_sort(out.checks.begin(), out.checks.end(),
                   [](const auto& a, const auto& b) { return a.place < b.place; });
}

template <typename Item, typename Key>
void add_new(std::vector<Item>& to, const std::vector<Item>& from, Key key) {
  for (const Item& item : from) {
    const bool there = std::any_of(to.begin(), to.end(),
                                   [&](const Item& other) { return key(other) == key(item); });
    if (!there) to.push_back(item);
  }
}

void add_run(const Report& shard, Report& out) {
  out.started = std::min(out.started, shard.started);
  out.seconds = std::max(out.seconds, shard.seconds);
  out.complete = out.complete && shard.complete;
  out.strict = out.strict || shard.strict;
  out.requests += shard.requests;
  out.created += shard.created;
  out.throttled += shard.throttled;
  out.planned = out.planned > 0 && shard.planned > 0 ? out.planned + shard.planned : 0;
  out.leftover.insert(out.leftover.end(), shard.leftover.begin(), shard.leftover.end());
  add_new(out.notices, shard.notices, [](const std::string& line) { return line; });
  add_new(out.stale, shard.stale, [](const Stale& stale) { return stale.sentence; });
  add_new(out.rows, shard.rows, [](const RowResult& row) { return row.id; });
}

std::string shard_name(const std::string& file, const Report& report) {
  return report.shard.empty() ? file : fmt::format("shard {} ({})", report.shard, file);
}

// "shard 1/2 (a), shard 2/2 (b): No answer", each trouble once.
std::vector<std::string> troubles(const Shards& shards) {
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  for (const auto& [file, report] : shards) {
    if (report.trouble.empty()) continue;
    const auto same =
        std::ranges::find(all, report.trouble, [](const auto& one) { return one.first; });
    if (same == all.end()) {
      all.push_back({report.trouble, {shard_name(file, report)}});
    } else {
      same->second.push_back(shard_name(file, report));
    }
  }
  std::vector<std::string> out;
  for (const auto& [trouble, names] : all) {
    out.push_back(fmt::format("{}: {}", join(names, ", "), trouble));
  }
  return out;
}

std::vector<std::string> interruptions(const Shards& shards) {
  std::vector<std::string> out;
  for (const auto& [file, report] : shards) {
    if (report.complete) continue;
    const auto planned = static_cast<std::size_t>(report.planned);
    out.push_back(fmt::format("{} was interrupted, with {} of {} checks judged",
                              shard_name(file, report), judged(report),
                              std::max(report.checks.size(), planned)));
  }
  return out;
}

// Shards that are missing, were interrupted or came to no verdict. A deviation of another is proven
// all the same; without one they leave the whole without a verdict.
void tell_unfinished(const Shards& shards, const std::vector<std::string>& missing, Report& out) {
  std::vector<std::string> all = missing;
  for (const auto& more : {troubles(shards), interruptions(shards)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  const bool deviates =
      std::ranges::any_of(out.checks, [&](const CheckResult& check) { return fails(out, check); });
  out.trouble = deviates ? "" : join(all, "; ");
  if (deviates) out.notices.insert(out.notices.end(), all.begin(), all.end());
}

}  // namespace

Report merge(const std::vector<std::pair<std::string, Report>>& shards) {
  if (shards.empty()) throw InputError("there is no report to merge");
  require_same(shards, "the program's version", &Report::program_version);
  require_same(shards, "the contract", &Report::contract);
  require_same(shards, "the seed", &Report::seed);
  const bool embedded = std::all_of(shards.begin(), shards.end(),
                                    [](const auto& shard) { return shard.second.embedded; });
  if (!embedded) require_same(shards, "the endpoint", &Report::endpoint);
  const std::vector<std::string> missing = missing_shards(shards);

  Report out = shards.front().second;
  out.checks.clear();
  out.shard.clear();
  for (std::size_t i = 1; i < shards.size(); ++i) add_run(shards[i].second, out);
  add_checks(shards, out);
  out.complete = out.complete && missing.empty();
  out.merged = static_cast<int>(shards.size());
  tell_unfinished(shards, missing, out);
  tally_rows(out);
  return out;
}

}  // namespace flowlog

#include "reports/grouping.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "reports/check_text.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr std::size_t kLine = 600;  // bytes of one line of text

std::string family(const std::string& id) {
  return id.substr(0, id.rfind('/'));
}

std::vector<std::string> names(const std::vector<std::string>& ids) {
  std::map<std::string, int> sizes;
  for (const std::string& id : ids) ++sizes[family(id)];
  std::vector<std::string> out;
  for (const std::string& id : ids) {
    const int size = sizes[family(id)];
    const std::string name = printable(size == 1 ? id : fmt::format("{}/* ({})", family(id), size));
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return out;
}

}  // namespace

std::vector<CheckGroup> grouped(const std::vector<std::pair<std::string, std::string>>& said) {
  struct Group {
    std::string key;
    std::string text;
    std::vector<std::string> ids;
  };
  std::vector<Group> groups;
  std::map<std::string, std::size_t> index;
  for (const auto& [id, text] : said) {
    const std::string key = without_ids(text);
    const auto [at, fresh] = index.emplace(key, groups.size());
    if (fresh) groups.push_back({key, text, {}});
    Group& group = groups[at->second];
    if (group.text != text) group.text = key;
    if (std::find(group.ids.begin(), group.ids.end(), id) == group.ids.end()) {
      group.ids.push_back(id);
    }
  }
  std::vector<CheckGroup> out;
  for (const Group& group : groups) {
    out.push_back({excerpt(group.text, kLine), group.ids.size(), names(group.ids)});
  }
  return out;
}

std::string places(const CheckGroup& group, std::size_t most, Language say) {
  const std::size_t shown = std::min(most, group.where.size());
  std::vector<std::string> parts(group.where.begin(),
                                 group.where.begin() + static_cast<long>(shown));
  if (shown < group.where.size()) {
    parts.push_back(fmt::format(fmt::runtime(say("and {} more", "以及另外 {} 处")),
                                group.where.size() - shown));
  }
  return join(parts, say(", ", "，"));
}

}  // namespace flowlog

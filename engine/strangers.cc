#include "engine/strangers.h"

#include <fmt/format.h>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr std::string_view kMark = "fc-";

}  // namespace

std::string marked_name(std::string_view name, std::string_view run) {
  return fmt::format("{}-{}{}", name, kMark, run);
}

bool marked_by_another(std::string_view name, std::string_view run) {
  const std::size_t at = name.find(kMark);
  if (at == std::string_view::npos) return false;
  if (at > 0 && name[at - 1] != '-') return false;
  const std::string_view rest = name.substr(at + kMark.size());
  const std::string_view mark = rest.substr(0, rest.find('-'));
  return mark.size() == run.size() && mark != run;
}

std::string told_of_strangers(const std::vector<FlowLog>& strangers) {
  std::vector<std::string> words;
  for (const FlowLog& one : strangers) {
    words.push_back(fmt::format("{} ({}) on {}", one.id, show(one.name), one.resource_id));
  }
  return fmt::format(
      "Somebody else works on the same resources: this run did not make {}. It is left alone, and "
      "what was seen proves nothing.",
      join(words, ", "));
}

}  // namespace flowlog

#include "specs/pages/same_text.h"

#include <vector>

#include "base/text.h"
#include "specs/pages/pattern.h"
#include "specs/pages/sentences.h"

namespace flowlog {
namespace {

std::string bare(const std::string& text) {
  static const Pattern marks("[\\s`\"'“”‘’()（）*•·●▪,，:：;；。.、-]+");
  return replaced(text, marks);
}

std::vector<std::string> clauses(const std::string& text) {
  static const Pattern stop("[,，:：;；。\\n]|\\.(?:\\s|$)");
  std::vector<std::string> out;
  std::string rest = text;
  while (const auto found = stop.find(rest)) {
    out.push_back(rest.substr(0, rest.size() - found->rest.size() - found->groups[0].size()));
    rest = found->rest;
  }
  out.push_back(rest);
  return out;
}

std::string missing(const std::string& text, const std::string& where) {
  const std::string whole = bare(where);
  std::vector<std::string> out;
  for (const std::string& clause : clauses(text)) {
    if (whole.find(bare(clause)) == std::string::npos) out.push_back(stripped(clause));
  }
  return join(out, "; ");
}

bool goes_on(const std::string& sentence, const std::vector<std::string>& broken) {
  for (const std::string& one : broken) {
    if (bare(sentence).starts_with(bare(one))) return true;
  }
  return false;
}

}  // namespace

TextDifference compare_texts(const std::string& said, const std::string& description,
                             const std::string& known, const std::string& texts) {
  std::vector<std::string> broken;
  for (const std::string& sentence : sentences(said)) {
    if (broken_off(stripped(sentence, " ."))) broken.push_back(sentence);
  }
  TextDifference found;
  found.page = missing(said, texts);
  std::vector<std::string> lost;
  for (const std::string& sentence : sentences(known)) {
    if (goes_on(sentence, broken)) continue;
    const std::string clause = missing(sentence, description);
    if (!clause.empty()) lost.push_back(clause);
  }
  found.contract = join(lost, "; ");
  return found;
}

}  // namespace flowlog

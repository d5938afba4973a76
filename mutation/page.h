// The score as a page of Markdown.
#pragma once

#include <string>
#include <vector>

#include "mutation/score.h"

namespace flowlog::mutation {

struct Scores {
  std::vector<ScoreEntry> deviations;
  std::vector<ScoreEntry> variants;
  // Of the actions on what stands.
  std::vector<ScoreEntry> action_deviations;
  std::vector<ScoreEntry> action_variants;
  std::vector<ScoreEntry> mutants;
  std::uint64_t seed = 1;
};

// How it is measured, the totals and the hardest lies: at most 60 lines.
std::string page(const Scores& scores);
// Every mark: a thousand lines, which CI keeps beside the page.
std::string tables(const Scores& scores);

bool empty(const Scores& scores);
// True iff every mark is good or equivalent.
bool reached(const Scores& scores);
// "Score reached: 286 of 286 deviations caught, …", one line.
std::string sum(const Scores& scores);

// "FlowLogName/length.max+1  caught  param.FlowLogName.length/over-max", one line.
std::string line(const ScoreEntry& entry);

}  // namespace flowlog::mutation

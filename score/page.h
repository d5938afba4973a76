// The score as a page of Markdown.
#pragma once

#include <string>
#include <vector>

#include "score/score.h"

namespace flowlog::score {

struct Scores {
  std::vector<Mark> deviations;
  std::vector<Mark> variants;
  std::vector<Mark> facts;
  std::uint64_t seed = 1;
};

// How it is measured, the totals and the hardest lies: at most 60 lines.
std::string page(const Scores& scores);
// Every mark: a thousand lines, which CI keeps beside the page.
std::string tables(const Scores& scores);

// True iff every mark is good or equivalent.
bool reached(const Scores& scores);
// "Score reached: 286 of 286 deviations caught, …", one line.
std::string sum(const Scores& scores);

// "FlowLogName/length.max+1  caught  param.FlowLogName.length/over-max", one line.
std::string line(const Mark& mark);

}  // namespace flowlog::score

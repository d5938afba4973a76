#include "generators/covering.h"

#include <set>
#include <tuple>

namespace flowlog {
namespace {

using Row = std::vector<bool>;
using Pair = std::tuple<std::size_t, bool, std::size_t, bool>;  // a lower factor first

class Pairs {
 public:
  explicit Pairs(std::size_t factors) : factors_(factors) {
    for (std::size_t a = 0; a < factors; ++a) {
      for (std::size_t b = a + 1; b < factors; ++b) {
        for (int bits = 0; bits < 4; ++bits) left_.insert({a, bits % 2 == 1, b, bits / 2 == 1});
      }
    }
  }

  bool empty() const { return left_.empty(); }

  void cover(const Row& row) {
    std::erase_if(left_, [&](const Pair& pair) {
      const auto& [a, a_value, b, b_value] = pair;
      return row[a] == a_value && row[b] == b_value;
    });
  }

  // Starts from a pair that is left and gives each further factor the value that covers more.
  Row next() const {
    const auto [a, a_value, b, b_value] = *left_.begin();
    Row row(factors_);
    std::vector<std::size_t> chosen{a, b};
    row[a] = a_value;
    row[b] = b_value;
    for (std::size_t factor = 0; factor < factors_; ++factor) {
      if (factor == a || factor == b) continue;
      row[factor] = gain(row, chosen, factor, true) > gain(row, chosen, factor, false);
      chosen.push_back(factor);
    }
    return row;
  }

 private:
  std::size_t gain(const Row& row, const std::vector<std::size_t>& chosen, std::size_t factor,
                   bool value) const {
    std::size_t covered = 0;
    for (const std::size_t other : chosen) {
      covered += other < factor ? left_.count({other, row[other], factor, value})
                                : left_.count({factor, value, other, row[other]});
    }
    return covered;
  }

  std::size_t factors_;
  std::set<Pair> left_;
};

}  // namespace

std::vector<std::vector<bool>> pairwise(std::size_t factors) {
  std::vector<Row> rows{Row(factors, false)};
  if (factors == 0) return rows;
  rows.emplace_back(factors, true);
  Pairs pairs(factors);
  for (const Row& row : rows) pairs.cover(row);
  while (!pairs.empty()) {
    rows.push_back(pairs.next());
    pairs.cover(rows.back());
  }
  return rows;
}

}  // namespace flowlog

// Every class of every rule keeps its word: ten thousand values of each are put before a checker
// that was written from the documentation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker.h"
#include "generators/classes/classes.h"
#include "generators/requests.h"
#include "specs/load.h"

namespace flowlog {
namespace {

constexpr int kValues = 10000;

const Contract& contract() {
  return built_in_service().creator().contract;
}

std::vector<std::string> addresses() {
  std::vector<std::string> all;
  for (const Parameter& parameter : contract().parameters) {
    for (const Rule& rule : parameter.rules) all.push_back(rule.address);
  }
  return all;
}

// A line break at the end is also a wrong last character.
std::set<std::string> certain(const InputClass& input) {
  std::set<std::string> rules{input.rule->address};
  if (input.id == "trailing-newline" && input.parameter->rule("last") != nullptr &&
      input.rule->kind == RuleKind::characters) {
    rules.insert(input.parameter->name + "/last");
  }
  return rules;
}

// "" when the value is what its class says. `certain` is certain(input).
std::string complaint(const InputClass& input, const std::set<std::string>& certain,
                      const Params& request) {
  const std::vector<Breaches> ways = readings(request);
  const bool by_value = input.rule->kind != RuleKind::index;  // else the index is empty
  if (by_value && input.id == "empty" && input.side == Side::invalid) {
    const std::set<std::string> required{input.parameter->name + "/required"};
    if (ways.at(0).broken != certain) return "as it is, it breaks another rule";
    return ways.at(1).broken == required ? "" : "left out, it is not missed";
  }
  if (input.id == "empty" && input.side == Side::grey) {
    for (const Breaches& way : ways) {
      if (way.broken.empty()) return "";
    }
    return "no way of reading it is lawful";
  }
  static const std::set<std::string> kNone;
  const std::set<std::string>& expected = input.side == Side::invalid ? certain : kNone;
  for (const Breaches& way : ways) {
    if (way.broken != expected) {
      std::string all = "it breaks";
      for (const std::string& address : way.broken) all += " " + address;
      return all;
    }
    if (input.side == Side::valid && !way.open.empty()) return "open: " + *way.open.begin();
    if (input.side == Side::grey && !way.open.contains(input.rule->address)) return "not open";
  }
  return "";
}

class Truth : public testing::TestWithParam<std::string> {
 protected:
  const Rule& rule() const { return *contract().rule(GetParam()); }
  const Parameter& parameter() const {
    const std::string address = GetParam();
    return *contract().parameter(address.substr(0, address.find('/')));
  }
  std::vector<InputClass> all() const { return classes(contract(), parameter(), rule()); }

  // False after the first complaint.
  bool holds(const InputClass& input, const Edit& edit) {
    if (input.id != class_) {
      class_ = input.id;
      certain_ = certain(input);
    }
    const std::string what = complaint(input, certain_, flowlog::apply(edit, base_));
    if (what.empty()) return true;
    std::ostringstream shown;
    showValue(edit, shown);
    ADD_FAILURE() << GetParam() << " " << input.id << ": " << what << "\n  " << shown.str();
    return false;
  }

  const Params base_ = smallest_request(contract(), "vpc");

 private:
  std::string class_;  // the one that certain_ is of
  std::set<std::string> certain_;
};

TEST_P(Truth, BoundariesAreWhatTheirClassSays) {
  for (const InputClass& input : all()) {
    for (const Edit& edit : input.boundaries) {
      if (!holds(input, edit)) break;
    }
  }
}

TEST_P(Truth, TenThousandRandomValuesAreWhatTheirClassSays) {
  for (const InputClass& input : all()) {
    if (!input.random) continue;
    rc::Random random(20260102);
    for (int i = 0; i < kValues; ++i) {
      if (!holds(input, (*input.random)(random.split(), 100).value())) break;
    }
  }
}

TEST_P(Truth, SameRandomnessGivesTheSameValue) {
  for (const InputClass& input : all()) {
    if (!input.random) continue;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const Edit once = (*input.random)(rc::Random(seed), 100).value();
      EXPECT_TRUE(once == (*input.random)(rc::Random(seed), 100).value()) << input.id;
      EXPECT_TRUE(once == (*input.random)(rc::Random(seed), 1).value()) << input.id;
    }
  }
}

// Walks down, taking another branch at each step.
TEST_P(Truth, ShrinksStayInTheClass) {
  for (const InputClass& input : all()) {
    std::vector<rc::Shrinkable<Edit>> roots = input.roots;
    for (std::uint64_t seed = 1; input.random && seed <= 5; ++seed) {
      roots.push_back((*input.random)(rc::Random(seed), 100));
    }
    bool fine = true;
    for (std::size_t nth = 0; fine && nth < roots.size(); ++nth) {
      rc::Shrinkable<Edit> at = roots[nth];
      for (std::size_t depth = 0; fine && depth < 20; ++depth) {
        auto shrinks = at.shrinks();
        std::size_t seen = 0;
        rc::Maybe<rc::Shrinkable<Edit>> next;
        for (auto shrink = shrinks.next(); fine && shrink && seen < 8; shrink = shrinks.next()) {
          fine = holds(input, shrink->value());
          if (seen++ <= (nth + depth) % 4) next = std::move(shrink);
        }
        if (!next) break;
        at = std::move(*next);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Values, Truth, testing::ValuesIn(addresses()), [](const auto& info) {
  std::string name = info.param;
  std::erase(name, '.');
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
});

}  // namespace
}  // namespace flowlog

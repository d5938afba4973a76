// What the loader says of each profile: reads a JSON array of them from standard input, prints an
// array of its complaints, "" for one that it takes.
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "base/json_node.h"
#include "profiles/profile.h"

int main() {
  using nlohmann::json;
  json complaints = json::array();
  for (const json& profile : json::parse(std::cin)) {
    std::string complaint;
    try {
      flowlog::load_profile(profile.dump(), "profile.json");
    } catch (const flowlog::InputError& e) {
      complaint = e.what();
    }
    complaints.push_back(complaint);
  }
  std::cout << complaints << '\n';
}

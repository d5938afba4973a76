// Other ways to write a request or its token.
#pragma once

#include <string>

namespace flowlog {

// The pairs of the target's query from the last to the first.
void reverse_query(std::string& target);

// A token that differs in its last character alone; in letter case alone; and one that is the token
// itself when it is decoded once more.
std::string with_other_end(const std::string& token);
std::string in_capitals(const std::string& token);
std::string with_escaped_end(const std::string& token);

}  // namespace flowlog

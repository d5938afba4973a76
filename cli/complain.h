// What is said on standard error, and what is lost on standard output.
#pragma once

#include <string>

namespace flowlog::cli {

// The line that tells it: behind the program's name, without the controls that whoever typed or
// sent a part of it put there.
std::string complaint(const std::string& sentence);
void complain(const std::string& sentence);

// Tells that standard output could not be written (`error` is an errno) and returns the status for
// it: 74, or 141 where its reader has gone.
int unwritten(int error);

}  // namespace flowlog::cli

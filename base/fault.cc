#include "base/fault.h"

#include <exception>

namespace flowlog {

std::string fault_of(const std::function<void()>& act) {
  try {
    act();
    return "";
  } catch (const std::exception& error) {
    const std::string text = error.what();
    return text.empty() ? "an exception without text" : text;
  } catch (...) {
    return "an exception of an unknown type";
  }
}

}  // namespace flowlog

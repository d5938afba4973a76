// A contract file of any bytes is loaded or refused with a sentence, never anything else.
#include <cstddef>
#include <cstdint>

#include "base/json_node.h"
#include "base/text.h"
#include "specs/load.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace flowlog;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Contract contract = load_contract(text, "fuzz.json", built_in_service().common);
    if (contract.action.empty()) __builtin_trap();
  } catch (const InputError& error) {
    if (!is_utf8(error.what())) __builtin_trap();
  }
  try {
    load_common_errors(text, "fuzz.json");
  } catch (const InputError& error) {
    if (!is_utf8(error.what())) __builtin_trap();
  }
  return 0;
}

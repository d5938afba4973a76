// A profile of any bytes is loaded or refused with a sentence, never anything else.
#include "profiles/profile.h"

#include <cstddef>
#include <cstdint>

#include "base/json_node.h"
#include "base/text.h"
#include "client/transport.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace flowlog;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Profile profile = load_profile(text, "fuzz.json");
    parse_endpoint(profile.endpoint);  // a profile that loads has one that is none of a kind
  } catch (const InputError& error) {
    if (!is_utf8(error.what())) __builtin_trap();
  }
  return 0;
}

// base64.h
// RFC 4648, with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace flowlog {

std::string base64(std::string_view bytes);
// Nothing when `text` is no base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace flowlog

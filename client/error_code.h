// The code of an error answer, as far as the client must know it.
#pragma once

#include <string>
#include <string_view>

namespace flowlog {

// ResponseMetadata.Error.Code of a JSON body, or the flat `errorcode` of a gateway; "" when there
// is none. Takes any bytes in bounded memory.
std::string error_code(std::string_view body);

}  // namespace flowlog

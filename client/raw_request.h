// Requests as they go through the HTTP library: their bytes are ours.
#pragma once

#include <httplib.h>

#include <string>

#include "client/wire.h"

namespace flowlog {

// The name of the first header that cannot be written as one line, or "".
std::string unwritable(const WireRequest& request);

// The library's request of the same method, target, headers and body.
httplib::Request library_request(const WireRequest& request);

// From now on `client` sends the target of a library_request() unchanged, and from version 0.13 on
// the headers of `current` in their order, which sets `begun`. Before, the library sorts them by
// name and adds Accept. Both must outlive the client.
void send_raw(httplib::ClientImpl& client, const WireRequest* const& current, bool& begun);

}  // namespace flowlog

// What a client has to know of the service that it calls.
#pragma once

#include "client/client.h"
#include "specs/service.h"

namespace flowlog {

// Sets the codes that ask for fewer requests, and the parameter with which a creation acts once.
void set_service(ClientOptions& options, const Service& service);

}  // namespace flowlog

// One request as the server read it, and the answer it will write.
#pragma once

#include <string>

#include "base/params.h"
#include "client/wire.h"

namespace flowlog::mock {

struct HttpRequest {
  std::string method;
  std::string target;  // raw
  Headers headers;
  std::string body;
};

struct HttpResponse {
  int status = 200;
  Headers headers;  // Content-Type among them
  std::string body;
  bool close = false;  // the connection ends after it
  int delay_ms = 0;    // waited before it is written
};

}  // namespace flowlog::mock

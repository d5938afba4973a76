// TLS on an open socket: the handshake and whom it may be with.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <variant>

#include "base/clock.h"
#include "client/interrupt.h"
#include "client/wire.h"

namespace flowlog {

struct SslFree {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslPtr = std::unique_ptr<SSL, SslFree>;

// What is trusted; shared by the connections of one transport.
class TlsContext {
 public:
  // `ca_file` holds PEM certificates; empty: the system's. With `insecure` anybody is trusted.
  // Throws InputError when the file cannot be used.
  TlsContext(const std::string& ca_file, bool insecure);

  // Shakes hands on the non-blocking socket `fd`, which the SSL does not own. The chain must be
  // trusted and the certificate be for `host`: by its subject alternative names, and by its common
  // name only where it has none. Nothing is sent to anybody else.
  std::variant<SslPtr, Failure> connect(int fd, const std::string& host, Instant deadline,
                                        const Interrupt& interrupt) const;

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  std::unique_ptr<SSL_CTX, Free> context_;
  bool insecure_;
};

}  // namespace flowlog

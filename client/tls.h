// Whom a TLS connection of the HTTP library may be with: OpenSSL's verification on the library's
// context, and in words what it refused.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>

#include "client/wire.h"

namespace flowlog {

// Of one client with one connection at a time. The context must outlive it, and connect nobody
// after it. Not thread-safe.
class TlsPeer {
 public:
  // The chain must be trusted by `ca_file` (PEM; empty: the system's) and the certificate be for
  // `host`: by its subject alternative names, and by its common name only where it has none. With
  // `insecure` anybody is trusted. A handshake with anybody else fails before anything is sent.
  // Throws InputError when the file cannot be used.
  TlsPeer(SSL_CTX* context, std::string host, const std::string& ca_file, bool insecure);
  TlsPeer(const TlsPeer&) = delete;
  TlsPeer& operator=(const TlsPeer&) = delete;

  // Called when a handshake is done.
  std::function<void()> on_done;
  // Before the library connects.
  void begin();
  // Whether a handshake has begun since.
  bool begun() const { return ssl_ != nullptr; }
  // After the library could not connect: why.
  Failure failure() const;
  // Whether bytes have been decrypted that nobody has read; while the library is connected only.
  bool pending() const { return ssl_ != nullptr && SSL_pending(ssl_) > 0; }

 private:
  static int judge(int accepted, X509_STORE_CTX* chain);
  static void note(const SSL* ssl, int where, int result);

  const std::string host_;
  const bool is_address_;
  const SSL* ssl_ = nullptr;  // the library's
  std::string refusal_;
};

}  // namespace flowlog

// Certificates made for one test: an authority and what it issues, right or wrong.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <string>

namespace flowlog::test {

template <auto free>
struct FreeWith {
  template <typename T>
  void operator()(T* thing) const {
    free(thing);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, FreeWith<X509_free>>;
using TlsServerPtr = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;

struct Subject {
  std::string common_name = "test";
  std::string alternative_names;  // "DNS:localhost,IP:127.0.0.1"; empty: no such extension
  std::chrono::hours valid_from{-24};
  std::chrono::hours valid_to{24};
};

class Authority {
 public:
  explicit Authority(const std::string& name);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  // PEM, removed with this object.
  const std::string& file() const { return file_; }
  // A server's context with a fresh certificate.
  TlsServerPtr server(const Subject& subject) const;

 private:
  KeyPtr key_;
  CertificatePtr certificate_;
  std::string file_;
};

}  // namespace flowlog::test

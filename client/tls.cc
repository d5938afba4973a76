#include "client/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <stdexcept>
#include <vector>

#include "base/json_node.h"
#include "base/text.h"

namespace flowlog {
namespace {

struct X509Free {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using X509Ptr = std::unique_ptr<X509, X509Free>;

Failure refused(std::string text) {
  return {Failure::Kind::tls, std::move(text)};
}

bool is_address(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET, host.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

// "2026-01-02T03:04:05Z", or "" for a time that is none.
std::string when(const ASN1_TIME* time) {
  tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return "";
  return iso_time(WallTime(std::chrono::seconds(timegm(&parts))));
}

std::string one_line(const X509_NAME* name) {
  char text[256];
  X509_NAME_oneline(name, text, sizeof text);
  return show(text);
}

// The names that a certificate is for, as far as they are DNS names or addresses.
std::string names_of(X509* certificate) {
  std::vector<std::string> names;
  auto* list = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(list); ++i) {
    const GENERAL_NAME* one = sk_GENERAL_NAME_value(list, i);
    if (one->type == GEN_DNS) {
      const ASN1_IA5STRING* text = one->d.dNSName;
      names.push_back(show({reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                            static_cast<std::size_t>(ASN1_STRING_length(text))}));
    } else if (one->type == GEN_IPADD) {
      char text[INET6_ADDRSTRLEN] = "";
      const int family = ASN1_STRING_length(one->d.iPAddress) == 4 ? AF_INET : AF_INET6;
      inet_ntop(family, ASN1_STRING_get0_data(one->d.iPAddress), text, sizeof text);
      names.push_back(show(text));
    }
  }
  GENERAL_NAMES_free(list);
  return names.empty() ? "nobody by name" : join(names, ", ");
}

bool is_for(X509* certificate, const std::string& host) {
  if (is_address(host)) return X509_check_ip_asc(certificate, host.c_str(), 0) == 1;
  unsigned flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  if (X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1) >= 0) {
    flags |= X509_CHECK_FLAG_NEVER_CHECK_SUBJECT;
  }
  return X509_check_host(certificate, host.data(), host.size(), flags, nullptr) == 1;
}

std::string chain_reason(long error, X509* certificate, const std::string& host) {
  const std::string whose = "the certificate of " + host + ' ';
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED: {
      const std::string end = certificate ? when(X509_get0_notAfter(certificate)) : "";
      return whose + (end.empty() ? "has expired" : "expired on " + end);
    }
    case X509_V_ERR_CERT_NOT_YET_VALID: {
      const std::string start = certificate ? when(X509_get0_notBefore(certificate)) : "";
      return whose + (start.empty() ? "is not valid yet" : "is not valid before " + start);
    }
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: {
      const std::string issuer =
          certificate ? one_line(X509_get_issuer_name(certificate)) : "somebody";
      return whose + "is issued by an unknown authority (" + issuer +
             "); a CA file can make it known";
    }
    default:
      return whose + "is not accepted: " + X509_verify_cert_error_string(error);
  }
}

// The certificate that was refused, kept for the sentence about it.
int note_refused(int accepted, X509_STORE_CTX* chain) {
  auto* ssl =
      static_cast<SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* refused_one = static_cast<X509Ptr*>(SSL_get_app_data(ssl));
  X509* certificate = X509_STORE_CTX_get_current_cert(chain);
  if (!accepted && refused_one && certificate && X509_up_ref(certificate) == 1) {
    refused_one->reset(certificate);
  }
  return accepted;
}

// Why SSL_connect gave up.
Failure handshake_failure(SSL* ssl, X509* certificate, const std::string& host) {
  const long verified = SSL_get_verify_result(ssl);
  if (verified != X509_V_OK) return refused(chain_reason(verified, certificate, host));
  const unsigned long error = ERR_peek_error();
  const int code = ERR_GET_REASON(error);
  if (error != 0 && (code == SSL_R_WRONG_VERSION_NUMBER || code == SSL_R_HTTP_REQUEST)) {
    return refused(host + " does not speak TLS on this port");
  }
  if (error == 0 || code == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
    return refused(host + " closed the connection during the TLS handshake");
  }
  const char* text = ERR_reason_error_string(error);
  return refused("no TLS handshake with " + host + ": " + (text ? text : "unknown reason"));
}

}  // namespace

TlsContext::TlsContext(const std::string& ca_file, bool insecure)
    : context_(SSL_CTX_new(TLS_client_method())), insecure_(insecure) {
  if (!context_) throw std::runtime_error("OpenSSL gives no context");
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                       SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_verify(context_.get(), insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER,
                     insecure ? nullptr : note_refused);
  if (insecure) return;
  if (ca_file.empty()) {
    SSL_CTX_set_default_verify_paths(context_.get());
  } else if (SSL_CTX_load_verify_file(context_.get(), ca_file.c_str()) != 1) {
    ERR_clear_error();
    throw InputError(ca_file + ": cannot be read as a file of PEM certificates");
  }
}

std::variant<SslPtr, Failure> TlsContext::connect(int fd, const std::string& host, Instant deadline,
                                                  const Interrupt& interrupt) const {
  ERR_clear_error();
  SslPtr ssl(SSL_new(context_.get()));
  X509Ptr refused_one;
  SSL_set_app_data(ssl.get(), &refused_one);
  SSL_set_fd(ssl.get(), fd);
  if (!is_address(host)) SSL_set_tlsext_host_name(ssl.get(), host.c_str());
  for (;;) {
    const int result = SSL_connect(ssl.get());
    if (result == 1) break;
    const int error = SSL_get_error(ssl.get(), result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
      Failure failure = handshake_failure(ssl.get(), refused_one.get(), host);
      ERR_clear_error();
      return failure;
    }
    const short events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
    switch (interrupt.wait(fd, events, deadline)) {
      case Interrupt::Wake::ready:
        continue;
      case Interrupt::Wake::timeout:
        return Failure{Failure::Kind::timeout, host + " does not finish the TLS handshake in time"};
      case Interrupt::Wake::cancelled:
        return Failure{Failure::Kind::cancelled, "cancelled during the TLS handshake"};
    }
  }
  SSL_set_app_data(ssl.get(), nullptr);
  if (insecure_) return ssl;
  const X509Ptr certificate(SSL_get1_peer_certificate(ssl.get()));
  if (certificate && is_for(certificate.get(), host)) return ssl;
  return refused("the certificate is for " +
                 (certificate ? names_of(certificate.get()) : std::string("nobody")) +
                 " and not for the host " + host);
}

}  // namespace flowlog

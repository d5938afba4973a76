#include "client/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/json_node.h"
#include "base/text.h"

namespace flowlog {
namespace {

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
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "the certificate is for " + (certificate ? names_of(certificate) : "nobody by name") +
             " and not for the host " + host;
    default:
      return whose + "is not accepted: " + X509_verify_cert_error_string(error);
  }
}

// OpenSSL takes the common name also where there are alternative names of another kind.
bool by_common_name_only(X509* certificate, const std::string& host) {
  return X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1) >= 0 &&
         X509_check_host(certificate, host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                         nullptr) != 1;
}

TlsPeer& peer_of(const SSL* ssl) {
  return *static_cast<TlsPeer*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
}

}  // namespace

TlsPeer::TlsPeer(SSL_CTX* context, std::string host, const std::string& ca_file, bool insecure)
    : host_(std::move(host)), is_address_(is_address(host_)) {
  SSL_CTX_set_app_data(context, this);
  SSL_CTX_set_info_callback(context, note);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_verify(context, insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER,
                     insecure ? nullptr : judge);
  if (insecure) return;
  X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (is_address_) {
    X509_VERIFY_PARAM_set1_ip_asc(wanted, host_.c_str());
  } else {
    X509_VERIFY_PARAM_set1_host(wanted, host_.data(), host_.size());
  }
  if (ca_file.empty()) {
    SSL_CTX_set_default_verify_paths(context);
  } else if (SSL_CTX_load_verify_file(context, ca_file.c_str()) != 1) {
    ERR_clear_error();
    throw InputError(ca_file + ": cannot be read as a file of PEM certificates");
  }
}

void TlsPeer::begin() {
  ssl_ = nullptr;
  refusal_.clear();
  ERR_clear_error();
}

Failure TlsPeer::failure() const {
  const auto refused = [](std::string text) {
    return Failure{Failure::Kind::tls, std::move(text)};
  };
  if (!refusal_.empty()) return refused(refusal_);
  const unsigned long error = ERR_peek_error();
  const int code = ERR_GET_REASON(error);
  if (error != 0 && (code == SSL_R_WRONG_VERSION_NUMBER || code == SSL_R_HTTP_REQUEST)) {
    return refused(host_ + " does not speak TLS on this port");
  }
  if (error == 0 || code == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
    return refused(host_ + " closed the connection during the TLS handshake");
  }
  const char* text = ERR_reason_error_string(error);
  return refused("no TLS handshake with " + host_ + ": " + (text ? text : "unknown reason"));
}

int TlsPeer::judge(int accepted, X509_STORE_CTX* chain) {
  const auto* ssl = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  TlsPeer& peer = peer_of(ssl);
  X509* certificate = X509_STORE_CTX_get_current_cert(chain);
  if (accepted && !peer.is_address_ && X509_STORE_CTX_get_error_depth(chain) == 0 &&
      by_common_name_only(certificate, peer.host_)) {
    X509_STORE_CTX_set_error(chain, X509_V_ERR_HOSTNAME_MISMATCH);
    accepted = 0;
  }
  if (!accepted) {
    peer.refusal_ = chain_reason(X509_STORE_CTX_get_error(chain), certificate, peer.host_);
  }
  return accepted;
}

void TlsPeer::note(const SSL* ssl, int where, int) {
  TlsPeer& peer = peer_of(ssl);
  if (where & SSL_CB_HANDSHAKE_START) {
    peer.ssl_ = ssl;
    // Some versions of the library name an address there, which is no name.
    if (peer.is_address_) SSL_set_tlsext_host_name(const_cast<SSL*>(ssl), nullptr);
  }
  if ((where & SSL_CB_HANDSHAKE_DONE) && peer.on_done) peer.on_done();
}

}  // namespace flowlog

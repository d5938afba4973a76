#include "tests/support/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace flowlog::test {
namespace {

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  if (extension == nullptr) throw std::runtime_error("no extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

CertificatePtr draft(const Subject& subject, EVP_PKEY* key) {
  static long serial = 1;
  CertificatePtr certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  using std::chrono::seconds;
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), seconds(subject.valid_from).count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds(subject.valid_to).count());
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(subject.common_name.c_str()),
                             -1, -1, 0);
  return certificate;
}

}  // namespace

Authority::Authority(const std::string& name)
    : key_(EVP_EC_gen("P-256")), certificate_(draft({name, ""}, key_.get())) {
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  const char* folder = std::getenv("TMPDIR");
  file_ = std::string(folder ? folder : "/tmp") + "/flowlog-authority-XXXXXX";
  const int fd = mkstemp(file_.data());
  if (fd < 0) throw std::runtime_error("no temporary file");
  std::FILE* out = fdopen(fd, "w");
  PEM_write_X509(out, certificate_.get());
  std::fclose(out);
}

Authority::~Authority() {
  unlink(file_.c_str());
}

TlsServerPtr Authority::server(const Subject& subject) const {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const CertificatePtr certificate = draft(subject, key.get());
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  if (!subject.alternative_names.empty()) {
    extend(certificate.get(), certificate_.get(), NID_subject_alt_name, subject.alternative_names);
  }
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  TlsServerPtr context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  return context;
}

}  // namespace flowlog::test

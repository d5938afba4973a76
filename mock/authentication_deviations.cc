#include <fmt/format.h>

#include "mock/deviation_tables.h"

namespace flowlog::mock {

std::vector<Choice> authentication_deviations() {
  std::vector<Choice> all;
  const auto left_out = [&](const char* id, const char* text,
                            const std::function<void(Behaviour&)>& apply) {
    all.push_back({fmt::format("auth.{}", id), text, apply});
  };
  left_out("none", "Every request is let in.", [](auto& b) { b.auth.none = true; });
  left_out("no-header-check", "A request without Authorization is let in.",
           [](auto& b) { b.auth.no_header_check = true; });
  left_out("no-expiry-check", "A request signed long ago is let in.",
           [](auto& b) { b.auth.no_expiry = true; });
  left_out("no-future-check", "A request signed for the future is let in.",
           [](auto& b) { b.auth.no_future = true; });
  left_out("no-signature-check", "A request with any signature is let in.",
           [](auto& b) { b.auth.no_signature_check = true; });
  left_out("signature-prefix", "Only the first eight digits of a signature are compared.",
           [](auto& b) { b.auth.signature_prefix_only = true; });
  left_out("signature-any-case", "A signature in capitals is let in.",
           [](auto& b) { b.auth.signature_any_case = true; });
  left_out("no-key-check", "A request signed with an unknown key is let in.",
           [](auto& b) { b.auth.no_key_check = true; });
  left_out("no-service-check", "A request signed for another service is let in.",
           [](auto& b) { b.auth.no_service_check = true; });
  left_out("no-session-token-check", "A session token that is not the key's is let in.",
           [](auto& b) { b.auth.no_token_check = true; });
  left_out("no-credential-check", "A credential with a wrong date or end is let in.",
           [](auto& b) { b.auth.no_credential_check = true; });
  left_out("no-scope-ending-check", "The scope may end with any word, which is signed.",
           [](auto& b) { b.auth.no_scope_end = true; });
  left_out("no-scope-date-check", "The date of the scope need not be that of X-Date.",
           [](auto& b) { b.auth.no_scope_date = true; });
  left_out("unsigned-date", "X-Date need not be among the signed headers.",
           [](auto& b) { b.auth.no_signed_date = true; });
  left_out("index-sort", "The query is sorted by name and value as one.",
           [](auto& b) { b.auth.sorts_pairs = true; });
  left_out("no-body-hash-check", "The X-Content-Sha256 that is told is believed.",
           [](auto& b) { b.auth.told_hash = true; });
  left_out("no-query-form-check", "A signature in the query is not looked at.",
           [](auto& b) { b.auth.no_query_signature_check = true; });
  left_out("no-method-check", "A signed PUT or DELETE is carried out.",
           [](auto& b) { b.auth.no_method_check = true; });
  left_out("no-action-check", "An unknown action is carried out as CreateFlowLog.", [](auto& b) {
    b.auth.no_action_check = true;
    b.rules["Action/values"].off = true;
  });
  left_out("no-version-check", "An unknown version is served.",
           [](auto& b) { b.auth.no_version_check = true; });
  return all;
}

}  // namespace flowlog::mock

// An endpoint that serves one way of writing and signing a request only, as its makers' own client
// does it: what official clients write otherwise fails.
#include <fmt/format.h>

#include "mock/deviation_tables.h"

namespace flowlog::mock {

std::vector<Choice> wire_deviations() {
  std::vector<Choice> all;
  const auto wire = [&](const char* id, const char* text,
                        const std::function<void(Behaviour&)>& apply) {
    all.push_back({fmt::format("wire.{}", id), text, apply});
  };
  wire("query-as-sent", "A query that is not sent in the order of its names has a wrong signature.",
       [](auto& b) { b.auth.query_as_sent = true; });
  wire("plus-signed", "A blank that is sent as a plus is signed as a plus.",
       [](auto& b) { b.auth.plus_is_plus = true; });
  wire("plus-kept", "A plus of the query, which is a blank, stays a plus in values.",
       [](auto& b) { b.plus_kept = true; });
  wire("type-decides", "A GET with the Content-Type of a form is read from its empty body.",
       [](auto& b) { b.type_decides = true; });
  wire("host-required", "A signature that does not cover Host is refused.",
       [](auto& b) { b.auth.host_required = true; });
  wire("host-and-date-alone", "A signature that covers more than Host and X-Date is refused.",
       [](auto& b) { b.auth.only_host_and_date = true; });
  wire("no-signed-query", "A signature in the query is not looked for.",
       [](auto& b) { b.auth.no_query_form = true; });
  wire("list-names-itself", "X-SignedQueries that does not name itself is refused.",
       [](auto& b) { b.auth.list_names_itself = true; });
  wire("post-signature-unchecked", "A POST is let in with any signature.",
       [](auto& b) { b.auth.no_post_signature_check = true; });
  wire("form-ignored", "What a form says is not read.", [](auto& b) { b.form_ignored = true; });
  return all;
}

}  // namespace flowlog::mock

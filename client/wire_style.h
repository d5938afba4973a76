// The ways in which official clients write and sign one and the same request. An endpoint owes all
// of them one answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/params.h"
#include "client/signing.h"
#include "client/wire.h"

namespace flowlog {

struct WireStyle {
  // Where the parameters travel. Action and Version always travel in the query.
  enum class Carrier { query, form, flat_json, nested_json };
  // Of the query on the wire; what is signed is sorted by name whatever travels.
  enum class Order { sorted, action_first, action_last };
  enum class Place { header, query };  // of the signature
  // Of the session token in a signed query.
  enum class Token { listed, signed_unlisted, unsigned_unlisted };

  std::string_view id;      // "go-sdk/get"
  std::string_view client;  // "the Go SDK"
  Carrier carrier = Carrier::query;
  Order order = Order::sorted;
  bool blank_is_plus = false;           // of the query on the wire; %20 is signed, a plus is %2B
  std::string_view bare = "-_.~";       // what the query leaves unescaped beside letters and digits
  std::string_view form_bare = "-_.~";  // the same in a form, where a blank is a plus
  bool form_sorted = false;             // by name; otherwise in the order given
  std::string_view content_type;        // "": none
  // Lower-case names; those that the request has are signed.
  std::vector<std::string_view> signs;
  bool hashes_empty_body = false;  // X-Content-Sha256 without a body as well
  Headers extra;                   // sent with every request
  // Signed queries only
  Place place = Place::header;
  Token token = Token::listed;
  bool lists_itself = true;      // X-SignedQueries names X-SignedQueries
  bool signature_sorted = true;  // X-Signature (and a list outside itself) stand in order, not last
  // Whether tests/client/data/wire_styles.json holds what the client itself wrote.
  bool recorded = true;

  std::string_view method() const { return carrier == Carrier::query ? "GET" : "POST"; }
};

// Every style, in a fixed order; ids are unique and never change.
const std::vector<WireStyle>& wire_styles();
// Or null.
const WireStyle* wire_style(std::string_view id);

// The request that the client would send for `params`, which hold Action and Version; parameters
// that a style does not sort keep their order. `extra` headers are sent, and signed where the style
// signs their names. `path` is the endpoint's base path or "/".
WireRequest write_in_style(const WireStyle& style, std::string_view host, std::string_view path,
                           const Params& params, const Headers& extra,
                           const Credentials& credentials, const Scope& scope, WallTime time);

// The same for a body that is already written: `query` holds what travels beside it.
WireRequest write_with_body(const WireStyle& style, std::string_view host, std::string_view path,
                            const Params& query, const std::string& body, const Headers& extra,
                            const Credentials& credentials, const Scope& scope, WallTime time);

// `request`, which sign() made for `params`, as that client would have written it at the same
// moment: to the same host and path, with its other headers.
WireRequest rewrite_in_style(const WireStyle& style, const WireRequest& request,
                             const Params& params, const Credentials& credentials,
                             const Scope& scope);

// What travels in the body of that style, written; "" when nothing does.
std::string body_in_style(const WireStyle& style, const Params& params);

}  // namespace flowlog

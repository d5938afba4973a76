#include "client/wire_style.h"

namespace flowlog {
namespace {

using Carrier = WireStyle::Carrier;
using Order = WireStyle::Order;
using Token = WireStyle::Token;

constexpr std::string_view form = "application/x-www-form-urlencoded";
constexpr std::string_view form_utf8 = "application/x-www-form-urlencoded; charset=utf-8";
constexpr std::string_view json = "application/json";
constexpr std::string_view json_utf8 = "application/json; charset=utf-8";
constexpr std::string_view text = "text/plain";

WireStyle with(WireStyle style, std::string_view id, Carrier carrier, std::string_view type) {
  style.id = id;
  style.carrier = carrier;
  style.content_type = type;
  return style;
}

WireStyle in_query(WireStyle style, std::string_view id, Token token) {
  style = with(std::move(style), id, Carrier::query, "");
  style.place = WireStyle::Place::query;
  style.order = Order::sorted;
  style.bare = "-_.~";
  style.signs.clear();
  style.hashes_empty_body = false;
  style.extra.clear();
  style.token = token;
  return style;
}

void add_node_openapi(std::vector<WireStyle>& all) {
  WireStyle base;
  base.client = "the Node client @volcengine/openapi";
  base.signs = {"x-content-sha256", "x-date", "x-security-token"};
  base.bare = "-_.~!()*";
  base.form_bare = "-_.*";
  all.push_back(with(base, "node-openapi/get", Carrier::query, form));
  all.push_back(with(base, "node-openapi/form", Carrier::form, form));
  all.push_back(with(base, "node-openapi/json", Carrier::flat_json, json_utf8));
  WireStyle url = in_query(base, "node-openapi/signed-url", Token::listed);
  url.lists_itself = false;
  url.signature_sorted = false;
  all.push_back(url);
}

void add_node_sdk_core(std::vector<WireStyle>& all) {
  WireStyle base;
  base.client = "the Node client @volcengine/sdk-core";
  base.signs = {"host", "x-content-sha256", "x-date", "x-security-token"};
  base.form_bare = "-_.*";
  all.push_back(with(base, "node-sdk-core/get", Carrier::query, text));
  all.push_back(with(base, "node-sdk-core/form", Carrier::form, form));
  all.push_back(with(base, "node-sdk-core/json", Carrier::nested_json, json));
}

void add_python(std::vector<WireStyle>& all) {
  WireStyle base;
  base.client = "the Python SDK";
  base.signs = {"content-type",        "host",          "x-content-sha256", "x-date",
                "x-sdk-invocation-id", "x-sdk-request", "x-security-token"};
  base.order = Order::action_last;
  base.blank_is_plus = true;
  base.hashes_empty_body = true;
  base.extra = {{"X-Sdk-Invocation-Id", "00000000-0000-4000-8000-000000000000"},
                {"X-Sdk-Request", "attempt=1; max=4"}};
  all.push_back(with(base, "python-sdk/get", Carrier::query, text));
  all.push_back(with(base, "python-sdk/form", Carrier::form, form));
  all.push_back(with(base, "python-sdk/json", Carrier::nested_json, json));
  WireStyle url = in_query(base, "python-sdk/signed-url", Token::unsigned_unlisted);
  url.signs = {"host"};
  all.push_back(url);
}

void add_go(std::vector<WireStyle>& all) {
  WireStyle base;
  base.client = "the Go SDK";
  base.signs = {"content-type", "host", "x-content-sha256", "x-date", "x-security-token"};
  base.blank_is_plus = true;
  base.form_sorted = true;
  base.hashes_empty_body = true;
  all.push_back(with(base, "go-sdk/get", Carrier::query, form_utf8));
  all.push_back(with(base, "go-sdk/form", Carrier::form, form_utf8));
  all.push_back(with(base, "go-sdk/json", Carrier::nested_json, json_utf8));
  all.push_back(in_query(base, "go-sdk/signed-url", Token::signed_unlisted));
}

void add_java(std::vector<WireStyle>& all) {
  WireStyle base;
  base.client = "the Java SDK";
  base.signs = {"x-date", "x-security-token"};
  base.order = Order::action_first;
  base.recorded = false;
  all.push_back(with(base, "java-sdk/get", Carrier::query, text));
}

}  // namespace

const std::vector<WireStyle>& wire_styles() {
  static const std::vector<WireStyle> styles = [] {
    std::vector<WireStyle> all;
    add_node_openapi(all);
    add_node_sdk_core(all);
    add_python(all);
    add_go(all);
    add_java(all);
    return all;
  }();
  return styles;
}

const WireStyle* wire_style(std::string_view id) {
  for (const WireStyle& style : wire_styles()) {
    if (style.id == id) return &style;
  }
  return nullptr;
}

}  // namespace flowlog

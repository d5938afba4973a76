#include "client/wire_style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"

namespace flowlog {
namespace {

using Json = nlohmann::json;

const Json& recorded() {
  static const Json file = [] {
    std::ifstream stream(FLOWLOG_SOURCE_DIR "/tests/client/data/wire_styles.json");
    return Json::parse(stream);
  }();
  return file;
}

std::vector<Json> style_vectors() {
  return recorded().at("vectors").get<std::vector<Json>>();
}

int hex_digit(char c) {
  return static_cast<int>(std::string("0123456789ABCDEF").find(c));
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

Params pairs(const std::string& text) {
  Params params;
  for (const std::string& piece : split(text, '&')) {
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    params.emplace_back(decoded(piece.substr(0, equals)), decoded(piece.substr(equals + 1)));
  }
  return params;
}

// Scalars as text: the clients with types write 10 where a name and a value give "10".
Json texts(const Json& value) {
  if (!value.is_structured()) return value.is_string() ? value : Json(value.dump());
  Json made = value;
  for (auto& inner : made) inner = texts(inner);
  return made;
}

void flatten(const std::string& name, const Json& value, Params& params) {
  if (!value.is_structured()) {
    params.emplace_back(name, value.get<std::string>());
    return;
  }
  std::size_t index = 0;
  for (const auto& [key, inner] : value.items()) {
    const std::string word = value.is_array() ? std::to_string(++index) : key;
    flatten(name.empty() ? word : name + '.' + word, inner, params);
  }
}

WallTime time_of(const std::string& date) {
  const auto number = [&](int from, int count) { return std::stoi(date.substr(from, count)); };
  using namespace std::chrono;
  return sys_days(year(number(0, 4)) / number(4, 2) / number(6, 2)) + hours(number(9, 2)) +
         minutes(number(11, 2)) + seconds(number(13, 2));
}

class RecordedRequest : public testing::TestWithParam<Json> {
 protected:
  std::string text(const char* member) const { return GetParam().at(member).get<std::string>(); }
  const WireStyle& style() const { return *wire_style(text("style")); }
  Headers headers() const {
    Headers list;
    for (const auto& pair : GetParam().at("headers")) list.emplace_back(pair[0], pair[1]);
    return list;
  }
  std::string query() const { return text("target").substr(2); }
  std::string date() const {
    const std::string sent = header(headers(), "X-Date");
    return sent.empty() ? find(pairs(query()), "X-Date").value() : sent;
  }
  // What the client was asked to write: in the order of the wire, but for Action and Version and
  // what the client sorts, which come the other way round.
  Params params() const {
    Params all = pairs(query());
    std::erase_if(all, [](const auto& pair) { return pair.first.starts_with("X-"); });
    if (style().order == WireStyle::Order::sorted) std::reverse(all.begin(), all.end());
    if (style().order == WireStyle::Order::action_last) {
      std::rotate(all.begin(), all.end() - 2, all.end());
    }
    Params body = style().carrier == WireStyle::Carrier::form ? pairs(text("body")) : Params();
    if (style().form_sorted) std::reverse(body.begin(), body.end());
    if (!text("body").empty() && body.empty()) flatten("", texts(Json::parse(text("body"))), body);
    all.insert(all.end(), body.begin(), body.end());
    return all;
  }
  Headers extra() const {
    Headers list;
    for (const auto& pair : headers()) {
      if (lower_ascii(pair.first).starts_with("x-sdk-")) list.push_back(pair);
    }
    return list;
  }
  Credentials credentials() const {
    const auto member = [](const char* name) { return recorded().at(name).get<std::string>(); };
    return {member("access_key"), member("secret_key"),
            GetParam().at("session").get<bool>() ? member("session_token") : ""};
  }
  Scope scope() const { return {recorded().at("region"), recorded().at("service")}; }
  bool json() const { return text("body").starts_with("{"); }
  WireRequest written() const {
    return write_in_style(style(), header(headers(), "Host"), "/", params(), extra(), credentials(),
                          scope(), time_of(date()));
  }
};

TEST_P(RecordedRequest, IsWrittenByteForByte) {
  const WireRequest request = written();
  EXPECT_EQ(request.method, text("method"));
  EXPECT_EQ(request.target, text("target"));
  for (const char* name : {"Host", "Content-Type", "X-Date", "X-Security-Token"}) {
    EXPECT_EQ(header(request.headers, name), header(headers(), name)) << name;
  }
  if (json()) {
    EXPECT_EQ(Json::parse(request.body), texts(Json::parse(text("body"))));
  } else {
    EXPECT_EQ(request.body, text("body"));
    EXPECT_EQ(header(request.headers, "Authorization"), header(headers(), "Authorization"));
    EXPECT_EQ(header(request.headers, "X-Content-Sha256"), header(headers(), "X-Content-Sha256"));
  }
}

// The bytes of a JSON body are each client's own; its signature is not.
TEST_P(RecordedRequest, IsSignedWithTheBodyThatWasSent) {
  Params query = pairs(this->query());
  std::erase_if(query, [](const auto& pair) { return pair.first.starts_with("X-"); });
  const WireRequest request =
      write_with_body(style(), header(headers(), "Host"), "/", query, text("body"), extra(),
                      credentials(), scope(), time_of(date()));
  EXPECT_EQ(header(request.headers, "Authorization"), header(headers(), "Authorization"));
  EXPECT_EQ(request.target, text("target"));
}

std::string name_of(const testing::TestParamInfo<Json>& info) {
  std::string name = info.param.at("style").get<std::string>() + "_" +
                     info.param.at("action").get<std::string>() +
                     (info.param.at("session").get<bool>() ? "_session" : "");
  std::ranges::replace_if(
      name, [](char c) { return c == '/' || c == '-'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Official, RecordedRequest, testing::ValuesIn(style_vectors()), name_of);

TEST(WireStyles, AreAllRecordedButForThoseThatSayNo) {
  std::set<std::string> known;
  for (const Json& vector : style_vectors()) known.insert(vector.at("style").get<std::string>());
  for (const WireStyle& style : wire_styles()) {
    EXPECT_EQ(known.erase(std::string(style.id)) == 1, style.recorded) << style.id;
  }
  EXPECT_TRUE(known.empty());
}

TEST(WireStyles, HaveIdsOfTheirOwn) {
  std::set<std::string_view> ids;
  for (const WireStyle& style : wire_styles()) EXPECT_TRUE(ids.insert(style.id).second) << style.id;
  EXPECT_EQ(wire_style("no-such-client/get"), nullptr);
}

WireRequest written(const char* style, const Params& params) {
  return write_in_style(*wire_style(style), "h", "/", params, {}, {"AK", "SK", ""},
                        {"cn-beijing", "vpc"}, time_of("20260102T030405Z"));
}

// Not recorded: as described of the Java SDK.
TEST(WireStyles, PutActionFirstAndSignXDateAloneInJava) {
  const WireRequest request =
      written("java-sdk/get", {{"Z", "1"}, {"Action", "A"}, {"B", "a b"}, {"Version", "V"}});
  EXPECT_EQ(request.target, "/?Action=A&Version=V&Z=1&B=a%20b");
  EXPECT_EQ(header(request.headers, "Content-Type"), "text/plain");
  EXPECT_THAT(header(request.headers, "Authorization"),
              testing::HasSubstr("SignedHeaders=x-date, "));
}

TEST(WireStyles, NestIndexedNamesInJson) {
  const Params params = {{"Action", "A"},       {"Version", "V"},      {"Tags.1.Key", "a"},
                         {"Tags.1.Value", "b"}, {"Tags.2.Key", "c"},   {"Name", "n"},
                         {"F.1.Values.1", "x"}, {"F.1.Values.2", "y"}, {"Tags.01.Key", "d"}};
  EXPECT_EQ(Json::parse(written("go-sdk/json", params).body),
            Json::parse(R"({"Tags":{"1":{"Key":"a","Value":"b"},"2":{"Key":"c"},"01":{"Key":"d"}},)"
                        R"("Name":"n","F":[{"Values":["x","y"]}]})"));
  EXPECT_EQ(Json::parse(written("go-sdk/json", {{"Action", "A"}}).body), Json::object());
}

TEST(WireStyles, RewriteWhatWasSignedForTheSameMoment) {
  const Params params = {{"Action", "A"}, {"Version", "V"}, {"Name", "a b"}};
  const Credentials keys{"AK", "SK", "token"};
  const Scope scope{"cn-beijing", "vpc"};
  const WallTime time = time_of("20260102T030405Z");
  const WireRequest signed_request =
      sign("GET", "h:81", "/base/", params, "", {{"User-Agent", "u"}}, keys, scope, time);
  for (const WireStyle& style : wire_styles()) {
    const WireRequest rewritten = rewrite_in_style(style, signed_request, params, keys, scope);
    const WireRequest expected =
        write_in_style(style, "h:81", "/base/", params, {{"User-Agent", "u"}}, keys, scope, time);
    EXPECT_EQ(rewritten.method, expected.method) << style.id;
    EXPECT_EQ(rewritten.target, expected.target) << style.id;
    EXPECT_EQ(rewritten.headers, expected.headers) << style.id;
    EXPECT_EQ(rewritten.body, expected.body) << style.id;
  }
}

}  // namespace
}  // namespace flowlog

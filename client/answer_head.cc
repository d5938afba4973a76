#include "client/answer_head.h"

#include <charconv>
#include <vector>

#include "base/text.h"

namespace flowlog {
namespace {

std::vector<std::string> values(const Headers& headers, std::string_view name) {
  std::vector<std::string> found;
  for (const auto& [key, value] : headers) {
    if (lower_ascii(key) == name) found.push_back(value);
  }
  return found;
}

bool parse_length(const std::string& text, std::uint64_t& length) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, length);
  return error == std::errc() && stop == end;
}

std::string interim(int status) {
  if (status == 101) return "the answer switches to another protocol (101)";
  return "an interim answer (" + std::to_string(status) +
         ") came, and interim answers but 100 cannot be read";
}

// Fills length and chunked, and returns the fault.
std::string frame(AnswerHead& head) {
  if (head.status < 200) return interim(head.status);
  if (head.no_body) return "";
  const auto lengths = values(head.headers, "content-length");
  const auto codings = values(head.headers, "transfer-encoding");
  if (!codings.empty()) {
    if (!lengths.empty()) return "both Content-Length and Transfer-Encoding are given";
    if (codings.size() > 1 || lower_ascii(codings[0]) != "chunked") {
      return "Transfer-Encoding " + show(join(codings, ", "), 60) + " is not supported";
    }
    head.chunked = true;
    return "";
  }
  if (lengths.empty()) return "";
  if (lengths.size() > 1) {
    return "Content-Length is given " + std::to_string(lengths.size()) + " times";
  }
  std::uint64_t length = 0;
  if (!parse_length(lengths[0], length)) {
    return "Content-Length is " + show(lengths[0], 40) + " and no length";
  }
  head.length = length;
  return "";
}

}  // namespace

AnswerHead read_head(int status, Headers headers) {
  AnswerHead head;
  head.status = status;
  head.headers = std::move(headers);
  head.no_body = status < 200 || status == 204 || status == 304;
  head.fault = frame(head);
  head.keep_alive = head.length || head.chunked || head.no_body;
  for (const std::string& value : values(head.headers, "connection")) {
    for (const std::string& word : split(lower_ascii(value), ',')) {
      if (word.find("close") != std::string::npos) head.keep_alive = false;
    }
  }
  return head;
}

}  // namespace flowlog

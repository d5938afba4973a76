#include "client/framing.h"

#include <charconv>
#include <vector>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_token(std::string_view text) {
  constexpr std::string_view separators = "()<>@,;:\\\"/[]?={}";
  for (const char c : text) {
    if (c <= ' ' || c >= 0x7f || separators.find(c) != std::string_view::npos) return false;
  }
  return !text.empty();
}

// The lines before the empty one, without their ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    lines.push_back(line);
  }
  return lines;
}

// "HTTP/1.1 200 OK". Returns the sentence when it is none.
std::string parse_status_line(std::string_view line, AnswerHead& head) {
  const bool known = line.starts_with("HTTP/1.0 ") || line.starts_with("HTTP/1.1 ");
  const bool shaped = known && line.size() >= 12 && is_digit(line[9]) && is_digit(line[10]) &&
                      is_digit(line[11]) && (line.size() == 12 || line[12] == ' ');
  if (!shaped || line[9] == '0') return "the first line is no HTTP status line: " + show(line, 60);
  head.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
  head.keep_alive = line[7] == '1';
  return "";
}

std::string parse_header(std::string_view line, Headers& headers) {
  if (line.find('\0') != std::string_view::npos)
    return "a NUL stands in the header " + show(line, 60);
  if (blanks.find(line.front()) != std::string_view::npos) {
    if (headers.empty()) return "the status line is followed by blanks: " + show(line, 60);
    headers.back().second.append(" ").append(trim(line));
    return "";
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return "a line of the head is no header: " + show(line, 60);
  }
  headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  return "";
}

std::vector<std::string> values(const Headers& headers, std::string_view name) {
  std::vector<std::string> found;
  for (const auto& [key, value] : headers) {
    if (lower_ascii(key) == name) found.push_back(value);
  }
  return found;
}

bool parse_length(std::string_view text, std::uint64_t& length) {
  if (text.empty() || !is_digit(text.front())) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return error == std::errc() && end == text.data() + text.size();
}

// Fills body and length. Returns the sentence when the headers contradict themselves.
std::string frame(AnswerHead& head, std::string_view method) {
  const auto lengths = values(head.headers, "content-length");
  const auto codings = values(head.headers, "transfer-encoding");
  if (method == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304) {
    head.body = AnswerHead::Body::none;
    if (head.status == 204 && !lengths.empty()) head.keep_alive = false;
    return "";
  }
  if (!codings.empty()) {
    if (!lengths.empty()) return "both Content-Length and Transfer-Encoding are given";
    if (codings.size() > 1 || lower_ascii(codings[0]) != "chunked") {
      return "Transfer-Encoding " + show(join(codings, ", "), 60) + " is not supported";
    }
    head.body = AnswerHead::Body::chunked;
    return "";
  }
  if (lengths.empty()) {
    head.keep_alive = false;
    return "";
  }
  if (lengths.size() > 1)
    return "Content-Length is given " + std::to_string(lengths.size()) + " times";
  if (!parse_length(lengths[0], head.length)) {
    return "Content-Length is " + show(lengths[0], 40) + " and no length";
  }
  head.body = AnswerHead::Body::sized;
  return "";
}

void read_connection(AnswerHead& head) {
  for (const std::string& value : values(head.headers, "connection")) {
    for (const std::string& word : split(lower_ascii(value), ',')) {
      if (trim(word) == "close") head.keep_alive = false;
      if (trim(word) == "keep-alive") head.keep_alive = true;
    }
  }
}

}  // namespace

std::variant<AnswerHead, std::string> parse_head(std::string_view text, std::string_view method) {
  AnswerHead head;
  const auto lines = lines_of(text);
  if (lines.empty()) return "the answer begins with an empty line";
  if (auto sentence = parse_status_line(lines[0], head); !sentence.empty()) return sentence;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (auto sentence = parse_header(lines[i], head.headers); !sentence.empty()) return sentence;
  }
  read_connection(head);
  if (auto sentence = frame(head, method); !sentence.empty()) return sentence;
  return head;
}

std::variant<std::uint64_t, std::string> parse_chunk_size(std::string_view line) {
  const std::string sentence = "a chunk begins with " + show(line, 40) + " and not with its size";
  if (!line.ends_with("\r\n")) return sentence;
  line.remove_suffix(2);
  const std::string_view digits = trim(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (digits.empty() || digits.size() > 15 || error != std::errc() ||
      end != digits.data() + digits.size()) {
    return sentence;
  }
  return size;
}

std::string wire_bytes(const WireRequest& request, std::string_view target) {
  std::string bytes;
  bytes.reserve(target.size() + request.body.size() + 1024);
  bytes.append(request.method).append(" ").append(target).append(" HTTP/1.1\r\n");
  for (const auto& [name, value] : request.headers) {
    bytes.append(name).append(": ").append(value).append("\r\n");
  }
  const bool wants_length = !request.body.empty() || request.method == "POST" ||
                            request.method == "PUT" || request.method == "PATCH";
  if (wants_length && values(request.headers, "content-length").empty()) {
    bytes.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  }
  return bytes.append("\r\n").append(request.body);
}

std::string unwritable(const WireRequest& request) {
  constexpr std::string_view breaks("\r\n\0", 3);
  for (const auto& [name, value] : request.headers) {
    if (name.find_first_of(breaks) != std::string::npos) return show(name, 40);
    if (value.find_first_of(breaks) != std::string::npos) return name;
  }
  return "";
}

}  // namespace flowlog

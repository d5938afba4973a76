// Compares a request with what a server received of it.
#pragma once

#include <httplib.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "client/wire.h"

namespace flowlog::test {

// Whether this version of the HTTP library lets its user write the headers.
template <class Client>
constexpr bool kHeadersInOrder = requires(Client& client) {
  client.set_header_writer(nullptr);
};

// The bytes of the request, as they are to arrive.
inline std::string bytes_of(const WireRequest& request) {
  std::string bytes = request.method + ' ' + request.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) bytes += name + ": " + value + "\r\n";
  const bool sized = !request.body.empty() || request.method == "POST";
  if (sized && header(request.headers, "Content-Length").empty()) {
    bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  }
  return bytes + "\r\n" + request.body;
}

// The request as it may be compared: to the byte, or, where the library orders the headers itself,
// with their lines sorted and without what it adds.
inline std::string comparable(const std::string& bytes) {
  if (kHeadersInOrder<httplib::ClientImpl>) return bytes;
  const auto end = bytes.find("\r\n\r\n");
  std::vector<std::string> lines = split(bytes.substr(0, end), '\n');
  std::erase(lines, "Accept: */*\r");
  std::erase(lines, "Accept: */*");
  for (auto& line : lines) {
    if (line.ends_with('\r')) line.pop_back();
  }
  std::erase_if(lines, [](const std::string& line) {
    return line.starts_with("User-Agent: cpp-httplib/") || line == "Content-Type: text/plain";
  });
  std::sort(lines.begin() + 1, lines.end());
  return join(lines, "\r\n") + (end == std::string::npos ? "" : bytes.substr(end));
}

}  // namespace flowlog::test

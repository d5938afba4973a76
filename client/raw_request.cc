#include "client/raw_request.h"

#include "base/text.h"

namespace flowlog {
namespace {

const std::string kMark = "X-In-Order";  // in the library's request only, never sent

// From 0.13 on the library lets us write the headers; before, it sorts them by name and adds
// Accept.
template <class Client>
constexpr bool kWritesHeaders = requires(Client& client) {
  client.set_header_writer(nullptr);
};

// The target goes out as it is, by whatever name the version has for that.
template <class Client>
void send_raw_target(Client& client) {
  if constexpr (requires { client.set_path_encode(false); }) {
    client.set_path_encode(false);
  } else {
    client.set_url_encode(false);
  }
}

// Our headers in their order, and of the library's what the message needs. A request to a proxy for
// a tunnel, which is the library's own, has no mark.
[[maybe_unused]] std::string header_lines(const WireRequest& request,
                                          const httplib::Headers& headers) {
  std::string text;
  const auto add = [&](const std::string& name, const std::string& value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  const bool own = headers.find(kMark) != headers.end();
  if (own) {
    for (const auto& [name, value] : request.headers) add(name, value);
  }
  for (const auto& [name, value] : headers) {
    const std::string known = lower_ascii(name);
    const bool needed = known == "content-length" || known == "proxy-authorization";
    if (!own || (needed && header(request.headers, name).empty())) add(name, value);
  }
  return text + "\r\n";
}

template <class Client>
void write_headers(Client& client, const WireRequest* const& current, bool& begun) {
  if constexpr (kWritesHeaders<Client>) {
    client.set_header_writer([&](httplib::Stream& stream, httplib::Headers& headers) -> ssize_t {
      begun = begun || headers.find(kMark) != headers.end();
      const std::string lines = header_lines(*current, headers);
      return stream.write(lines.data(), lines.size());
    });
  }
}

}  // namespace

std::string unwritable(const WireRequest& request) {
  constexpr std::string_view breaks("\r\n\0", 3);
  for (const auto& [name, value] : request.headers) {
    if (name.find_first_of(breaks) != std::string::npos) return show(name, 40);
    if (value.find_first_of(breaks) != std::string::npos) return name;
  }
  return "";
}

httplib::Request library_request(const WireRequest& request) {
  httplib::Request made;
  made.method = request.method;
  made.path = request.target;
  made.body = request.body;
  for (const auto& [name, value] : request.headers) made.headers.emplace(name, value);
  if (kWritesHeaders<httplib::ClientImpl>) made.headers.emplace(kMark, "");
  return made;
}

void send_raw(httplib::ClientImpl& client, const WireRequest* const& current, bool& begun) {
  send_raw_target(client);
  write_headers(client, current, begun);
}

}  // namespace flowlog

#include "client/lookup.h"

#include <netdb.h>
#include <sys/socket.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

namespace flowlog {
namespace {

struct Found {
  int status = 0;
  std::vector<std::string> addresses;
};

Found ask(const std::string& host, int flags) {
  addrinfo hints{};
  hints.ai_flags = flags;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  Found found;
  found.status = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (found.status != 0) return found;
  for (const addrinfo* one = list; one; one = one->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) ==
        0) {
      found.addresses.emplace_back(text);
    }
  }
  freeaddrinfo(list);
  if (found.addresses.empty()) found.status = EAI_NONAME;
  return found;
}

// A look-up that may outlive the caller who gave up on it.
struct Lookup {
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  Found found;
};

Failure unreachable(std::string text) {
  return {Failure::Kind::unreachable, std::move(text)};
}

}  // namespace

std::variant<std::vector<std::string>, Failure> look_up(const std::string& host, Instant deadline,
                                                        const std::function<bool()>& ended) {
  Found numeric = ask(host, AI_NUMERICHOST);
  if (numeric.status == 0) return numeric.addresses;

  auto lookup = std::make_shared<Lookup>();
  try {
    std::thread([lookup, host] {
      Found found = ask(host, 0);
      const std::lock_guard lock(lookup->mutex);
      lookup->found = std::move(found);
      lookup->done = true;
      lookup->changed.notify_one();
    }).detach();
  } catch (const std::system_error&) {
    return unreachable("this machine cannot start a thread to look up " + host);
  }
  std::unique_lock lock(lookup->mutex);
  while (!lookup->done && !ended() && std::chrono::steady_clock::now() < deadline) {
    lookup->changed.wait_for(lock, std::chrono::milliseconds(20));
  }
  if (!lookup->done) return unreachable("looking up the host " + host + " takes too long");
  if (lookup->found.status == EAI_AGAIN) {
    return unreachable("no name server answers for the host " + host);
  }
  if (lookup->found.status != 0) return unreachable("the host " + host + " is not found");
  return lookup->found.addresses;
}

}  // namespace flowlog

// How well a run keeps to its requests a second, measured where it counts: at the server. For each
// limit it prints two ratios, the most requests that arrived within any one second (not above 1)
// and the average over the run (at least 0.95), and exits with 1 when one is missed.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "client/client.h"
#include "tests/support/raw_server.h"

namespace {

using namespace flowlog;
using namespace std::chrono_literals;

constexpr int kWorkers = 8;
constexpr int kSeconds = 5;

// When each of kSeconds * `rate` calls from kWorkers sessions reached the server.
std::vector<Instant> arrivals(int rate) {
  const test::RawServer server(test::Script().read().send(test::ok("{}")).repeat());
  ClientOptions options;
  options.endpoint = parse_endpoint(server.url());
  options.scope = {"cn-beijing", "vpc"};
  Pacer pacer(rate, system_clock());
  Budget budget(Limits{}, system_clock());
  Client client(
      options, [&] { return make_http_transport(options.endpoint, {}); }, system_clock(), pacer,
      budget);
  const Credentials keys{"AK", "SK", ""};
  std::atomic<int> left{kSeconds * rate};
  std::vector<std::thread> workers;
  for (int i = 0; i < kWorkers; ++i) {
    workers.emplace_back([&] {
      const auto session = client.open();
      Call call;
      call.query = {{"Action", "A"}, {"Version", "V"}};
      call.credentials = &keys;
      while (left-- > 0) session->send(call);
    });
  }
  for (std::thread& worker : workers) worker.join();
  std::vector<Instant> times = server.arrivals();
  std::sort(times.begin(), times.end());
  return times;
}

long most_in_a_second(const std::vector<Instant>& times) {
  long most = 0;
  for (auto from = times.begin(); from != times.end(); ++from) {
    most = std::max(most, std::lower_bound(from, times.end(), *from + 1s) - from);
  }
  return most;
}

}  // namespace

int main() {
  bool kept = true;
  for (const int rate : {5, 50, 500}) {
    const std::vector<Instant> times = arrivals(rate);
    const double seconds = std::chrono::duration<double>(times.back() - times.front()).count();
    const double most = static_cast<double>(most_in_a_second(times)) / rate;
    const double used = static_cast<double>(times.size() - 1) / seconds / rate;
    kept = kept && most <= 1 && used >= 0.95;
    fmt::print("{:4} a second: most in any second {:.3f} of the limit, used {:.3f} of it ({} s)\n",
               rate, most, used, kSeconds);
    std::fflush(stdout);
  }
  return kept ? 0 : 1;
}

// The parts that every request goes through, each by itself: how long one takes.
#include <benchmark/benchmark.h>

#include "base/fingerprints.h"
#include "client/pacer.h"
#include "client/signing.h"
#include "engine/plan.h"
#include "engine/shared_requests.h"
#include "generators/requests.h"
#include "oracle/expectation.h"
#include "oracle/judge.h"
#include "oracle/response.h"
#include "resources/journal.h"
#include "specs/load.h"
#include "suites/catalog.h"

namespace {

using namespace flowlog;

const Credentials kKeys{"AKEXAMPLE", "c2VjcmV0", ""};
const Scope kScope{"cn-beijing", "vpc"};
constexpr const char* kRefusal =
    R"({"ResponseMetadata":{"RequestId":"20260102030405000000000000000001","Action":"A",)"
    R"("Version":"V","Service":"vpc","Region":"cn-beijing",)"
    R"("Error":{"Code":"InvalidName.Malformed","Message":"The specified name is malformed."}}})";

Params request() {
  return smallest_request(built_in_service().creator().contract, "vpc");
}

void sign_with_remembered_keys(benchmark::State& state) {
  SigningKeys keys;
  for (auto _ : state) {
    benchmark::DoNotOptimize(sign("GET", "127.0.0.1", "/", request(), "", {}, kKeys, kScope,
                                  system_clock().wall(), &keys));
  }
}
BENCHMARK(sign_with_remembered_keys);

void sign_with_derived_keys(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        sign("GET", "127.0.0.1", "/", request(), "", {}, kKeys, kScope, system_clock().wall()));
  }
}
BENCHMARK(sign_with_derived_keys);

void parse_an_answer(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(parse_response(400, {}, kRefusal));
}
BENCHMARK(parse_an_answer);

void expect_and_judge(benchmark::State& state) {
  const Response answer = parse_response(400, {}, kRefusal);
  Params params = request();
  set(params, "FlowLogName", std::string(129, 'a'));
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge(expect(built_in_service(), params, {}, {}), answer, false));
  }
}
BENCHMARK(expect_and_judge);

void remember_a_request_id(benchmark::State& state) {
  Fingerprints known;
  std::uint64_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(known.insert(std::to_string(i++)));
}
BENCHMARK(remember_a_request_id);

void intend_in_memory(benchmark::State& state) {
  const auto journal = Journal::in_memory(system_clock());
  JournalEntry entry;
  entry.resource_id = "vpc-1";
  entry.name = "name";
  for (auto _ : state) {
    journal->settle(journal->intend(entry).value(), EntryState::refused);
  }
}
BENCHMARK(intend_in_memory);

void make_the_catalog(benchmark::State& state) {
  const Service& service = built_in_service();
  Profile profile;
  profile.resources.free = {{"vpc", {"vpc-1"}}, {"subnet", {"subnet-1"}}, {"eni", {"eni-1"}}};
  for (auto _ : state) {
    CatalogOptions options{&service, &profile, 1, static_cast<int>(state.range(0))};
    benchmark::DoNotOptimize(catalog(options));
  }
}
BENCHMARK(make_the_catalog)->Arg(2)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

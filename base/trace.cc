#include "base/trace.h"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/json_node.h"

namespace flowlog {
namespace {

std::atomic<Trace*> the_trace{nullptr};
std::atomic<int> threads{0};

// Lanes of threads are counted from 1, named ones from here.
constexpr int kNamedLanes = 10'000;

long long micros(Duration span) {
  return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Trace::Trace(const std::string& path, Clock& clock)
    : path_(path), clock_(clock), start_(clock.now()), file_(std::fopen(path.c_str(), "w")) {
  if (file_ == nullptr) {
    throw InputError(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
  }
  note(std::fputs("[", file_) >= 0);
  the_trace = this;
}

Trace::~Trace() {
  the_trace = nullptr;
  std::fputs("\n]\n", file_);
  std::fclose(file_);
}

Trace* Trace::on() {
  return the_trace;
}

int Trace::thread() {
  thread_local const int number = ++threads;
  return number;
}

// REQUIRES: mutex_ is held
void Trace::write(const std::string& event) {
  note(std::fputs(empty_ ? "\n" : ",\n", file_) >= 0);
  empty_ = false;
  note(std::fwrite(event.data(), 1, event.size(), file_) == event.size());
}

// REQUIRES: mutex_ is held, and errno is what the write left
void Trace::note(bool written) {
  if (!written && error_ == 0) error_ = errno == 0 ? EIO : errno;
}

std::string Trace::failure() {
  const std::lock_guard lock(mutex_);
  note(std::fflush(file_) == 0);
  if (error_ == 0) return "";
  return fmt::format("cannot write {}: {}", path_, std::generic_category().message(error_));
}

// REQUIRES: mutex_ is held
void Trace::name_lane(int lane, const std::string& name) {
  write(dump({{"ph", "M"},
              {"name", "thread_name"},
              {"pid", 1},
              {"tid", lane},
              {"args", {{"name", name}}}}));
}

// REQUIRES: mutex_ is held
int Trace::lane_of(const std::string& name) {
  const auto [it, fresh] = lanes_.emplace(name, kNamedLanes + static_cast<int>(lanes_.size()));
  if (fresh) name_lane(it->second, name);
  return it->second;
}

void Trace::name_thread(const std::string& name) {
  const std::lock_guard lock(mutex_);
  name_lane(thread(), name);
}

void Trace::add(std::string_view category, std::string_view name, Instant begin, Instant end,
                const Details& details, const std::string& lane) {
  nlohmann::json event = {{"ph", "X"},
                          {"cat", category},
                          {"name", name},
                          {"ts", micros(begin - start_)},
                          {"dur", micros(end - begin)},
                          {"pid", 1}};
  for (const auto& [key, value] : details) event["args"][key] = value;
  const std::lock_guard lock(mutex_);
  event["tid"] = lane.empty() ? thread() : lane_of(lane);
  write(dump(event));
}

Span::Span(std::string_view category, std::string_view name) : trace_(Trace::on()) {
  if (trace_ == nullptr) return;
  category_ = category;
  name_ = name;
  begin_ = trace_->now();
}

Span::~Span() {
  if (trace_ != nullptr) trace_->add(category_, name_, begin_, trace_->now(), details_);
}

void Span::tell(std::string_view key, std::string_view value) {
  if (trace_ != nullptr) details_.emplace_back(key, value);
}

void Span::tell(std::string_view key, long value) {
  if (trace_ != nullptr) details_.emplace_back(key, std::to_string(value));
}

}  // namespace flowlog

#include "reports/events.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <unordered_map>

#include "base/text.h"
#include "reports/files.h"
#include "reports/json.h"
#include "reports/json_parts.h"

namespace flowlog {
namespace {

const std::vector<std::string> kEvents = {"run", "check", "end"};

std::string event(std::string_view kind, const Json& content) {
  Json out = {{"event", kind}};
  out.update(content);
  return dump(out, -1) + '\n';
}

class Reader {
 public:
  void take(const JsonNode& node) {
    const std::string kind = node.at("event").word(kEvents);
    if (kind != "run" && !begun_) node.reject("the header (event \"run\") must come first");
    if (kind == "run") {
      begin(node);
    } else if (kind == "check") {
      if (const auto elapsed = node.find("elapsed")) {
        elapsed_ = std::max(elapsed_, elapsed->number(0, 1e12));
      }
      add(decode_check(node));
    } else {
      decode_run(node, report_);
      ended_ = true;
    }
  }

  bool begun() const { return begun_; }

  Report finish() {
    if (!ended_) {
      report_.complete = false;
      long requests = 0;
      long created = 0;
      double seconds = elapsed_;
      for (const CheckResult& check : report_.checks) {
        requests += check.requests;
        created += check.created;
        seconds = std::max(seconds, check.seconds);
      }
      report_.requests = std::max(report_.requests, requests);
      report_.created = std::max(report_.created, created);
      report_.seconds = std::max(report_.seconds, seconds);
      report_.notices.push_back(
          "The run was killed before it could clean up: flow logs may stand. The journal knows "
          "them; "
          "delete them with `flowlog-conformance sweep` and the run's profile.");
    }
    std::stable_sort(report_.checks.begin(), report_.checks.end(),
                     [](const auto& a, const auto& b) { return a.place < b.place; });
    tally_rows(report_);
    return std::move(report_);
  }

 private:
  void begin(const JsonNode& node) {
    if (begun_) node.reject("a second header");
    begun_ = true;
    decode_run(node, report_);
    if (const auto rows = node.find("rows")) {
      for (const JsonNode& row : rows->items()) report_.rows.push_back(decode_row(row));
    }
  }

  void add(CheckResult check) {
    const auto [at, fresh] = index_.emplace(check.id, report_.checks.size());
    if (fresh) {
      report_.checks.push_back(std::move(check));
    } else {
      report_.checks[at->second] = std::move(check);
    }
  }

  Report report_;
  std::unordered_map<std::string, std::size_t> index_;
  double elapsed_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

EventWriter::EventWriter(const std::string& path, const Report& report) : path_(path) {
  std::error_code ignored;  // opening tells
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
  if (fd_ < 0) {
    failure_ = fmt::format("cannot write {}: {}", path, std::generic_category().message(errno));
    return;
  }
  Json header = encode_run(report);
  header["rows"] = Json::array();
  for (const RowResult& row : report.rows) header["rows"].push_back(encode(row, Language()));
  line(event("run", header));
}

EventWriter::~EventWriter() {
  if (fd_ >= 0) ::close(fd_);
}

void EventWriter::check(const CheckResult& check) {
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began_;
  Json told = encode(check, Language());
  told["elapsed"] = elapsed.count();
  line(event("check", told));
}

void EventWriter::end(const Report& report) {
  line(event("end", encode_run(report)));
  const std::lock_guard lock(mutex_);
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::string EventWriter::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void EventWriter::line(const std::string& text) {
  const std::lock_guard lock(mutex_);
  std::string_view rest = text;
  while (fd_ >= 0 && !rest.empty()) {
    const ssize_t n = ::write(fd_, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      failure_ = fmt::format("cannot write {}: {}", path_, std::generic_category().message(errno));
      ::close(fd_);
      fd_ = -1;
      return;
    }
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
}

Report read_events(std::string_view text, const std::string& file) {
  Reader reader;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const bool last = end == std::string_view::npos;
    text.remove_prefix(last ? text.size() : end + 1);
    if (line.empty()) continue;
    try {
      reader.take(JsonNode::parse(line, fmt::format("{} line {}", file, number)));
    } catch (const InputError&) {
      if (!last) throw;
    }
  }
  if (!reader.begun()) throw InputError(file + ": holds no run; it ends before its header does");
  return reader.finish();
}

Report load_report(const std::string& path) {
  const std::string text = read_whole_file(path == "-" ? "/dev/stdin" : path);
  return text.starts_with("{\"event\"") ? read_events(text, path) : parse_report(text, path);
}

}  // namespace flowlog

#include "reports/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/cause.h"
#include "reports/check_text.h"
#include "reports/chinese.h"
#include "reports/printable.h"

namespace flowlog {
namespace {

constexpr auto kBetweenDraws = std::chrono::milliseconds(80);
constexpr auto kLongestSilence = std::chrono::seconds(10);
constexpr std::size_t kSaid = 200;    // bytes of what a line says of a deviation
constexpr int kOfOneCause = 3;        // deviations that are named
constexpr std::size_t kNamed = 30;    // of all causes
constexpr std::size_t kVerdict = 12;  // columns
constexpr std::string_view kWipe = "\r\x1b[2K";

}  // namespace

Progress::Progress(std::FILE* out, Style style, std::size_t total, Clock& clock)
    : Progress(
          [out](const std::string& text) {
            std::fwrite(text.data(), 1, text.size(), out);
            std::fflush(out);
          },
          style, total, clock) {}

Progress::Progress(Out out, Style style, std::size_t total, Clock& clock, bool each)
    : out_(std::move(out)),
      style_(style),
      total_(total),
      clock_(clock),
      began_(clock.now()),
      each_(each),
      told_(began_) {}

Progress::~Progress() {
  finish();
}

std::string Progress::status() const {
  const double seconds = std::chrono::duration<double>(clock_.now() - began_).count();
  return fmt::format("[{}/{}] {} · {}", done_, total_, totals_line(seen_, style_.say),
                     duration(seconds));
}

// "[3/611] conformant    param.FlowLogName.length/at-max  0.2 s".
std::string Progress::line_of(const CheckResult& check) const {
  std::string verdict(style_.say(check.verdict));
  verdict.append(kVerdict - std::min(columns(verdict), kVerdict), ' ');
  return fmt::format("[{}/{}] {}  {}  {}\n", done_, total_,
                     style_.ink(ink_of(check.verdict), verdict), printable(check.id),
                     duration(check.seconds));
}

// REQUIRES: mutex_ is held
void Progress::name_deviation(const CheckResult& check) {
  if (named_ >= kNamed || ++said_[cause_of(check)] > kOfOneCause) {
    ++unnamed_;
    return;
  }
  ++named_;
  const std::string message = excerpt(as_told(check.message, style_.say), kSaid);
  write((style_.rewrite ? std::string(kWipe) : "") +
        style_.ink(Ink::red, "✗ " + printable(check.id)) + (message.empty() ? "" : "  " + message) +
        "\n");
  drawn_ = {};
}

void Progress::ended(const CheckResult& check) {
  const std::lock_guard lock(mutex_);
  if (finished_) return;
  ++done_;
  CheckResult verdict;
  verdict.verdict = check.verdict;
  seen_.checks.push_back(std::move(verdict));
  if (each_) {
    write(line_of(check));
    return;
  }
  if (check.verdict == Verdict::deviating) name_deviation(check);
  if (style_.rewrite) {
    draw(printable(check.id));
    return;
  }
  const std::size_t tenth = total_ == 0 ? 10 : done_ * 10 / total_;
  if (tenth == tenth_ && clock_.now() - told_ < kLongestSilence) return;
  write(status() + "\n");
  told_ = clock_.now();
  tenth_ = tenth;
}

void Progress::draw(const std::string& last) {
  const Instant now = clock_.now();
  if (now - drawn_ < kBetweenDraws) return;
  drawn_ = now;
  const std::string line = status() + "  " + last;
  write(std::string(kWipe) + std::string(clip(line, style_.width > 1 ? style_.width - 1 : 79)));
}

void Progress::finish() {
  const std::lock_guard lock(mutex_);
  if (finished_) return;
  finished_ = true;
  if (style_.rewrite) write(std::string(kWipe));
  if (unnamed_ == 0) return;
  write(fmt::format(
      fmt::runtime(style_.say("✗ and {} more like these\n", "✗ 以及另外 {} 项同类偏离\n")),
      unnamed_));
}

}  // namespace flowlog

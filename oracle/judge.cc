#include "oracle/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "oracle/message_check.h"

namespace flowlog {
namespace {

constexpr std::size_t kShownOutcomes = 6;
// No server that is in use cuts requests as short as this.
constexpr std::size_t kAlwaysArrives = 2000;

std::string http_text(const std::vector<int>& http) {
  std::vector<std::string> words;
  for (int status : http) words.push_back(fmt::format("{}", status));
  return join(words, " or ");
}

bool holds(const std::vector<int>& http, int status) {
  return std::find(http.begin(), http.end(), status) != http.end();
}

bool has_trigger(const ErrorRow& row, std::string Trigger::*member, std::string_view wanted) {
  return std::any_of(row.triggers.begin(), row.triggers.end(),
                     [&](const Trigger& trigger) { return trigger.*member == wanted; });
}

bool is_success(const Response& answer) {
  return answer.kind == Response::Kind::success;
}

class Judge {
 public:
  Judge(const Expectation& expectation, const Judgeable& answer, bool strict)
      : expectation_(expectation), answer_(answer.response()), strict_(strict) {}

  Judgement judge() {
    result_.expected = expected_line(expectation_);
    result_.observed = observed_line(answer_);
    if (is_success(answer_) && answer_.http / 100 == 2) {
      judge_success();
    } else if (const Outcome* outcome = lawful_outcome()) {
      judge_lawful_error(*outcome);
    } else if (service_fault()) {
      result_.service_fault = true;
      deviating(fmt::format("the service failed with HTTP {}: no request may bring that about",
                            answer_.http));
    } else if (answer_.kind == Response::Kind::alien && in_front()) {
      judge_in_front();
    } else if (answer_.kind == Response::Kind::alien) {
      deviating(fmt::format("this is no answer of the API: {}", answer_.trouble));
    } else if (is_success(answer_)) {
      deviating(fmt::format("a success came as HTTP {}, not 2xx", answer_.http));
    } else if (answer_.http < 400) {
      deviating(fmt::format("an error came as HTTP {}, not 4xx", answer_.http));
    } else {
      judge_other_error();
    }
    return std::move(result_);
  }

 private:
  void give(Verdict verdict, std::string message) {
    result_.verdict = verdict;
    result_.message = std::move(message);
  }
  void deviating(std::string message) { give(Verdict::deviating, std::move(message)); }
  void inconclusive(std::string message) { give(Verdict::inconclusive, std::move(message)); }
  // A broken promise weighs as much as what it stands on.
  void broken(Standing standing, std::string message) {
    give(standing == Standing::inferred ? Verdict::finding : Verdict::deviating,
         std::move(message));
  }
  void environment(Excuse excuse, std::string message) {
    result_.environment = true;
    result_.excuse = excuse;
    inconclusive(std::move(message));
  }

  void judge_success() {
    if (expectation_.success() == nullptr) {
      broken(expectation_.standing,
             fmt::format("the request was accepted, although it breaks {}", broken_rules()));
    } else if (expectation_.grey) {
      give(Verdict::finding,
           "the documentation leaves this open, and the endpoint accepts the request");
    } else {
      result_.verdict = Verdict::conformant;
    }
  }

  // A page of a proxy, a firewall or a server's own guard: it says nothing of the rule that was
  // tried.
  bool in_front() const {
    const bool page = answer_.trouble.find("HTML") != std::string::npos;
    const bool refusal =
        answer_.http == 400 || answer_.http == 403 || answer_.http == 404 || answer_.http == 405;
    return (page && refusal) || too_long();
  }
  bool too_long() const {
    return answer_.http == 413 || answer_.http == 414 || answer_.http == 431 ||
           (answer_.http == 400 && expectation_.bytes > kAlwaysArrives);
  }

  void judge_in_front() {
    const std::string before = "refused before it reached the API";
    if (too_long()) {
      result_.too_long = true;
      give(Verdict::finding,
           fmt::format("{}: a request of about {} bytes does not arrive (HTTP {}, {})", before,
                       expectation_.bytes, answer_.http, answer_.trouble));
    } else if (expectation_.success() == nullptr) {
      give(Verdict::finding, fmt::format("{}: HTTP {}, {}", before, answer_.http, answer_.trouble));
    } else {
      deviating(fmt::format("{}, although the documentation allows it: HTTP {}, {}", before,
                            answer_.http, answer_.trouble));
    }
  }

  std::string broken_rules() const {
    if (!expectation_.broken.empty()) return join(expectation_.broken, ", ");
    return "what " + join(expectation_.rows, ", ") + " tells";
  }

  // The lawful refusal that this answer is, the one with this message where several share a code.
  const Outcome* lawful_outcome() const {
    if (answer_.kind != Response::Kind::error) return nullptr;
    const Outcome* found = nullptr;
    for (const Outcome& outcome : expectation_.outcomes) {
      if (outcome.success || outcome.code != answer_.code) continue;
      if (!holds(outcome.http, answer_.http)) continue;
      if (found == nullptr || matches_message(outcome.message, answer_.message)) found = &outcome;
      if (matches_message(found->message, answer_.message)) break;
    }
    return found;
  }

  void judge_lawful_error(const Outcome& outcome) {
    result_.chosen_row = outcome.row;
    bool wrong_number = outcome.code_n && answer_.code_n && *outcome.code_n != *answer_.code_n;
    if (const ErrorRow* sibling = sibling_with_this_message(outcome)) {
      const std::string text = fmt::format(
          "the message is that of {}, which this request does not bring about", sibling->id);
      // One message for both rows, the one that tells less, misleads nobody.
      if (outcome.message.starts_with(sibling->message.en)) {
        give(Verdict::finding, text);
      } else {
        broken(expectation_.answer_standing, text);
      }
    } else if (!outcome.message.empty() && unfit_message(answer_.message)) {
      broken(expectation_.answer_standing, answer_.message.empty()
                                               ? "the message is empty"
                                               : "the message is not one for a caller to read");
    } else if (of_another_language(outcome.message, answer_.message)) {
      broken(expectation_.answer_standing, "the message is in another language than documented");
    } else if (wrong_number) {
      deviating(fmt::format("CodeN is {}, documented is {}", *answer_.code_n, *outcome.code_n));
    } else if (expectation_.grey) {
      give(Verdict::finding,
           fmt::format("the documentation leaves this open, and the endpoint refuses with {} ({})",
                       outcome.code, outcome.row));
    } else if (!outcome.message.empty() && !matches_message(outcome.message, answer_.message)) {
      give(strict_ ? Verdict::deviating : Verdict::finding,
           fmt::format("the message differs from the documented one, {}", show(outcome.message)));
    } else {
      result_.verdict = Verdict::conformant;
    }
  }

  // Another row of the same code, unlawful here, whose message this is.
  const ErrorRow* sibling_with_this_message(const Outcome& outcome) const {
    if (matches_message(outcome.message, answer_.message)) return nullptr;
    return find_row([&](const ErrorRow& row) {
      return row.code == outcome.code && !row.message.en.empty() && !lawful(row) &&
             matches_message(row.message.en, answer_.message);
    });
  }

  bool lawful(const ErrorRow& row) const {
    return std::any_of(expectation_.outcomes.begin(), expectation_.outcomes.end(),
                       [&](const Outcome& outcome) { return outcome.row == row.id; });
  }

  template <class Predicate>
  const ErrorRow* find_row(Predicate predicate) const {
    for (const ErrorRow* row : expectation_.documented->rows()) {
      if (predicate(*row)) return row;
    }
    return nullptr;
  }

  bool of_service(std::string_view what) const {
    return find_row([&](const ErrorRow& row) {
             return row.code == answer_.code && has_trigger(row, &Trigger::service, what);
           }) != nullptr;
  }

  bool service_fault() const { return answer_.http / 100 == 5 || of_service("fault"); }

  // An error of this API that is not among the lawful ones.
  void judge_other_error() {
    const ErrorRow* row = documented_row();
    if (expectation_.valid && interferes(row)) return;
    if (possible(row)) return;
    if (row != nullptr && holds(row->http, answer_.http) && conflict_of_siblings(*row)) {
      give(Verdict::finding,
           fmt::format("a value that stands twice is told of as a conflict ({})", row->id));
      return;
    }
    if (row == nullptr && !expectation_.documented->contract().errors_complete) {
      give(Verdict::finding,
           fmt::format("the table of error codes was not read to its end, and the endpoint refuses "
                       "with a code that is not in what was read, {}",
                       show(answer_.code, 60)));
      return;
    }
    if (const Outcome* same = outcome_of_code()) {
      broken(expectation_.answer_standing,
             fmt::format("the code is right, but HTTP {} is documented, not {}",
                         http_text(same->http), answer_.http));
    } else if (expectation_.grey && row == nullptr) {
      give(Verdict::finding,
           fmt::format("the documentation leaves this open, and the endpoint refuses with a code "
                       "that no page lists, {}",
                       show(answer_.code, 60)));
    } else if (expectation_.valid && !expectation_.grey && expectation_.outcomes.size() == 1) {
      deviating(fmt::format("a request that keeps every documented rule was refused{}",
                            row == nullptr ? " with a code that no page lists" : ""));
    } else {
      broken(expectation_.answer_standing,
             row == nullptr ? "no page lists this code"
                            : fmt::format("{} is documented for something else", row->id));
    }
  }

  // One key twice in a request: "must not repeat" on the page, and a conflict to some.
  bool conflict_of_siblings(const ErrorRow& row) const {
    return has_trigger(row, &Trigger::condition, "resource.busy") &&
           std::ranges::any_of(expectation_.broken, [](const std::string& address) {
             return address.ends_with("/unique");
           });
  }

  const Outcome* outcome_of_code() const {
    for (const Outcome& outcome : expectation_.outcomes) {
      if (!outcome.success && outcome.code == answer_.code) return &outcome;
    }
    return nullptr;
  }

  // The row this answer is, the one with this message where several share the code.
  const ErrorRow* documented_row() const {
    const ErrorRow* exact = find_row([&](const ErrorRow& row) {
      return row.code == answer_.code && holds(row.http, answer_.http) && !row.message.en.empty() &&
             matches_message(row.message.en, answer_.message);
    });
    if (exact != nullptr) return exact;
    return find_row([&](const ErrorRow& row) { return row.code == answer_.code; });
  }

  // True iff a good request met the account's state instead of its own answer.
  bool interferes(const ErrorRow* row) {
    if (row == nullptr) {
      const std::string code = lower_ascii(answer_.code);
      const bool creates = expectation_.documented && expectation_.documented->creates();
      const bool quota = creates && (code.find("quota") != std::string::npos ||
                                     code.find("limitexceeded") != std::string::npos);
      if (quota) {
        environment(Excuse::quota,
                    "the account's quota is used up; no page lists the code for that");
      }
      return quota;
    }
    if (!holds(row->http, answer_.http)) return false;
    if (has_trigger(*row, &Trigger::condition, "resource.bound")) {
      environment(Excuse::bound,
                  "the resource already has a flow log that the suite did not expect there");
      return true;
    }
    bool account = std::any_of(row->triggers.begin(), row->triggers.end(), [](const Trigger& t) {
      return t.condition.starts_with("account.") || t.authentication == "no-permission";
    });
    if (account) {
      environment(Excuse::other,
                  fmt::format("the account is not able to create: {} ({})", answer_.code, row->id));
    }
    return account;
  }

  bool possible(const ErrorRow* row) {
    if (row == nullptr || !holds(row->http, answer_.http)) return false;
    for (const std::string& condition : expectation_.possible) {
      if (!has_trigger(*row, &Trigger::condition, condition)) continue;
      environment(Excuse::other, fmt::format("{} may hold here, and it got in the way", condition));
      return true;
    }
    return false;
  }

  const Expectation& expectation_;
  const Response& answer_;
  const bool strict_;
  Judgement result_;
};

std::string outcome_text(const Outcome& outcome) {
  if (outcome.success) return "HTTP 2xx, a success";
  return fmt::format("HTTP {} {} ({})", http_text(outcome.http), outcome.code, outcome.row);
}

// In quotes and as a whole, for people search logs for it; what is no such id is shown as any text.
std::string whole(const std::string& id) {
  const bool plain =
      std::ranges::all_of(id, [](char c) { return c > 0x20 && c < 0x7F && c != '"' && c != '\\'; });
  return plain && id.size() <= 1000 ? '"' + id + '"' : show(id);
}

}  // namespace

std::string expected_line(const Expectation& expectation) {
  const bool any = expectation.strength == Strength::any_documented_error;
  std::vector<std::string> words;
  for (const Outcome& outcome : expectation.outcomes) {
    bool covered = any && holds(outcome.http, 400);
    bool listed = outcome.success || (words.size() < kShownOutcomes && !covered);
    if (listed) words.push_back(outcome_text(outcome));
  }
  std::size_t hidden = expectation.outcomes.size() - words.size();
  if (any) {
    words.emplace_back("HTTP 400 with any documented code");
  } else if (hidden > 0) {
    words.push_back(fmt::format("one of {} more", hidden));
  }
  return join(words, ", or ");
}

std::string observed_line(const Response& answer) {
  if (answer.kind == Response::Kind::none) return "no answer: " + answer.trouble;
  std::string line = fmt::format("HTTP {}", answer.http);
  if (answer.kind == Response::Kind::alien) line += ", " + answer.trouble;
  if (is_success(answer)) line += ", a success";
  if (!answer.code.empty()) line += " " + show(answer.code, 80);
  if (!answer.message.empty()) line += ", " + show(answer.message);
  if (!answer.thing_id.empty()) {
    line += fmt::format(", {} {}", answer.thing_member, show(answer.thing_id, 80));
  }
  if (!answer.request_id.empty()) line += ", RequestId " + whole(answer.request_id);
  return line;
}

bool matches_message(std::string_view documented, std::string_view message) {
  constexpr std::string_view any = "%s";
  std::size_t hole = documented.find(any);
  if (hole == std::string_view::npos) return documented == message;
  if (!message.starts_with(documented.substr(0, hole))) return false;
  message.remove_prefix(hole);
  documented.remove_prefix(hole + any.size());
  for (hole = documented.find(any); hole != std::string_view::npos; hole = documented.find(any)) {
    std::size_t found = message.find(documented.substr(0, hole));
    if (found == std::string_view::npos) return false;
    message.remove_prefix(found + hole);
    documented.remove_prefix(hole + any.size());
  }
  return message.ends_with(documented);
}

Judgement judge(const Expectation& expectation, const Response& answer, bool strict) {
  // The client has waited and tried again before an answer that throttles gets here.
  const auto judgeable = Judgeable::of(*expectation.documented, answer);
  if (judgeable) return Judge(expectation, *judgeable, strict).judge();
  Judgement none;
  none.expected = expected_line(expectation);
  none.observed = observed_line(answer);
  none.message = why_not_judgeable(answer);
  return none;
}

}  // namespace flowlog

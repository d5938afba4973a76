#include "reports/html/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "reports/printable.h"

namespace flowlog::page {
namespace {

void put(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    case '`':
      out += "&#96;";
      return;
    default:
      out += c;
  }
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Lays out one JSON text, however broken; see body_markup.
class JsonLayout {
 public:
  JsonLayout(std::string_view text, std::string_view expected) : text_(text), expected_(expected) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == '{' || c == '[') {
      open(c);
    } else if (c == '}' || c == ']') {
      if (depth_ > 0) --depth_;
      line();
      out_ += c;
      ++at_;
    } else if (c == ',') {
      out_ += c;
      ++at_;
      key_ = {};
      line();
    } else if (c == ':') {
      out_ += ": ";
      ++at_;
    } else {
      token(c == '"' ? string_end() : bare_end());
    }
  }

  void open(char c) {
    out_ += c;
    ++at_;
    skip_blanks();
    if (at_ < text_.size() && (text_[at_] == '}' || text_[at_] == ']')) {
      out_ += text_[at_++];
      return;
    }
    ++depth_;
    key_ = {};
    line();
  }

  void token(std::size_t end) {
    const std::string_view token = text_.substr(at_, end - at_);
    at_ = end;
    skip_blanks();
    const bool is_key = token.front() == '"' && at_ < text_.size() && text_[at_] == ':';
    if (is_key) {
      key_ = token;
      out_ += fmt::format("<span class=\"key\">{}</span>", escape(token));
    } else if (key_ == "\"Code\"" && expected_.find(bare(token)) == std::string_view::npos) {
      out_ += fmt::format("<mark>{}</mark>", escape(token));
    } else {
      out_ += escape(token);
    }
  }

  static std::string_view bare(std::string_view token) {
    const bool quoted = token.size() >= 2 && token.front() == '"' && token.back() == '"';
    return quoted ? token.substr(1, token.size() - 2) : token;
  }

  std::size_t string_end() const {
    std::size_t i = at_ + 1;
    while (i < text_.size() && text_[i] != '"') i += text_[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text_.size());
  }

  std::size_t bare_end() const {
    const std::size_t end = text_.find_first_of("{}[],:\" \t\r\n", at_);
    return end == std::string_view::npos ? text_.size() : end;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  void line() {
    out_ += '\n';
    out_.append(2 * std::min<std::size_t>(depth_, 12), ' ');
  }

  std::string_view text_;
  std::string_view expected_;
  std::string_view key_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace

std::string escape(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : printable(bytes, Layout::lines)) put(out, c);
  return out;
}

std::string breakable(std::string_view bytes) {
  const auto between = [](char c, char low, char high) { return low <= c && c <= high; };
  std::string out;
  char last = 0;
  for (const char c : printable(bytes, Layout::lines)) {
    if (between(last, 'a', 'z') && between(c, 'A', 'Z')) out += "<wbr>";
    put(out, c);
    if (c == '.' || c == '/' || c == ',' || c == '=' || c == '&') out += "<wbr>";
    last = c;
  }
  return out;
}

std::string_view head(std::string_view bytes, std::size_t limit) {
  if (bytes.size() <= limit) return bytes;
  std::size_t end = limit;
  while (end > 0 && limit - end < 3 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80) {
    --end;
  }
  return bytes.substr(0, end);
}

std::string brief(std::string_view bytes, std::size_t limit) {
  std::string out(head(bytes, limit));
  if (bytes.size() > limit) out += "…";
  return out;
}

std::string anchor(std::string_view prefix, std::string_view id) {
  std::string out(prefix);
  for (unsigned char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '/';
    if (plain) {
      out += static_cast<char>(c);
    } else {
      out += fmt::format("_{:02x}", c);
    }
  }
  return out;
}

std::string fill(std::string_view form,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
  std::string out;
  while (true) {
    const std::size_t begin = form.find("{{");
    if (begin == std::string_view::npos) break;
    const std::size_t end = form.find("}}", begin);
    assert(end != std::string_view::npos);
    const std::string_view name = form.substr(begin + 2, end - begin - 2);
    const auto* part =
        std::find_if(parts.begin(), parts.end(), [&](const auto& p) { return p.first == name; });
    assert(part != parts.end());
    out += form.substr(0, begin);
    out += part->second;
    form.remove_prefix(end + 2);
  }
  out += form;
  return out;
}

std::string body_markup(std::string_view body, std::string_view expected) {
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  const bool json = start != std::string_view::npos && (body[start] == '{' || body[start] == '[');
  return json ? JsonLayout(body, expected).run() : escape(body);
}

}  // namespace flowlog::page

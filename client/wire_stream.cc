#include "client/wire_stream.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace flowlog {
namespace {

constexpr std::size_t max_head = std::size_t{64} * 1024;
constexpr std::size_t max_line = std::size_t{16} * 1024;
constexpr int max_interim = 16;

std::string bare_head(const AnswerHead& head) {
  std::string text = fmt::format("HTTP/1.1 {} -\r\n", head.status);
  switch (head.body) {
    case AnswerHead::Body::none:
      text += "Content-Length: 0\r\n";
      break;
    case AnswerHead::Body::sized:
      text += fmt::format("Content-Length: {}\r\n", head.length);
      break;
    case AnswerHead::Body::chunked:
      text += "Transfer-Encoding: chunked\r\n";
      break;
    case AnswerHead::Body::until_close:
      break;
  }
  return text + "\r\n";
}

}  // namespace

WireStream::WireStream(Channel& channel, const WireRequest& request, std::string_view target,
                       Instant deadline)
    : channel_(channel), request_(request), target_(target), deadline_(deadline) {}

Failure WireStream::fail(Failure::Kind kind, std::string text) const {
  return {kind, std::move(text), wrote_all_ || heard_};
}

ssize_t WireStream::write(const char*, size_t size) {
  if (!wrote_) {
    wrote_ = true;
    wrote_all_ = channel_.write(wire_bytes(request_, target_), deadline_);
    const auto end = channel_.end();
    if (end == Channel::End::timeout || end == Channel::End::cancelled) {
      ended("while the request was being sent");
      return -1;
    }
    // A server may refuse a request early and close: its answer can still be read.
  }
  return static_cast<ssize_t>(size);
}

ssize_t WireStream::read(char* to, size_t size) {
  if (failure_ || (!head_read_ && !read_head())) return -1;
  if (!pending_.empty()) return take_pending(to, size);
  switch (head_.body) {
    case AnswerHead::Body::none:
      return 0;
    case AnswerHead::Body::sized:
      return read_sized(to, size);
    case AnswerHead::Body::chunked:
      return read_chunked(to, size);
    case AnswerHead::Body::until_close:
      return read_until_close(to, size);
  }
  return -1;
}

bool WireStream::read_head() {
  for (int interim = 0; interim <= max_interim; ++interim) {
    std::string text;
    if (!gather_head(text) || !accept_head(text)) return false;
    if (head_.status == 101) {
      return stop(Failure::Kind::malformed, "the answer switches to another protocol (101)");
    }
    if (head_.status < 200) continue;
    head_read_ = true;
    left_ = head_.body == AnswerHead::Body::sized ? head_.length : 0;
    pending_ = bare_head(head_);
    return true;
  }
  return stop(Failure::Kind::malformed, "more than 16 interim answers (1xx) came");
}

// Reads up to the empty line; a first line that is none of HTTP ends it at once.
bool WireStream::gather_head(std::string& text) {
  for (;;) {
    const std::string line = channel_.read_line(max_head - text.size(), deadline_);
    const bool first = text.empty();
    heard_ = heard_ || !line.empty();
    text += line;
    if (text.empty()) return ended("before the answer");
    const bool whole = line.ends_with('\n');
    if (first && (whole || channel_.end() == Channel::End::closed) && !accept_head(text)) {
      return false;
    }
    if (text.size() >= max_head) {
      return stop(Failure::Kind::too_large, "the head of the answer is longer than 64 KiB");
    }
    if (!whole) return ended("within the head of the answer");
    if (line == "\n" || line == "\r\n") return true;
  }
}

bool WireStream::accept_head(const std::string& text) {
  auto parsed = parse_head(text, request_.method);
  if (auto* sentence = std::get_if<std::string>(&parsed)) {
    return stop(Failure::Kind::malformed, *sentence);
  }
  head_ = std::get<AnswerHead>(std::move(parsed));
  return true;
}

ssize_t WireStream::read_sized(char* to, size_t size) {
  if (left_ == 0) return 0;
  const std::size_t count =
      channel_.read(to, static_cast<std::size_t>(std::min<std::uint64_t>(size, left_)), deadline_);
  left_ -= count;
  received_ += count;
  if (count > 0) return static_cast<ssize_t>(count);
  if (channel_.end() == Channel::End::closed) {
    stop(Failure::Kind::malformed,
         fmt::format("the body ends after {} bytes, Content-Length says {}", received_,
                     head_.length));
  } else {
    ended(fmt::format("after {} of {} bytes of the body", received_, head_.length));
  }
  return -1;
}

ssize_t WireStream::read_chunked(char* to, size_t size) {
  if (last_chunk_) return 0;
  if (left_ == 0) return begin_chunk() ? take_pending(to, size) : -1;
  const std::size_t count =
      channel_.read(to, static_cast<std::size_t>(std::min<std::uint64_t>(size, left_)), deadline_);
  left_ -= count;
  received_ += count;
  if (count > 0) return static_cast<ssize_t>(count);
  if (channel_.end() == Channel::End::closed) {
    stop(Failure::Kind::malformed,
         fmt::format("the chunked body ends within a chunk, after {} bytes", received_));
  } else {
    ended(fmt::format("within a chunk, after {} bytes of the body", received_));
  }
  return -1;
}

// Reads the end of the last chunk and the first line of the next one.
bool WireStream::begin_chunk() {
  const auto unfinished = [&] {
    return channel_.end() == Channel::End::closed
               ? stop(Failure::Kind::malformed, "the chunked body has no last chunk")
               : ended(fmt::format("between chunks, after {} bytes of the body", received_));
  };
  if (in_chunk_) {
    const std::string line = channel_.read_line(2, deadline_);
    if (line != "\r\n") {
      if (channel_.end() != Channel::End::none) return unfinished();
      return stop(Failure::Kind::malformed, "a chunk is longer than its size says");
    }
    pending_ = line;
  }
  const std::string line = channel_.read_line(max_line, deadline_);
  if (!line.ends_with('\n') && line.size() < max_line) return unfinished();
  const auto size = parse_chunk_size(line);
  if (auto* sentence = std::get_if<std::string>(&size))
    return stop(Failure::Kind::malformed, *sentence);
  left_ = std::get<std::uint64_t>(size);
  in_chunk_ = true;
  pending_ += fmt::format("{:x}\r\n", left_);
  if (left_ > 0) return true;
  last_chunk_ = true;
  pending_ += "\r\n";
  return skip_trailers();
}

bool WireStream::skip_trailers() {
  for (std::size_t total = 0; total < max_head;) {
    const std::string line = channel_.read_line(max_line, deadline_);
    if (line == "\r\n") return true;
    if (!line.ends_with('\n') && line.size() < max_line) {
      return channel_.end() == Channel::End::closed
                 ? stop(Failure::Kind::malformed,
                        "the chunked body has no end after its last chunk")
                 : ended("after the last chunk");
    }
    if (line.find(':') == std::string::npos) {
      return stop(Failure::Kind::malformed, "the last chunk is followed by " + show(line, 40));
    }
    total += line.size();
  }
  return stop(Failure::Kind::too_large, "the trailers of the answer are longer than 64 KiB");
}

ssize_t WireStream::read_until_close(char* to, size_t size) {
  const std::size_t count = channel_.read(to, size, deadline_);
  received_ += count;
  if (count > 0 || channel_.end() == Channel::End::closed) return static_cast<ssize_t>(count);
  ended(fmt::format("after {} bytes of a body without length", received_));
  return -1;
}

ssize_t WireStream::take_pending(char* to, size_t size) {
  const std::size_t count = pending_.copy(to, size);
  pending_.erase(0, count);
  return static_cast<ssize_t>(count);
}

// Both: always false.
bool WireStream::stop(Failure::Kind kind, std::string text) {
  failure_ = fail(kind, std::move(text));
  return false;
}

bool WireStream::ended(const std::string& where) {
  switch (channel_.end()) {
    case Channel::End::timeout:
      return stop(Failure::Kind::timeout, "the time for the answer ran out " + where);
    case Channel::End::cancelled:
      return stop(Failure::Kind::cancelled, "cancelled " + where);
    case Channel::End::closed:
      return stop(Failure::Kind::reset, "the server closed the connection " + where);
    case Channel::End::none:
    case Channel::End::reset:
      break;
  }
  return stop(Failure::Kind::reset, "the connection was reset " + where);
}

}  // namespace flowlog

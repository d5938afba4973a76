// What stands between the HTTP library and one connection, for one request: it sends our bytes in
// place of the library's, and lets through only an answer whose framing is sound.
#pragma once

#include <httplib.h>

#include <optional>
#include <string>

#include "client/channel.h"
#include "client/framing.h"

namespace flowlog {

// The library sees a bare head (status and framing, so that its limits on lines and its treatment
// of header values don't matter), and the body in the framing that came, chunks rewritten in their
// plainest form. Interim answers (1xx) and trailers are dropped.
class WireStream final : public httplib::Stream {
 public:
  WireStream(Channel& channel, const WireRequest& request, std::string_view target,
             Instant deadline);

  // Why the library was told that reading or writing failed.
  const std::optional<Failure>& failure() const { return failure_; }
  const AnswerHead& head() const { return head_; }
  bool wrote_all() const { return wrote_all_; }
  // A failure in the words of this exchange.
  Failure fail(Failure::Kind kind, std::string text) const;

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  bool read_head();
  bool gather_head(std::string& text);
  bool accept_head(const std::string& text);
  bool begin_chunk();
  bool skip_trailers();
  ssize_t read_sized(char* to, size_t size);
  ssize_t read_chunked(char* to, size_t size);
  ssize_t read_until_close(char* to, size_t size);
  ssize_t take_pending(char* to, size_t size);
  bool stop(Failure::Kind kind, std::string text);
  bool ended(const std::string& where);

  Channel& channel_;
  const WireRequest& request_;
  std::string target_;
  Instant deadline_;
  std::optional<Failure> failure_;
  AnswerHead head_;
  std::string pending_;         // for the library, before anything from the channel
  std::uint64_t left_ = 0;      // of a sized body, or of this chunk
  std::uint64_t received_ = 0;  // of the body
  bool wrote_ = false;
  bool wrote_all_ = false;
  bool heard_ = false;  // at least one byte of an answer
  bool head_read_ = false;
  bool in_chunk_ = false;
  bool last_chunk_ = false;
};

}  // namespace flowlog

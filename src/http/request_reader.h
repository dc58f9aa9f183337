#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "http/message.h"

namespace keisei::http {

/// Reads one request from a byte stream, without a socket. The header comes first, so that whoever
/// asks can decide how long a body may be, or refuse, before it is read.
class RequestReader {
 public:
  static constexpr std::size_t kMaxHeader = 8192;

  enum class Step {
    more,    // bytes are missing
    header,  // the header is complete: call read_body()
    complete,
    header_too_large,
    body_too_large,
    no_length,  // a body with a Transfer-Encoding: only those that say how long they are are read
    bad_host,   // an HTTP/1.1 request says which host it is for, once
    malformed,
  };

  RequestReader();
  ~RequestReader();

  /// Goes on with what has come; takes what it has read off the front of `bytes`.
  Step read(std::string& bytes);
  /// After Step::header: goes on, into a body of at most so many bytes.
  Step read_body(std::string& bytes, std::size_t max_body);

  /// Complete but for the body after Step::header.
  Request& request() { return request_; }
  /// Whether any byte of the request has been read.
  bool begun() const { return begun_; }
  /// Whether another request may follow on the connection: this one is complete and allows it.
  /// Where a Transfer-Encoding makes it doubtful what is a body, or the Host whom it is for,
  /// nothing that follows is a request.
  bool keeps_alive() const;

 private:
  struct Parser;  // Beast's, seen by one file only

  Step put(std::string& bytes);

  std::unique_ptr<Parser> parser_;
  Request request_;
  bool begun_ = false;
  bool skipped_ = false;  // an empty line before the request (RFC 9112 §2.2)
  bool in_body_ = false;
};

}  // namespace keisei::http

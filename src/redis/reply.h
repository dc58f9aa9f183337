#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct redisReader;

namespace keisei::redis {

/// What a server answers.
struct Reply {
  enum class Kind { nil, integer, text, error, list };

  Kind kind = Kind::nil;
  std::int64_t integer = 0;
  std::string text{};  // of a text or an error
  std::vector<Reply> list{};

  bool is_error() const { return kind == Kind::error; }
};

/// Bytes to replies, as they come. What goes beyond the limits is an error, and then nothing more
/// can be read.
class ReplyReader {
 public:
  struct Limits {
    std::size_t bytes = 128UL * 1024 * 1024;  // of one reply
    std::size_t elements = 1UL << 20;         // of all its lists
  };

  ReplyReader() : ReplyReader(Limits{}) {}
  explicit ReplyReader(const Limits& limits);
  ~ReplyReader();
  ReplyReader(ReplyReader&&) = delete;

  void feed(std::string_view bytes);
  /// The next whole reply; none if more bytes are needed.
  Result<std::optional<Reply>> next();

 private:
  struct Delete {
    void operator()(redisReader* reader) const;
  };
  friend struct ReplyMaker;

  Limits limits_;
  std::size_t unread_ = 0;    // bytes since the last whole reply
  std::size_t elements_ = 0;  // of the reply that is being read
  std::string failure_{};
  std::unique_ptr<redisReader, Delete> reader_;
};

/// A command and its arguments, of any bytes, as a server takes them.
std::string encode_command(const std::vector<std::string_view>& words);

}  // namespace keisei::redis

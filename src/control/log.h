#pragma once

#include <unistd.h>

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/notices.h"

namespace keisei::control {

BOOST_DEFINE_ENUM_CLASS(Severity, info, warning, error)

/// The process's log: one line for each thing said, whatever is in it. Thread-safe.
///
/// As text: `2026-11-28T06:15:00.000Z warning trainer_link: the trainer's connection: …`, with
/// control characters escaped. As JSON: an object with `time`, `level`, `topic` and `message`; a
/// notice has also `kind` (failing, working, happened), `what`, `reason` and `times`.
///
/// Nobody waits for whoever reads it: a line that is not taken at once is dropped, and the next one
/// that is taken comes behind one that says how many were.
class Log {
 public:
  enum class Form { text, json };
  /// Gets whole lines, one call at a time; whether it has taken the line.
  using Writer = std::function<bool(std::string_view line)>;

  Log(Form form, const Clock& clock, Writer writer = to(STDERR_FILENO));
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// `topic` is a stable name; the message may hold anything.
  void write(Severity severity, std::string_view topic, std::string_view message);
  void write(const Notices::Notice& notice);

  /// To an open file, pipe or terminal. A pipe that is full or a terminal that is held takes none.
  static Writer to(int descriptor);

 private:
  struct Entry {
    WallTime at;
    Severity severity;
    std::string_view topic;
    std::string_view message;
    const Notices::Notice* notice;  // null: none
  };

  void put(const Entry& entry);
  std::string line_for(const Entry& entry) const;

  Form form_;
  const Clock& clock_;
  Writer writer_;
  std::mutex mutex_;
  std::uint64_t lost_ = 0;  // lines, since the last that was taken
};

}  // namespace keisei::control

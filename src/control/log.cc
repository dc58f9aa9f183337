#include "control/log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <chrono>
#include <cstdint>
#include <utility>

#include "base/enum_names.h"
#include "base/printable.h"
#include "base/unwaited_output.h"
#include "protocol/json_writer.h"

namespace keisei::control {
namespace {

// Of a message. A line then stays below the 4 KiB that a pipe takes whole, whoever else writes.
constexpr std::size_t kLongest = 1024;

using Kind = Notices::Notice::Kind;

// RFC 3339, in UTC: "2026-11-28T06:15:00.123Z".
std::string timestamp(WallTime time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(ms);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(static_cast<std::time_t>(seconds.count())),
                     (ms - seconds).count());
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::failing:
      return "failing";
    case Kind::working:
      return "working";
    case Kind::happened:
      break;
  }
  return "happened";
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += out.empty() ? "{" : ",";
  protocol::append_text(out, name);
  out += ':';
  protocol::append_text(out, text);
}

}  // namespace

Log::Log(Form form, const Clock& clock, Writer writer)
    : form_(form), clock_(clock), writer_(std::move(writer)) {}

void Log::write(Severity severity, std::string_view topic, std::string_view message) {
  put({clock_.wall(), severity, topic, message, nullptr});
}

void Log::write(const Notices::Notice& notice) {
  const Severity severity = notice.kind == Kind::working ? Severity::info : Severity::warning;
  put({notice.at, severity, notice.topic, line_of(notice), &notice});
}

void Log::put(const Entry& entry) {
  const std::string line = line_for(entry);
  const std::lock_guard lock(mutex_);
  if (lost_ > 0) {
    const std::string gap =
        fmt::format("{} lines before this one were lost: nobody took them", lost_);
    if (writer_(line_for({entry.at, Severity::warning, "log", gap, nullptr}))) lost_ = 0;
  }
  if (lost_ > 0 || !writer_(line)) ++lost_;
}

std::string Log::line_for(const Entry& entry) const {
  const std::string message = printable(entry.message, kLongest);
  if (form_ == Form::text) {
    return fmt::format("{} {} {}: {}\n", timestamp(entry.at), to_string(entry.severity),
                       printable(entry.topic), message);
  }
  std::string line;
  append_member(line, "time", timestamp(entry.at));
  append_member(line, "level", to_string(entry.severity));
  append_member(line, "topic", entry.topic);
  append_member(line, "message", message);
  if (entry.notice != nullptr) {
    append_member(line, "kind", name_of(entry.notice->kind));
    append_member(line, "what", entry.notice->what);
    append_member(line, "reason", entry.notice->reason);
    line += ",\"times\":";
    protocol::append_integer(line, static_cast<std::int64_t>(entry.notice->times));
  }
  return line + "}\n";
}

Log::Writer Log::to(int descriptor) {
  return [output = UnwaitedOutput(descriptor)](std::string_view line) mutable {
    return output.write(line);
  };
}

}  // namespace keisei::control

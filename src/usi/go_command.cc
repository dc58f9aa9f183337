#include "usi/go_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace keisei::usi {
namespace {

using search::TimeControl;
using std::chrono::milliseconds;

constexpr long long kMostMilliseconds = 1000LL * 60 * 60 * 24 * 365;

/// The number behind a keyword, if it is one that makes sense. A clock may have run below zero.
std::optional<long long> take_number(std::string_view key, Words& words, GoCommand& go) {
  const std::string_view text = words.peek();
  const auto number = whole_number(text);
  if (!number) {
    go.complaints.push_back(
        fmt::format("go: a number follows {}, not \"{}\"", key, text.substr(0, 20)));
    return std::nullopt;
  }
  words.take();
  return std::clamp(*number, 0LL, kMostMilliseconds);
}

}  // namespace

GoCommand read_go(Words words) {
  constexpr std::pair<std::string_view, std::optional<milliseconds> TimeControl::*> kClocks[] = {
      {"btime", &TimeControl::black},
      {"wtime", &TimeControl::white},
      {"movetime", &TimeControl::move_time}};
  constexpr std::pair<std::string_view, milliseconds TimeControl::*> kAdditions[] = {
      {"byoyomi", &TimeControl::byoyomi},
      {"binc", &TimeControl::black_increment},
      {"winc", &TimeControl::white_increment}};
  GoCommand go;
  const auto read = [&](std::string_view key, const auto& fields) {
    for (const auto& [name, field] : fields) {
      if (name != key) continue;
      if (const auto number = take_number(key, words, go)) go.times.*field = milliseconds(*number);
      return true;
    }
    return false;
  };
  while (!words.done()) {
    const std::string_view key = words.take();
    if (key == "infinite") {
      go.infinite = true;
    } else if (key == "ponder") {
      go.ponder = true;
    } else if (key == "mate") {
      go.mate = true;
      if (words.done() || words.take("infinite")) continue;
      if (const auto limit = take_number(key, words, go)) go.times.move_time = milliseconds(*limit);
    } else if (key == "nodes") {
      if (const auto nodes = take_number(key, words, go)) {
        go.nodes = static_cast<std::uint64_t>(*nodes);
      }
    } else if (!read(key, kClocks) && !read(key, kAdditions)) {
      go.complaints.push_back(fmt::format("go: \"{}\" is not understood", key.substr(0, 20)));
    }
  }
  return go;
}

}  // namespace keisei::usi

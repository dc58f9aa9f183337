#include "search/time_control.h"

#include <algorithm>

namespace keisei::search {
namespace {

constexpr int kMovesToGo = 40;  // how many more of our own a game is expected to have

}  // namespace

std::optional<std::chrono::milliseconds> thinking_time(const TimeControl& control,
                                                       shogi::Color mover,
                                                       std::chrono::milliseconds margin) {
  using std::chrono::milliseconds;
  constexpr milliseconds kLeast{1};
  if (control.move_time) return std::max(kLeast, *control.move_time - margin);
  const bool black = mover == shogi::Color::black;
  const auto& clock = black ? control.black : control.white;
  const milliseconds increment = black ? control.black_increment : control.white_increment;
  if (!clock && control.byoyomi <= milliseconds{0} && increment <= milliseconds{0}) {
    return std::nullopt;
  }
  const milliseconds left = std::max(milliseconds{0}, clock.value_or(milliseconds{0}));
  // Controllers differ in whether what is left has the increment in it already.
  const milliseconds most = std::max(left, increment) + control.byoyomi - margin;
  const milliseconds wanted = left / kMovesToGo + control.byoyomi + increment;
  return std::max(kLeast, std::min(wanted, most));
}

}  // namespace keisei::search

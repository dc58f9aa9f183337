#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "hook/events/events.h"

/// What the showcase would refuse, refused where the caller can still see it. Every error begins
/// with the name of the argument: "probability: 1.5, expected 0 to 1".
///
/// The checks are of form and range; whether a move is legal is not looked at.
namespace keisei::binding {

inline constexpr const char* kStartSfen =
    "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";

/// NaN in a figure that may be unknown passes.
Result<void> check(const hook::RunStartedEvent& event);
Result<void> check(const hook::MetricsEvent& event);
Result<void> check(const hook::MoveEvent& event);
Result<void> check(const hook::GameFinishedEvent& event);
Result<void> check(const hook::AttentionEvent& event);
Result<void> check(const hook::EvaluationEvent& event);
Result<void> check(const hook::CheckpointEvent& event);

Result<void> too_long(std::string_view argument, std::size_t size, std::size_t most);

/// Copies with a terminating zero; an error when `text` does not fit.
template <std::size_t kSize>
Result<void> copy_text(std::string_view argument, std::string_view text,
                       std::array<char, kSize>& to) {
  if (text.size() >= kSize) return too_long(argument, text.size(), kSize - 1);
  std::copy(text.begin(), text.end(), to.begin());
  std::fill(to.begin() + static_cast<std::ptrdiff_t>(text.size()), to.end(), '\0');
  return {};
}

Result<protocol::EndReason> end_reason(std::string_view text);

/// Whether White is to move in a position that has been checked.
bool is_white_to_move(const hook::SfenText& sfen);

}  // namespace keisei::binding

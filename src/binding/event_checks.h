#pragma once

#include <string_view>

#include "base/result.h"
#include "hook/events.h"

/// What the showcase would refuse, refused where the caller can still see it. Every error begins
/// with the name of the argument: "probability: 1.5, expected 0 to 1".
///
/// The checks are of form and range; whether a move is legal is not looked at.
namespace keisei::binding {

/// NaN in a figure that may be unknown passes.
Result<void> check(const hook::MetricsEvent& event);
Result<void> check(const hook::MoveEvent& event);
Result<void> check(const hook::GameFinishedEvent& event);
Result<void> check(const hook::AttentionEvent& event);
Result<void> check(const hook::EvaluationEvent& event);
Result<void> check(const hook::CheckpointEvent& event);

/// Copies with a terminating zero; an error when `text` does not fit.
Result<void> copy_usi(std::string_view argument, std::string_view text, hook::UsiText& to);
Result<void> copy_sfen(std::string_view argument, std::string_view text, hook::SfenText& to);
Result<void> copy_reason(std::string_view text, hook::GameFinishedEvent& event);
Result<void> copy_skill(std::string_view text, hook::ProbeResult& skill);
Result<void> copy_name(std::string_view text, hook::CheckpointEvent& event);

/// Whether White is to move in a position that has been checked.
bool is_white_to_move(const hook::SfenText& sfen);

}  // namespace keisei::binding

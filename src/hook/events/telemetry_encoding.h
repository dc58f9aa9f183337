#pragma once

#include <string>

#include "hook/events/events.h"
#include "protocol/telemetry.h"

/// From what training emitted to what the showcase is told.
namespace keisei::hook {

/// Unique over all runs.
std::string game_id(const std::string& run_id, std::int64_t game_number);

/// Texts and counts of events are trusted no further than their arrays reach. `is_sound` says
/// whether the numbers that have no "unknown" (board maps, probabilities of top moves) are finite.
bool is_sound(const RunStartedEvent& event);
bool is_sound(const MetricsEvent& event);
bool is_sound(const MoveEvent& event);
bool is_sound(const GameFinishedEvent& event);
bool is_sound(const AttentionEvent& event);
bool is_sound(const EvaluationEvent& event);
bool is_sound(const CheckpointEvent& event);

protocol::RunStarted to_message(const RunStartedEvent& event);

protocol::TrainerMetrics to_message(const MetricsEvent& event, const std::string& run_id,
                                    double emitted_at);
protocol::MovePlayed to_message(const MoveEvent& event, const std::string& run_id,
                                double emitted_at);
protocol::GameFinished to_message(const GameFinishedEvent& event, const std::string& run_id,
                                  double emitted_at);
protocol::Attention to_message(const AttentionEvent& event, const std::string& run_id,
                               double emitted_at);

protocol::EvaluationFinished to_message(const EvaluationEvent& event, const std::string& run_id,
                                        double emitted_at);
protocol::CheckpointSaved to_message(const CheckpointEvent& event, const std::string& run_id,
                                     double emitted_at);

}  // namespace keisei::hook

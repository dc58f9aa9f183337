#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "protocol/telemetry.h"
#include "shogi/position.h"

/// What the network of a simulated training run thinks: a function of the position, or of the
/// update, so that whatever is shown of it can be worked out again. It has learned nothing and
/// means nothing.
namespace keisei::simulation {

struct Choice {
  shogi::Move move;
  float probability;
};

/// The moves that it likes most, best first: up to five. Empty after the end of a game.
std::vector<Choice> choices_at(const shogi::Position& position);
/// For the side to move, -1 to 1.
double value_at(const shogi::Position& position);

/// After so many updates.
double metric_at(std::int64_t update, protocol::Metric metric);
/// The score against a random mover.
double score_at(std::int64_t update);

}  // namespace keisei::simulation

#pragma once

#include <array>
#include <boost/describe/enum.hpp>
#include <optional>

namespace keisei::protocol {

/// 81 numbers, row by row as the board is drawn from Black's side: index = rank * 9 + column, rank
/// 0 = "a" at the top, column 0 = file 9 on the left.
using BoardMap = std::array<float, 81>;

/// A measurement that may be unknown: null on the wire, never 0.
using Number = std::optional<double>;

BOOST_DEFINE_ENUM_CLASS(Level, beginner, intermediate, advanced)
BOOST_DEFINE_ENUM_CLASS(Language, en, ja)
BOOST_DEFINE_ENUM_CLASS(Channel, metrics, attention, predictions, game, milestones, community,
                        education, system)
BOOST_DEFINE_ENUM_CLASS(Side, black, white)
BOOST_DEFINE_ENUM_CLASS(Health, healthy, learning, exploring)
BOOST_DEFINE_ENUM_CLASS(Trend, falling, steady, rising)
BOOST_DEFINE_ENUM_CLASS(TrainingState, waiting, running, paused)
/// How much a hook streams: less when it costs training too much. `reduced` leaves out attention,
/// `minimal` leaves metrics and results, `off` leaves heartbeats.
BOOST_DEFINE_ENUM_CLASS(StreamingStage, full, reduced, minimal, off)

}  // namespace keisei::protocol

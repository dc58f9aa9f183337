#pragma once

#include <chrono>
#include <random>

#include "shogi/record/game_record.h"

/// The vocabulary of the record tests.
namespace keisei::shogi::testing {

/// A random game with times, comments, names and headings, ended as the rules or, at random, the
/// players have it. The same seed gives the same game.
inline GameRecord random_record(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const Rules rules{.max_plies = static_cast<int>(random() % 200)};
  Game game(Position::startpos(), rules);
  while (!game.is_over()) game.play(game.legal_moves()[random() % game.legal_moves().size()]);
  GameRecord record = record_of(game);
  record.black = "先手 太郎";
  record.white = "Engine 2.0";
  record.headings = {{"event", "第1回 AI杯"}, {"start_time", "2026/01/02 03:04:05"}};
  record.comment = "開始前\n二行目";
  for (auto& played : record.moves) {
    if (random() % 2 == 0) played.time = std::chrono::seconds(random() % 4000);
    if (random() % 5 == 0) played.comment = "良い手\n*詳しく";
  }
  if (record.end->ending == Ending::max_plies) {
    constexpr Ending kEndings[] = {Ending::resignation, Ending::timeout, Ending::foul,
                                   Ending::interruption, Ending::impasse};
    record.end->ending = kEndings[random() % std::size(kEndings)];
  }
  record.end->time = std::chrono::seconds(7);
  return record;
}

}  // namespace keisei::shogi::testing

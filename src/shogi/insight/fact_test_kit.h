#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shogi/insight/move_reader.h"
#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

/// The vocabulary of the tests of facts.
namespace keisei::shogi::testing {

inline const Castles& known_castles() {
  static const Castles castles =
      Castles::load(std::filesystem::path(KEISEI_SOURCE_DIR) / "content/castles.json").value();
  return castles;
}

inline const Openings& known_openings() {
  static const Openings openings =
      Openings::load(std::filesystem::path(KEISEI_SOURCE_DIR) / "content/openings.json").value();
  return openings;
}

inline const MoveReader& reader() {
  static const MoveReader reader(known_castles(), known_openings());
  return reader;
}

/// Of a move of no known game.
inline MoveFacts facts_of(std::string_view sfen, std::string_view usi) {
  const Position before = position(sfen);
  const auto move = parse_usi(usi, before);
  if (!move) {
    ADD_FAILURE() << usi << ": " << move.error().message;
    return {};
  }
  return reader().read(before, *move, std::nullopt);
}

inline std::optional<MoveFact> fact(std::string_view sfen, std::string_view usi, MoveRule rule) {
  const MoveFacts facts = facts_of(sfen, usi);
  const MoveFact* found = find_fact(facts, rule);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

inline bool holds(std::string_view sfen, std::string_view usi, MoveRule rule) {
  return fact(sfen, usi, rule).has_value();
}

/// By the letters of SFEN: "G5b S7b".
inline std::string targets(const std::optional<MoveFact>& fact) {
  std::string text;
  if (!fact) return "no fact";
  for (const auto& target : fact->targets) {
    text += (text.empty() ? "" : " ") + to_sfen(make_piece(Color::black, target.piece)) +
            to_usi(target.square);
  }
  return text;
}

/// Of the last of these moves from the initial position.
inline MoveFacts facts_in_game(std::initializer_list<std::string_view> usi) {
  const Position start = Position::startpos();
  Position before = start;
  std::vector<Move> moves;
  for (const std::string_view text : usi) {
    if (!moves.empty()) before.do_move(moves.back());
    moves.push_back(parse_usi(text, before).value());
  }
  const Move last = moves.back();
  moves.pop_back();
  return reader().read(before, last, GameSoFar{start, moves});
}

}  // namespace keisei::shogi::testing

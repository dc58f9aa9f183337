#include "rl/encoding/encoding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/counted_allocations.h"
#include "rl/encoding/legal_mask.h"
#include "rl/random.h"
#include "shogi/game.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

using shogi::Color;
using shogi::Game;
using shogi::Move;
using shogi::Position;
using Planes = std::array<float, kPlaneFloats>;

Position position(const char* sfen) {
  auto parsed = Position::from_sfen(sfen);
  EXPECT_TRUE(parsed) << parsed.error().message;
  return *parsed;
}

Planes planes_of(const Position& of, int occurrences = 1) {
  Planes planes;
  planes.fill(-7);
  encode_planes(of, occurrences, 500, planes);
  return planes;
}

float at(const Planes& planes, int plane, int row, int column) {
  return planes[static_cast<std::size_t>((row * kBoardSize + column) * kPlanes + plane)];
}

// The same game seen by the other colour: board rotated, colours, hands and turn swapped.
std::string swap_colours(const std::string& sfen) {
  const std::size_t board_end = sfen.find(' ');
  const std::size_t hands_at = board_end + 3;
  const std::size_t hands_end = sfen.find(' ', hands_at);
  const auto swap_case = [](std::string text) {
    for (char& c : text) {
      c = static_cast<char>(std::islower(c) ? std::toupper(c) : std::tolower(c));
    }
    return text;
  };
  std::string board;
  for (std::size_t i = board_end; i-- > 0;) {
    if (sfen[i] == '+') continue;
    if (i > 0 && sfen[i - 1] == '+') board += '+';
    board += sfen[i];
  }
  // Hands list Black's pieces first.
  const std::string hands = sfen.substr(hands_at, hands_end - hands_at);
  const auto is_whites = [](char c) { return std::islower(c) != 0; };
  const auto first_lower = std::find_if(hands.begin(), hands.end(), is_whites);
  std::size_t split = static_cast<std::size_t>(first_lower - hands.begin());
  while (split > 0 && std::isdigit(hands[split - 1])) --split;
  return swap_case(board) + (sfen[board_end + 1] == 'b' ? " w " : " b ") +
         (hands == "-" ? hands : swap_case(hands.substr(split) + hands.substr(0, split))) +
         sfen.substr(hands_end);
}

TEST(Encoding, NumbersTheOpeningPawnPushAsKeiseiDoes) {
  const Position start = Position::startpos();
  EXPECT_EQ(action_of(*shogi::parse_usi("7g7f", start), Color::black), 9054);
}

TEST(Encoding, NumbersWhitesMirroredMoveAlike) {
  Position after = Position::startpos();
  after.do_move(*shogi::parse_usi("7g7f", after));
  EXPECT_EQ(action_of(*shogi::parse_usi("3c3d", after), Color::white), 9054);
}

TEST(Encoding, ActionsOfLegalMovesLeadBackToThem) {
  Random random(1);
  for (int number = 0; number < 40; ++number) {
    Game game;
    while (!game.is_over()) {
      std::set<int> actions;
      const Color mover = game.position().side_to_move();
      for (const Move move : game.legal_moves()) {
        const int action = action_of(move, mover);
        ASSERT_TRUE(action >= 0 && action < kActions);
        ASSERT_EQ(move_of(action, mover), move) << shogi::to_usi(move);
        actions.insert(action);
      }
      ASSERT_EQ(actions.size(), game.legal_moves().size());
      game.play(
          game.legal_moves()[random.below(static_cast<std::uint32_t>(game.legal_moves().size()))]);
    }
  }
}

TEST(Encoding, NumbersManyMovesAsItNumbersEach) {
  Random random(3);
  for (int number = 0; number < 40; ++number) {
    Game game;
    while (!game.is_over()) {
      const Color mover = game.position().side_to_move();
      const auto& moves = game.legal_moves();
      std::array<std::uint16_t, shogi::MoveList::kMostLegalMoves> actions{};
      actions_of({moves.begin(), moves.size()}, mover, actions);
      for (std::size_t i = 0; i < moves.size(); ++i) {
        ASSERT_EQ(actions[i], action_of(moves[i], mover)) << shogi::to_usi(moves[i]);
      }
      game.play(moves[random.below(static_cast<std::uint32_t>(moves.size()))]);
    }
  }
}

TEST(LegalMask, HoldsTheLegalActionsOfTheLastPositionAndNoOther) {
  Random random(4);
  const auto mask = std::make_unique<LegalMask>();
  for (int number = 0; number < 10; ++number) {
    Game game;
    while (!game.is_over()) {
      const Color mover = game.position().side_to_move();
      const auto& moves = game.legal_moves();
      mask->set(moves, mover);
      std::array<std::uint8_t, kActions> expected{};
      for (const Move move : moves) expected[static_cast<std::size_t>(action_of(move, mover))] = 1;
      ASSERT_TRUE(std::equal(expected.begin(), expected.end(), mask->entries().begin()))
          << game.position().sfen();
      game.play(moves[random.below(static_cast<std::uint32_t>(moves.size()))]);
    }
  }
}

TEST(Encoding, AllocatesNothing) {
  const auto planes = std::make_unique<Planes>();
  const auto mask = std::make_unique<LegalMask>();
  const Position richest = position("R8/2K1S1SSk/4B4/9/9/9/9/9/1L1L1L3 b RBGSNLP3g3n17p 1");
  const auto before = allocations;
  encode_planes(richest, 1, 500, *planes);
  mask->set(richest.legal_moves(), Color::black);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(std::count(mask->entries().begin(), mask->entries().end(), 1), 593);
}

TEST(Encoding, EveryActionIsAMoveOfItsOwn) {
  std::set<std::uint16_t> moves;
  for (int action = 0; action < kActions; ++action) {
    moves.insert(move_of(action, Color::white).bits());
    ASSERT_EQ(action_of(move_of(action, Color::white), Color::white), action);
  }
  EXPECT_EQ(moves.size(), kActions);
}

TEST(Encoding, BothColoursSeeTheSameButForTheColourPlane) {
  Random random(2);
  for (int number = 0; number < 10; ++number) {
    Game game;
    while (!game.is_over()) {
      const Position& original = game.position();
      const Position swapped = position(swap_colours(original.sfen()).c_str());
      Planes own = planes_of(original), other = planes_of(swapped);
      for (int square = 0; square < kSquares; ++square) {
        const auto colour = static_cast<std::size_t>(square * kPlanes + 42);
        ASSERT_EQ(own[colour] + other[colour], 1.0F);
        own[colour] = other[colour] = 0;
      }
      ASSERT_EQ(own, other) << original.sfen();
      std::set<int> actions, swapped_actions;
      for (const Move move : original.legal_moves()) {
        actions.insert(action_of(move, original.side_to_move()));
      }
      for (const Move move : swapped.legal_moves()) {
        swapped_actions.insert(action_of(move, swapped.side_to_move()));
      }
      ASSERT_EQ(actions, swapped_actions) << original.sfen();
      game.play(
          game.legal_moves()[random.below(static_cast<std::uint32_t>(game.legal_moves().size()))]);
    }
  }
}

TEST(Encoding, PutsPiecesHandsAndCountersOnTheirPlanes) {
  const Planes planes = planes_of(position("4k4/9/4+P4/9/9/9/9/1B7/4K2R1 b 2P3p 51"), 3);
  EXPECT_EQ(at(planes, 7, 8, 4), 1);   // own king on 5i
  EXPECT_EQ(at(planes, 6, 8, 7), 1);   // rook on 2i
  EXPECT_EQ(at(planes, 5, 7, 1), 1);   // bishop on 8h
  EXPECT_EQ(at(planes, 8, 2, 4), 1);   // promoted pawn on 5c
  EXPECT_EQ(at(planes, 21, 0, 4), 1);  // the opponent's king
  EXPECT_FLOAT_EQ(at(planes, 28, 3, 3), 2.0F / 18);
  EXPECT_FLOAT_EQ(at(planes, 35, 6, 1), 3.0F / 18);
  EXPECT_EQ(at(planes, 42, 0, 0), 1);
  EXPECT_FLOAT_EQ(at(planes, 43, 5, 5), 50.0F / 500);
  EXPECT_FLOAT_EQ(at(planes, 44, 5, 5), 2.0F / 3);
  EXPECT_EQ(at(planes, 45, 5, 5), 0);
}

TEST(Encoding, WritesItsFloatsAndNoOtherWhateverTheAlignment) {
  constexpr std::size_t kMargin = 32;
  const Position start = Position::startpos();
  const Planes expected = planes_of(start);
  for (std::size_t offset = 0; offset < kMargin; ++offset) {
    std::vector<float> floats(kPlaneFloats + 2 * kMargin, -7);
    encode_planes(start, 1, 500, std::span(floats).subspan(offset, kPlaneFloats));
    const auto begin = floats.begin() + static_cast<std::ptrdiff_t>(offset);
    ASSERT_TRUE(std::equal(expected.begin(), expected.end(), begin)) << offset;
    ASSERT_EQ(static_cast<std::size_t>(std::count(floats.begin(), floats.end(), -7)), 2 * kMargin);
  }
}

TEST(Encoding, TellsTheMoverOfACheck) {
  const Planes planes = planes_of(position("4k4/9/9/9/4R4/9/9/9/4K4 w - 2"));
  EXPECT_EQ(at(planes, 45, 0, 0), 1);
  EXPECT_EQ(at(planes, 42, 0, 0), 0);
  EXPECT_EQ(at(planes, 7, 8, 4), 1) << "White's own king lies at the bottom of White's frame";
  EXPECT_EQ(at(planes, 20, 4, 4), 1);
}

}  // namespace
}  // namespace keisei::rl

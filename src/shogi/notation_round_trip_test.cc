#include <gtest/gtest.h>

#include "shogi/japanese.h"
#include "shogi/record/csa.h"
#include "shogi/record/japanese_move.h"
#include "shogi/record/kif.h"
#include "shogi/test_builders.h"
#include "shogi/western.h"

namespace keisei::shogi {
namespace {

/// Every legal move of 100 000 positions of random games, in shares.
class NotationRoundTrip : public ::testing::TestWithParam<int> {
 protected:
  /// check(position, move, last_to)
  template <typename Check>
  void for_every_move(Check&& check) {
    constexpr int kPositions = 25'000 / testing::kSanitizerShare;
    const auto seed = 500 + static_cast<std::uint64_t>(GetParam());
    testing::visit_random_positions(seed, kPositions, [&](const Game& game) {
      std::optional<Square> last_to;
      if (game.ply() > 0) last_to = game.moves().back().to();
      for (const Move move : game.legal_moves()) check(game.position(), move, last_to);
    });
  }

  static void expect_read(const Result<Move>& read, Move written, const std::string& text,
                          const Position& position) {
    ASSERT_TRUE(read) << position.sfen() << " " << text << ": " << read.error().message;
    ASSERT_EQ(*read, written) << position.sfen() << " " << text;
  }
};

TEST_P(NotationRoundTrip, HoldsInUsi) {
  for_every_move([](const Position& position, Move move, std::optional<Square>) {
    const std::string text = to_usi(move);
    expect_read(parse_usi(text, position), move, text, position);
  });
}

TEST_P(NotationRoundTrip, HoldsInWesternNotation) {
  for_every_move([](const Position& position, Move move, std::optional<Square>) {
    const std::string text = to_western(position, move);
    expect_read(parse_western(text, position), move, text, position);
  });
}

TEST_P(NotationRoundTrip, HoldsInCsa) {
  for_every_move([](const Position& position, Move move, std::optional<Square>) {
    const std::string text = to_csa(position, move);
    expect_read(parse_csa_move(text, position), move, text, position);
  });
}

TEST_P(NotationRoundTrip, HoldsInKif) {
  for_every_move([](const Position& position, Move move, std::optional<Square> last_to) {
    const std::string text = to_kif(position, move, last_to);
    expect_read(parse_japanese(text, position, last_to), move, text, position);
  });
}

TEST_P(NotationRoundTrip, HoldsInJapaneseAndKi2) {
  for_every_move([](const Position& position, Move move, std::optional<Square> last_to) {
    const std::string text = to_japanese(position, move, last_to);
    expect_read(parse_japanese(text, position, last_to), move, text, position);
  });
}

INSTANTIATE_TEST_SUITE_P(Shares, NotationRoundTrip, ::testing::Range(0, 4));

}  // namespace
}  // namespace keisei::shogi

#include "rl/skill_probes.h"

#include <algorithm>
#include <cmath>

#include "rl/random.h"
#include "shogi/game.h"

namespace keisei::rl {
namespace {

using shogi::Move;
using shogi::PieceType;
using shogi::Position;

constexpr int kProbedPlies = 200;  // random games are sampled up to here

bool mates(Position position, Move move) {
  position.do_move(move);
  return position.in_check() && position.legal_moves().empty();
}

bool is_worth_taking(PieceType type) {
  return type >= PieceType::silver && type != PieceType::king && type != PieceType::pro_pawn;
}

bool takes_hanging(const Position& position, Move move) {
  if (move.is_drop()) return false;
  const shogi::Piece taken = position.piece_on(move.to());
  if (taken == shogi::Piece::none || !is_worth_taking(type_of(taken))) return false;
  Position after = position;
  after.do_move(move);
  return after.attackers(after.side_to_move(), move.to()).empty();
}

bool is_rook(PieceType type) { return type == PieceType::rook || type == PieceType::dragon; }

bool loses_rook(const Position& position) {
  const auto legal = position.legal_moves();
  return std::any_of(legal.begin(), legal.end(), [&](Move move) {
    return !move.is_drop() && is_rook(type_of(position.piece_on(move.to())));
  });
}

bool rook_is_attacked(const Position& position) {
  const shogi::Color mover = position.side_to_move();
  bool attacked = false;
  (position.pieces(mover, PieceType::rook) | position.pieces(mover, PieceType::dragon))
      .for_each([&](shogi::Square square) {
        attacked = attacked || !position.attackers(~mover, square).empty();
      });
  return attacked;
}

bool saves_rook(const Position& position, Move move) {
  if (!rook_is_attacked(position)) return false;
  Position after = position;
  after.do_move(move);
  return !loses_rook(after);
}

}  // namespace

std::string_view skill_name(Skill skill) {
  switch (skill) {
    case Skill::mate_in_one:
      return "mate_in_one";
    case Skill::take_hanging:
      return "take_hanging";
    case Skill::save_rook:
      break;
  }
  return "save_rook";
}

bool shows_skill(Skill skill, const Position& position, Move move) {
  switch (skill) {
    case Skill::mate_in_one:
      return mates(position, move);
    case Skill::take_hanging:
      return takes_hanging(position, move);
    case Skill::save_rook:
      break;
  }
  return saves_rook(position, move);
}

SkillSuite make_suite(Skill skill, int questions, std::uint64_t seed) {
  SkillSuite suite{.skill = skill, .questions = {}};
  for (std::uint64_t number = 0; static_cast<int>(suite.questions.size()) < questions; ++number) {
    Random random(stream_seed(seed, number));
    shogi::Game game;
    const int from = 20 + static_cast<int>(random.below(kProbedPlies - 20));
    while (!game.is_over() && game.ply() < kProbedPlies) {
      const auto& legal = game.legal_moves();
      if (game.ply() >= from) {
        std::vector<bool> right;
        for (const Move move : legal) right.push_back(shows_skill(skill, game.position(), move));
        const auto count = static_cast<std::size_t>(std::count(right.begin(), right.end(), true));
        if (count > 0 && 2 * count <= right.size()) {
          suite.questions.push_back({game.position(), std::move(right)});
          break;
        }
      }
      game.play(legal[random.below(static_cast<std::uint32_t>(legal.size()))]);
    }
  }
  return suite;
}

SkillScore probe(const PpoAgent& agent, const SkillSuite& suite, int max_plies) {
  PositionBatch batch;
  batch.clear(static_cast<int>(suite.questions.size()));
  for (const auto& question : suite.questions) {
    encode_planes(question.position, 1, max_plies, batch.next_planes());
    for (const Move move : question.position.legal_moves()) {
      batch.actions.push_back(action_of(move, question.position.side_to_move()));
    }
    batch.end_position();
  }
  PolicyOutput output;
  agent.evaluate(batch, output);
  SkillScore score;
  for (std::size_t i = 0; i < suite.questions.size(); ++i) {
    const auto& right = suite.questions[i].right;
    const auto begin = static_cast<std::size_t>(batch.offsets[i]);
    std::size_t best = 0;
    double probability = 0;
    for (std::size_t l = 0; l < right.size(); ++l) {
      const float log_p = output.log_probabilities[begin + l];
      if (log_p > output.log_probabilities[begin + best]) best = l;
      if (right[l]) probability += std::exp(log_p);
    }
    ++score.questions;
    score.answered += right[best] ? 1 : 0;
    score.probability += probability;
    score.chance += static_cast<double>(std::count(right.begin(), right.end(), true)) /
                    static_cast<double>(right.size());
  }
  score.probability /= std::max(1, score.questions);
  score.chance /= std::max(1, score.questions);
  return score;
}

}  // namespace keisei::rl

#include "studio/game/commentary.h"

#include <array>
#include <cmath>
#include <string_view>

#include "shogi/insight/mate.h"
#include "shogi/insight/tactics.h"
#include "shogi/japanese.h"
#include "shogi/usi.h"
#include "shogi/western.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::PieceType;

// A forecast that turns by this much in one move is worth saying.
constexpr double kSwing = 0.15;
// Losing this much in the exchange on the destination (in pawns) is an offer or a blunder.
constexpr int kOffer = -3;

constexpr std::array<std::string_view, 16> kPieceNames = {
    "none", "pawn",     "lance",     "knight",     "silver",     "gold", "bishop", "rook",
    "king", "pro_pawn", "pro_lance", "pro_knight", "pro_silver", "none", "horse",  "dragon"};

/// A move taken apart, with the position it leads to.
struct Effect {
  PieceType piece;     // the one that moves, as it was before
  PieceType captured;  // none if nothing is
  bool promotes;
  bool drops;
  bool checks;
  bool mates;
};

Effect effect_of(const shogi::Position& position, shogi::Move move) {
  Effect effect{};
  effect.drops = move.is_drop();
  effect.piece = effect.drops ? move.drop_type() : type_of(position.piece_on(move.from()));
  effect.captured = effect.drops ? PieceType::none : type_of(position.piece_on(move.to()));
  effect.promotes = move.is_promotion();
  shogi::Position after = position;
  after.do_move(move);
  effect.checks = after.in_check();
  effect.mates = effect.checks && after.legal_moves().empty();
  return effect;
}

std::string template_of(const Effect& effect) {
  if (effect.mates) return "mate";
  std::string key;
  if (effect.drops) {
    key = "drop";
  } else if (effect.captured != PieceType::none) {
    key = effect.promotes ? "capture_promotion" : "capture";
  } else {
    key = effect.promotes ? "promotion" : "quiet";
  }
  return effect.checks ? key + "_check" : key;
}

// An untrained network likes all moves about equally: its ranks mean nothing yet.
constexpr double kUndecided = 1.5;  // times the share that each legal move would get by chance
constexpr double kRare = 0.2;       // of the favourite's probability

const char* note_key(const Decision& decision, std::optional<int> rank) {
  const double favourite =
      decision.top.empty() ? 0 : static_cast<double>(decision.top.front().probability);
  if (favourite * decision.legal_moves < kUndecided && decision.legal_moves > 1) {
    return "game.note.undecided";
  }
  if (rank) return *rank == 1 ? "game.note.favourite" : "game.note.ranked";
  return *decision.probability < kRare * favourite ? "game.note.rare" : "game.note.outside";
}

}  // namespace

std::optional<int> rank_of(const Decision& decision) {
  for (std::size_t i = 0; i < decision.top.size(); ++i) {
    if (decision.top[i].move == decision.move) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::string Commentary::side(shogi::Color color, Language language) const {
  return content_.text(language,
                       color == shogi::Color::black ? "game.side.black" : "game.side.white");
}

std::string Commentary::piece(PieceType type, Language language) const {
  return content_.text(language, join("game.piece", kPieceNames[index(type)]));
}

std::string Commentary::sentence(const Scene& scene, Language language) const {
  if (!scene.move) {
    return content_.text(language,
                         scene.joined ? "game.commentary.joined" : "game.commentary.start",
                         {{"ply", std::to_string(scene.ply + 1)}});
  }
  const shogi::Position& before = *scene.before;
  const Effect effect = effect_of(before, *scene.move);
  const std::string move = language == Language::ja
                               ? to_japanese(before, *scene.move, scene.last_to)
                               : to_western(before, *scene.move);
  return content_.text(language, join("game.commentary", template_of(effect)),
                       {{"side", side(before.side_to_move(), language)},
                        {"piece", piece(effect.piece, language)},
                        {"captured", piece(effect.captured, language)},
                        {"square", shogi::to_usi(scene.move->to())},
                        {"move", move}});
}

std::string Commentary::note(const Scene& scene, Level level, Language language) const {
  if (level == Level::beginner) return "";
  const FeaturedGame& game = *scene.game;
  if (!scene.move) {
    return content_.text(
        language, scene.joined ? "game.note.joined" : "game.note.start",
        {{"number", std::to_string(game.number())}, {"update", std::to_string(scene.update())}});
  }
  const auto before = game.black_win_probability(scene.ply - 1);
  const auto after = game.black_win_probability(scene.ply);
  if (before && after && !scene.over && std::abs(*after - *before) >= kSwing) {
    const auto gainer = *after > *before ? shogi::Color::black : shogi::Color::white;
    return content_.text(language, "game.note.swing",
                         {{"side", side(gainer, language)},
                          {"before", percent(*before)},
                          {"after", percent(*after)}});
  }
  if (std::string tactic = tactical_note(scene, language); !tactic.empty()) return tactic;
  const Decision& decision = *game.decision(scene.ply - 1);
  if (!decision.probability) return "";
  const auto rank = rank_of(decision);
  const char* key = note_key(decision, rank);
  return content_.text(language, key,
                       {{"rank", std::to_string(rank.value_or(0))},
                        {"legal", std::to_string(decision.legal_moves)},
                        {"percent", percent(*decision.probability)}});
}

// What anyone who knows the game would shout, if there is such a thing.
std::string Commentary::tactical_note(const Scene& scene, Language language) const {
  const shogi::Position& before = *scene.before;
  const Effect effect = effect_of(before, *scene.move);
  if (effect.mates) return "";
  if (const auto missed = shogi::mate_in_one(before)) {
    return content_.text(language, "game.note.missed_mate",
                         {{"side", side(before.side_to_move(), language)},
                          {"move", language == Language::ja ? to_japanese(before, *missed)
                                                            : to_western(before, *missed)}});
  }
  if (shogi::mate_in_one(scene.position)) {
    return content_.text(language, "game.note.mate_threat",
                         {{"side", side(scene.position.side_to_move(), language)}});
  }
  const shogi::MoveTactics tactics = shogi::tactics_of(before, *scene.move);
  if (tactics.forked.count() >= 2) {
    return content_.text(language, "game.note.fork",
                         {{"targets", targets(scene.position, tactics.forked, language)}});
  }
  if (tactics.exchange <= kOffer) {
    return content_.text(language, "game.note.offer",
                         {{"side", side(scene.position.side_to_move(), language)},
                          {"square", shogi::to_usi(scene.move->to())}});
  }
  return "";
}

std::string Commentary::targets(const shogi::Position& position, shogi::Bitboard squares,
                                Language language) const {
  std::string list;
  squares.for_each([&](shogi::Square square) {
    if (!list.empty()) list += content_.text(language, "game.reason.and");
    list += piece(type_of(position.piece_on(square)), language);
  });
  return list;
}

std::string Commentary::result(const Scene& scene, Language language) const {
  const Finish& finish = *scene.game->finish();
  const auto winner = finish.winner.value_or(shogi::Color::black);
  return content_.text(language, join("game.result", to_string(finish.reason)),
                       {{"winner", side(winner, language)},
                        {"loser", side(~winner, language)},
                        {"plies", std::to_string(scene.ply)}});
}

std::string Commentary::reason(const shogi::Position& position, shogi::Move move,
                               Language language) const {
  const Effect effect = effect_of(position, move);
  std::string reason;
  const auto say = [&](std::string_view key) {
    if (!reason.empty()) reason += content_.text(language, "game.reason.separator");
    reason += content_.text(
        language, join("game.reason", key),
        {{"piece", piece(effect.piece, language)}, {"captured", piece(effect.captured, language)}});
  };
  const shogi::MoveTactics tactics = shogi::tactics_of(position, move);
  if (effect.captured != PieceType::none) say(tactics.exchange > 0 ? "win" : "capture");
  if (effect.promotes) say("promotion");
  if (effect.drops) say("drop");
  if (effect.mates) {
    say("mate");
  } else if (effect.checks) {
    say("check");
  }
  if (position.in_check()) say("evasion");
  if (reason.empty()) say("quiet");
  if (!effect.mates && tactics.forked.count() >= 2) say("fork");
  if (!effect.mates && tactics.exchange <= kOffer) say("offer");
  return reason;
}

}  // namespace keisei::studio

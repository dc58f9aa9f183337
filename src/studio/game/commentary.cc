#include "studio/game/commentary.h"

#include <array>
#include <boost/describe/enum.hpp>
#include <cmath>

#include "shogi/usi.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::PieceType;

// The words of content/*/game.json.
BOOST_DEFINE_ENUM_CLASS(PieceWord, pawn, lance, knight, silver, gold, bishop, rook, king, pro_pawn,
                        pro_lance, pro_knight, pro_silver, horse, dragon)
BOOST_DEFINE_ENUM_CLASS(Sentence, start, joined, mate, quiet, quiet_check, drop, drop_check,
                        capture, capture_check, promotion, promotion_check, capture_promotion,
                        capture_promotion_check)
BOOST_DEFINE_ENUM_CLASS(Note, start, swing, missed_mate, mate_threat, fork, offer, favourite,
                        ranked, undecided, outside, rare)
BOOST_DEFINE_ENUM_CLASS(Deed, capture, win, promotion, drop, mate, check, evasion, quiet, fork,
                        offer)

constexpr KeyFamily<protocol::Side> kSide("game.side.*");
constexpr KeyFamily<PieceWord> kPiece("game.piece.*");
constexpr KeyFamily<Sentence> kSentence("game.commentary.*");
constexpr KeyFamily<Note> kNote("game.note.*");
constexpr KeyFamily<Deed> kDeed("game.reason.*");
constexpr KeyFamily kSeparator("game.reason.separator");
constexpr KeyFamily kAnd("game.reason.and");
constexpr KeyFamily<protocol::EndReason> kResult("game.result.*");
constexpr KeyFamily kDrawnStalemate("game.drawn_stalemate");

// A forecast that turns by this much in one move is worth saying.
constexpr double kSwing = 0.15;
// Losing this much in the exchange on the destination (in pawns) is an offer or a blunder.
constexpr int kOffer = -3;
// An untrained network likes all moves about equally: its ranks mean nothing yet.
constexpr double kUndecided = 1.5;  // times the share that each legal move would get by chance
constexpr double kRare = 0.2;       // of the favourite's probability

std::optional<PieceWord> word_for(PieceType type) {
  switch (type) {
    case PieceType::none:
      return std::nullopt;
    case PieceType::horse:
      return PieceWord::horse;
    case PieceType::dragon:
      return PieceWord::dragon;
    default:
      return static_cast<PieceWord>(index(type) - index(PieceType::pawn));
  }
}

Sentence sentence_for(const MoveFacts& move) {
  if (move.mates) return Sentence::mate;
  if (move.drops) return move.checks ? Sentence::drop_check : Sentence::drop;
  if (move.captured != PieceType::none) {
    if (move.promotes) {
      return move.checks ? Sentence::capture_promotion_check : Sentence::capture_promotion;
    }
    return move.checks ? Sentence::capture_check : Sentence::capture;
  }
  if (move.promotes) return move.checks ? Sentence::promotion_check : Sentence::promotion;
  return move.checks ? Sentence::quiet_check : Sentence::quiet;
}

Note note_for(const Decision& decision, std::optional<int> rank) {
  const double favourite =
      decision.top.empty() ? 0 : static_cast<double>(decision.top.front().probability);
  if (favourite * decision.legal_moves < kUndecided && decision.legal_moves > 1) {
    return Note::undecided;
  }
  if (rank) return *rank == 1 ? Note::favourite : Note::ranked;
  return *decision.probability < kRare * favourite ? Note::rare : Note::outside;
}

// As the page prints it beside the board.
std::string in_hundred(double share) { return std::to_string(std::lround(share * 100)); }

const std::string& notation(const protocol::MoveView& move, Language language) {
  return language == Language::ja ? move.japanese : move.western;
}

}  // namespace

std::optional<int> rank_of(const Decision& decision) {
  for (std::size_t i = 0; i < decision.top.size(); ++i) {
    if (decision.top[i].move == decision.move) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::string Commentary::side(shogi::Color color, Language language) const {
  return content_.text(language, kSide(color == shogi::Color::black ? protocol::Side::black
                                                                    : protocol::Side::white));
}

std::string Commentary::piece(PieceType type, Language language) const {
  const auto word = word_for(type);
  return word ? content_.text(language, kPiece(*word)) : "";
}

std::string Commentary::sentence(const Scene& scene, const SceneFacts& facts,
                                 Language language) const {
  if (!facts.played) {
    return content_.text(language, kSentence(scene.joined ? Sentence::joined : Sentence::start),
                         {{"ply", std::to_string(scene.ply + 1)}});
  }
  const MoveFacts& move = *facts.played;
  return content_.text(language, kSentence(sentence_for(move)),
                       {{"side", side(scene.before->side_to_move(), language)},
                        {"piece", piece(move.piece, language)},
                        {"captured", piece(move.captured, language)},
                        {"square", shogi::to_usi(scene.move->to())},
                        {"move", notation(move.view, language)}});
}

std::string Commentary::note(const Scene& scene, const SceneFacts& facts, Level level,
                             Language language) const {
  if (level == Level::beginner) return "";
  const FeaturedGame& game = *scene.game;
  if (!facts.played) {
    return content_.text(
        language, kNote(Note::start),
        {{"number", std::to_string(game.number())}, {"update", std::to_string(scene.update())}});
  }
  const auto before = game.black_forecast(scene.ply - 1);
  const auto after = game.black_forecast(scene.ply);
  // The forecast of the first position known is no mean of two.
  const bool are_alike = scene.ply - 1 > game.first_ply() && !scene.over;
  if (are_alike && before && after && std::abs(*after - *before) >= kSwing) {
    const auto gainer = *after > *before ? shogi::Color::black : shogi::Color::white;
    return content_.text(language, kNote(Note::swing),
                         {{"side", side(gainer, language)},
                          {"before", in_hundred(*before)},
                          {"after", in_hundred(*after)}});
  }
  if (std::string tactic = tactical_note(scene, facts, language); !tactic.empty()) return tactic;
  return choice_note(*game.decision(scene.ply - 1), language);
}

// What anyone who knows the game would shout, if there is such a thing.
std::string Commentary::tactical_note(const Scene& scene, const SceneFacts& facts,
                                      Language language) const {
  const MoveFacts& move = *facts.played;
  if (move.mates) return "";
  if (facts.missed) {
    return content_.text(language, kNote(Note::missed_mate),
                         {{"side", side(scene.before->side_to_move(), language)},
                          {"move", notation(*facts.missed, language)}});
  }
  const std::string opponent = side(scene.position.side_to_move(), language);
  if (facts.mate_open) {
    return content_.text(language, kNote(Note::mate_threat), {{"side", opponent}});
  }
  if (!move.forked.empty()) {
    return content_.text(language, kNote(Note::fork), {{"targets", targets(move, language)}});
  }
  if (move.exchange <= kOffer) {
    return content_.text(language, kNote(Note::offer),
                         {{"side", opponent}, {"square", shogi::to_usi(scene.move->to())}});
  }
  return "";
}

std::string Commentary::choice_note(const Decision& decision, Language language) const {
  // Without the moves that it considered nobody can say which place this one had.
  if (!decision.probability || decision.top.empty()) return "";
  const auto rank = rank_of(decision);
  return content_.text(language, kNote(note_for(decision, rank)),
                       {{"rank", std::to_string(rank.value_or(0))},
                        {"legal", std::to_string(decision.legal_moves)},
                        {"percent", percent(*decision.probability)}});
}

std::string Commentary::targets(const MoveFacts& move, Language language) const {
  std::string list;
  for (const PieceType target : move.forked) {
    if (!list.empty()) list += content_.text(language, kAnd());
    list += piece(target, language);
  }
  return list;
}

std::string Commentary::result(const Scene& scene, Language language) const {
  const Finish& finish = *scene.game->finish();
  if (finish.reason == protocol::EndReason::stalemate && !finish.winner) {
    return content_.text(language, kDrawnStalemate());
  }
  const auto winner = finish.winner.value_or(shogi::Color::black);
  return content_.text(language, kResult(finish.reason),
                       {{"winner", side(winner, language)},
                        {"loser", side(~winner, language)},
                        {"plies", std::to_string(scene.ply)}});
}

std::string Commentary::reason(const MoveFacts& move, Language language) const {
  std::string reason;
  const auto say = [&](Deed deed) {
    if (!reason.empty()) reason += content_.text(language, kSeparator());
    reason += content_.text(
        language, kDeed(deed),
        {{"piece", piece(move.piece, language)}, {"captured", piece(move.captured, language)}});
  };
  if (move.captured != PieceType::none) say(move.exchange > 0 ? Deed::win : Deed::capture);
  if (move.promotes) say(Deed::promotion);
  if (move.drops) say(Deed::drop);
  if (move.mates) {
    say(Deed::mate);
  } else if (move.checks) {
    say(Deed::check);
  }
  if (move.evades) say(Deed::evasion);
  if (reason.empty()) say(Deed::quiet);
  if (!move.mates && !move.forked.empty()) say(Deed::fork);
  if (!move.mates && move.exchange <= kOffer) say(Deed::offer);
  return reason;
}

Keys Commentary::keys() {
  return kSide.keys() + kPiece.keys() + kSentence.keys() + kNote.keys() + kDeed.keys() +
         kSeparator.keys() + kAnd.keys() + kResult.keys() + kDrawnStalemate.keys();
}

}  // namespace keisei::studio

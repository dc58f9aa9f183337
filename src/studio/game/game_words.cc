#include "studio/game/game_words.h"

#include <boost/describe/enum.hpp>
#include <optional>

#include "shogi/japanese.h"
#include "shogi/usi.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using shogi::PieceType;

// The words of content/*/game.json.
BOOST_DEFINE_ENUM_CLASS(PieceWord, pawn, lance, knight, silver, gold, bishop, rook, king, pro_pawn,
                        pro_lance, pro_knight, pro_silver, horse, dragon)

constexpr KeyFamily<protocol::Side> kSide("game.side.*");
constexpr KeyFamily<PieceWord> kPiece("game.piece.*");

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

}  // namespace

std::string GameWords::side(shogi::Color color, Language language) const {
  return content_.text(language, kSide(color == shogi::Color::black ? protocol::Side::black
                                                                    : protocol::Side::white));
}

std::string GameWords::piece(PieceType type, Language language) const {
  const auto word = word_for(type);
  return word ? content_.text(language, kPiece(*word)) : "";
}

std::string GameWords::square(shogi::Square square, Language language) {
  return language == Language::ja ? shogi::to_japanese(square) : shogi::to_usi(square);
}

const std::string& GameWords::notation(const protocol::MoveView& move, Language language) {
  return language == Language::ja ? move.japanese : move.western;
}

Keys GameWords::keys() { return kSide.keys() + kPiece.keys(); }

}  // namespace keisei::studio

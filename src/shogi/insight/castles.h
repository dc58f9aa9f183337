#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// A formation around the king: pieces and where each may stand. The king is the first part.
struct Castle {
  struct Part {
    PieceType piece;
    std::array<Bitboard, 2> squares;  // by index(Color): as Black, as White
  };

  std::string id;
  std::vector<Part> parts;
  /// How many parts stand in the initial position already.
  int given = 0;
};

/// How far a player has come with a castle.
struct CastleProgress {
  std::string_view id;  // lives as long as the Castles that were asked
  int standing = 0;     // parts in place
  int parts = 0;
  /// 0 in the initial position, or with less than that in place, and 1 when complete: what stands
  /// in the initial position anyway is no progress. A castle that is all there from the start (the
  /// sitting king) has 0 or 1.
  double fraction = 0;

  bool complete() const { return standing == parts; }
};

/// The castles that a commentator knows, as defined in content/castles.json:
//
///   {"castles": [{"id": "mino", "parts": [{"piece": "king", "on": ["2h"]}, …]}, …]}
//
/// Squares are Black's; White's castles are the same ones turned around. Each part is one piece, on
/// any of its squares; parts with the same kind of piece never share a square. Names are kept
/// apart, by id, in content/<language>/shogi_names.json.
//
/// Immutable: may be shared by threads. An answer costs some dozen bitboard operations a castle.
class Castles {
 public:
  /// `file` is only named in errors, which also name the castle and the cause.
  static Result<Castles> parse(std::string_view json, std::string_view file = "castles.json");
  static Result<Castles> load(const std::filesystem::path& file);

  std::span<const Castle> all() const { return castles_; }

  /// One entry for each castle, in the order of definition.
  std::vector<CastleProgress> progress(const Position& position, Color color) const;

  /// The castle that the formation is, or comes closest to: complete ones before others; among
  /// complete ones the one with the most parts, among others the one with the greatest fraction,
  /// then the one defined first. None if its fraction is below `at_least`. Does not allocate.
  std::optional<CastleProgress> best(const Position& position, Color color,
                                     double at_least = 0.5) const;

 private:
  explicit Castles(std::vector<Castle> castles) : castles_(std::move(castles)) {}

  std::vector<Castle> castles_;
};

}  // namespace keisei::shogi

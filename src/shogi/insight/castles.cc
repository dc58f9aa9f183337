#include "shogi/insight/castles.h"

#include <fmt/format.h>

#include <algorithm>

#include "shogi/insight/definitions.h"

namespace keisei::shogi {
namespace {

int standing_parts(const Castle& castle, const Position& position, Color color) {
  return static_cast<int>(
      std::count_if(castle.parts.begin(), castle.parts.end(), [&](const Castle::Part& part) {
        return !(position.pieces(color, part.piece) & part.squares[index(color)]).empty();
      }));
}

CastleProgress progress_of(const Castle& castle, const Position& position, Color color) {
  const int parts = static_cast<int>(castle.parts.size());
  CastleProgress progress{castle.id, standing_parts(castle, position, color), parts};
  if (progress.complete()) {
    progress.fraction = 1;
  } else if (progress.standing > castle.given) {
    progress.fraction = static_cast<double>(progress.standing - castle.given) /
                        static_cast<double>(parts - castle.given);
  }
  return progress;
}

bool is_better(const CastleProgress& a, const CastleProgress& b) {
  if (a.complete() != b.complete()) return a.complete();
  if (a.complete()) return a.parts > b.parts;
  return a.fraction > b.fraction;
}

void refuse_shared_squares(const Castle& castle, const Definition& entry) {
  for (std::size_t i = 0; i < castle.parts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Castle::Part& a = castle.parts[i];
      const Castle::Part& b = castle.parts[j];
      if (a.piece == b.piece && !(a.squares[0] & b.squares[0]).empty()) {
        entry.refuse(fmt::format("parts {} and {} name the same piece on the same square", j, i));
      }
    }
  }
}

Castle read_castle(const Definition& entry) {
  entry.allow_only({"id", "parts"});
  Castle castle;
  castle.id = entry.member("id").text();
  for (const Definition& part : entry.member("parts").elements()) {
    part.allow_only({"piece", "on"});
    castle.parts.push_back({part.member("piece").piece_type(), part.member("on").squares()});
  }
  if (castle.parts.front().piece != PieceType::king)
    entry.refuse("the first part must be the king");
  refuse_shared_squares(castle, entry);
  castle.given = standing_parts(castle, Position::startpos(), Color::black);
  return castle;
}

}  // namespace

Result<Castles> Castles::parse(std::string_view json, std::string_view file) {
  return read_definitions(json, file, [](const Definition& root) {
    root.allow_only({"castles"});
    std::vector<Castle> castles;
    for (const Definition& entry : root.member("castles").entries("castle")) {
      castles.push_back(read_castle(entry));
    }
    return Castles(std::move(castles));
  });
}

Result<Castles> Castles::load(const std::filesystem::path& file) {
  return definitions_text(file).and_then(
      [&](const std::string& json) { return parse(json, file.string()); });
}

std::vector<CastleProgress> Castles::progress(const Position& position, Color color) const {
  std::vector<CastleProgress> all;
  all.reserve(castles_.size());
  for (const Castle& castle : castles_) all.push_back(progress_of(castle, position, color));
  return all;
}

std::optional<CastleProgress> Castles::best(const Position& position, Color color,
                                            double at_least) const {
  std::optional<CastleProgress> best;
  for (const Castle& castle : castles_) {
    const CastleProgress progress = progress_of(castle, position, color);
    if (progress.fraction < at_least) continue;
    if (!best || is_better(progress, *best)) best = progress;
  }
  return best;
}

}  // namespace keisei::shogi

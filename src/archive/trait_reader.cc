#include "archive/trait_reader.h"

#include <algorithm>

#include "archive/replay.h"

namespace keisei::archive {
namespace {

using shogi::Color;

constexpr Color kColors[] = {Color::black, Color::white};
constexpr std::array<std::string_view, 2> kSides = {"black/", "white/"};
constexpr std::string_view kBoth = "game/";

void add_word(std::string& words, std::string_view whose, std::string_view id) {
  if (words.empty()) words += ' ';
  words.append(whose).append(id) += ' ';
}

// The ids of one owner.
std::vector<std::string> ids_in(std::string_view words, std::string_view whose) {
  std::vector<std::string> ids;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (word.starts_with(whose)) ids.emplace_back(word.substr(whose.size()));
  }
  return ids;
}

std::vector<std::string> owned(const std::vector<std::string_view>& ids) {
  return {ids.begin(), ids.end()};
}

}  // namespace

store::GameTraits words_of(const Traits& traits) {
  store::GameTraits words;
  for (const Color color : kColors) {
    for (const std::string& id : traits.openings_of[index(color)]) {
      add_word(words.openings, kSides[index(color)], id);
    }
    if (const auto& castle = traits.castle_of[index(color)]) {
      add_word(words.castles, kSides[index(color)], *castle);
    }
  }
  for (const std::string& id : traits.openings) add_word(words.openings, kBoth, id);
  return words;
}

Traits traits_in(const store::GameTraits& words) {
  Traits traits;
  traits.openings = ids_in(words.openings, kBoth);
  for (const Color color : kColors) {
    traits.openings_of[index(color)] = ids_in(words.openings, kSides[index(color)]);
    const auto castles = ids_in(words.castles, kSides[index(color)]);
    if (!castles.empty()) traits.castle_of[index(color)] = castles.front();
  }
  return traits;
}

Result<TraitReader> TraitReader::load(const std::filesystem::path& content) {
  auto castles = shogi::Castles::load(content / "castles.json");
  if (!castles) return tl::unexpected(castles.error());
  auto openings = shogi::Openings::load(content / "openings.json");
  if (!openings) return tl::unexpected(openings.error());
  return TraitReader(std::move(*castles), std::move(*openings));
}

Traits TraitReader::read(const protocol::GameFinished& game) const {
  const Replay replay = replay_of(game);
  shogi::OpeningTracker tracker(openings_, replay.start);
  shogi::Position position = replay.start;
  std::array<std::optional<shogi::CastleProgress>, 2> best;
  for (const shogi::Move move : replay.moves) {
    const Color mover = position.side_to_move();
    tracker.play(move);
    position.do_move(move);
    const auto castle = castles_.best(position, mover, 1);
    if (!castle || static_cast<std::size_t>(castle->parts) < kCastleParts) continue;
    auto& most = best[index(mover)];
    if (!most || castle->parts >= most->parts) most = castle;
  }
  const shogi::OpeningReading reading = tracker.reading();
  Traits traits;
  traits.openings = owned(reading.game);
  for (const Color color : kColors) {
    traits.openings_of[index(color)] = owned(reading.player[index(color)]);
    if (best[index(color)]) traits.castle_of[index(color)] = std::string(best[index(color)]->id);
  }
  return traits;
}

bool TraitReader::knows_castle(std::string_view id) const {
  const auto all = castles_.all();
  return std::any_of(all.begin(), all.end(), [&](const shogi::Castle& castle) {
    return castle.id == id && castle.parts.size() >= kCastleParts;
  });
}

bool TraitReader::knows_opening(std::string_view id) const {
  const auto all = openings_.all();
  return std::any_of(all.begin(), all.end(),
                     [&](const shogi::Opening& opening) { return opening.id == id; });
}

}  // namespace keisei::archive

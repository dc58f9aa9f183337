#include "shogi/insight/openings.h"

#include "shogi/insight/opening_reader.h"

namespace keisei::shogi {
namespace {

constexpr Color kColors[] = {Color::black, Color::white};

void set(OpeningSet& openings, std::size_t i, bool value) {
  const OpeningSet bit = OpeningSet{1} << i;
  openings = value ? openings | bit : openings & ~bit;
}

}  // namespace

Result<Openings> Openings::parse(std::string_view json, std::string_view file) {
  return read_definitions(json, file, [](const Definition& root) {
    root.allow_only({"plies", "openings"});
    const int plies = root.member("plies").integer(1, 512);
    return Openings(plies, read_openings(root.member("openings")));
  });
}

Result<Openings> Openings::load(const std::filesystem::path& file) {
  return definitions_text(file).and_then(
      [&](const std::string& json) { return parse(json, file.string()); });
}

OpeningReading Openings::read(const Game& game) const {
  OpeningTracker tracker(*this, game.start());
  for (const Move move : game.moves()) tracker.play(move);
  return tracker.reading();
}

OpeningTracker::OpeningTracker(const Openings& openings, const Position& start)
    : openings_(&openings), position_(start) {
  look();
}

void OpeningTracker::play(Move move) {
  if (plies_ >= openings_->plies()) return;
  remember(move);
  position_.do_move(move);
  ++plies_;
  look();
}

void OpeningTracker::remember(Move move) {
  if (move.is_drop()) return;
  PlayerHistory& mover = players_[index(position_.side_to_move())];
  const auto bit = [](PieceType type) { return static_cast<std::uint16_t>(1U << index(type)); };
  mover.moved |= bit(type_of(position_.piece_on(move.from())));
  const Piece captured = position_.piece_on(move.to());
  if (captured != Piece::none) mover.captured |= bit(unpromoted(type_of(captured)));
}

void OpeningTracker::look() {
  const auto all = openings_->all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].scope == Opening::Scope::player) {
      for (const Color player : kColors) look_at_player(i, player);
    } else {
      const bool met = game_meets(all[i]);
      if (met || !all[i].lasting) set(game_holds_, i, met);
    }
  }
}

void OpeningTracker::look_at_player(std::size_t i, Color player) {
  const auto all = openings_->all();
  PlayerHistory& history = players_[index(player)];
  const bool met = all[i].when.met(position_, player, history);
  if (met && !all[i].group.empty()) {
    for (std::size_t other = 0; other < all.size(); ++other) {
      if (all[other].group == all[i].group) set(history.holds, other, false);
    }
  }
  if (met || !all[i].lasting) set(history.holds, i, met);
}

bool OpeningTracker::game_meets(const Opening& opening) const {
  const auto meets = [&](Color player, const OpeningCondition& condition) {
    return condition.met(position_, player, players_[index(player)]);
  };
  if (opening.scope == Opening::Scope::both) {
    return meets(Color::black, opening.when) && meets(Color::white, opening.when);
  }
  return (meets(Color::black, opening.when) && meets(Color::white, opening.against)) ||
         (meets(Color::white, opening.when) && meets(Color::black, opening.against));
}

OpeningReading OpeningTracker::reading() const {
  OpeningReading reading;
  const auto all = openings_->all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto holds = [i](OpeningSet openings) { return ((openings >> i) & 1) != 0; };
    if (holds(game_holds_)) reading.game.push_back(all[i].id);
    for (const Color player : kColors) {
      if (holds(players_[index(player)].holds)) {
        reading.player[index(player)].push_back(all[i].id);
      }
    }
  }
  return reading;
}

}  // namespace keisei::shogi

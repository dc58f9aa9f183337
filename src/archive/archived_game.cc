#include "archive/archived_game.h"

#include <algorithm>
#include <utility>

#include "archive/replay.h"
#include "shogi/record/kif.h"
#include "views/move_view.h"

namespace keisei::archive {
namespace {

using shogi::Color;

// Of a listed game or one that is kept.
template <class Game>
protocol::GameSummary summary_of(const Game& of, int plies, Traits traits) {
  const protocol::GameFinished& game = of.game;
  protocol::GameSummary summary{};
  summary.run_id = of.run_id;
  summary.run_name = of.run_name;
  summary.game_id = game.game_id;
  summary.game_number = game.game_number;
  summary.segment = of.segment;
  summary.update = game.update;
  summary.plies = plies;
  summary.winner = game.winner;
  summary.reason = game.reason;
  summary.ended_at = game.emitted_at;
  summary.openings = std::move(traits.openings);
  summary.black_openings = std::move(traits.openings_of[index(Color::black)]);
  summary.white_openings = std::move(traits.openings_of[index(Color::white)]);
  summary.black_castle = std::move(traits.castle_of[index(Color::black)]);
  summary.white_castle = std::move(traits.castle_of[index(Color::white)]);
  return summary;
}

void add_thought(protocol::ArchivedMove& played, const store::Thought& thought) {
  played.probability = thought.probability;
  played.value = thought.value;
  played.entropy = thought.entropy;
  played.rank = thought.rank;
  played.legal_moves = thought.legal_moves;
  played.update = thought.update;
}

}  // namespace

protocol::GameList answer_of(const Page& page) {
  protocol::GameList list{};
  for (const ListedGame& one : page.games) {
    list.games.push_back(summary_of(one, one.plies, traits_in(one.traits)));
  }
  if (page.next) list.next = text_of(*page.next);
  return list;
}

protocol::ArchivedGame answer_of(const KeptGame& kept, const TraitReader& traits) {
  const Replay replay = replay_of(kept.game);
  protocol::ArchivedGame answer{};
  answer.game = summary_of(kept, static_cast<int>(kept.game.moves.size()), traits.read(kept.game));
  answer.start_sfen = replay.start.sfen();
  shogi::Position position = replay.start;
  std::optional<shogi::Square> last_to;
  for (std::size_t ply = 0; ply < replay.moves.size(); ++ply) {
    const shogi::Move move = replay.moves[ply];
    protocol::ArchivedMove played{};
    played.move = views::view_of(position, move, last_to);
    played.kif = shogi::to_kif(position, move, last_to);
    played.side =
        position.side_to_move() == Color::black ? protocol::Side::black : protocol::Side::white;
    if (ply < kept.thoughts.size() && kept.thoughts[ply]) add_thought(played, *kept.thoughts[ply]);
    position.do_move(move);
    played.sfen = position.sfen();
    played.in_check = position.in_check();
    last_to = move.to();
    answer.moves.push_back(std::move(played));
  }
  answer.moves_thought_of = static_cast<int>(std::count_if(
      kept.thoughts.begin(), kept.thoughts.end(), [](const auto& one) { return one.has_value(); }));
  if (replay.moves.size() < kept.game.moves.size()) {
    answer.unreadable_from = static_cast<int>(replay.moves.size());
  }
  return answer;
}

}  // namespace keisei::archive

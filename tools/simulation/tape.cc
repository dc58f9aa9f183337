#include "simulation/tape.h"

#include <algorithm>
#include <utility>

#include "hook/events/to_message.h"
#include "shogi/usi.h"
#include "simulation/policy.h"

namespace keisei::simulation {
namespace {

using protocol::Metric;

constexpr std::int64_t kUpdatesPerEvaluation = 5;
constexpr std::int64_t kUpdatesPerCheckpoint = 8;
constexpr std::int64_t kStepsPerUpdate = 1024;

// protocol::BoardMap
std::size_t map_index(shogi::Square square) {
  return static_cast<std::size_t>(square.rank() * 9 + (8 - square.file()));
}

protocol::EndReason reason_of(shogi::EndReason reason) {
  return *enumerator_of<protocol::EndReason>(shogi::to_string(reason));
}

}  // namespace

Tape::Tape(protocol::RunStarted run, const Progress& from, Random random, Played& played,
           EmissionAccount& account, const Sabotage& sabotage)
    : run_(std::move(run)),
      now_(from),
      saved_(from),
      random_(random),
      played_(played),
      account_(account),
      sabotage_(sabotage) {
  played_.begin_run(run_);
}

std::string Tape::game_id() const { return hook::game_id(run_.run_id, now_.games + 1); }

void Tape::begin_game() {
  // Short enough that many are shown, long enough that some are joined in their middle.
  const int longest = 20 + static_cast<int>(random_.below(140));
  game_.emplace(shogi::Position::startpos(), shogi::Rules{.max_plies = longest});
  line_ = played_.begin_game(game_id());
}

void Tape::play_a_move(hook::Emitter& emitter) {
  if (!game_) begin_game();
  const shogi::MoveList& legal = game_->legal_moves();
  const std::vector<Choice> choices = choices_at(game_->position());
  const bool by_policy = random_.one_in(2);
  const shogi::Move move =
      by_policy ? choices[random_.below(choices.size())].move : legal[random_.below(legal.size())];
  if (random_.one_in(3)) tell_attention(emitter);
  tell_move(emitter, move);
  played_.play(game_id(), line_, move);
  game_->play(move);
  if (!game_->is_over() && random_.one_in(300)) game_->resign(game_->position().side_to_move());
  if (game_->is_over()) tell_end(emitter);
}

void Tape::tell_move(hook::Emitter& emitter, shogi::Move move) {
  const shogi::Position& position = game_->position();
  hook::MoveEvent event;
  event.game_number = now_.games + 1;
  event.update = now_.update;
  event.ply = game_->ply();
  event.sfen = position.sfen();
  event.usi = shogi::to_usi(move);
  event.value = static_cast<float>(value_at(position));
  event.probability = 0.01F;
  event.entropy = 2;
  event.legal_moves = static_cast<std::int32_t>(game_->legal_moves().size());
  for (const Choice& choice : choices_at(position)) {
    event.top.add({shogi::to_usi(choice.move), choice.probability});
    event.destinations[map_index(choice.move.to())] += choice.probability;
    if (choice.move == move) event.probability = choice.probability;
  }
  if (sabotage_.move) sabotage_.move(event);
  emitter.emit(event);
}

void Tape::tell_attention(hook::Emitter& emitter) {
  hook::AttentionEvent event;
  event.game_number = now_.games + 1;
  event.update = now_.update;
  event.ply = game_->ply();
  for (std::size_t i = 0; i < event.activity.size(); ++i) {
    event.activity[i] = static_cast<float>(i % 7);
  }
  for (int i = 0; i < 4; ++i) event.gates.add(0.25F);
  emitter.emit(event);
}

void Tape::tell_end(hook::Emitter& emitter) {
  played_.finish(game_id(), line_, *game_->result());
  hook::GameFinishedEvent event;
  event.game_number = now_.games + 1;
  event.update = now_.update;
  for (const shogi::Move move : game_->moves()) event.moves.add(shogi::to_usi(move));
  if (const auto winner = game_->result()->winner) {
    event.winner = *winner == shogi::Color::black ? protocol::Side::black : protocol::Side::white;
  }
  event.reason = reason_of(game_->result()->reason);
  emitter.emit(event);
  account_.add(event);
  game_.reset();
  ++now_.games;
}

void Tape::learn(hook::Emitter& emitter) {
  ++now_.update;
  played_.learn(run_.run_id, now_.update);
  hook::MetricsEvent event;
  event.update = now_.update;
  event.global_step = now_.update * kStepsPerUpdate;
  event.games = now_.games;
  for (const Metric metric : protocol::enumerators<Metric>()) {
    event.metrics[metric] = metric_at(now_.update, metric);
  }
  emitter.emit(event);
  account_.add(event);
  if (now_.update % kUpdatesPerEvaluation == 0) evaluate(emitter);
  if (now_.update % kUpdatesPerCheckpoint == 0) {
    saved_ = now_;
    hook::CheckpointEvent checkpoint;
    checkpoint.update = now_.update;
    checkpoint.global_step = now_.update * kStepsPerUpdate;
    checkpoint.bytes = 1'000'000;
    checkpoint.name = "checkpoint-" + std::to_string(now_.update) + ".keisei";
    emitter.emit(checkpoint);
  }
}

void Tape::evaluate(hook::Emitter& emitter) {
  hook::EvaluationEvent event;
  event.update = now_.update;
  event.global_step = now_.update * kStepsPerUpdate;
  event.random_games = 100;
  event.random_score = score_at(now_.update);
  event.random_low = event.random_score / 2;
  event.random_high = (1 + event.random_score) / 2;
  event.skills.add({"mate_in_one", static_cast<std::int32_t>(now_.update % 20), 20});
  emitter.emit(event);
  account_.add(event);
}

}  // namespace keisei::simulation

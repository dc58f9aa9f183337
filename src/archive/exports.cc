#include "archive/exports.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <string_view>
#include <utility>

#include "archive/replay.h"
#include "base/enum_names.h"
#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/usi_game.h"

namespace keisei::archive {
namespace {

using shogi::Color;

shogi::EndReason reason_of(protocol::EndReason reason) {
  switch (reason) {
    case protocol::EndReason::checkmate:
      return shogi::EndReason::checkmate;
    case protocol::EndReason::stalemate:
      return shogi::EndReason::stalemate;
    case protocol::EndReason::repetition:
      return shogi::EndReason::repetition;
    case protocol::EndReason::perpetual_check:
      return shogi::EndReason::perpetual_check;
    case protocol::EndReason::declaration:
      return shogi::EndReason::declaration;
    case protocol::EndReason::impasse:
      return shogi::EndReason::impasse;
    case protocol::EndReason::resignation:
      return shogi::EndReason::resignation;
    case protocol::EndReason::max_plies:
      return shogi::EndReason::max_plies;
  }
  return shogi::EndReason::max_plies;
}

std::optional<Color> winner_of(const protocol::GameFinished& game) {
  if (!game.winner) return std::nullopt;
  return *game.winner == protocol::Side::black ? Color::black : Color::white;
}

// None where the formats have no word for the result: the comment says it in any case. A trainer
// may score a stalemate as a draw, which they would read as a loss.
void add_end(shogi::GameRecord& record, const protocol::GameFinished& game) {
  const auto winner = winner_of(game);
  const auto ending =
      shogi::ending_of({winner, reason_of(game.reason)}, record.final_position().side_to_move());
  if (!ending) return;
  record.end = shogi::RecordedEnd{*ending, std::nullopt, {}};
  if (shogi::winner(record) != winner) record.end.reset();
}

std::string utc(double seconds) {
  constexpr double kYear9999 = 253'402'300'799;
  const double known = std::clamp(seconds, 0.0, kYear9999);
  return fmt::format("{:%Y/%m/%d %H:%M:%S}", fmt::gmtime(static_cast<std::time_t>(known)));
}

// In the terms of the field, which are the same in every language.
std::string about(const KeptGame& kept) {
  const protocol::GameFinished& game = kept.game;
  return fmt::format("run={} game={} number={} segment={} update={} plies={} winner={} reason={}",
                     kept.run_id, game.game_id, game.game_number, kept.segment, game.update,
                     game.moves.size(), game.winner ? to_string(*game.winner) : "none",
                     to_string(game.reason));
}

std::string about(const store::Thought& thought) {
  std::string text = fmt::format("update={}", thought.update);
  if (thought.probability) text += fmt::format(" probability={:.4f}", *thought.probability);
  if (thought.rank) text += fmt::format(" rank={}", *thought.rank);
  text += fmt::format(" legal_moves={}", thought.legal_moves);
  if (thought.value) text += fmt::format(" value={:+.4f}", *thought.value);
  if (thought.entropy) text += fmt::format(" entropy={:.4f}", *thought.entropy);
  return text;
}

// "'** 123" in the file, once the writer has put "'*" before it.
std::string floodgate_comment(double blacks_value) {
  return fmt::format("* {}", evaluation_of(blacks_value));
}

shogi::RecordedMove recorded(shogi::Move move, Color mover, const std::optional<store::Thought>& by,
                             Format format) {
  shogi::RecordedMove played{move, std::nullopt, {}};
  if (!by) return played;
  if (format == Format::csa && by->value) {
    played.comment = floodgate_comment(mover == Color::black ? *by->value : -*by->value) + "\n";
  }
  played.comment += about(*by);
  return played;
}

// What a file system and a header field take as it is.
std::string file_name(const KeptGame& kept, Format format) {
  std::string name = fmt::format("keisei-{}-{}", kept.run_id, kept.game.game_id);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '_' || c == '.');
      },
      '_');
  return fmt::format("{}.{}", name, to_string(format));
}

}  // namespace

int evaluation_of(double value) {
  constexpr double kScale = 600;
  constexpr double kMost = 9999;
  const double known = std::clamp(value, -1.0, 1.0);
  const double evaluation = kScale * std::log((1 + known) / (1 - known));
  return static_cast<int>(std::lround(std::clamp(evaluation, -kMost, kMost)));
}

shogi::GameRecord record_of(const KeptGame& kept, Format format) {
  const Replay replay = replay_of(kept.game);
  shogi::GameRecord record;
  record.start = replay.start;
  record.black = record.white = fmt::format(
      "{} update {}", kept.run_name.empty() ? kept.run_id : kept.run_name, kept.game.update);
  record.headings = {{"event", "keisei " + kept.run_id}, {"end_time", utc(kept.game.emitted_at)}};
  record.comment = about(kept);
  Color mover = replay.start.side_to_move();
  for (std::size_t ply = 0; ply < replay.moves.size(); ++ply, mover = ~mover) {
    record.moves.push_back(recorded(replay.moves[ply], mover,
                                    ply < kept.thoughts.size() ? kept.thoughts[ply] : std::nullopt,
                                    format));
  }
  if (replay.moves.size() < kept.game.moves.size()) {
    record.add_comment(fmt::format("unreadable from ply {}", replay.moves.size() + 1));
  } else {
    add_end(record, kept.game);
  }
  return record;
}

ExportedFile exported(const KeptGame& kept, Format format) {
  const shogi::GameRecord record = record_of(kept, format);
  constexpr const char* kText = "text/plain; charset=utf-8";
  ExportedFile file{file_name(kept, format), kText, {}};
  switch (format) {
    case Format::kif:
      file.text = shogi::write_kif(record);
      break;
    case Format::csa:
      file.text = shogi::write_csa(record);
      break;
    case Format::usi:
      file.text = shogi::write_usi_game(record) + "\n";
      break;
    case Format::jkf:
      file.media_type = "application/json";
      file.text = shogi::write_jkf(record) + "\n";
      break;
  }
  return file;
}

}  // namespace keisei::archive

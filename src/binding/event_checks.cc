#include "binding/event_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <limits>

namespace keisei::binding {
namespace {

template <std::size_t kSize>
std::string_view view(const std::array<char, kSize>& text) {
  return {text.data(), strnlen(text.data(), kSize)};
}

bool is_file(char c) { return c >= '1' && c <= '9'; }
bool is_rank(char c) { return c >= 'a' && c <= 'i'; }

bool is_usi(std::string_view text) {
  if (text.size() < 4 || !is_file(text[2]) || !is_rank(text[3])) return false;
  if (text[1] == '*') {
    return text.size() == 4 && std::string_view("PLNSGBR").find(text[0]) != std::string_view::npos;
  }
  return is_file(text[0]) && is_rank(text[1]) &&
         (text.size() == 4 || (text.size() == 5 && text[4] == '+'));
}

/// Nine ranks of nine squares; `board` is the part before the first blank.
bool is_board(std::string_view board) {
  int ranks = 1;
  int squares = 0;
  bool promoted = false;
  for (const char c : board) {
    if (c == '/') {
      if (squares != 9 || promoted) return false;
      ++ranks;
      squares = 0;
    } else if (is_file(c) && !promoted) {
      squares += c - '0';
    } else if (c == '+' && !promoted) {
      promoted = true;
    } else if (std::string_view("PLNSGBRKplnsgbrk").find(c) != std::string_view::npos) {
      ++squares;
      promoted = false;
    } else {
      return false;
    }
  }
  return ranks == 9 && squares == 9 && !promoted;
}

bool is_sfen(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos || !is_board(text.substr(0, blank))) return false;
  const std::string_view rest = text.substr(blank + 1);
  return rest.size() > 2 && (rest[0] == 'b' || rest[0] == 'w') && rest[1] == ' ';
}

Result<void> check_usi(std::string_view argument, const hook::UsiText& text) {
  if (is_usi(view(text))) return {};
  return fail(fmt::format("{}: \"{}\", expected a move such as \"7g7f\", \"8h2b+\" or \"P*5e\"",
                          argument, view(text)));
}

Result<void> check_sfen(std::string_view argument, const hook::SfenText& text) {
  if (is_sfen(view(text))) return {};
  return fail(
      fmt::format("{}: \"{}\", expected an SFEN such as \"{}\"", argument, view(text), kStartSfen));
}

Result<void> at_least(std::string_view argument, std::int64_t value, std::int64_t least) {
  if (value >= least) return {};
  return fail(fmt::format("{}: {}, expected at least {}", argument, value, least));
}

/// Passes NaN.
Result<void> in_range(std::string_view argument, double value, double least, double most) {
  if (std::isnan(value) || (value >= least && value <= most)) return {};
  if (std::isinf(most)) {
    return fail(fmt::format("{}: {}, expected at least {}", argument, value, least));
  }
  return fail(fmt::format("{}: {}, expected {} to {}", argument, value, least, most));
}

template <class Values>
Result<void> all_in_range(std::string_view argument, const Values& values, std::size_t count,
                          float most) {
  for (std::size_t i = 0; i < count; ++i) {
    if (values[i] >= 0 && values[i] <= most) continue;
    if (std::isinf(most)) {
      return fail(
          fmt::format("{}[{}]: {}, expected a finite number, at least 0", argument, i, values[i]));
    }
    return fail(fmt::format("{}[{}]: {}, expected 0 to {}", argument, i, values[i], most));
  }
  return {};
}

Result<void> first_error(std::initializer_list<Result<void>> results) {
  for (const Result<void>& result : results) {
    if (!result) return result;
  }
  return {};
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int32_t kMostLegalMoves = 593;

}  // namespace

Result<void> check(const hook::RunStartedEvent& event) {
  if (view(event.run_id).empty()) return fail("run_id: empty, expected 1 to 40 characters");
  if (!std::isfinite(event.shaping_coefficient) || !std::isfinite(event.clip_epsilon)) {
    return fail("shaping_coefficient, clip_epsilon: expected finite numbers");
  }
  return first_error({at_least("parameters", event.parameters, 0),
                      at_least("tower_depth", event.tower_depth, 0),
                      at_least("tower_width", event.tower_width, 0),
                      at_least("environments", event.environments, 1),
                      in_range("clip_epsilon", event.clip_epsilon, 0, kInfinity)});
}

Result<void> check(const hook::MetricsEvent& event) {
  return first_error({at_least("update", event.update, 0),
                      at_least("global_step", event.global_step, 0),
                      at_least("games", event.games, 0)});
}

Result<void> check(const hook::MoveEvent& event) {
  if (event.legal_moves > kMostLegalMoves) {
    return fail(
        fmt::format("legal_moves: {}, expected at most {}", event.legal_moves, kMostLegalMoves));
  }
  if (Result<void> result = first_error(
          {at_least("game_number", event.game_number, 0), at_least("update", event.update, 0),
           at_least("ply", event.ply, 0), at_least("legal_moves", event.legal_moves, 0),
           check_sfen("sfen", event.sfen), check_usi("move", event.usi),
           in_range("probability", event.probability, 0, 1), in_range("value", event.value, -1, 1),
           in_range("entropy", event.entropy, 0, kInfinity),
           all_in_range("destinations", event.destinations, event.destinations.size(), 1)});
      !result) {
    return result;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(event.top_count); ++i) {
    const hook::TopMove& move = event.top[i];
    if (Result<void> result = check_usi("top", move.usi); !result) return result;
    if (!(move.probability >= 0 && move.probability <= 1)) {
      return fail(fmt::format("top: {} for {}, expected 0 to 1", move.probability, view(move.usi)));
    }
  }
  return {};
}

Result<void> check(const hook::GameFinishedEvent& event) {
  if (Result<void> result = first_error({at_least("game_number", event.game_number, 0),
                                         at_least("update", event.update, 0),
                                         check_sfen("start_sfen", event.start_sfen)});
      !result) {
    return result;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(event.move_count); ++i) {
    if (!is_usi(view(event.moves[i])))
      return check_usi(fmt::format("moves[{}]", i), event.moves[i]);
  }
  return {};
}

Result<protocol::EndReason> end_reason(std::string_view text) {
  if (const auto reason = protocol::enumerator_of<protocol::EndReason>(text)) return *reason;
  return fail(fmt::format("reason: \"{}\", expected one of {}", text,
                          fmt::join(protocol::enumerator_names<protocol::EndReason>(), ", ")));
}

Result<void> check(const hook::AttentionEvent& event) {
  return first_error(
      {at_least("game_number", event.game_number, 0), at_least("update", event.update, 0),
       at_least("ply", event.ply, 0), at_least("block", event.block, 1),
       all_in_range("activity", event.activity, event.activity.size(),
                    std::numeric_limits<float>::infinity()),
       all_in_range("gates", event.gates, static_cast<std::size_t>(event.gate_count), 1)});
}

Result<void> check(const hook::EvaluationEvent& event) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(event.probe_count); ++i) {
    const hook::ProbeResult& skill = event.probes[i];
    if (skill.successes >= 0 && skill.successes <= skill.trials) continue;
    return fail(fmt::format("skills: {} of {} in {}, expected 0 to as many as trials",
                            skill.successes, skill.trials, view(skill.name)));
  }
  return first_error({at_least("update", event.update, 0),
                      at_least("global_step", event.global_step, 0),
                      at_least("random_games", event.random_games, 0),
                      in_range("random_score", event.random_score, 0, 1),
                      in_range("random_low", event.random_low, 0, 1),
                      in_range("random_high", event.random_high, 0, 1),
                      in_range("elo_error", event.elo_error, 0, kInfinity)});
}

Result<void> check(const hook::CheckpointEvent& event) {
  if (view(event.name).empty()) return fail("name: empty, expected the name of a file");
  return first_error({at_least("update", event.update, 0),
                      at_least("global_step", event.global_step, 0),
                      at_least("bytes", event.bytes, 0)});
}

Result<void> too_long(std::string_view argument, std::size_t size, std::size_t most) {
  return fail(fmt::format("{}: {} characters, expected at most {}", argument, size, most));
}

bool is_white_to_move(const hook::SfenText& sfen) {
  const std::string_view text = view(sfen);
  const std::size_t blank = text.find(' ');
  return blank != std::string_view::npos && text.substr(blank).starts_with(" w");
}

}  // namespace keisei::binding

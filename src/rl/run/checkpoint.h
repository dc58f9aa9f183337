#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/selfplay/episode_statistics.h"
#include "rl/selfplay/past_selves.h"

namespace keisei::rl {

/// Where one environment stood: its game can be played again from the moves.
struct EnvironmentState {
  std::vector<std::uint16_t> moves;
  std::vector<float> forecasts;  // see Environment; none in those of older programs
  std::uint64_t random_state = 0;
  std::int64_t game_number = 1;
};

/// Everything a run needs to go on as if it had not been interrupted.
struct Checkpoint {
  std::string run_id;
  std::string config;  // to_toml()
  std::int64_t updates = 0;
  std::int64_t global_timestep = 0;
  EpisodeStatistics totals;
  std::vector<EnvironmentState> environments;
  std::string agent;  // PpoAgent::save()
  std::vector<PastSelves::Saved> past;
  std::vector<double> foresight;  // Foresight::save(); empty in those of older programs
};

/// File format: a line "keisei-checkpoint 1 <bytes> <FNV-1a 64 of them, hex>", then the bytes.
std::string encode_checkpoint(const Checkpoint& checkpoint);
/// Never trusts the bytes: an error says what is wrong with them.
Result<Checkpoint> decode_checkpoint(std::string_view bytes);

/// Writes to a temporary file, syncs and renames: the path holds either the old or the new
/// checkpoint, whatever happens.
Result<void> save_checkpoint(const std::string& path, const Checkpoint& checkpoint);
Result<Checkpoint> load_checkpoint(const std::string& path);

/// "<directory>/checkpoint-<updates>.keisei", and those in a directory, oldest first.
std::string checkpoint_path(const std::string& directory, std::int64_t updates);
std::vector<std::string> find_checkpoints(const std::string& directory);
/// The newest checkpoint of a directory that can be read.
struct SoundCheckpoint {
  std::string path;  // empty: there is none
  Checkpoint checkpoint;
  std::vector<std::string> damaged;  // what is wrong with each newer one, newest first
};
/// Of those after update `most` or an earlier one.
SoundCheckpoint newest_sound_checkpoint(
    const std::string& directory, std::int64_t most = std::numeric_limits<std::int64_t>::max());
struct SetAside {
  std::vector<std::string> names;   // the new ones
  std::vector<std::string> failed;  // what could not be renamed, and why
};
/// Renames those after a later update, so that a run which goes on from `updates` neither resumes
/// from them nor counts them among the newest. A new run goes on from kBeforeAny.
SetAside set_aside_later_checkpoints(const std::string& directory, std::int64_t updates);
constexpr std::int64_t kBeforeAny = -1;
/// Deletes all but the newest `keep`, and what a process that was killed left half written. Never
/// `saved`, which may be older than one that could not be set aside.
void prune_checkpoints(const std::string& directory, int keep, const std::string& saved);

}  // namespace keisei::rl

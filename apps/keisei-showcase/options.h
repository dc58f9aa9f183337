#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "control/log.h"
#include "control/server.h"
#include "edge/server.h"
#include "protocol/types.h"
#include "recording/replay_loop.h"
#include "studio/programme.h"

namespace keisei {

enum class Command {
  show,
  backup,   // copies the store
  doctor,   // says what would stand in the show's way
  frames,   // prints what a recording shows
  pack,     // writes a recording anew, smaller
  restore,  // puts a copy in the store's place
  token,    // prints the operator's token
};

struct DoctorOptions {
  bool as_json = false;
  bool is_trainers_side = false;  // leaves out what only the show needs
  std::string stream;             // empty: the public port of this machine
  std::string stream_ca;
  std::filesystem::path token_file;  // empty: the one of the state folder
  std::filesystem::path run_dir;     // empty: not looked at
  std::filesystem::path trainer;     // empty: beside this program
};

struct RecordingOptions {
  std::filesystem::path record;  // empty: nothing is recorded
  std::filesystem::path replay;  // empty: the show is live
  recording::ReplayOptions pace;
};

struct FramesOptions {
  std::filesystem::path file;
  bool as_hash = false;
  protocol::Level level = protocol::Level::intermediate;
  protocol::Language language = protocol::Language::en;
};

struct PackOptions {
  std::filesystem::path from;
  std::filesystem::path to;
};

struct ShowcaseOptions {
  Command command = Command::show;
  control::Log::Form log_form = control::Log::Form::text;
  edge::ServerOptions edge;
  control::ServerOptions control;
  studio::ProgrammeOptions studio;
  DoctorOptions doctor;
  RecordingOptions recording;
  FramesOptions frames;
  PackOptions pack;
  std::filesystem::path ui;
  std::filesystem::path content;
  std::filesystem::path state_dir;
  std::filesystem::path store;  // empty: show.db of the state folder
  bool has_store = true;
  std::int64_t store_megabytes = 1000;
  std::int64_t past_megabytes = 64;  // 0: nobody looks back
  std::filesystem::path backup;      // where it goes, or comes from

  std::filesystem::path token_file() const { return state_dir / "operator.token"; }
  std::filesystem::path store_file() const { return store.empty() ? state_dir / "show.db" : store; }
};

/// Reads flags and the optional --config file. None means the process is to end with `exit_code`:
/// help has been printed, or one line that says what is wrong.
std::optional<ShowcaseOptions> parse_options(int argc, char** argv, int& exit_code);

}  // namespace keisei

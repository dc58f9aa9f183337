#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/thread_check.h"
#include "usi/chosen_network.h"
#include "usi/engine_options.h"
#include "usi/output.h"
#include "usi/position_command.h"
#include "usi/thinker.h"
#include "usi/words.h"

namespace keisei::usi {

/// A conversation in USI (http://hgm.nubati.net/usi.html). Commands are handled in moments, but
/// `isready`, which loads the network; thinking happens elsewhere. What cannot be understood is
/// answered with `info string error: …` and changes nothing. One thread converses.
class Session {
 public:
  /// `name`: how the engine introduces itself. `seed` is that of drawn moves. Output and clock
  /// outlive the session.
  Session(std::string name, const EngineOptions& options, ChosenNetwork::Load load, Output& output,
          const Clock& clock, std::uint64_t seed);

  /// False after `quit`.
  bool handle(std::string_view line);

 private:
  void introduce();
  void get_ready();
  void set(Words words);
  void go(Words words);
  void load();
  void complain(std::string_view about) { output_.say("error: " + std::string(about)); }
  shogi::Rules rules() const;

  ThreadChecker thread_;
  const std::string name_;
  const EngineOptions defaults_;
  EngineOptions options_;
  Output& output_;
  ChosenNetwork network_;
  std::string position_ = "startpos";  // of the last good `position`
  Thinker thinker_;                    // uses the network, so it must go first
};

}  // namespace keisei::usi

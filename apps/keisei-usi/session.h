#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine_options.h"
#include "output.h"
#include "position_command.h"
#include "search/network_evaluator.h"
#include "thinker.h"
#include "words.h"

/// A conversation in USI (http://hgm.nubati.net/usi.html). Commands are handled in moments, but
/// `isready`, which loads the network; thinking happens elsewhere. What cannot be understood is
/// answered with `info string error: …` and changes nothing.
class Session {
 public:
  /// All outlive the session. `seed` is that of drawn moves.
  Session(const EngineOptions& options, Output& output, const keisei::Clock& clock,
          std::uint64_t seed);

  /// False after `quit`.
  bool handle(std::string_view line);

 private:
  void introduce();
  void get_ready();
  void set(Words words);
  void go(Words words);
  void load();
  void complain(std::string_view about) { output_.say("error: " + std::string(about)); }
  keisei::shogi::Rules rules() const;

  const EngineOptions defaults_;
  EngineOptions options_;
  Output& output_;
  std::unique_ptr<keisei::search::NetworkEvaluator> evaluator_;
  std::string loaded_;                 // the checkpoint and threads that `evaluator_` was asked for
  std::string position_ = "startpos";  // of the last good `position`
  Thinker thinker_;                    // uses the evaluator, so it must go first
};

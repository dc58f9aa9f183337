#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/codec.h"

namespace keisei::simulation {

/// Reads what a trainer says over one connection, as far as a showcase keeps it.
class TrainerSpeech {
 public:
  struct Said {
    std::string run_id;
    protocol::Telemetry what;
  };

  /// None of what is not kept. Messages are read in the order in which they were said.
  std::optional<Said> read(std::string_view json);

 private:
  std::string run_id_;
};

}  // namespace keisei::simulation

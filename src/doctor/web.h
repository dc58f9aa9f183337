#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "hook/transport/showcase_url.h"

namespace keisei::doctor {

struct Answer {
  unsigned status;
  std::string body;
  // Just before it was asked for and just after it came.
  WallTime asked;
  WallTime answered;
};

struct AskOptions {
  std::string token{};    // empty: none is sent
  std::string ca_file{};  // for wss://, as the trainer's: empty: what the system trusts
  std::chrono::milliseconds patience{3000};
};

/// Asks a showcase for one path over a connection of its own, made as the trainer's hook makes its
/// own. Waits for `patience` at most; the error says how far it came.
Result<Answer> ask(const hook::ShowcaseUrl& showcase, const std::string& path, const Clock& clock,
                   const AskOptions& options = {});

}  // namespace keisei::doctor

#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "doctor/finding.h"
#include "http/server.h"

namespace keisei::doctor {

/// Where a trainer is told to stream to, and what it shows there.
struct TrainerAddress {
  std::string url;
  std::string ca_file;
  /// False: that nobody answers is no fault, as before the show's start.
  bool is_expected = true;
};

/// Whether a trainer on this machine reaches the showcase there and would be let in, and whether
/// their clocks agree. It is only asked whether it would be: a trainer that streams is not
/// disturbed.
Findings check_address(const TrainerAddress& address, const Result<std::string>& token,
                       const Clock& clock);

/// What a show that is on says of itself at its operator's port; nothing if none is on.
Findings check_show(const http::ListenOptions& operators_port, const std::string& token,
                    const Clock& clock);

}  // namespace keisei::doctor

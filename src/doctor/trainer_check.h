#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "doctor/finding.h"

namespace keisei::doctor {

/// What `keisei-train --version` prints: its version, libtorch's, and what does the linear algebra.
struct TrainerVersions {
  std::string trainer;
  std::string libtorch;
  std::string blas;
};

/// Asks the program; waits for `patience` at most. The error says why there is no answer.
Result<TrainerVersions> ask_trainer(const std::filesystem::path& program,
                                    std::chrono::milliseconds patience);

/// Whether trainer and showcase belong together, and whether the trainer computes as fast as this
/// processor can.
Findings check_trainer(const Result<TrainerVersions>& trainer, const std::string& own_version);

}  // namespace keisei::doctor

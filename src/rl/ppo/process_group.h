#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"

namespace keisei::rl {

/// Training processes that learn together, each with environments of its own: libtorch's c10d with
/// gloo. Every member makes the same calls in the same order; each call waits for all the others
/// and throws std::runtime_error when one of them is gone.
class ProcessGroup {
 public:
  struct Place {
    int rank = 0;
    int size = 1;
    std::string master_address;
    int master_port = 0;
    // torchrun holds the meeting place itself; this then keeps its attempts apart.
    std::string attempt;
  };
  /// From RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun sets them and Slurm can. None
  /// without WORLD_SIZE or with 1; an error names the variable that is missing or no number.
  static Result<std::optional<Place>> place_from_environment();

  /// Meets the others at the master, which is rank 0; throws if they do not come in time.
  explicit ProcessGroup(const Place& place,
                        std::chrono::milliseconds timeout = std::chrono::minutes(5));
  ~ProcessGroup();

  int rank() const { return place_.rank; }
  int size() const { return place_.size; }

  /// Every element becomes the sum, or the largest, over all members.
  void sum(std::span<float> values);
  void sum(std::span<double> values);
  void largest(std::span<double> values);

 private:
  struct Impl;
  Place place_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::rl

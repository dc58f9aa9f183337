#pragma once

#include <torch/serialize/archive.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <string>

#include "rl/network/network.h"
#include "rl/options.h"

/// Networks from a seed and from bytes, on the CPU. Thread-safe.
namespace keisei::rl {

/// With the initial weights that follow from the seed.
std::shared_ptr<Network> fresh_network(const NetworkOptions& options, std::int64_t seed);

/// Throws if the archive holds something else than such a network.
std::shared_ptr<Network> read_network(torch::serialize::InputArchive& archive,
                                      const NetworkOptions& options);

std::string bytes_of(torch::serialize::OutputArchive& archive);

/// What torch has to say, without the stack trace of many lines that it adds.
std::string first_line(const std::exception& error);

}  // namespace keisei::rl

#pragma once

#include <cstdint>

namespace keisei::broker {

/// Which studio speaks: rises with every studio that takes over. 0 is before the first.
///
/// A studio that was replaced may not know it yet. Everything it sends carries its epoch, so that
/// whoever has heard of its successor can refuse it.
using Epoch = std::uint64_t;

}  // namespace keisei::broker

#pragma once

#include <cstddef>

#include "store/entries.h"

namespace keisei::store {

/// About what it takes in memory.
std::size_t bytes_of(const Entry& entry);

}  // namespace keisei::store

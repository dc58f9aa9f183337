#pragma once

#include <cstddef>

namespace keisei::http {

/// Raises this process's limit on open files, each connection being one, to the most that the
/// system allows it. Returns the limit then.
std::size_t raise_descriptor_limit();

}  // namespace keisei::http

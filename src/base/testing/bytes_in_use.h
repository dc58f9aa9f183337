#pragma once

#include <malloc.h>

#include <cstddef>

// How much memory a test's process keeps, by its allocator.
namespace keisei {

/// Sanitizers bring allocators of their own, of which bytes_in_use() knows nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kCountsBytesInUse = false;
#else
inline constexpr bool kCountsBytesInUse = true;
#endif

/// Allocated and not freed, of all threads. What a thread has freed and holds ready for its next
/// allocations, a few kB of each size, counts as in use.
inline std::size_t bytes_in_use() {
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// By how much more is in use after `work` than before; negative if it is less.
template <class Work>
std::ptrdiff_t bytes_kept_by(Work work) {
  const std::size_t before = bytes_in_use();
  work();
  return static_cast<std::ptrdiff_t>(bytes_in_use() - before);
}

}  // namespace keisei

#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

/// Replaces the allocation functions of a test program, to count what a piece of code allocates. To
/// be included by one source of the program only. Those that do not throw belong to them: what they
/// give goes back by the same operator delete, and std::stable_sort uses them.
namespace keisei {

/// How often this thread has allocated.
inline thread_local std::size_t allocations = 0;

}  // namespace keisei

// Inlined, they would show g++ a free() for what operator new has made (-Wmismatched-new-delete).
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++keisei::allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t& /*unused*/) noexcept {
  ++keisei::allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

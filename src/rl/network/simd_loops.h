#pragma once

#include <cstdint>

/// Loops over contiguous numbers, vectorised (the module is compiled with -fopenmp-simd).
namespace keisei::rl {

template <class T>
T dot(const T* a, const T* b, std::int64_t n) {
  T sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

template <class T>
void add_scaled(T* to, const T* from, T scale, std::int64_t n) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) to[i] += scale * from[i];
}

}  // namespace keisei::rl

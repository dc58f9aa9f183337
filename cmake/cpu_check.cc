#include <cstdio>
#include <cstdlib>

// Linked into every program of a build for x86-64-v3 and itself compiled for any x86-64: says what
// is wrong where the program would otherwise die of an illegal instruction. Runs before the
// constructors of global objects.
[[gnu::constructor(101)]] static void refuse_lesser_processors() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
      __builtin_cpu_supports("fma")) {
    return;
  }
  std::fputs(
      "This program was built for processors with AVX2, BMI2 and FMA (x86-64-v3), which this one "
      "lacks.\nBuild it here, or for any x86-64 with: cmake -DKEISEI_MARCH=\n",
      stderr);
  std::_Exit(1);
}

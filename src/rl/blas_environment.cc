#include "rl/blas_environment.h"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>

namespace keisei::rl {
namespace {

constexpr const char* kRestarted = "KEISEI_BLAS_ENVIRONMENT";

const char* core_type() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return "SkylakeX";
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
  return nullptr;
}

template <class Function>
Function* find(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_DEFAULT, name));
}

}  // namespace

void restart_with_blas_environment(char** argv) {
  if (std::getenv(kRestarted) != nullptr) return;
  ::setenv(kRestarted, "1", 1);
  constexpr int kKeepUsers = 0;
  if (const char* core = core_type()) ::setenv("OPENBLAS_CORETYPE", core, kKeepUsers);
  ::setenv("OMP_WAIT_POLICY", "passive", kKeepUsers);
  ::setenv("OMP_NUM_THREADS", "1", kKeepUsers);
  ::setenv("MALLOC_ARENA_MAX", "1", kKeepUsers);
  ::setenv("MALLOC_MMAP_THRESHOLD_", "1073741824", kKeepUsers);
  ::setenv("MALLOC_TRIM_THRESHOLD_", "4294967296", kKeepUsers);
  ::execv("/proc/self/exe", argv);  // if it fails, slower is better than not at all
}

std::string blas_description() {
  auto* const config = find<char*()>("openblas_get_config");
  auto* const core = find<char*()>("openblas_get_corename");
  if (config == nullptr || core == nullptr) {
    return "not OpenBLAS: training may be 5 to 20 times slower";
  }
  return std::string(config()) + ", core type " + core();
}

}  // namespace keisei::rl

#include "rl/network/blas_environment.h"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

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
  ::setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_BF16", kKeepUsers);
  ::setenv("MALLOC_ARENA_MAX", "1", kKeepUsers);
  ::setenv("MALLOC_MMAP_THRESHOLD_", "1073741824", kKeepUsers);
  ::setenv("MALLOC_TRIM_THRESHOLD_", "4294967296", kKeepUsers);
  // By its own name, which is what process lists show. If it fails, slower is better than not at
  // all.
  std::error_code unknown;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  if (!unknown) ::execv(program.c_str(), argv);
}

std::string blas_description() {
  auto* const config = find<char*()>("openblas_get_config");
  auto* const core = find<char*()>("openblas_get_corename");
  if (config == nullptr || core == nullptr) {
    return "not OpenBLAS: training may be 5 to 20 times slower";
  }
  // "OpenBLAS 0.3.21 USE_OPENMP …": the options say little.
  std::string version = config();
  version.resize(std::min(version.size(), version.find(' ', version.find(' ') + 1)));
  return version + ", core type " + core();
}

}  // namespace keisei::rl

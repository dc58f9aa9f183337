#pragma once

#include <string>

namespace keisei::rl {

/// OpenBLAS and OpenMP read their settings when they are loaded, before main(). So a program that
/// wants them right starts itself once more with them in its environment. Call it first thing in
/// main(); it returns only in the second life, or at once if that was not possible.
///
/// Set unless the user did: OPENBLAS_CORETYPE from the CPU's features (old versions take a new
/// Xeon for a machine without AVX), OMP_WAIT_POLICY=passive (spinning threads take the core from
/// others), OMP_NUM_THREADS=1 (the WorkerPool brings the threads), ONEDNN_MAX_CPU_ISA without AMX
/// (Debian's libtorch dies of its instructions in bfloat16), and a malloc that keeps the
/// memory of large tensors instead of returning it to the system after each operation.
void restart_with_blas_environment(char** argv);

/// "OpenBLAS 0.3.21, core type SkylakeX", or that another library does the linear algebra.
std::string blas_description();

}  // namespace keisei::rl

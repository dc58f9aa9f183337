#include "doctor/trainer_check.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sstream>
#include <string_view>

namespace keisei::doctor {
namespace {

using Clock = std::chrono::steady_clock;

// OpenBLAS' kernels with AVX2 and better. It names them as it was built, not as the CPU is sold.
constexpr std::array<std::string_view, 7> kFastCores = {
    "Haswell", "Zen", "SkylakeX", "Cooperlake", "Sapphirerapids", "SapphireRapids", "Excavator"};

// All that it writes to `out` until it ends or the time is over; whether it ended.
bool read_all(int descriptor, Clock::time_point deadline, std::string& out) {
  std::array<char, 1024> chunk{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{descriptor, POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0) return false;
    const ssize_t size = ::read(descriptor, chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return true;
    out.append(chunk.data(), static_cast<std::size_t>(size));
  }
}

// What the program prints on standard output.
Result<std::string> output_of(const std::string& program, std::chrono::milliseconds patience) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fail(std::strerror(errno));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string name = program, argument = "--version";
  std::array<char*, 3> arguments = {name.data(), argument.data(), nullptr};
  pid_t process = 0;
  const int error =
      ::posix_spawn(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  std::string out;
  const bool ended = error == 0 && read_all(pipe[0], Clock::now() + patience, out);
  ::close(pipe[0]);
  if (error != 0) return fail(program + ": " + std::strerror(error));
  if (!ended) ::kill(process, SIGKILL);
  int status = 0;
  ::waitpid(process, &status, 0);
  if (!ended) return fail(program + " did not answer in time");
  if (status != 0) return fail(program + " --version failed");
  return out;
}

// "OpenBLAS 0.3.21, core type SkylakeX"
bool is_fast(std::string_view blas) {
  const std::string_view core = blas.substr(std::min(blas.size(), blas.rfind(' ') + 1));
  return blas.starts_with("OpenBLAS") &&
         std::find(kFastCores.begin(), kFastCores.end(), core) != kFastCores.end();
}

}  // namespace

Result<TrainerVersions> ask_trainer(const std::filesystem::path& program,
                                    std::chrono::milliseconds patience) {
  const auto out = output_of(program.string(), patience);
  if (!out) return tl::unexpected(out.error());
  TrainerVersions versions;
  std::istringstream lines(*out);
  for (std::string line; std::getline(lines, line);) {
    const std::string_view said = line;
    const auto take = [&](std::string_view name, std::string& value) {
      if (said.starts_with(name)) value = said.substr(name.size());
    };
    take("keisei-train ", versions.trainer);
    take("libtorch ", versions.libtorch);
    take("linear algebra: ", versions.blas);
  }
  if (versions.trainer.empty()) return fail(program.string() + " is no keisei-train");
  return versions;
}

Findings check_trainer(const Result<TrainerVersions>& trainer, const std::string& own_version) {
  if (!trainer) {
    return {{"trainer_version", Verdict::warning, trainer.error().message,
             "if training runs on this machine, build keisei-train or name it with --trainer"}};
  }
  const std::string versions =
      fmt::format("keisei-train {}, libtorch {}", trainer->trainer, trainer->libtorch);
  Findings findings;
  findings.push_back(trainer->trainer == own_version
                         ? Finding{"trainer_version", Verdict::ok, versions}
                         : Finding{"trainer_version", Verdict::warning,
                                   versions + "; keisei-showcase " + own_version,
                                   "build both from the same sources"});
  findings.push_back(
      is_fast(trainer->blas)
          ? Finding{"blas", Verdict::ok, trainer->blas}
          : Finding{"blas", Verdict::warning, trainer->blas,
                    "training may be 5 to 20 times slower: install libopenblas0-openmp; where it "
                    "names an old core for a processor with AVX2, set OPENBLAS_CORETYPE=Haswell"});
  return findings;
}

}  // namespace keisei::doctor

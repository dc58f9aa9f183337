#include "command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "base/numbers.h"
#include "rl/network/blas_environment.h"
#include "rl/network/devices.h"
#include "rl/run/config.h"

namespace {

constexpr int kUsageError = 2;
constexpr keisei::WholeNumber kCount{0, std::numeric_limits<std::int64_t>::max()};
constexpr keisei::WholeNumber kThreads{1, 256};
constexpr keisei::RealNumber kMinutes{0, 100'000'000};  // 190 years

std::string not_empty(const std::string& text) { return text.empty() ? "must not be empty" : ""; }

// What `keisei-showcase doctor` reads.
std::string versions() {
  return fmt::format("keisei-train {}\nlibtorch {}\nlinear algebra: {}", KEISEI_VERSION,
                     keisei::rl::libtorch_version(), keisei::rl::blas_description());
}

// What nobody can read changes no exit code.
void complain(const std::string& why) { std::fprintf(stderr, "keisei-train: %s\n", why.c_str()); }

struct Flags {
  std::string preset = "demo", config;
  std::vector<std::string> settings;
  std::optional<std::int64_t> seed;
  std::optional<int> threads;
  bool no_stream = false, print_config = false;
};

// Presets, then the file, then single settings: what is more specific wins.
keisei::Result<void> combine(const Flags& flags, keisei::rl::Options& options) {
  namespace rl = keisei::rl;
  if (auto applied = rl::apply_preset(options, flags.preset); !applied) return applied;
  if (!flags.config.empty()) {
    if (auto applied = rl::apply_file(options, flags.config); !applied) return applied;
  }
  for (const std::string& setting : flags.settings) {
    if (auto applied = rl::apply_setting(options, setting); !applied) return applied;
  }
  if (flags.seed) options.run.seed = *flags.seed;
  if (flags.threads) options.run.threads = *flags.threads;
  return rl::validate(options);
}

}  // namespace

std::optional<keisei::rl::RunRequest> read_command_line(int argc, char** argv, int& exit_code) {
  keisei::rl::RunRequest result;
  result.run_dir = "runs/default";
  result.stream_url = "ws://127.0.0.1:8080/ingest";
  Flags flags;
  CLI::App app("Trains a network to play shogi by self-play (PPO), and streams the run.");
  // Of an option that is given twice the last counts: scripts give theirs first, the user's follow.
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.add_option("--preset", flags.preset, "demo, cpu, gpu or keisei-default")
      ->capture_default_str();
  app.add_option("--config", flags.config, "A TOML file; see docs/configuration.md")
      ->check(not_empty);
  app.add_option("--set", flags.settings, "One setting, as ppo.epochs=4; can be repeated")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--seed", flags.seed, "Same as --set run.seed=N")->check(kCount, "0…");
  app.add_option("--threads", flags.threads, "Same as --set run.threads=N")
      ->check(kThreads, "1 to 256");
  app.add_option("--run-dir", result.run_dir, "Where logs and checkpoints go")
      ->check(not_empty)
      ->capture_default_str();
  app.add_option("--stream", result.stream_url, "The showcase's ingest address")
      ->check(not_empty)
      ->capture_default_str();
  app.add_flag("--no-stream", flags.no_stream, "Train without a showcase");
  app.add_option("--stream-ca", result.stream_ca,
                 "For wss://: certificates (PEM) that vouch for the showcase")
      ->check(not_empty);
  app.add_option("--token-file", result.token_file, "File with the showcase's operator token")
      ->check(not_empty);
  app.add_option("--minutes", result.minutes, "Stop after that time; 0 trains on")
      ->check(kMinutes, "0…");
  app.add_option("--steps", result.steps, "Stop after so many plies in all; 0 trains on")
      ->check(kCount, "0…");
  app.add_flag("--quiet", result.quiet, "Print warnings only");
  app.add_option(
         "--resume", result.resume,
         "Go on from a checkpoint: a file, or \"auto\" for the newest of the run directory, "
         "if there is one")
      ->check(not_empty);
  app.set_version_flag("--version", versions, "Print versions and exit");
  app.add_flag("--print-config", flags.print_config, "Print all settings as TOML and exit");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    exit_code = app.exit(done);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    complain(error.what());
    exit_code = kUsageError;
    return std::nullopt;
  }
  if (const auto combined = combine(flags, result.options); !combined) {
    complain(combined.error().message);
    exit_code = kUsageError;
    return std::nullopt;
  }
  if (flags.print_config) {
    fmt::print("{}", keisei::rl::to_toml(result.options));
    exit_code = 0;
    return std::nullopt;
  }
  if (flags.no_stream) result.stream_url.clear();
  return result;
}

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>

#include "loadtest/broadcast.h"
#include "loadtest/echo.h"
#include "loadtest/flood.h"
#include "loadtest/latency.h"

int main(int argc, char** argv) {
  using namespace keisei::loadtest;
  namespace fs = std::filesystem;

  const fs::path beside = fs::read_symlink("/proc/self/exe").parent_path() / "keisei-showcase";
  LatencyOptions latency;
  BroadcastOptions broadcast;
  FloodOptions flood;

  // NaN passes any range.
  const CLI::Validator finite(
      [](const std::string& text) {
        return std::isfinite(std::strtod(text.c_str(), nullptr)) ? "" : "no number: " + text;
      },
      "", "finite");
  const CLI::Validator whole_batches(
      [](const std::string& text) {
        const bool is_whole = std::strtol(text.c_str(), nullptr, 10) % kFloodBatchesPerSecond == 0;
        return is_whole ? "" : "no multiple of " + std::to_string(kFloodBatchesPerSecond);
      },
      "", "whole_batches");
  CLI::App app{"Puts viewers and events on a showcase and measures."};
  app.require_subcommand(1);
  const auto add_common_options = [&](CLI::App& command, auto& options) {
    options.showcase = beside;
    options.content = "content";
    command.add_option("--showcase", options.showcase, "The program")->capture_default_str();
    command.add_option("--content", options.content, "Folder of the texts")->capture_default_str();
    command.add_flag("--json", options.json);
  };
  const auto add_options = [&](CLI::App& command, auto& options) {
    add_common_options(command, options);
    command.add_option("--viewers", options.viewers)
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command.add_option("--repetitions", options.repetitions)->capture_default_str();
    command.add_option("--seconds", options.seconds, "Of each repetition")->capture_default_str();
  };
  CLI::App& latency_command =
      *app.add_subcommand("latency", "From the trainer's emit to every viewer");
  add_options(latency_command, latency);
  latency_command
      .add_option("--interval-ms", latency.interval_ms, "Between events, and as much jitter")
      ->capture_default_str();
  CLI::App& broadcast_command =
      *app.add_subcommand("broadcast", "What a frame costs, beside bare send()");
  add_options(broadcast_command, broadcast);
  broadcast_command.add_option("--rate", broadcast.rate, "Frames per second")
      ->capture_default_str();
  CLI::App& flood_command =
      *app.add_subcommand("flood", "More events than a studio takes that stands still meanwhile");
  add_common_options(flood_command, flood);
  flood_command.add_option("--seconds", flood.seconds)
      ->capture_default_str()
      ->check(CLI::Range(1.0, 3600.0))
      ->check(finite);
  flood_command.add_option("--stopped-seconds", flood.stopped_seconds, "Of them")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 3600.0))
      ->check(finite);
  flood_command.add_option("--events-per-second", flood.events_per_second)
      ->capture_default_str()
      ->check(CLI::Range(1000, 10'000'000))
      ->check(whole_batches);
  flood_command.add_option("--games-per-second", flood.games_per_second, "Finished, among them")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  EchoOptions echo;
  CLI::App& echo_command =
      *app.add_subcommand("echo", "Says every WebSocket message back, for suites that try servers");
  echo_command.add_option("--port", echo.port, "0 for any")->capture_default_str();
  echo_command.add_option("--most-bytes", echo.most_bytes, "Of one message")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    if (echo_command.parsed()) return serve_echo(echo);
    if (flood_command.parsed()) {
      if (flood.stopped_seconds < flood.seconds) return measure_flood(flood);
      throw std::runtime_error("--stopped-seconds must be less than --seconds");
    }
    return latency_command.parsed() ? measure_latency(latency) : measure_broadcast(broadcast);
  } catch (const std::exception& error) {
    std::cerr << "keisei-loadtest: " << error.what() << "\n";
    return 1;
  }
}

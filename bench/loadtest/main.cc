#include <CLI/CLI.hpp>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include "base/numbers.h"
#include "loadtest/broadcast.h"
#include "loadtest/echo.h"
#include "loadtest/flood.h"
#include "loadtest/latency.h"

namespace {

using namespace keisei::loadtest;
using keisei::RealNumber;
using keisei::WholeNumber;

constexpr int kUsageError = 2;
constexpr WholeNumber kPort{0, 65'535};
constexpr WholeNumber kBytes{1, std::int64_t{1} << 40};
constexpr WholeNumber kViewers{1, 1'000'000};
constexpr WholeNumber kRepetitions{1, 1000};
constexpr RealNumber kSeconds{0.1, 3600};
constexpr RealNumber kFloodSeconds{1, 3600};
constexpr RealNumber kStoppedSeconds{0, 3600};
constexpr WholeNumber kRate{1, 10'000};
constexpr WholeNumber kIntervalMs{1, 3'600'000};
constexpr WholeNumber kEvents{kFloodBatchesPerSecond, 10'000'000};
constexpr WholeNumber kGames{1, 1000};

struct Options {
  LatencyOptions latency;
  BroadcastOptions broadcast;
  FloodOptions flood;
  EchoOptions echo;
};

template <class Value, class Check>
void add_number(CLI::App& command, const std::string& name, Value& value, Check check,
                const std::string& what) {
  command.add_option(name, value, what)->capture_default_str()->check(check);
}

template <class Measured>
void add_show(CLI::App& command, Measured& options) {
  options.showcase =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "keisei-showcase";
  options.content = "content";
  command.add_option("--showcase", options.showcase, "The program")
      ->capture_default_str()
      ->check(CLI::ExistingFile);
  command.add_option("--content", options.content, "Folder of the texts")
      ->capture_default_str()
      ->check(CLI::ExistingDirectory);
  command.add_flag("--json", options.json);
}

template <class Measured>
void add_viewers(CLI::App& command, Measured& options) {
  add_number(command, "--viewers", options.viewers, kViewers, "");
  add_number(command, "--repetitions", options.repetitions, kRepetitions, "");
  add_number(command, "--seconds", options.seconds, kSeconds, "Of each repetition");
}

std::string whole_batches(const std::string& text) {
  const bool is_whole = std::stoll(text) % kFloodBatchesPerSecond == 0;
  return is_whole ? "" : "no multiple of " + std::to_string(kFloodBatchesPerSecond);
}

void add_commands(CLI::App& app, Options& options) {
  CLI::App& latency = *app.add_subcommand("latency", "From the trainer's emit to every viewer");
  add_show(latency, options.latency);
  add_viewers(latency, options.latency);
  add_number(latency, "--interval-ms", options.latency.interval_ms, kIntervalMs,
             "Between events, and as much jitter");

  CLI::App& broadcast = *app.add_subcommand("broadcast", "What a frame costs, beside bare send()");
  add_show(broadcast, options.broadcast);
  add_viewers(broadcast, options.broadcast);
  add_number(broadcast, "--rate", options.broadcast.rate, kRate, "Frames per second");
  broadcast.add_flag("--deflate", options.broadcast.deflate, "Viewers take compressed messages");

  CLI::App& flood =
      *app.add_subcommand("flood", "More events than a studio takes that stands still meanwhile");
  add_show(flood, options.flood);
  add_number(flood, "--seconds", options.flood.seconds, kFloodSeconds, "");
  add_number(flood, "--stopped-seconds", options.flood.stopped_seconds, kStoppedSeconds, "Of them");
  flood.add_option("--events-per-second", options.flood.events_per_second)
      ->capture_default_str()
      ->check(kEvents)
      ->check(whole_batches);
  add_number(flood, "--games-per-second", options.flood.games_per_second, kGames,
             "Finished, among them");

  CLI::App& echo =
      *app.add_subcommand("echo", "Says every WebSocket message back, for suites that try servers");
  add_number(echo, "--port", options.echo.port, kPort, "0 for any");
  add_number(echo, "--most-bytes", options.echo.most_bytes, kBytes, "Of one message");
}

int refuse(const std::string& why) {
  std::cerr << "keisei-loadtest: " << why << "\n";
  return kUsageError;
}

int run(const CLI::App& app, const Options& options) {
  const auto asked = [&](const char* command) { return app.got_subcommand(command); };
  if (asked("echo")) return serve_echo(options.echo);
  if (asked("latency")) return measure_latency(options.latency);
  if (asked("broadcast")) return measure_broadcast(options.broadcast);
  if (options.flood.stopped_seconds < options.flood.seconds) return measure_flood(options.flood);
  return refuse("--stopped-seconds must be less than --seconds");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Puts viewers and events on a showcase and measures."};
  app.require_subcommand(1);
  Options options;
  try {
    add_commands(app, options);
    app.parse(argc, argv);
    return run(app, options);
  } catch (const CLI::Success& done) {
    return app.exit(done);
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  } catch (const std::exception& error) {
    std::cerr << "keisei-loadtest: " << error.what() << "\n";
    return 1;
  }
}

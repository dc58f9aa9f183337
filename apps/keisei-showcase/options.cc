#include "options.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <iostream>

namespace keisei {
namespace {

constexpr int kUsageError = 2;

}  // namespace

std::optional<ShowcaseOptions> parse_options(int argc, char** argv, int& exit_code) {
  ShowcaseOptions options;
  options.ui = "ui/dist";
  options.content = "content";
  options.state_dir = "var";
  double seconds_per_move = 3;
  std::string config;

  CLI::App app{
      "Shows a running training to viewers: web page, WebSocket and trainer's ingest on one port."};
  app.add_option("--port", options.server.port, "Public port")->capture_default_str();
  app.add_option("--bind", options.server.bind, "Address to listen on; 0.0.0.0 for everyone")
      ->capture_default_str();
  app.add_option("--ui", options.ui, "Folder of the built page")->capture_default_str();
  app.add_option("--content", options.content, "Folder of the texts")->capture_default_str();
  app.add_option("--state-dir", options.state_dir, "Folder for the operator token")
      ->capture_default_str();
  app.add_option("--seconds-per-move", seconds_per_move, "Pace of the featured game")
      ->check(CLI::Range(0.05, 60.0))
      ->capture_default_str();
  app.add_option("--allow-origin", options.server.allowed_origins,
                 "Another page that may connect viewers, e.g. https://example.org");
  app.add_option("--max-viewers", options.server.hub.max_viewers, "Connections at the same time")
      ->capture_default_str();
  app.add_option("--max-viewers-per-address", options.server.hub.max_viewers_per_address,
                 "From one address; this machine is exempt")
      ->capture_default_str();
  app.set_config("--config", "", "Options from a TOML file, e.g. port = 8080");
  app.allow_config_extras(CLI::config_extras_mode::error);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    exit_code = app.exit(help);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    std::cerr << "keisei-showcase: " << error.what() << " (see --help)\n";
    exit_code = kUsageError;
    return std::nullopt;
  }
  options.studio.director.per_move =
      std::chrono::milliseconds(std::llround(seconds_per_move * 1000));
  return options;
}

}  // namespace keisei

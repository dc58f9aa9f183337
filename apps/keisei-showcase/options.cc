#include "options.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

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
  std::vector<std::string> trusted_proxies;

  CLI::App app{
      "Shows a running training to viewers: web page, WebSocket and trainer's ingest on one port, "
      "the operator's API on another."};
  app.add_option("--port", options.edge.listen.port, "Public port")->capture_default_str();
  app.add_option("--bind", options.edge.listen.bind, "Address to listen on; 0.0.0.0 for everyone")
      ->capture_default_str();
  app.add_option("--control-port", options.control.listen.port,
                 "The operator's port: API and /metrics, with the operator token; 0 for any")
      ->capture_default_str();
  app.add_option("--control-bind", options.control.listen.bind, "Address for the operator's port")
      ->capture_default_str();
  app.add_option("--ui", options.ui, "Folder of the built page")->capture_default_str();
  app.add_option("--content", options.content, "Folder of the texts")->capture_default_str();
  app.add_option("--state-dir", options.state_dir, "Folder for the operator token")
      ->capture_default_str();
  app.add_option("--seconds-per-move", seconds_per_move, "Pace of the featured game")
      ->check(CLI::Range(0.05, 60.0))
      ->capture_default_str();
  app.add_option("--allow-origin", options.edge.allowed_origins,
                 "Another page that may connect viewers, e.g. https://example.org");
  app.add_option("--max-viewers", options.edge.admission.max_viewers,
                 "Connections at the same time")
      ->capture_default_str();
  app.add_option("--max-viewers-per-address", options.edge.admission.max_viewers_per_address,
                 "From one address; this machine is exempt")
      ->capture_default_str();
  app.add_option(
      "--trusted-proxy", trusted_proxies,
      "Network or address of a proxy whose X-Forwarded-For is believed, e.g. 10.0.0.0/8");
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
  auto proxies = http::TrustedProxies::parse(trusted_proxies);
  if (!proxies) {
    std::cerr << "keisei-showcase: " << proxies.error().message << "\n";
    exit_code = kUsageError;
    return std::nullopt;
  }
  options.edge.proxies = std::move(*proxies);
  options.studio.director.per_move =
      std::chrono::milliseconds(std::llround(seconds_per_move * 1000));
  return options;
}

}  // namespace keisei

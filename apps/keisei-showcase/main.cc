#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <functional>
#include <iostream>
#include <thread>

#include "base/clock.h"
#include "base/counters.h"
#include "broker/in_process_broker.h"
#include "edge/identity.h"
#include "edge/server.h"
#include "edge/static_files.h"
#include "options.h"
#include "studio/content/content.h"
#include "studio/studio_loop.h"

namespace {

using namespace keisei;

constexpr int kCannotStart = 2;
// How long viewers may take to answer the goodbye.
constexpr auto kGoodbye = std::chrono::milliseconds(500);
constexpr auto kGoodbyeCheck = std::chrono::milliseconds(20);

int complain(const Error& error) {
  std::cerr << "keisei-showcase: " << error.message << "\n";
  return kCannotStart;
}

// Two threads: the studio's and, the main one, the edge's. They meet in the broker only, whose
// handlers post to the other's io_context.
int show(const ShowcaseOptions& options) {
  auto content = studio::Content::load(options.content);
  if (!content) return complain(content.error());
  auto files = edge::StaticFiles::load(options.ui);
  if (!files) return complain(files.error());
  const auto token = edge::load_or_create_token(options.token_file());
  if (!token) return complain(token.error());

  const SystemClock clock;
  Counters counters;
  broker::InProcessBroker broker(counters);
  studio::StudioLoop studio(broker, *content, clock, options.studio);
  boost::asio::io_context edge_context(1);
  edge::ServerOptions server_options = options.server;
  server_options.operator_token = token->value;
  edge::Server server(edge_context, server_options, std::move(*files), broker, clock);
  if (const auto listening = server.listen(); !listening) return complain(listening.error());

  if (token->created) {
    std::cerr << "operator token (shown once, kept in " << options.token_file().string()
              << "): " << token->value << "\n";
  }
  spdlog::info("showing on http://{}:{}",
               options.server.bind == "0.0.0.0" ? "localhost" : options.server.bind, server.port());

  boost::asio::signal_set signals(edge_context, SIGINT, SIGTERM);
  boost::asio::steady_timer goodbye(edge_context);
  std::function<void(SteadyTime)> leave = [&](SteadyTime latest) {
    if (server.hub().counters().viewers == 0 || clock.steady() >= latest) {
      edge_context.stop();
      return;
    }
    goodbye.expires_after(kGoodbyeCheck);
    goodbye.async_wait([&leave, latest](boost::system::error_code) { leave(latest); });
  };
  signals.async_wait([&](boost::system::error_code failure, int) {
    if (failure) return;
    spdlog::info("stopping");
    server.stop();
    leave(clock.steady() + kGoodbye);
  });

  std::thread studio_thread([&] { studio.run(); });
  edge_context.run();
  studio.stop();
  studio_thread.join();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("showcase"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %n: %v");
  try {
    int exit_code = 0;
    const auto options = parse_options(argc, argv, exit_code);
    return options ? show(*options) : exit_code;
  } catch (const std::exception& error) {
    return complain(Error{error.what()});
  }
}

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
#include <utility>

#include "base/clock.h"
#include "base/counters.h"
#include "broker/in_process_broker.h"
#include "control/server.h"
#include "edge/server.h"
#include "http/operator_token.h"
#include "http/static_files.h"
#include "options.h"
#include "studio/content/content.h"
#include "studio/programme.h"
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
  auto files = http::StaticFiles::load(options.ui);
  if (!files) return complain(files.error());
  const auto token = http::load_or_create_token(options.token_file());
  if (!token) return complain(token.error());
  // At once: at the next start, should this one fail, it is no longer new.
  if (token->created) {
    std::cerr << "operator token (shown once, kept in " << options.token_file().string()
              << "): " << token->value << "\n";
  }

  const SystemClock clock;
  Counters counters;
  broker::InProcessBroker broker(counters);
  auto segments = studio::programme(*content, clock, options.studio, counters);
  if (const auto complete = content->check(studio::keys_of(segments)); !complete) {
    return complain(complete.error());
  }
  boost::asio::io_context edge_context(1);
  edge::ServerOptions edge_options = options.edge;
  edge_options.operator_token = token->value;
  edge::Server edge(edge_context, edge_options, std::move(*files), broker, clock, counters);
  if (const auto listening = edge.listen(); !listening) return complain(listening.error());
  control::ServerOptions control_options = options.control;
  control_options.operator_token = token->value;
  control::Server control(edge_context, control_options, broker, clock, counters);
  if (const auto listening = control.listen(); !listening) return complain(listening.error());

  // Goes first: whoever still waits for its answers is there to hear that there are none.
  studio::StudioLoop studio(broker, std::move(segments), clock);

  spdlog::info("showing on http://{}:{}, operator's port {}:{}",
               options.edge.listen.bind == "0.0.0.0" ? "localhost" : options.edge.listen.bind,
               edge.port(), options.control.listen.bind, control.port());

  boost::asio::signal_set signals(edge_context, SIGINT, SIGTERM);
  boost::asio::steady_timer goodbye(edge_context);
  std::function<void(SteadyTime)> leave = [&](SteadyTime latest) {
    if (edge.viewers() == 0 || clock.steady() >= latest) {
      edge_context.stop();
      return;
    }
    goodbye.expires_after(kGoodbyeCheck);
    goodbye.async_wait([&leave, latest](boost::system::error_code) { leave(latest); });
  };
  signals.async_wait([&](boost::system::error_code failure, int) {
    if (failure) return;
    spdlog::info("stopping");
    edge.stop();
    control.stop();
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

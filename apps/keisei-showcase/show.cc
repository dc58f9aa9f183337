#include "show.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "archive/archive.h"
#include "archive/trait_reader.h"
#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "broker/in_process_broker.h"
#include "control/server.h"
#include "edge/server.h"
#include "http/descriptors.h"
#include "http/operator_token.h"
#include "http/reachable.h"
#include "http/static_files.h"
#include "past/past.h"
#include "recording/recorder.h"
#include "recording/replay_loop.h"
#include "store/no_store.h"
#include "store/sqlite_store.h"
#include "studio/content/content.h"
#include "studio/programme.h"
#include "studio/studio_loop.h"

namespace keisei {
namespace {

using control::Log;
using control::Severity;

constexpr const char* kTopic = "show";
constexpr const char* kReplay = "replay";
constexpr const char* kRecording = "recording";
constexpr int kCannotStart = 2;
// How long viewers may take to answer the goodbye.
constexpr auto kGoodbye = std::chrono::milliseconds(500);
constexpr auto kGoodbyeCheck = std::chrono::milliseconds(20);
// How long a sum that may be told waits for that.
constexpr auto kSums = std::chrono::seconds(5);

int complain(Log& log, const Error& error) {
  log.write(Severity::error, kTopic, error.message);
  return kCannotStart;
}

// A log is kept, and read by many: the token itself is for a person at a terminal.
void introduce(const http::OperatorToken& token, const ShowcaseOptions& options, Log& log) {
  if (!token.created) return;
  const std::string file = options.token_file().string();
  if (::isatty(STDERR_FILENO) == 1) {
    std::cerr << "operator token (shown once, kept in " << file << "): " << token.value << "\n";
    return;
  }
  log.write(Severity::info, kTopic,
            fmt::format("a new operator token is in {}; `keisei-showcase token --state-dir {}` "
                        "prints it",
                        file, options.state_dir.string()));
}

void introduce(const recording::Replay& replay, const ShowcaseOptions& options, Log& log) {
  const std::string file = options.recording.replay.string();
  const auto length = replay.last().steady - replay.begin().steady;
  log.write(Severity::info, kReplay,
            fmt::format("{} holds {:.0f} s of {:%Y-%m-%d %H:%M} UTC", file,
                        std::chrono::duration<double>(length).count(),
                        fmt::gmtime(std::chrono::system_clock::to_time_t(replay.begin().wall))));
  if (const std::string other = replay.difference(); !other.empty()) {
    log.write(Severity::warning, kReplay, "what is shown may be other than it was: " + other);
  }
}

// Until SIGINT or SIGTERM, with a goodbye to viewers.
void run(boost::asio::io_context& context, edge::Server& edge, control::Server& control,
         const Clock& clock, Notices& notices, Log& log) {
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  boost::asio::steady_timer goodbye(context);
  std::function<void(SteadyTime)> leave = [&](SteadyTime latest) {
    if (edge.is_empty() || clock.steady() >= latest) {
      context.stop();
      return;
    }
    goodbye.expires_after(kGoodbyeCheck);
    goodbye.async_wait([&leave, latest](boost::system::error_code) { leave(latest); });
  };
  boost::asio::steady_timer sums(context);
  std::function<void(boost::system::error_code)> tell_sums = [&](boost::system::error_code) {
    notices.check();
    sums.expires_after(kSums);
    sums.async_wait([&tell_sums](boost::system::error_code failure) { tell_sums(failure); });
  };
  tell_sums({});
  signals.async_wait([&](boost::system::error_code failure, int) {
    if (failure) return;
    log.write(Severity::info, kTopic, "stopping");
    edge.stop();
    control.stop();
    leave(clock.steady() + kGoodbye);
  });
  context.run();
}

Result<std::unique_ptr<recording::Replay>> open_replay(const ShowcaseOptions& options,
                                                       const studio::Content& content) {
  auto reader = recording::Reader::open(options.recording.replay);
  if (!reader) return tl::unexpected(reader.error());
  return std::make_unique<recording::Replay>(std::move(*reader), content);
}

// What every show has, whoever makes it.
struct Stage {
  const ShowcaseOptions& options;
  const Clock& clock;
  Log& log;
  Counters& counters;
  Notices& notices;
  const studio::Content& content;
  const archive::TraitReader& traits;
  archive::Archive& archive;
  past::Past& past;
  broker::InProcessBroker& broker;
  boost::asio::io_context& edge_context;
  edge::Server& edge;
  control::Server& control;
};

// `maker`, on a thread of its own: the studio, or a replay in its place.
template <class Maker>
void show_from(Maker& maker, Stage& stage) {
  const ShowcaseOptions& options = stage.options;
  stage.log.write(
      Severity::info, kTopic,
      fmt::format(
          "keisei-showcase {} is showing on http://{}, operator's port {}", KEISEI_VERSION,
          http::authority(http::reachable_host(options.edge.listen.bind), stage.edge.port()),
          http::authority(options.control.listen.bind, stage.control.port())));
  stage.past.open(stage.broker);
  std::thread thread([&] { maker.run(); });
  run(stage.edge_context, stage.edge, stage.control, stage.clock, stage.notices, stage.log);
  maker.stop();
  thread.join();
  stage.past.close();
}

void show_replay(std::unique_ptr<recording::Replay> replay, Stage& stage) {
  recording::ReplayLoop loop(
      stage.broker, std::move(replay), [&] { return open_replay(stage.options, stage.content); },
      stage.options.recording.pace, stage.clock,
      [&](const std::string& why) { stage.log.write(Severity::info, kReplay, why); });
  show_from(loop, stage);
}

Result<std::unique_ptr<recording::Recorder>> begin_recording(store::Library& library,
                                                             Stage& stage) {
  const ShowcaseOptions& options = stage.options;
  if (options.recording.record.empty()) return nullptr;
  auto recorder = recording::Recorder::create(options.recording.record,
                                              {.program = KEISEI_VERSION,
                                               .texts = recording::checksum_of_texts(stage.content),
                                               .per_move = options.studio.director.per_move},
                                              stage.clock, library, stage.notices);
  if (recorder) stage.log.write(Severity::info, kRecording, "recording to " + (*recorder)->path());
  return recorder;
}

std::unique_ptr<store::Store> open_store(const Stage& stage) {
  const ShowcaseOptions& options = stage.options;
  if (!options.has_store) return std::make_unique<store::NoStore>();
  constexpr std::int64_t kMegabyte = 1'000'000;
  return std::make_unique<store::SqliteStore>(
      store::StoreOptions{options.store_file().string(), options.store_megabytes * kMegabyte,
                          [&traits = stage.traits](const protocol::GameFinished& game) {
                            return archive::words_of(traits.read(game));
                          }},
      stage.clock, stage.counters, stage.notices);
}

Result<void> show_live(Stage& stage) {
  const auto store = open_store(stage);
  auto recorder = begin_recording(*store, stage);
  if (!recorder) return tl::unexpected(recorder.error());
  store::Library* library = store.get();
  const Clock* clock = &stage.clock;
  if (*recorder) {
    library = &(*recorder)->library();
    clock = &(*recorder)->clock();
  }
  auto segments = studio::programme(stage.content, *library, *clock, stage.options.studio,
                                    stage.counters, stage.notices);
  if (const auto complete = stage.content.check(studio::keys_of(segments)); !complete) {
    return complete;
  }
  // Goes first: whoever still waits for its answers is there to hear that there are none.
  studio::StudioLoop studio(stage.broker, *store, std::move(segments), stage.clock, stage.notices,
                            recorder->get());
  stage.archive.open(*store);
  show_from(studio, stage);
  stage.archive.close();
  return {};
}

}  // namespace

// Two threads: the studio's and, the main one, the edge's. They meet in the broker only, whose
// handlers post to the other's io_context. Store and archive have one each of their own.
int show(const ShowcaseOptions& options) {
  const SystemClock clock;
  Log log(options.log_form, clock);
  auto content = studio::Content::load(options.content);
  if (!content) return complain(log, content.error());
  const auto traits = archive::TraitReader::load(options.content);
  if (!traits) return complain(log, traits.error());
  auto files = http::StaticFiles::load(options.ui);
  if (!files) return complain(log, files.error());
  const auto token = http::load_or_create_token(options.token_file());
  if (!token) return complain(log, token.error());
  // At once: at the next start, should this one fail, it is no longer new.
  introduce(*token, options, log);

  Counters counters;
  Notices notices(clock, [&](const Notices::Notice& notice) { log.write(notice); });
  broker::InProcessBroker broker(counters);
  std::unique_ptr<recording::Replay> replay;
  if (!options.recording.replay.empty()) {
    auto opened = open_replay(options, *content);
    if (!opened) return complain(log, opened.error());
    replay = std::move(*opened);
    introduce(*replay, options, log);
  }
  boost::asio::io_context edge_context(1);
  const bool is_kept = options.has_store && !replay;
  archive::Archive archive(is_kept ? options.store_file().string() : std::string(), *traits,
                           notices);
  constexpr std::size_t kMegabyte = 1'000'000;
  past::Past past({.most_bytes = static_cast<std::size_t>(options.past_megabytes) * kMegabyte},
                  counters);
  edge::ServerOptions edge_options = options.edge;
  edge_options.add_routes = [&](http::Router& router) {
    archive.add_routes(router);
    past.add_routes(router);
  };
  edge_options.past = [&past] { return past.range(); };
  edge_options.operator_token = token->value;
  edge_options.descriptors = http::raise_descriptor_limit();
  if (replay) edge_options.no_trainer = "this show is a replay and takes no trainer";
  edge::Server edge(edge_context, edge_options, std::move(*files), broker, clock, counters,
                    notices);
  if (const auto listening = edge.listen(); !listening) return complain(log, listening.error());
  control::ServerOptions control_options = options.control;
  control_options.operator_token = token->value;
  control::Server control(edge_context, control_options, broker, clock, counters, notices);
  if (const auto listening = control.listen(); !listening) {
    return complain(log, listening.error());
  }

  Stage stage{options, clock, log,    counters,     notices, *content, *traits,
              archive, past,  broker, edge_context, edge,    control};
  if (replay) {
    show_replay(std::move(replay), stage);
  } else if (const auto shown = show_live(stage); !shown) {
    return complain(log, shown.error());
  }
  notices.settle();
  return 0;
}

}  // namespace keisei

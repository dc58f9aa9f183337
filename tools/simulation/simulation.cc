#include "simulation/simulation.h"

#include <malloc.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "hook/events/to_message.h"
#include "protocol/codec.h"
#include "simulation/faults.h"
#include "simulation/process_clock.h"
#include "simulation/rude_client.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kViewers = 6;
constexpr std::size_t kRude = 2;
// What memory may grow by, once a show is not young any more.
constexpr auto kYoung = 20min;
constexpr std::size_t kMostGrowth = 24UL * 1024 * 1024;
constexpr auto kLooksAtMemory = 5min;
// What happened so long before the end has arrived.
constexpr auto kLatest = 1min;
// So long after the last frame everything has arrived everywhere, and nobody is tired of the
// silence.
constexpr auto kArrival = 4s;

constexpr const char* kToken = "0123456789abcdef";
constexpr const char* kTokenFile = "token";
constexpr const char* kStoreFile = "show.db";

/// A simulated world.
class World {
 public:
  World(const SimulationOptions& options, const studio::Content& content)
      : options_(options),
        random_(options.seed),
        schedule_(random_.fork()),
        clock_(schedule_),
        ids_(random_.fork()),
        process_clock_(clock_, ids_),
        story_(schedule_, options.story),
        judge_(story_),
        record_(judge_),
        on_air_(record_),
        disk_(random_.fork()),
        network_(schedule_, random_.fork(), [this] { showcase_.wake_edges(); }),
        showcase_(random_.fork(), {.schedule = schedule_,
                                   .network = network_,
                                   .disk = disk_,
                                   .judge = judge_,
                                   .record = record_,
                                   .played = played_,
                                   .on_air = on_air_,
                                   .story = story_,
                                   .sabotage = options_.sabotage,
                                   .content = content,
                                   .clock = clock_,
                                   .operator_token = kToken,
                                   .store_file = kStoreFile}),
        trainer_("run", random_.fork(), trainer_parts()),
        visitor_("visitor", random_.fork(), trainer_parts()),
        faults_(random_.fork(), {.schedule = schedule_,
                                 .network = network_,
                                 .disk = disk_,
                                 .showcase_clock = clock_,
                                 .showcase = showcase_,
                                 .trainer = trainer_,
                                 .visitor = visitor_,
                                 .viewers = viewers_,
                                 .story = story_}) {
    for (std::size_t i = 0; i < kViewers; ++i) add_viewer(i);
    for (std::size_t i = 0; i < kRude && options_.has_faults; ++i) {
      rude_.push_back(std::make_unique<RudeClient>(schedule_, network_, digest_,
                                                   i % ShowcaseProcess::kEdges, random_.fork()));
    }
  }

  SimulationReport run() {
    const SteadyTime begin = schedule_.now();
    const SteadyTime end = begin + std::max(options_.length, SimulationOptions::kCalm);
    showcase_.start();
    trainer_.start();
    if (options_.has_faults) faults_.begin();
    for (const auto& [when, fault] : options_.script) faults_.plan(when, fault);
    schedule_.after(kYoung, life_, [this] { watch_memory(); });
    run_until(end - SimulationOptions::kCalm);
    faults_.heal();
    run_until(end);
    trainer_.check_losses(end - kLatest);
    check_following(end - kLatest);
    showcase_.freeze();
    run_until(end + kArrival);
    judge();
    return report();
  }

 private:
  TrainerProcess::Parts trainer_parts() {
    return {.schedule = schedule_,
            .network = network_,
            .played = played_,
            .record = record_,
            .judge = judge_,
            .story = story_,
            .digest = digest_,
            .sabotage = options_.sabotage,
            .token_file = kTokenFile};
  }

  void add_viewer(std::size_t number) {
    viewers_.push_back(
        std::make_unique<ViewerClient>("viewer " + std::to_string(number + 1),
                                       number % ShowcaseProcess::kEdges, number < 2, random_.fork(),
                                       ViewerClient::Parts{.schedule = schedule_,
                                                           .network = network_,
                                                           .on_air = on_air_,
                                                           .played = played_,
                                                           .judge = judge_,
                                                           .story = story_,
                                                           .digest = digest_,
                                                           .operator_token = kToken}));
    ViewerClient::Wish wish;
    wish.level = static_cast<protocol::Level>(number % protocol::kEnumerators<protocol::Level>);
    if (number % 2 == 1) wish.language = protocol::Language::ja;
    if (number == 4) wish.max_fps = 1;
    if (number == 5) wish.low_quality = true;
    viewers_.back()->wish(wish);
    schedule_.after(random_.between(100ms, 20s), life_,
                    [viewer = viewers_.back().get()] { viewer->come(); });
  }

  void run_until(SteadyTime end) {
    do {
      showcase_.settle();
    } while (schedule_.step(end));
  }

  void watch_memory() {
    const std::size_t ours = disk_.bytes() + played_.bytes();
    const auto heap = ::mallinfo2();
    const std::size_t in_use = heap.uordblks + heap.hblkhd;
    const std::size_t show = in_use - std::min(in_use, ours);
    if (memory_ == 0) memory_ = show;
    grown_ = std::max(grown_, show - std::min(show, memory_));
    if (grown_ > kMostGrowth) {
      judge_.find("memory is bounded",
                  "more than " + std::to_string(kMostGrowth / 1024 / 1024) + " MiB were added");
    }
    schedule_.after(kLooksAtMemory, life_, [this] { watch_memory(); });
  }

  template <class Message>
  std::optional<Message> shown() const {
    const std::size_t slot = protocol::slot_of(protocol::message_index<Message>());
    const broker::FramePtr& frame = on_air_.newest().in_slot(slot);
    if (!frame) return std::nullopt;
    const auto message = protocol::decode<Message>(*frame->variants[0]);
    return message ? std::optional(*message) : std::nullopt;
  }

  /// Whether the show is of what the trainer does now.
  void check_following(SteadyTime until) {
    constexpr std::string_view kRule = "the show follows the training";
    const std::string run_id = trainer_.run_id();
    const std::int64_t least = trainer_.update_at(until);
    const auto metrics = shown<protocol::PpoMetrics>();
    if (!metrics || metrics->run_id != run_id || metrics->update < least) {
      judge_.find(kRule, "update " + std::to_string(least) + " of " + run_id + " is not shown");
    }
    const auto game = shown<protocol::GameState>();
    if (!game || game->game_id != hook::game_id(run_id, game->game_number)) {
      judge_.find(kRule, "no game of " + run_id + " is shown, but \"" +
                             (game ? game->game_id : std::string()) + "\"");
    }
  }

  void judge() {
    for (const auto& viewer : viewers_) viewer->check_newest();
    if (!trainer_.is_connected()) {
      judge_.find("everyone comes back", "the trainer is not connected after the calm");
    }
    showcase_.check_store(true);
    disk_.add_to(digest_);
  }

  SimulationReport report() const {
    return {.digest = digest_.value(),
            .faults = faults_.happened(),
            .frames = on_air_.frames(),
            .games = played_.games(),
            .moves = played_.moves(),
            .kept = record_.kept(),
            .lost = record_.lost(),
            .grown = grown_,
            .broken = judge_.faults()};
  }

  const SimulationOptions& options_;
  Random random_;
  Schedule schedule_;
  MachineClock clock_;
  Random ids_;
  ProcessClock process_clock_;
  Story story_;
  Judge judge_;
  Digest digest_;
  Played played_;
  KeepingRecord record_;
  OnAir on_air_;
  SimulatedDisk disk_;
  Network network_;
  ShowcaseProcess showcase_;
  TrainerProcess trainer_;
  TrainerProcess visitor_;
  std::vector<std::unique_ptr<ViewerClient>> viewers_;
  std::vector<std::unique_ptr<RudeClient>> rude_;
  Faults faults_;
  std::size_t memory_ = 0;  // of the show when it was young
  std::size_t grown_ = 0;
  Life life_;
};

/// What a run before may have left.
void prepare_folder() {
  std::error_code ignored;
  for (const char* file : {"run.spill", "visitor.spill"}) std::filesystem::remove(file, ignored);
  std::ofstream(kTokenFile) << kToken << '\n';
}

}  // namespace

SimulationReport simulate(const SimulationOptions& options, const studio::Content& content) {
  prepare_folder();
  return World(options, content).run();
}

}  // namespace keisei::simulation

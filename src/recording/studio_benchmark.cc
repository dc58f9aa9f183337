// How much telemetry a studio takes with everything on, its store too, how long one of its turns
// lasts, and what one move costs to be put into words: on the inputs of a real run, those of the
// example recording.
#include <ctime>

#include <atomic>
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "base/testing/temporary_folder.h"
#include "broker/in_process_broker.h"
#include "harness/measure.h"
#include "protocol/codec.h"
#include "recording/reader.h"
#include "recording/replay.h"
#include "store/sqlite_store.h"
#include "studio/game/game_view.h"
#include "studio/game/remark_chooser.h"
#include "studio/programme.h"
#include "studio/studio_loop.h"

namespace {

using namespace keisei;

const std::string kRun = KEISEI_SOURCE_DIR "/examples/demo-ten-minutes.rec";

const studio::Content& content() {
  static const studio::Content content =
      studio::Content::load(KEISEI_SOURCE_DIR "/content").value();
  return content;
}

recording::Reader reader() {
  auto reader = recording::Reader::open(kRun);
  if (!reader) throw std::runtime_error(reader.error().message);
  return std::move(*reader);
}

std::vector<broker::Input> inputs() {
  std::vector<broker::Input> inputs;
  recording::Reader turns = reader();
  while (auto turn = turns.next()) {
    if (auto* input = std::get_if<broker::Input>(&turn->cause)) inputs.push_back(std::move(*input));
  }
  return inputs;
}

/// Every scene that shows a move of a game that was on air.
std::vector<studio::Scene> scenes() {
  std::map<std::string, std::shared_ptr<studio::FeaturedGame>> games;
  for (const broker::Input& input : inputs()) {
    const auto* telemetry = std::get_if<broker::Telemetry>(&input);
    if (telemetry == nullptr) continue;
    const auto message = protocol::decode_telemetry(telemetry->json);
    if (!message) continue;
    const auto* played = std::get_if<protocol::MovePlayed>(&*message);
    if (played == nullptr) continue;
    auto& game = games[played->game_id];
    if (!game) game = std::make_shared<studio::FeaturedGame>(played->game_id);
    game->add(*played);
  }
  std::vector<studio::Scene> scenes;
  for (const auto& [id, game] : games) {
    studio::Scene scene{game, game->first_ply(), game->start()};
    while (game->can_show(scene.ply + 1)) {
      scene.before = scene.position;
      scene.last_to = scene.move ? std::optional(scene.move->to()) : std::nullopt;
      scene.move = game->decision(scene.ply)->move;
      scene.position.do_move(*scene.move);
      ++scene.ply;
      scenes.push_back(scene);
    }
  }
  return scenes;
}

/// Facts and words of a scene: what the board and the panel of moves say, in all levels and
/// languages.
double scene_ms() {
  static const std::vector<studio::Scene> all = scenes();
  const shogi::MoveReader reader(content().castles(), content().openings());
  const studio::GameView view(content());
  studio::RemarkChooser chooser(view.commentary());
  std::size_t said = 0;
  const double begin = harness::thread_seconds();
  for (const studio::Scene& scene : all) {
    studio::SceneFacts facts = studio::facts_of(scene, reader);
    facts.remarks = chooser.choose(scene, facts);
    for (const auto level : protocol::enumerators<protocol::Level>()) {
      for (const auto language : protocol::enumerators<protocol::Language>()) {
        said += view.game_state(scene, facts, {}, level, language).commentary.size();
        said += view.move_predictions(scene, facts, level, language).predictions.size();
      }
    }
  }
  const double seconds = harness::thread_seconds() - begin;
  if (said == 0) throw std::logic_error("nothing was said");
  return 1e3 * seconds / static_cast<double>(all.size());
}

/// Of all threads: what one core would have to do.
double process_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// A show without edges, as fast as it goes.
class Show {
 public:
  void take(const broker::Input& input) {
    constexpr int kMostUnanswered = 256;
    while (unanswered_ >= kMostUnanswered) work();
    ++unanswered_;
    broker_.submit(input, [this](const broker::Answer& answer) {
      if (!answer) std::abort();  // nothing is refused with so few waiting
      --unanswered_;
    });
  }
  /// All of it is kept when this returns.
  void finish() {
    while (unanswered_ > 0) work();
    store_.settle();
  }

 private:
  void work() {
    loop_.poll();
    std::this_thread::yield();  // to the store
  }

  const TemporaryFolder folder_{};
  const SystemClock clock_{};
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  broker::InProcessBroker broker_{counters_};
  std::atomic<int> unanswered_ = 0;
  store::SqliteStore store_{{folder_ / "show.db"}, clock_, counters_, notices_};
  studio::StudioLoop loop_{broker_, store_,
                           studio::programme(content(), store_, clock_, {}, counters_, notices_),
                           clock_, notices_};
};

double events_per_s() {
  static const std::vector<broker::Input> all = inputs();
  Show show;
  const double begin = process_seconds();
  for (const broker::Input& input : all) show.take(input);
  show.finish();
  return static_cast<double>(all.size()) / (process_seconds() - begin);
}

/// Of the turns after which something is on air: every message, in all levels and languages.
double tick_p99_ms() {
  std::vector<double> milliseconds;
  recording::Replay replay(reader(), content());
  while (replay.next()) {
    const double begin = harness::thread_seconds();
    const bool is_tick = !replay.take().empty();
    if (is_tick) milliseconds.push_back(1e3 * (harness::thread_seconds() - begin));
  }
  return harness::quantile(milliseconds, 0.99);
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(argc, argv, "studio.throughput",
                                "A studio with history and store, on the inputs of a real run", [] {
                                  return std::vector<harness::Measurement>{
                                      {"events_per_s", harness::at_least(50'000), events_per_s},
                                      {"tick_p99_ms", harness::at_most(3), tick_p99_ms},
                                      {"scene_ms", harness::at_most(1), scene_ms}};
                                });
}

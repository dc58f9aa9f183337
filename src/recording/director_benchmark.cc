// What the director makes of a recorded run: how much suspense an hour on screen holds against
// games taken at random from the same buffer, how old the network on screen is, and how long a
// picture stands still. Suspense is SuspenseMeter's: of each move shown, what was expected of it.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harness/measure.h"
#include "protocol/codec.h"
#include "recording/reader.h"
#include "studio/game/director.h"

namespace {

using namespace keisei;
using namespace std::chrono_literals;
using Seconds = std::chrono::duration<double>;

// KEISEI_RECORDING names another than the example.
std::string recorded_run() {
  const char* named = std::getenv("KEISEI_RECORDING");
  return named ? named : KEISEI_SOURCE_DIR "/examples/demo-ten-minutes.rec";
}

struct Heard {
  SteadyTime at;
  double wall;
  protocol::TelemetryMessages::Variant message;
};

const std::vector<Heard>& run() {
  static const std::vector<Heard> all = [] {
    auto turns = recording::Reader::open(recorded_run());
    if (!turns) throw std::runtime_error(turns.error().message);
    std::vector<Heard> heard;
    while (const auto turn = turns->next()) {
      const auto* input = std::get_if<broker::Input>(&turn->cause);
      const auto* told = input ? std::get_if<broker::Telemetry>(input) : nullptr;
      if (told == nullptr) continue;
      auto message = protocol::decode_telemetry(told->json);
      if (message) heard.push_back({turn->at.steady, unix_seconds(turn->at.wall), *message});
    }
    return heard;
  }();
  return all;
}

void hear(studio::GameLibrary& library, const Heard& heard) {
  std::visit(
      [&]<class Message>(const Message& message) {
        if constexpr (std::is_same_v<Message, protocol::MovePlayed> ||
                      std::is_same_v<Message, protocol::GameFinished>) {
          library.add(message);
        }
      },
      heard.message);
}

/// Games taken at random from what is buffered.
class RandomShow {
 public:
  enum class Manner {
    even,        // the last 80 moves, one in three seconds
    as_director  // joined and paced as the director would
  };

  RandomShow(Manner manner, std::size_t seed) : manner_(manner) {
    for (std::size_t i = 0; i < seed; ++i) random_.below(2);
  }

  studio::GameLibrary& library() { return library_; }
  const studio::Scene* scene() const { return scene_ ? &*scene_ : nullptr; }
  SteadyTime due() const { return scene_ && !waits_ ? next_ : SteadyTime::max(); }
  bool advance(SteadyTime now) {
    waits_ = false;
    if (scene_ && now < next_) return false;
    if (scene_ && !scene_->over && scene_->game->can_show(scene_->ply + 1)) {
      scene_->play();
    } else if (!begin()) {
      waits_ = true;
      return false;
    }
    next_ = now + hold();
    return true;
  }

 private:
  bool begin() {
    const auto finished = library_.finished();
    if (finished.empty()) return false;
    const auto game = finished[random_.below(finished.size())];
    library_.remove(*game);
    const studio::ShowPlan plan = studio::plan_of(*game, pace(), library_.suspense(), 60s);
    const int from = manner_ == Manner::as_director
                         ? plan.from
                         : std::max(game->first_ply(), game->last_ply() - 80);
    scene_ = studio::first_scene(game, from, {});
    return true;
  }
  std::chrono::milliseconds hold() const {
    if (scene_->over) return 6s;
    if (manner_ == Manner::even) return 3s;
    if (!scene_->move) return scene_->joined ? pace().recap() : pace().start();
    return pace().hold(*scene_->game, scene_->ply);
  }
  studio::Pace pace() const { return {3s, library_.suspense()}; }

  Manner manner_;
  harness::FastRandom random_;
  Counters counters_;
  studio::GameLibrary library_{counters_, [](protocol::Unusable, const std::string&) {}};
  std::optional<studio::Scene> scene_;
  SteadyTime next_ = SteadyTime::min();
  bool waits_ = false;
};

/// What an audience has seen.
struct Seen {
  double hours = 0;
  double suspense = 0;
  double longest_still_s = 0;
  std::size_t games = 0;
  std::size_t from_first_move = 0;
  std::vector<std::pair<double, double>> ages_s;  // with how long it was so
  std::vector<std::pair<double, double>> ages_updates;

  double suspense_per_hour() const { return suspense / hours; }
};

double median(std::vector<std::pair<double, double>> weighted) {
  std::sort(weighted.begin(), weighted.end());
  double all = 0;
  for (const auto& [value, weight] : weighted) all += weight;
  double sum = 0;
  for (const auto& [value, weight] : weighted) {
    if ((sum += weight) >= all / 2) return value;
  }
  return 0;
}

template <class Show>
Seen watch(Show& show) {
  Seen seen;
  std::int64_t update = 0;
  SteadyTime last = run().front().at;
  SteadyTime changed = last;
  const double offset = run().front().wall - Seconds(last.time_since_epoch()).count();
  const auto pass = [&](SteadyTime now) {
    if (const studio::Scene* scene = show.scene()) {
      const double time = Seconds(now - last).count();
      const double wall = Seconds(now.time_since_epoch()).count() + offset;
      seen.hours += time / 3600;
      seen.ages_s.emplace_back(wall - time / 2 - scene->played_at(), time);
      seen.ages_updates.emplace_back(static_cast<double>(update - scene->update()), time);
    }
    last = now;
  };
  const auto advance = [&](SteadyTime now) {
    if (!show.advance(now)) return;
    const studio::Scene& scene = *show.scene();
    seen.longest_still_s = std::max(seen.longest_still_s, Seconds(now - changed).count());
    changed = now;
    if (scene.kind() == protocol::SceneKind::start) ++seen.from_first_move;
    if (!scene.move) ++seen.games;
    if (!scene.move || scene.looks_back) return;
    seen.suspense += show.library().suspense().expected(*scene.game, scene.ply - 1);
  };
  for (const Heard& heard : run()) {
    while (show.due() <= heard.at) {
      const SteadyTime due = std::max(show.due(), last);
      pass(due);
      advance(due);
    }
    pass(heard.at);
    hear(show.library(), heard);
    if (const auto* learned = std::get_if<protocol::TrainerMetrics>(&heard.message)) {
      update = learned->update;
    }
    advance(heard.at);
  }
  return seen;
}

Seen watch_director() {
  Counters counters;
  studio::Director director(studio::DirectorOptions{}, counters,
                            [](protocol::Unusable, const std::string&) {});
  return watch(director);
}

double random_suspense_per_hour(RandomShow::Manner manner) {
  constexpr std::size_t kSeeds = 20;
  double suspense = 0;
  double hours = 0;
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    RandomShow show(manner, seed);
    const Seen seen = watch(show);
    suspense += seen.suspense;
    hours += seen.hours;
  }
  return suspense / hours;
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(
      argc, argv, "director.taste", "A recorded run as the director shows it", [] {
        using Manner = RandomShow::Manner;
        return std::vector<harness::Measurement>{
            {"suspense_per_hour", {}, [] { return watch_director().suspense_per_hour(); }},
            {"suspense_x_random", harness::at_least(2),
             [] {
               return watch_director().suspense_per_hour() / random_suspense_per_hour(Manner::even);
             }},
            {"suspense_x_random_at_its_pace",
             {},
             [] {
               return watch_director().suspense_per_hour() /
                      random_suspense_per_hour(Manner::as_director);
             }},
            {"median_age_s", {}, [] { return median(watch_director().ages_s); }},
            {"median_age_updates", {}, [] { return median(watch_director().ages_updates); }},
            {"from_first_move_pct",
             {},
             [] {
               const Seen seen = watch_director();
               return 100.0 * static_cast<double>(seen.from_first_move) /
                      static_cast<double>(std::max<std::size_t>(1, seen.games));
             }},
            {"longest_still_s", harness::at_most(20),
             [] { return watch_director().longest_still_s; }}};
      });
}

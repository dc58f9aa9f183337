#include "simulation/faults.h"

#include <array>
#include <optional>
#include <utility>

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

}  // namespace

void Faults::later(milliseconds least, milliseconds most, std::function<void()> what) {
  parts_.schedule.after(random_.between(least, most), *life_, std::move(what));
}

// Often one soon after the other, so that they meet.
void Faults::begin() {
  const milliseconds longest = random_.one_in(3) ? milliseconds(5s) : milliseconds(4min);
  later(0ms, longest, [this] {
    const auto all = enumerators<Fault>();
    happen(all[random_.below(all.size())]);
    begin();
  });
}

void Faults::happen(Fault fault) {
  ++happened_;
  parts_.story.tell("fault: " + std::string(to_string(fault)));
  switch (fault) {
    case Fault::wire_cut:
    case Fault::all_wires_cut:
    case Fault::wire_stalls:
    case Fault::all_wires_stall:
    case Fault::wire_vanishes:
    case Fault::wires_slow:
      return happen_to_wires(fault);
    case Fault::viewer_dawdles:
    case Fault::viewer_leaves:
    case Fault::viewer_changes_its_mind:
    case Fault::operator_stops:
    case Fault::operator_directs:
      return happen_to_viewers(fault);
    case Fault::trainer_killed:
    case Fault::trainer_stops:
    case Fault::second_trainer:
    case Fault::trainer_clock_jumps:
      return happen_to_trainers(fault);
    case Fault::showcase_killed:
    case Fault::power_lost:
    case Fault::showcase_stops:
    case Fault::showcase_pauses:
    case Fault::studio_pauses:
    case Fault::studio_replaced:
    case Fault::showcase_clock_jumps:
      return happen_to_showcase(fault);
    case Fault::disk_full:
    case Fault::disk_broken:
    case Fault::disk_slow:
      return happen_to_disk(fault);
    case Fault::bad_minute:
      return have_a_bad_minute();
  }
}

WireQuality Faults::any_quality() {
  WireQuality quality;
  quality.least_delay = random_.between(0ms, 50ms);
  quality.most_delay = quality.least_delay + random_.between(0ms, 1500ms);
  quality.window = (4 + random_.below(60)) * 1024;
  return quality;
}

void Faults::happen_to_wires(Fault fault) {
  if (fault == Fault::all_wires_cut) {
    return parts_.network.each([](Wire& wire) { wire.cut(); });
  }
  if (fault == Fault::all_wires_stall) {
    const milliseconds time = random_.between(100ms, 20s);
    return parts_.network.each([time](Wire& wire) { wire.stall(time); });
  }
  if (fault == Fault::wires_slow) {
    const WireQuality quality = any_quality();
    if (random_.one_in(2)) return parts_.trainer.set_quality(quality);
    return any_viewer().set_quality(quality);
  }
  const auto wire = parts_.network.any(random_);
  if (!wire) return;
  if (fault == Fault::wire_cut) wire->cut();
  if (fault == Fault::wire_stalls) wire->stall(random_.between(100ms, 60s));
  if (fault == Fault::wire_vanishes) wire->vanish();
}

void Faults::happen_to_viewers(Fault fault) {
  ViewerClient& viewer = any_viewer();
  switch (fault) {
    case Fault::viewer_dawdles:
      return viewer.dawdle(random_.between(1s, 90s));
    case Fault::viewer_leaves:
      viewer.leave();
      return later(1s, 300s, [&viewer] { viewer.come(); });
    case Fault::viewer_changes_its_mind: {
      ViewerClient::Wish wish;
      wish.level =
          static_cast<protocol::Level>(random_.below(protocol::kEnumerators<protocol::Level>));
      wish.language = random_.one_in(2) ? protocol::Language::ja : protocol::Language::en;
      if (random_.one_in(3)) wish.max_fps = 1 + static_cast<int>(random_.below(5));
      wish.low_quality = random_.one_in(4);
      return viewer.wish(wish);
    }
    case Fault::operator_directs: {
      using protocol::Command;
      constexpr std::array kWords = {Command::pause_game, Command::step_game, Command::play_game,
                                     Command::next_game, Command::follow_live};
      viewer.say(kWords.at(random_.below(kWords.size())));
      return later(1s, 60s, [this] { any_viewer().say(Command::play_game); });
    }
    default:
      viewer.say(protocol::Command::stop_streaming);
      return later(5s, 90s, [this] { any_viewer().say(protocol::Command::resume_streaming); });
  }
}

milliseconds Faults::any_jump() {
  const milliseconds by = random_.one_in(2) ? random_.between(1s, 60s) : random_.between(1min, 2h);
  return random_.one_in(2) ? by : -by;
}

void Faults::happen_to_trainers(Fault fault) {
  TrainerProcess& trainer = parts_.trainer;
  switch (fault) {
    case Fault::trainer_killed:
    case Fault::trainer_stops:
      fault == Fault::trainer_killed ? trainer.kill() : trainer.stop();
      if (random_.one_in(8)) trainer.begin_new_run();
      return later(2s, 60s, [&trainer] { trainer.start(); });
    case Fault::second_trainer:
      if (random_.one_in(2)) parts_.visitor.begin_new_run();
      if (random_.one_in(4)) parts_.visitor.take_up_run_of(trainer);
      parts_.visitor.start();
      return later(30s, 480s,
                   [this] { random_.one_in(2) ? parts_.visitor.kill() : parts_.visitor.stop(); });
    default:
      return (random_.one_in(3) ? parts_.visitor : trainer).clock().jump(any_jump());
  }
}

void Faults::happen_to_showcase(Fault fault) {
  ShowcaseProcess& showcase = parts_.showcase;
  switch (fault) {
    case Fault::showcase_killed:
      showcase.kill();
      break;
    case Fault::power_lost:
      showcase.lose_power();
      break;
    case Fault::showcase_stops:
      showcase.stop();
      break;
    case Fault::showcase_pauses:
      return showcase.pause(random_.between(100ms, 30s));
    case Fault::studio_pauses:
      return showcase.pause_studio(random_.between(100ms, 30s));
    case Fault::studio_replaced:
      return showcase.replace_studio();
    default:
      return parts_.showcase_clock.jump(any_jump());
  }
  later(1s, 45s, [this] { start_showcase(); });
}

void Faults::start_showcase() {
  const bool is_new = parts_.showcase.start();
  parts_.showcase.check_store(is_new && parts_.disk.is_sound());
}

void Faults::happen_to_disk(Fault fault) {
  switch (fault) {
    case Fault::disk_full:
      parts_.disk.set_full(true);
      return later(10s, 300s, [this] { parts_.disk.set_full(false); });
    case Fault::disk_broken:
      parts_.disk.set_writes_left(random_.below(20));
      return later(1s, 20s, [this] { parts_.disk.set_writes_left(std::nullopt); });
    default:
      parts_.disk.set_delay(random_.between(200ms, 8s));
      return later(10s, 120s, [this] { parts_.disk.set_delay(0ms); });
  }
}

// What was said over one connection is said again over the next while the disk still has it, and
// then nobody remembers but the disk and the trainer.
void Faults::have_a_bad_minute() {
  constexpr int kCuts = 4;
  parts_.disk.set_delay(random_.between(2s, 8s));
  for (int i = 0; i < kCuts; ++i) {
    later(1s, 60s, [this] { happen_to_wires(Fault::all_wires_cut); });
  }
  later(40s, 62s, [this] { happen_to_showcase(Fault::showcase_killed); });
  later(62s, 70s, [this] { parts_.disk.set_delay(0ms); });
}

void Faults::heal() {
  life_ = std::make_unique<Life>();
  parts_.story.tell("all is calm");
  parts_.disk.set_full(false);
  parts_.disk.set_writes_left(std::nullopt);
  parts_.disk.set_delay(0ms);
  parts_.visitor.stop();
  parts_.trainer.set_quality({});
  // A showcase that is just stopping comes back after that.
  later(2s, 3s, [this] {
    parts_.showcase.start();
    parts_.trainer.start();
    for (const auto& viewer : parts_.viewers) {
      viewer->set_quality({});
      viewer->come();
    }
  });
  later(60s, 61s, [this] {
    for (const auto& viewer : parts_.viewers) {
      viewer->say(protocol::Command::resume_streaming);
      viewer->say(protocol::Command::play_game);
    }
  });
}

}  // namespace keisei::simulation

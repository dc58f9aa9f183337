#include "simulation/trainer_process.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "simulation/ingest_wire.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;

// The publisher looks every few milliseconds; here it looks when there is something to see.
constexpr std::chrono::milliseconds kLooks = 250ms;
constexpr std::chrono::milliseconds kLooksWhileStopping = 20ms;
constexpr auto kLooksAfterEvent = 4ms;
constexpr auto kGoodbye = 1s;

constexpr std::size_t kSmallFile = 48UL * 1024;
constexpr std::size_t kLargeFile = 64UL * 1024 * 1024;

}  // namespace

struct TrainerProcess::Process {
  Process(TrainerProcess& trainer, protocol::RunStarted run, const Tape::Progress& from)
      : options(trainer.options()),
        lanes(options.rooms, status.gate, trainer.clock_),
        emitter(lanes.add_emitter()),
        notices(trainer.clock_,
                [&trainer](const Notices::Notice& notice) {
                  trainer.parts_.story.tell(trainer.name_ + " says: " + line_of(notice));
                }),
        courier(options, run, trainer.clock_, lanes, status, notices,
                [&trainer](auto introduction, auto handlers) {
                  return trainer.connect(std::move(introduction), std::move(handlers));
                }),
        account(run.run_id, trainer.clock_),
        tape(std::move(run), from, trainer.random_.fork(), trainer.parts_.played, account,
             trainer.parts_.sabotage) {}

  hook::HookOptions options;
  hook::HookStatus status;
  hook::Lanes lanes;
  hook::Emitter& emitter;
  Notices notices;
  hook::Courier courier;
  EmissionAccount account;
  Tape tape;
  bool is_stopping = false;
  bool has_ended = false;
  SteadyTime stops_at{};
  Life life;
};

TrainerProcess::TrainerProcess(std::string name, Random random, const Parts& parts)
    : name_(std::move(name)),
      random_(random),
      parts_(parts),
      clock_(parts.schedule),
      spill_bytes_(random_.one_in(3) ? kSmallFile : kLargeFile) {}

TrainerProcess::~TrainerProcess() = default;

hook::HookOptions TrainerProcess::options() {
  hook::HookOptions options;
  options.token_file = parts_.token_file;
  options.spill_file = name_ + ".spill";
  options.spill_bytes = spill_bytes_;
  options.random = [this] { return random_.share(); };
  return options;
}

void TrainerProcess::start() {
  if (process_) return;
  if (!progress_) run_id_ = fmt::format("{}-{}", name_, ++runs_);
  protocol::RunStarted run{};
  run.run_id = run_id_;
  run.name = run.run_id;
  run.preset = "simulated";
  run.device = "cpu";
  run.parameters = 1000;
  run.tower_depth = 1;
  run.tower_width = 4;
  run.reward = protocol::Reward::terminal;
  run.clip_epsilon = 0.2;
  run.environments = 1;
  run.started_at = unix_seconds(clock_.wall());
  const Tape::Progress from = progress_.value_or(Tape::Progress{});
  progress_ = from;
  parts_.story.tell(fmt::format("{} trains run {} from update {}", name_, run.run_id, from.update));
  process_ = std::make_unique<Process>(*this, std::move(run), from);
  look_on_and_on();
  parts_.schedule.after(random_.between(1s, 3s), process_->life, [this] { play(); });
  parts_.schedule.after(random_.between(5s, 30s), process_->life, [this] { learn(); });
}

void TrainerProcess::take_up_run_of(const TrainerProcess& other) {
  if (process_ || !other.progress_) return;
  run_id_ = other.run_id_;
  progress_ = other.progress_;
}

bool TrainerProcess::is_connected() const { return process_ && process_->courier.connected(); }

std::string TrainerProcess::run_id() const {
  return process_ ? process_->tape.run().run_id : std::string();
}

std::int64_t TrainerProcess::update_at(SteadyTime until) const {
  return process_ ? process_->account.update_at(until) : 0;
}

void TrainerProcess::look() {
  Process& process = *process_;
  if (process.has_ended) return;
  process.courier.tick(!process.is_stopping);
  if (!process.is_stopping) return;
  const SteadyTime now = parts_.schedule.now();
  if (now >= process.stops_at || process.courier.is_cut_off()) return end();
  process.courier.part(now >= process.stops_at - kGoodbye / 2);
}

void TrainerProcess::look_on_and_on() {
  look();
  const auto next = process_->is_stopping ? kLooksWhileStopping : kLooks;
  parts_.schedule.after(next, process_->life, [this] { look_on_and_on(); });
}

void TrainerProcess::look_soon() {
  parts_.schedule.after(kLooksAfterEvent, process_->life, [this] { look(); });
}

void TrainerProcess::play() {
  if (process_->is_stopping) return;
  process_->tape.play_a_move(process_->emitter);
  look_soon();
  parts_.schedule.after(random_.between(2s, 4s), process_->life, [this] { play(); });
}

void TrainerProcess::learn() {
  if (process_->is_stopping) return;
  process_->tape.learn(process_->emitter);
  progress_ = process_->tape.saved();
  look_soon();
  parts_.schedule.after(random_.between(20s, 60s), process_->life, [this] { learn(); });
}

void TrainerProcess::kill() {
  if (!process_) return;
  parts_.story.tell(name_ + " is killed");
  process_.reset();
}

void TrainerProcess::stop() {
  if (!process_ || process_->is_stopping) return;
  parts_.story.tell(name_ + " stops");
  process_->is_stopping = true;
  process_->courier.fall_silent();
  process_->stops_at = parts_.schedule.now() + kGoodbye;
  look_soon();
}

// From within an event of the process itself.
void TrainerProcess::end() {
  process_->courier.end();
  process_->has_ended = true;
  process_->account.count_drops(process_->status, process_->lanes);
  accounts_.push_back(process_->account);
  parts_.schedule.after(0ms, life_, [this] { process_.reset(); });
}

std::shared_ptr<hook::IngestConnection> TrainerProcess::connect(
    hook::IngestConnection::Introduction introduction, hook::IngestConnection::Handlers handlers) {
  const hook::HookOptions& options = process_->options;
  return std::make_shared<IngestWire>(
      IngestWire::Parts{.schedule = parts_.schedule,
                        .network = parts_.network,
                        .sabotage = parts_.sabotage,
                        .quality = quality_,
                        .timeouts = {options.connect_timeout, options.write_timeout},
                        .on_acknowledged =
                            [this](const std::string& run_id, const protocol::Telemetry& told) {
                              parts_.record.acknowledged(run_id, told);
                            },
                        .on_text = [this](std::string_view text) { parts_.digest.add(text); }},
      std::move(introduction), std::move(handlers));
}

void TrainerProcess::check_losses(SteadyTime until) {
  if (process_) look();  // for what was emitted just now
  std::vector<std::string> wrong;
  for (const EmissionAccount& account : accounts_) {
    wrong.push_back(account.wrong_in(parts_.record, until));
  }
  if (process_ && !process_->is_stopping) {
    Process& process = *process_;
    process.account.count_drops(process.status, process.lanes);
    wrong.push_back(process.account.wrong_in(parts_.record, until));
    if (is_connected()) {
      wrong.push_back(wrong_in(process.status, process.lanes, process.courier.backlog_events()));
    }
  }
  for (const std::string& what : wrong) {
    if (!what.empty()) parts_.judge.find("what is lost is counted", name_ + ": " + what);
  }
}

}  // namespace keisei::simulation

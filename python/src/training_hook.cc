#include "training_hook.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "arguments.h"
#include "binding/event_checks.h"
#include "event_arguments.h"
#include "hook/events/telemetry_encoding.h"

namespace keisei::python {
namespace {

// Guarded by the GIL. Never freed: hooks may outlive static destruction.
std::set<TrainingHook*>& living() {
  static auto* const hooks = new std::set<TrainingHook*>;
  return *hooks;
}

}  // namespace

TrainingHook::TrainingHook(hook::HookOptions options, const hook::RunStartedEvent& run)
    : url_(options.url), run_id_(run.run_id.data()) {
  hook_ = std::make_unique<binding::ForkSafeHook>(std::move(options), hook::to_message(run));
  living().insert(this);
}

TrainingHook::~TrainingHook() {
  close();
  living().erase(this);
}

void TrainingHook::close() {
  std::unique_ptr<binding::ForkSafeHook> ending = std::move(hook_);
  if (ending == nullptr) return;
  const py::gil_scoped_release release;
  ending.reset();
}

void TrainingHook::close_all() {
  for (TrainingHook* hook : std::set<TrainingHook*>(living())) {
    // `close` gives up the GIL: another thread may have destroyed the next one meanwhile.
    if (living().contains(hook)) hook->close();
  }
}

hook::StreamingHook* TrainingHook::streaming() {
  if (hook_ == nullptr) raise_value("emit on a closed StreamingHook");
  hook::StreamingHook* result = hook_->get();
  if (result == nullptr && !warned_) {
    warned_ = true;
    if (PyErr_WarnEx(PyExc_RuntimeWarning,
                     "this StreamingHook belongs to the process that created it; in a forked child "
                     "it does nothing",
                     1) != 0) {
      throw py::error_already_set();
    }
  }
  return result;
}

void TrainingHook::emit_run_started(const hook::RunStartedEvent& run) {
  hook::StreamingHook* hook = streaming();
  if (hook == nullptr) return;
  hook->emit_run_started(run);
  run_id_ = run.run_id.data();
}

void TrainingHook::emit_ppo_metrics(PyObject* const* given, std::size_t positional,
                                    PyObject* keywords) {
  if (streaming() == nullptr) return;
  hook::MetricsEvent event;
  read_metrics({given, positional, keywords}, event);
  raise_if(binding::check(event));
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit_ppo_metrics(event);
}

void TrainingHook::emit_move(PyObject* const* given, std::size_t positional, PyObject* keywords) {
  if (streaming() == nullptr) return;
  read_move({given, positional, keywords}, move_);
  raise_if(binding::check(move_));
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit_move(move_);
  for (const auto& waiting : waiting_) {
    if (const auto ticket = waiting.lock()) {
      *ticket = {true, move_.game_number, move_.update, move_.ply,
                 binding::is_white_to_move(move_.sfen)};
    }
  }
  waiting_.clear();
}

void TrainingHook::emit_game_finished(std::int64_t game_number, const py::object& moves,
                                      const py::object& winner, const py::object& reason,
                                      const py::object& start_sfen, std::int64_t update) {
  if (streaming() == nullptr) return;
  game_.game_number = game_number;
  game_.update = update;
  read_game(moves, winner, reason, start_sfen, game_);
  raise_if(binding::check(game_));
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit_game_finished(game_);
}

void TrainingHook::emit_attention(std::int64_t game_number, std::int32_t ply, std::int32_t block,
                                  const py::object& activity, const py::object& gates,
                                  std::int64_t update) {
  if (streaming() == nullptr) return;
  hook::AttentionEvent event;
  event.game_number = game_number;
  event.update = update;
  event.ply = ply;
  event.block = block;
  Floats("activity", activity).copy_to(event.activity);
  const Floats values("gates", gates);
  if (values.size() > event.gates.size()) {
    raise_value(fmt::format("gates: shape {}, expected at most {} values", values.shape(),
                            event.gates.size()));
  }
  event.gate_count = static_cast<std::int32_t>(values.size());
  values.copy_to(std::span(event.gates).first(values.size()));
  raise_if(binding::check(event));
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit_attention(event);
}

void TrainingHook::emit_evaluation(std::int64_t update, std::int64_t global_step,
                                   std::int32_t random_games, const py::object& random_score,
                                   const py::object& random_low, const py::object& random_high,
                                   const py::object& elo, const py::object& elo_error,
                                   const py::dict& skills) {
  if (streaming() == nullptr) return;
  hook::EvaluationEvent event{.update = update,
                              .global_step = global_step,
                              .random_games = random_games,
                              .random_score = number("random_score", random_score),
                              .random_low = number("random_low", random_low),
                              .random_high = number("random_high", random_high),
                              .elo = number("elo", elo),
                              .elo_error = number("elo_error", elo_error)};
  read_skills(skills, event);
  raise_if(binding::check(event));
  if (hook::StreamingHook* hook = streaming()) hook->emit_evaluation(event);
}

void TrainingHook::emit_checkpoint(std::int64_t update, std::int64_t global_step,
                                   const py::object& name, std::int64_t bytes) {
  if (streaming() == nullptr) return;
  hook::CheckpointEvent event{.update = update, .global_step = global_step, .bytes = bytes};
  raise_if(binding::copy_text("name", text("name", name), event.name));
  raise_if(binding::check(event));
  if (hook::StreamingHook* hook = streaming()) hook->emit_checkpoint(event);
}

bool TrainingHook::begin_step() {
  hook::StreamingHook* hook = streaming();
  return hook != nullptr && hook->begin_step();
}

void TrainingHook::end_steps() {
  if (hook::StreamingHook* hook = streaming()) hook->end_steps();
}

void TrainingHook::set_measuring(bool measuring) {
  if (hook::StreamingHook* hook = streaming()) hook->set_measuring(measuring);
}

std::string TrainingHook::stage() const {
  if (!active()) return "off";
  switch (hook_->get()->stage()) {
    case protocol::StreamingStage::full:
      return "full";
    case protocol::StreamingStage::reduced:
      return "reduced";
    case protocol::StreamingStage::minimal:
      return "minimal";
    case protocol::StreamingStage::off:
      break;
  }
  return "off";
}

bool TrainingHook::stopped() const { return active() && hook_->get()->stopped(); }

py::dict TrainingHook::counters() const {
  hook::HookCounters known;
  if (active()) known = hook_->get()->counters();
  py::dict dropped_by;
  for (const auto& [reason, count] : known.dropped_by) dropped_by[py::str(reason)] = count;
  using namespace py::literals;
  return py::dict("emitted"_a = known.emitted, "sent"_a = known.sent,
                  "acknowledged"_a = known.acknowledged, "dropped"_a = known.dropped,
                  "connections"_a = known.connections,
                  "connect_failures"_a = known.connect_failures, "connected"_a = known.connected,
                  "dropped_by"_a = dropped_by);
}

std::string TrainingHook::last_error() const {
  if (hook_ == nullptr) return "closed";
  const hook::StreamingHook* hook = hook_->get();
  return hook == nullptr ? "created in another process, of which this one is a fork"
                         : hook->last_error();
}

py::object MoveTicket::move() const {
  if (!filled) return py::none();
  return py::make_tuple(game_number, ply, update, white);
}

std::shared_ptr<MoveTicket> TrainingHook::await_move() {
  std::erase_if(waiting_, [](const auto& waiting) { return waiting.expired(); });
  auto ticket = std::make_shared<MoveTicket>();
  waiting_.push_back(ticket);
  return ticket;
}

}  // namespace keisei::python

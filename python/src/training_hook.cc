#include "training_hook.h"

#include <fmt/format.h>

#include <random>
#include <set>
#include <utility>

#include "base/clock.h"
#include "event_arguments.h"
#include "hook/events/to_message.h"

namespace keisei::python {
namespace {

// Guarded by the GIL. Never freed: hooks may outlive static destruction.
std::set<TrainingHook*>& living() {
  static auto* const hooks = new std::set<TrainingHook*>;
  return *hooks;
}

std::string random_run_id() {
  std::random_device device;
  return fmt::format("py-{:08x}{:08x}", device(), device());
}

}  // namespace

hook::RunStartedEvent complete(hook::RunStartedEvent run) {
  if (run.run_id.view().empty()) run.run_id = random_run_id();
  if (!(run.started_at > 0)) run.started_at = unix_seconds(SystemClock().wall());
  raise_if(binding::check(run));
  return run;
}

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
  if (std::exchange(closed_, true)) return;
  hook::StreamingHook* const streaming = hook_->get();
  if (streaming == nullptr) return;
  const py::gil_scoped_release release;
  streaming->close();
}

void TrainingHook::close_all() {
  for (TrainingHook* hook : std::set<TrainingHook*>(living())) {
    // `close` gives up the GIL: another thread may have destroyed the next one meanwhile.
    if (living().contains(hook)) hook->close();
  }
}

hook::StreamingHook* TrainingHook::streaming() {
  if (closed_) raise_value("emit on a closed StreamingHook");
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

void TrainingHook::emit_run_started(PyObject* const* given, std::size_t positional,
                                    PyObject* keywords) {
  if (streaming() == nullptr) return;
  hook::RunStartedEvent run;
  read_event<hook::RunStartedEvent>("emit_run_started", {given, positional, keywords}, run);
  run = complete(run);
  if (hook::StreamingHook* hook = streaming()) {
    hook->emit(run);
    run_id_ = run.run_id.view();
  }
}

void TrainingHook::emit_ppo_metrics(PyObject* const* given, std::size_t positional,
                                    PyObject* keywords) {
  if (streaming() == nullptr) return;
  hook::MetricsEvent event;
  read_metrics({given, positional, keywords}, event);
  raise_if(binding::check(event));
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit(event);
}

void TrainingHook::emit_move(PyObject* const* given, std::size_t positional, PyObject* keywords) {
  if (streaming() == nullptr) return;
  auto& move = std::get<hook::MoveEvent>(events_);
  read_move({given, positional, keywords}, move);
  if (Result<void> sound = binding::check(move); !sound) {
    Error& error = sound.error();
    // What is `usi` to the protocol is `move` here.
    if (error.field == "usi") error.message.replace(0, error.field.size(), "move");
    raise_if(sound);
  }
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit(move);
  for (const auto& waiting : waiting_) {
    if (const auto ticket = waiting.lock()) {
      *ticket = {true, move.game_number, move.update, move.ply,
                 binding::is_white_to_move(move.sfen)};
    }
  }
  waiting_.clear();
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
  return std::string(to_string(active() ? hook_->get()->stage() : protocol::StreamingStage::off));
}

bool TrainingHook::stopped() const { return active() && hook_->get()->stopped(); }

py::dict TrainingHook::counters() const {
  hook::HookCounters known;
  if (const hook::StreamingHook* hook = hook_->get()) known = hook->counters();
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

#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "binding/event_checks.h"
#include "binding/fork_safe_hook.h"
#include "event_fields.h"
#include "hook/events/event_list.h"

namespace keisei::python {

/// "emit_checkpoint".
template <hook::HookEvent Event>
const char* method_of() {
  static const std::string name = "emit_" + std::string(hook::kRowOf<Event>.name);
  return name.c_str();
}

/// Which move an observation of the network led to.
struct MoveTicket {
  bool filled = false;
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  std::int32_t ply = 0;
  bool white = false;  // who moved

  /// None, or (game number, ply, update, whether White moved).
  py::object move() const;
};

/// With what a caller need not know: an id of its own, and now. Raises if it is wrong.
hook::RunStartedEvent complete(hook::RunStartedEvent run);

/// The Python class StreamingHook. The GIL serialises its methods, so that the hook sees one
/// producer whatever the number of Python threads; it is given up only in `close`, which may wait.
class TrainingHook {
 public:
  /// The run has been checked.
  TrainingHook(hook::HookOptions options, const hook::RunStartedEvent& run);
  ~TrainingHook();
  TrainingHook(const TrainingHook&) = delete;
  TrainingHook& operator=(const TrainingHook&) = delete;

  // As vectorcall has it: values, how many of them are positional, names of the others.
  void emit_run_started(PyObject* const* given, std::size_t positional, PyObject* keywords);
  void emit_ppo_metrics(PyObject* const* given, std::size_t positional, PyObject* keywords);
  void emit_move(PyObject* const* given, std::size_t positional, PyObject* keywords);
  /// Any other event of the hook's list, by the names of its fields.
  template <hook::HookEvent Event>
  void emit(PyObject* const* given, std::size_t positional, PyObject* keywords) {
    if (streaming() == nullptr) return;
    Event& event = std::get<Event>(events_);
    read_event<Event>(method_of<Event>(), {given, positional, keywords}, event);
    raise_if(binding::check(event));
    // Asked again: an argument's own code may have closed the hook.
    if (hook::StreamingHook* hook = streaming()) hook->emit(event);
  }

  // The measurement of what streaming costs, as in hook::StreamingHook. Nothing in a forked child.
  bool begin_step();
  void end_steps();
  void set_measuring(bool measuring);
  std::string stage() const;
  bool stopped() const;

  /// Sends what is left within the flush deadline. A second call does nothing.
  void close();
  bool closed() const { return closed_; }
  /// False once closed, and in a forked child.
  bool active() const { return !closed_ && hook_->get() != nullptr; }

  // Also once closed.
  py::dict counters() const;
  std::string last_error() const;
  const std::string& run_id() const { return run_id_; }
  const std::string& url() const { return url_; }

  /// Filled in by the next move that is emitted: what an attention map is matched with.
  std::shared_ptr<MoveTicket> await_move();

  /// For the interpreter's exit: closes all that were forgotten.
  static void close_all();

 private:
  /// Null, after a warning, in a forked child. Raises when closed.
  hook::StreamingHook* streaming();

  std::string url_;
  std::string run_id_;
  std::unique_ptr<binding::ForkSafeHook> hook_;  // never null
  bool closed_ = false;
  bool warned_ = false;
  std::vector<std::weak_ptr<MoveTicket>> waiting_;
  hook::Events events_;  // kept here because some are large
};

}  // namespace keisei::python

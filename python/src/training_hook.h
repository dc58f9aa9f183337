#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "binding/fork_safe_hook.h"
#include "hook/events/events.h"

namespace keisei::python {

namespace py = pybind11;

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

/// The Python class StreamingHook. The GIL serialises its methods, so that the hook sees one
/// producer whatever the number of Python threads; it is given up only in `close`, which may wait.
class TrainingHook {
 public:
  /// The run has been checked.
  TrainingHook(hook::HookOptions options, const hook::RunStartedEvent& run);
  ~TrainingHook();
  TrainingHook(const TrainingHook&) = delete;
  TrainingHook& operator=(const TrainingHook&) = delete;

  /// The run has been checked.
  void emit_run_started(const hook::RunStartedEvent& run);
  /// As vectorcall has it: values, how many of them are positional, names of the others.
  void emit_ppo_metrics(PyObject* const* given, std::size_t positional, PyObject* keywords);
  void emit_move(PyObject* const* given, std::size_t positional, PyObject* keywords);
  void emit_game_finished(std::int64_t game_number, const py::object& moves,
                          const py::object& winner, const py::object& reason,
                          const py::object& start_sfen, std::int64_t update);
  void emit_attention(std::int64_t game_number, std::int32_t ply, std::int32_t block,
                      const py::object& activity, const py::object& gates, std::int64_t update);

  void emit_evaluation(std::int64_t update, std::int64_t global_step, std::int32_t random_games,
                       const py::object& random_score, const py::object& random_low,
                       const py::object& random_high, const py::object& elo,
                       const py::object& elo_error, const py::dict& skills);
  void emit_checkpoint(std::int64_t update, std::int64_t global_step, const py::object& name,
                       std::int64_t bytes);

  // The measurement of what streaming costs, as in hook::StreamingHook. Nothing in a forked child.
  bool begin_step();
  void end_steps();
  void set_measuring(bool measuring);
  std::string stage() const;
  bool stopped() const;

  /// Sends what is left within the flush deadline. A second call does nothing.
  void close();
  bool closed() const { return hook_ == nullptr; }
  /// False once closed, and in a forked child.
  bool active() const { return hook_ != nullptr && hook_->get() != nullptr; }

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
  std::unique_ptr<binding::ForkSafeHook> hook_;
  bool warned_ = false;
  std::vector<std::weak_ptr<MoveTicket>> waiting_;
  hook::MoveEvent move_;  // kept here because they are large
  hook::GameFinishedEvent game_;
};

}  // namespace keisei::python

// keisei_showcase._core: the part of the Python package that is C++. Its types are in _core.pyi.
#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <random>
#include <string>

#include "arguments.h"
#include "binding/action_policy.h"
#include "binding/event_checks.h"
#include "call_arguments.h"
#include "training_hook.h"

namespace {

namespace py = pybind11;
using namespace py::literals;
using namespace keisei;
using keisei::python::TrainingHook;

std::string random_run_id() {
  std::random_device device;
  return fmt::format("py-{:08x}{:08x}", device(), device());
}

keisei::ThreadPriority priority_of(const std::string& name) {
  if (name == "idle") return keisei::ThreadPriority::idle;
  if (name == "lowest") return keisei::ThreadPriority::lowest;
  if (name == "normal") return keisei::ThreadPriority::normal;
  python::raise_value(
      fmt::format("priority: \"{}\", expected \"idle\", \"lowest\" or \"normal\"", name));
}

void at_least(const char* name, double value, double least) {
  if (!(value >= least)) {
    python::raise_value(fmt::format("{}: {}, expected at least {}", name, value, least));
  }
}

hook::RunStartedEvent run_of(const std::string& run_id, const std::string& name,
                             const std::string& preset, const std::string& device,
                             std::int64_t parameters, int tower_depth, int tower_width,
                             const std::string& reward, double shaping_coefficient,
                             double clip_epsilon, int environments) {
  if (reward != "terminal" && reward != "shaped") {
    python::raise_value(fmt::format("reward: \"{}\", expected \"terminal\" or \"shaped\"", reward));
  }
  hook::RunStartedEvent run{.shaped_reward = reward == "shaped",
                            .shaping_coefficient = shaping_coefficient,
                            .clip_epsilon = clip_epsilon,
                            .parameters = parameters,
                            .tower_depth = tower_depth,
                            .tower_width = tower_width,
                            .environments = environments,
                            .started_at = unix_seconds(SystemClock().wall())};
  using binding::copy_text;
  python::raise_if(copy_text("run_id", run_id.empty() ? random_run_id() : run_id, run.run_id));
  python::raise_if(copy_text("name", name, run.name));
  python::raise_if(copy_text("preset", preset, run.preset));
  python::raise_if(copy_text("device", device, run.device));
  python::raise_if(binding::check(run));
  return run;
}

void emit_run_started(TrainingHook& to, const std::string& run_id, const std::string& name,
                      const std::string& preset, const std::string& device, std::int64_t parameters,
                      int tower_depth, int tower_width, const std::string& reward,
                      double shaping_coefficient, double clip_epsilon, int environments) {
  to.emit_run_started(run_of(run_id, name, preset, device, parameters, tower_depth, tower_width,
                             reward, shaping_coefficient, clip_epsilon, environments));
}

std::unique_ptr<TrainingHook> make_hook(const std::string& url, const std::string& token_file,
                                        const std::string& run_id, const std::string& name,
                                        const std::string& preset, const std::string& device,
                                        std::int64_t parameters, int tower_depth, int tower_width,
                                        const std::string& reward, double shaping_coefficient,
                                        double clip_epsilon, int environments,
                                        double flush_deadline, const std::string& priority,
                                        const std::string& ca_file, const std::string& spill_file,
                                        int publisher_cpu, double impact_limit_pct) {
  at_least("flush_deadline", flush_deadline, 0);
  at_least("impact_limit_pct", impact_limit_pct, 0);
  hook::HookOptions options;
  options.url = url;
  options.token_file = token_file;
  options.flush_deadline =
      std::chrono::milliseconds(static_cast<std::int64_t>(flush_deadline * 1000));
  options.priority = priority_of(priority);
  options.ca_file = ca_file;
  options.spill_file = spill_file;
  options.publisher_cpu = publisher_cpu;
  options.monitor.limit_pct = impact_limit_pct;
  return std::make_unique<TrainingHook>(
      std::move(options), run_of(run_id, name, preset, device, parameters, tower_depth, tower_width,
                                 reward, shaping_coefficient, clip_epsilon, environments));
}

std::string usi_of(int action, bool turned) {
  if (action < 0 || action >= binding::kActions) {
    python::raise_value(fmt::format("action: {}, expected 0 to {}", action, binding::kActions - 1));
  }
  return binding::usi_of(action, turned).data();
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "The C++ part of keisei_showcase.";
  module.attr("ACTIONS") = binding::kActions;
  module.attr("START_SFEN") = binding::kStartSfen;
  module.def("usi_of", &usi_of, "action"_a, "turned"_a = false,
             "The move of an action of Keisei's networks, \"7g7f\"; turned for a White mover whose "
             "actions are numbered in the frame of the mover.");

  py::class_<python::MoveTicket, std::shared_ptr<python::MoveTicket>>(module, "_MoveTicket")
      .def_property_readonly("move", &python::MoveTicket::move);

  py::class_<TrainingHook> type(
      module, "StreamingHook",
      "Streams a training run to Keisei Showcase; see the package's help.");
  type.def(py::init(&make_hook), "url"_a = "ws://127.0.0.1:8080/ingest", py::kw_only(),
           "token_file"_a = "", "run_id"_a = "", "name"_a = "", "preset"_a = "", "device"_a = "cpu",
           "parameters"_a = 0, "tower_depth"_a = 0, "tower_width"_a = 0, "reward"_a = "terminal",
           "shaping_coefficient"_a = 0.0, "clip_epsilon"_a = 0.2, "environments"_a = 1,
           "flush_deadline"_a = 1.0, "priority"_a = "lowest", "ca_file"_a = "", "spill_file"_a = "",
           "publisher_cpu"_a = -1, "impact_limit_pct"_a = 1.0)
      .def("emit_run_started", &emit_run_started, py::kw_only(), "run_id"_a = "", "name"_a = "",
           "preset"_a = "", "device"_a = "cpu", "parameters"_a = 0, "tower_depth"_a = 0,
           "tower_width"_a = 0, "reward"_a = "terminal", "shaping_coefficient"_a = 0.0,
           "clip_epsilon"_a = 0.2, "environments"_a = 1,
           "Another run than the one that the hook was made with, for what is emitted from now on: "
           "for a process that trains several, one after the other. Its games may count from 1 "
           "again. Critical priority.")
      .def("emit_game_finished", &TrainingHook::emit_game_finished, py::kw_only(), "game_number"_a,
           "moves"_a, "winner"_a.none(true), "reason"_a, "start_sfen"_a = binding::kStartSfen,
           "update"_a = 0,
           "A whole game, moves as USI; winner \"black\", \"white\" or None. Critical priority.")
      .def("emit_attention", &TrainingHook::emit_attention, py::kw_only(), "game_number"_a, "ply"_a,
           "block"_a, "activity"_a, "gates"_a = py::tuple(), "update"_a = 0,
           "What the last residual block showed at a position: activity [9, 9] in Black's view, "
           "gates [channels]. Low priority.")
      .def("emit_evaluation", &TrainingHook::emit_evaluation, py::kw_only(), "update"_a,
           "global_step"_a, "random_games"_a = 0, "random_score"_a = py::none(),
           "random_low"_a = py::none(), "random_high"_a = py::none(), "elo"_a = py::none(),
           "elo_error"_a = py::none(), "skills"_a = py::dict(),
           "How strong the network was found to be: score against a random mover with its 95 % "
           "interval, Elo against frozen networks of the run, skills as {name: (successes, "
           "trials)}. Critical priority.")
      .def("emit_checkpoint", &TrainingHook::emit_checkpoint, py::kw_only(), "update"_a,
           "global_step"_a, "name"_a, "bytes"_a, "A checkpoint was written. High priority.")
      .def("begin_step", &TrainingHook::begin_step,
           "A step of training begins. If False, its moves and attention will not be streamed and "
           "need not be prepared. A trainer that never calls this measures nothing.")
      .def("end_steps", &TrainingHook::end_steps,
           "What follows is no step, or one of another kind.")
      .def("set_measuring", &TrainingHook::set_measuring, "measuring"_a,
           "Whether the following steps may go unstreamed now and then, to compare.")
      .def("close", &TrainingHook::close,
           "Sends what is left, for at most flush_deadline seconds, and ends the sending thread.")
      .def("__enter__", [](py::object self) { return self; })
      .def("__exit__", [](TrainingHook& self, const py::args&) { self.close(); })
      .def_property_readonly("closed", &TrainingHook::closed)
      .def_property_readonly("active", &TrainingHook::active)
      .def_property_readonly("stage", &TrainingHook::stage)
      .def_property_readonly("stopped", &TrainingHook::stopped)
      .def_property_readonly("counters", &TrainingHook::counters)
      .def_property_readonly("last_error", &TrainingHook::last_error)
      .def_property_readonly("run_id", &TrainingHook::run_id)
      .def_property_readonly("url", &TrainingHook::url)
      .def("_await_move", &TrainingHook::await_move);

  python::add_fast_method<TrainingHook, &TrainingHook::emit_ppo_metrics>(
      type, "emit_ppo_metrics",
      "emit_ppo_metrics($self, metrics, update, global_step, games=0)\n--\n\n"
      "One PPO update. High priority. `metrics` maps \"ppo/policy_loss\" or \"policy_loss\" and so "
      "on to numbers; None or NaN is unknown. Entropy is positive, KL the k3 estimate.");
  python::add_fast_method<TrainingHook, &TrainingHook::emit_move>(
      type, "emit_move",
      "emit_move($self, *, game_number, ply, sfen, update=0, value=None, policy=None, "
      "legal_mask=None, action=None, policy_kind='probabilities', frame='mover', move=None, "
      "probability=None, entropy=None, legal_moves=0, top=(), destinations=None)\n--\n\n"
      "One move of the featured environment, with what the network thought before it. Medium "
      "priority. `sfen` is the position before the move. Give either policy [13527], legal_mask "
      "[13527] and action, or the move as USI and what else is known.");

  // A hook that was forgotten still sends its last events, while there is an interpreter to wait
  // in.
  py::module_::import("atexit").attr("register")(py::cpp_function(&TrainingHook::close_all));
}

// keisei_showcase._core: the part of the Python package that is C++. Its types are in _core.pyi.
#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <string>

#include "arguments.h"
#include "binding/action_policy.h"
#include "binding/event_checks.h"
#include "binding/option_checks.h"
#include "event_signatures.h"
#include "training_hook.h"

namespace {

namespace py = pybind11;
using namespace py::literals;
using namespace keisei;
using keisei::python::TrainingHook;

ThreadPriority priority_of(const std::string& name) {
  if (name == "idle") return ThreadPriority::idle;
  if (name == "lowest") return ThreadPriority::lowest;
  if (name == "normal") return ThreadPriority::normal;
  python::raise_value(
      fmt::format("priority: \"{}\", expected \"idle\", \"lowest\" or \"normal\"", name));
}

hook::RunStartedEvent run_of(const std::string& run_id, const std::string& name,
                             const std::string& preset, const std::string& device,
                             std::int64_t parameters, int tower_depth, int tower_width,
                             const std::string& reward, double shaping_coefficient,
                             double clip_epsilon, int environments) {
  hook::RunStartedEvent run{.parameters = parameters,
                            .tower_depth = tower_depth,
                            .tower_width = tower_width,
                            .environments = environments,
                            .shaping_coefficient = shaping_coefficient,
                            .clip_epsilon = clip_epsilon};
  using binding::copy_text;
  python::raise_if(copy_text("run_id", run_id, run.run_id));
  python::raise_if(copy_text("name", name, run.name));
  python::raise_if(copy_text("preset", preset, run.preset));
  python::raise_if(copy_text("device", device, run.device));
  python::raise_if(binding::choose("reward", reward, run.reward));
  return python::complete(run);
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
  python::raise_if(binding::check_flush_deadline("flush_deadline", flush_deadline, 1));
  python::raise_if(binding::check_publisher_cpu(publisher_cpu));
  python::raise_if(binding::check_impact_limit(impact_limit_pct));
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

std::string usi_of(std::int64_t action, bool turned, std::int64_t actions) {
  const auto numbering =
      actions < 0 ? std::nullopt : binding::numbering_of(static_cast<std::size_t>(actions));
  if (!numbering) {
    python::raise_value(fmt::format("actions: {}, expected {} or {}", actions, binding::kActions,
                                    binding::kDirectionActions));
  }
  if (action < 0 || action >= actions) {
    python::raise_value(fmt::format("action: {}, expected 0 to {}", action, actions - 1));
  }
  const auto move = binding::move_of(static_cast<int>(action), *numbering);
  if (!move) python::raise_value(fmt::format("action: {} leaves the board", action));
  return std::string(binding::to_usi(*move, turned).view());
}

template <class... Event>
void add_events(py::handle type, std::tuple<Event...>*) {
  const auto add = [type]<class One>(One*) {
    if constexpr (python::kIsItsFields<One>) {
      python::add_fast_method<TrainingHook, &TrainingHook::emit<One>>(
          type, python::method_of<One>(), python::doc_of<One>());
    }
  };
  (add(static_cast<Event*>(nullptr)), ...);
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "The C++ part of keisei_showcase.";
  module.attr("ACTIONS") = binding::kActions;
  module.attr("DIRECTION_ACTIONS") = binding::kDirectionActions;
  module.attr("START_SFEN") = hook::kStartSfen;
  module.def("usi_of", &usi_of, "action"_a, "turned"_a = false, "actions"_a = binding::kActions,
             "The move of an action of Keisei's networks, \"7g7f\"; turned for a White mover whose "
             "actions are numbered in the frame of the mover. How many actions there are says how "
             "they are numbered: 13527, or 11259 as its Rust environment does.");

  // For write_stub.py.
  module.def("_event_stubs", [] { return python::stubs_of(static_cast<hook::Events*>(nullptr)); });

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

  add_events(type, static_cast<hook::Events*>(nullptr));
  python::add_fast_method<TrainingHook, &TrainingHook::emit_run_started>(
      type, "emit_run_started",
      "emit_run_started($self, *, run_id='', name='', preset='', device='cpu', parameters=0, "
      "tower_depth=0, tower_width=0, environments=1, reward='terminal', shaping_coefficient=0.0, "
      "clip_epsilon=0.2, started_at=0.0)\n--\n\n"
      "Another run than the one that the hook was made with, for what is emitted from now on: for "
      "a "
      "process that trains several, one after the other. Its games may count from 1 again. "
      "Critical "
      "priority.");
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

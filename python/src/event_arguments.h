#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>

#include "hook/events/events.h"

/// From the arguments of emit_* to events. What has the wrong type, shape or name is raised here;
/// ranges are checked afterwards (binding::check).
namespace keisei::python {

namespace py = pybind11;

/// As vectorcall passes them: values, how many of them are positional, names of the others.
struct Call {
  PyObject* const* values;
  std::size_t positional;
  PyObject* keywords;
};

void read_metrics(const Call& call, hook::MetricsEvent& event);
void read_move(const Call& call, hook::MoveEvent& event);
/// All but the numbers of game and update.
void read_game(const py::object& moves, const py::object& winner, const py::object& reason,
               const py::object& start_sfen, hook::GameFinishedEvent& game);
/// {name: (successes, trials)}
void read_skills(const py::dict& skills, hook::EvaluationEvent& event);

}  // namespace keisei::python

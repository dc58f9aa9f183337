#include "event_arguments.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "arguments.h"
#include "binding/action_policy.h"
#include "event_fields.h"

namespace keisei::python {
namespace {

using hook::MetricsEvent;
using hook::MoveEvent;

/// From each metric's key, with and without its prefix, to its place in the table. Never freed: it
/// must outlive every hook.
PyObject* metric_index() {
  static PyObject* const index = [] {
    py::dict keys;
    for (const protocol::MetricRow& row : protocol::kMetricTable) {
      const auto place = static_cast<std::size_t>(row.metric);
      keys[py::str(std::string(row.trainer_key))] = place;
      keys[py::str(std::string(row.trainer_key.substr(row.trainer_key.find('/') + 1)))] = place;
    }
    return keys.release().ptr();
  }();
  return index;
}

void fill_figure(py::handle key, py::handle value, MetricsEvent& event) {
  PyObject* index = PyDict_GetItemWithError(metric_index(), key.ptr());
  if (index == nullptr) {
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    std::string known;
    for (const protocol::MetricRow& row : protocol::kMetricTable)
      known += fmt::format("{}{}", known.empty() ? "" : ", ", row.trainer_key);
    raise_value(
        fmt::format("metrics: unknown key {}, expected of {}", std::string(py::repr(key)), known));
  }
  const protocol::MetricRow& row = protocol::kMetricTable[PyLong_AsSize_t(index)];
  event.metrics[row.metric] = number(row.trainer_key, value);
}

// The arguments of emit_move: what is always given, what a policy is, and what replaces it.
enum MoveArgument : std::size_t {
  kGameNumber,
  kPly,
  kSfen,
  kUpdate,
  kValue,
  kPolicy,
  kLegalMask,
  kAction,
  kPolicyKind,
  kFrame,
  kMove,
  kProbability,
  kEntropy,
  kLegalMoves,
  kTop,
  kDestinations,
  kMoveArguments
};

const Signature<kMoveArguments>& move_signature() {
  static const Signature<kMoveArguments> signature(
      "emit_move", 0,
      {"game_number", "ply", "sfen", "update", "value", "policy", "legal_mask", "action",
       "policy_kind", "frame", "move", "probability", "entropy", "legal_moves", "top",
       "destinations"});
  return signature;
}

const Signature<4>& metrics_signature() {
  static const Signature<4> signature("emit_ppo_metrics", 4,
                                      {"metrics", "update", "global_step", "games"});
  return signature;
}

template <class Choice, std::size_t kCount>
Choice choose(const char* argument, std::string_view given,
              const std::array<std::pair<std::string_view, Choice>, kCount>& choices) {
  std::string names;
  for (const auto& [name, choice] : choices) {
    if (name == given) return choice;
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", name);
  }
  raise_value(fmt::format("{}: \"{}\", expected one of {}", argument, given, names));
}

binding::PolicyKind policy_kind(py::handle value) {
  using binding::PolicyKind;
  if (!value) return PolicyKind::probabilities;
  constexpr std::array<std::pair<std::string_view, PolicyKind>, 3> kKinds{
      {{"probabilities", PolicyKind::probabilities},
       {"log_probabilities", PolicyKind::log_probabilities},
       {"logits", PolicyKind::logits}}};
  return choose("policy_kind", text("policy_kind", value), kKinds);
}

binding::Frame frame(py::handle value) {
  using binding::Frame;
  if (!value) return Frame::mover;
  constexpr std::array<std::pair<std::string_view, Frame>, 2> kFrames{
      {{"mover", Frame::mover}, {"board", Frame::board}}};
  return choose("frame", text("frame", value), kFrames);
}

void fill_from_policy(const Arguments<kMoveArguments>& arguments, MoveEvent& event) {
  arguments.expect_none(kMove, kMoveArguments, "does not go together with policy");
  const Floats values("policy", arguments.get(kPolicy));
  const Mask legal("legal_mask", arguments.require(kLegalMask));
  const std::int64_t action = integer("action", arguments.require(kAction));
  const binding::PolicyKind kind = policy_kind(arguments.get(kPolicyKind));
  const bool turned = frame(arguments.get(kFrame)) == binding::Frame::mover &&
                      binding::is_white_to_move(event.sfen);
  if (!binding::numbering_of(values.size())) {
    raise_value(fmt::format("policy: shape {}, expected ({},) or ({},)", values.shape(),
                            binding::kActions, binding::kDirectionActions));
  }
  // Out of int's range is out of range in any case.
  const int chosen = std::in_range<int>(action) ? static_cast<int>(action) : -1;
  if (values.is_double()) {
    raise_if(binding::describe_policy(
        binding::ActionPolicy<double>{values.doubles(), legal.bytes(), chosen, kind, turned},
        event));
  } else {
    raise_if(binding::describe_policy(
        binding::ActionPolicy<float>{values.floats(), legal.bytes(), chosen, kind, turned}, event));
  }
}

/// What was given of a move's field, if anything.
template <class Field>
void read_if_given(const Arguments<kMoveArguments>& arguments, MoveArgument which, Field& to) {
  if (const py::handle value = arguments.get(which)) read_field(arguments.name(which), value, to);
}

void fill_as_given(const Arguments<kMoveArguments>& arguments, MoveEvent& event) {
  arguments.expect_none(kLegalMask, kMove, "needs a policy");
  read_field("move", arguments.require(kMove), event.usi);
  read_if_given(arguments, kProbability, event.probability);
  read_if_given(arguments, kEntropy, event.entropy);
  read_if_given(arguments, kLegalMoves, event.legal_moves);
  read_if_given(arguments, kTop, event.top);
  read_if_given(arguments, kDestinations, event.destinations);
}

}  // namespace

void read_metrics(const Call& call, MetricsEvent& event) {
  const Arguments<4> arguments(metrics_signature(), call);
  event = {};
  read_field("update", arguments.require(1), event.update);
  read_field("global_step", arguments.require(2), event.global_step);
  if (arguments.get(3)) read_field("games", arguments.get(3), event.games);
  const auto metrics = py::reinterpret_borrow<py::object>(arguments.require(0));
  if (PyDict_Check(metrics.ptr()) != 0) {
    PyObject *key = nullptr, *value = nullptr;
    for (Py_ssize_t at = 0; PyDict_Next(metrics.ptr(), &at, &key, &value) != 0;) {
      fill_figure(key, value, event);
    }
  } else if (py::hasattr(metrics, "items")) {
    for (const py::handle item : py::iter(metrics.attr("items")())) {
      const auto pair = py::reinterpret_borrow<py::sequence>(item);
      fill_figure(py::object(pair[0]), py::object(pair[1]), event);
    }
  } else {
    raise_type("metrics", "a dict", metrics);
  }
}

void read_move(const Call& call, MoveEvent& event) {
  const Arguments<kMoveArguments> arguments(move_signature(), call);
  event = {};
  read_field("game_number", arguments.require(kGameNumber), event.game_number);
  read_field("ply", arguments.require(kPly), event.ply);
  read_field("sfen", arguments.require(kSfen), event.sfen);
  read_if_given(arguments, kUpdate, event.update);
  read_if_given(arguments, kValue, event.value);
  if (arguments.get(kPolicy)) {
    fill_from_policy(arguments, event);
  } else {
    fill_as_given(arguments, event);
  }
}

}  // namespace keisei::python

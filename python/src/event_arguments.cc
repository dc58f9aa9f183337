#include "event_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "arguments.h"
#include "binding/action_policy.h"
#include "binding/event_checks.h"
#include "call_arguments.h"

namespace keisei::python {
namespace {

using hook::MetricsEvent;
using hook::MoveEvent;

constexpr std::pair<const char*, double MetricsEvent::*> kFigures[] = {
    {"ppo/policy_loss", &MetricsEvent::policy_loss},
    {"ppo/value_loss", &MetricsEvent::value_loss},
    {"ppo/entropy", &MetricsEvent::entropy},
    {"ppo/entropy_max", &MetricsEvent::entropy_max},
    {"ppo/kl_divergence_approx", &MetricsEvent::kl_divergence_approx},
    {"ppo/clip_fraction", &MetricsEvent::clip_fraction},
    {"ppo/learning_rate", &MetricsEvent::learning_rate},
    {"ppo/explained_variance", &MetricsEvent::explained_variance},
    {"ppo/grad_norm", &MetricsEvent::grad_norm},
    {"time/selfplay_s", &MetricsEvent::selfplay_s},
    {"time/update_s", &MetricsEvent::update_s},
    {"time/samples_per_s", &MetricsEvent::samples_per_s}};

/// From each figure's key, with and without its prefix, to its index. Never freed: it must outlive
/// every hook.
PyObject* figure_index() {
  static PyObject* const index = [] {
    py::dict keys;
    for (std::size_t i = 0; i < std::size(kFigures); ++i) {
      const std::string key = kFigures[i].first;
      keys[py::str(key)] = i;
      keys[py::str(key.substr(key.find('/') + 1))] = i;
    }
    return keys.release().ptr();
  }();
  return index;
}

void fill_figure(py::handle key, py::handle value, MetricsEvent& event) {
  PyObject* index = PyDict_GetItemWithError(figure_index(), key.ptr());
  if (index == nullptr) {
    if (PyErr_Occurred() != nullptr) throw py::error_already_set();
    std::string known;
    for (const auto& figure : kFigures)
      known += fmt::format("{}{}", known.empty() ? "" : ", ", figure.first);
    raise_value(
        fmt::format("metrics: unknown key {}, expected of {}", std::string(py::repr(key)), known));
  }
  const auto& figure = kFigures[PyLong_AsSize_t(index)];
  event.*figure.second = number(figure.first, value);
}

std::int64_t to_integer(const char* name, py::handle value) {
  if (PyIndex_Check(value.ptr()) == 0 || PyBool_Check(value.ptr()) != 0) {
    raise_type(name, "int", value);
  }
  const auto index = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
  const long long result = index ? PyLong_AsLongLong(index.ptr()) : -1;
  if (result == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
  return result;
}

/// The arguments of one call.
template <std::size_t kCount>
class Arguments {
 public:
  Arguments(const Signature<kCount>& signature, PyObject* const* arguments, std::size_t positional,
            PyObject* keywords)
      : signature_(signature), bound_(signature.bind(arguments, positional, keywords)) {}

  /// Null when absent or None.
  py::handle get(std::size_t index) const { return bound_[index]; }
  py::handle require(std::size_t index) const {
    if (bound_[index] != nullptr) return bound_[index];
    throw py::type_error(
        fmt::format("{}() needs the argument {}", signature_.method(), signature_.name(index)));
  }
  std::int64_t integer(std::size_t index) const {
    return to_integer(signature_.name(index), require(index));
  }
  std::int64_t integer_or_zero(std::size_t index) const {
    return bound_[index] == nullptr ? 0 : integer(index);
  }
  float figure(std::size_t index) const {
    return bound_[index] == nullptr
               ? hook::kUnknown
               : static_cast<float>(number(signature_.name(index), bound_[index]));
  }
  std::string_view text(std::size_t index) const {
    return python::text(signature_.name(index), require(index));
  }
  /// Refuses arguments from `first` up to `last`.
  void expect_none(std::size_t first, std::size_t last, const char* why) const {
    for (std::size_t i = first; i < last; ++i) {
      if (bound_[i] == nullptr) continue;
      throw py::type_error(fmt::format("{}() got the argument {}, which {}", signature_.method(),
                                       signature_.name(i), why));
    }
  }

 private:
  const Signature<kCount>& signature_;
  std::array<PyObject*, kCount> bound_;
};

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
  const std::int64_t action = arguments.integer(kAction);
  const binding::PolicyKind kind = policy_kind(arguments.get(kPolicyKind));
  const bool turned = frame(arguments.get(kFrame)) == binding::Frame::mover &&
                      binding::is_white_to_move(event.sfen);
  if (values.size() != binding::kActions) {
    raise_value(fmt::format("policy: shape {}, expected ({},)", values.shape(), binding::kActions));
  }
  // Out of int's range is out of range in any case.
  const int chosen = action < 0 || action >= binding::kActions ? -1 : static_cast<int>(action);
  if (chosen < 0) {
    raise_value(fmt::format("action: {}, expected 0 to {}", action, binding::kActions - 1));
  }
  if (values.is_double()) {
    raise_if(binding::describe_policy(
        binding::ActionPolicy<double>{values.doubles(), legal.bytes(), chosen, kind, turned},
        event));
  } else {
    raise_if(binding::describe_policy(
        binding::ActionPolicy<float>{values.floats(), legal.bytes(), chosen, kind, turned}, event));
  }
}

void fill_top(py::handle top, MoveEvent& event) {
  event.top_count = 0;
  if (!top) return;
  for (const py::handle item : py::iter(top)) {
    if (event.top_count == hook::kTopMoves)
      raise_value("top: more than 5 moves, expected at most 5");
    if (PyTuple_Check(item.ptr()) == 0 || PyTuple_GET_SIZE(item.ptr()) != 2) {
      raise_type("top", "pairs of a move and its probability", item);
    }
    hook::TopMove& move = event.top[static_cast<std::size_t>(event.top_count++)];
    raise_if(binding::copy_text("top", text("top", PyTuple_GET_ITEM(item.ptr(), 0)), move.usi));
    move.probability = static_cast<float>(number("top", PyTuple_GET_ITEM(item.ptr(), 1)));
  }
}

void fill_as_given(const Arguments<kMoveArguments>& arguments, MoveEvent& event) {
  arguments.expect_none(kLegalMask, kMove, "needs a policy");
  raise_if(binding::copy_text("move", arguments.text(kMove), event.usi));
  event.probability = arguments.figure(kProbability);
  event.entropy = arguments.figure(kEntropy);
  const std::int64_t legal = arguments.integer_or_zero(kLegalMoves);
  if (legal < 0 || legal > static_cast<std::int64_t>(binding::kMostLegalMoves)) {
    raise_value(fmt::format("legal_moves: {}, expected 0 to {}", legal, binding::kMostLegalMoves));
  }
  event.legal_moves = static_cast<std::int32_t>(legal);
  fill_top(arguments.get(kTop), event);
  event.destinations.fill(0);
  if (const py::handle destinations = arguments.get(kDestinations)) {
    Floats("destinations", destinations).copy_to(event.destinations);
  }
}

std::int32_t small_integer(const char* name, std::int64_t value) {
  if (value < 0 || value > std::numeric_limits<std::int32_t>::max()) {
    raise_value(fmt::format("{}: {}, expected at least 0", name, value));
  }
  return static_cast<std::int32_t>(value);
}

std::int8_t winner_of(py::handle winner) {
  if (winner.is_none()) return -1;
  constexpr std::array<std::pair<std::string_view, std::int8_t>, 2> kSides{
      {{"black", std::int8_t{0}}, {"white", std::int8_t{1}}}};
  return choose("winner", text("winner", winner), kSides);
}

}  // namespace

void read_metrics(const Call& call, MetricsEvent& event) {
  const Arguments<4> arguments(metrics_signature(), call.values, call.positional, call.keywords);
  event = {.update = arguments.integer(1),
           .global_step = arguments.integer(2),
           .games = arguments.integer_or_zero(3)};
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
  const Arguments<kMoveArguments> arguments(move_signature(), call.values, call.positional,
                                            call.keywords);
  event.game_number = arguments.integer(kGameNumber);
  event.ply = small_integer("ply", arguments.integer(kPly));
  event.update = arguments.integer_or_zero(kUpdate);
  event.value = arguments.figure(kValue);
  raise_if(binding::copy_text("sfen", arguments.text(kSfen), event.sfen));
  if (arguments.get(kPolicy)) {
    fill_from_policy(arguments, event);
  } else {
    fill_as_given(arguments, event);
  }
}

void read_game(const py::object& moves, const py::object& winner, const py::object& reason,
               const py::object& start_sfen, hook::GameFinishedEvent& game) {
  game.winner = winner_of(winner);
  game.move_count = 0;
  if (PyUnicode_Check(moves.ptr()) != 0) raise_type("moves", "a sequence of moves", moves);
  for (const py::handle move : py::iter(moves)) {
    if (game.move_count == hook::kMaxGameMoves) {
      raise_value(fmt::format("moves: more than {0}, expected at most {0}", hook::kMaxGameMoves));
    }
    raise_if(binding::copy_text("moves", text("moves", move),
                                game.moves[static_cast<std::size_t>(game.move_count++)]));
  }
  const Result<protocol::EndReason> why = binding::end_reason(text("reason", reason));
  if (!why) raise_value(why.error().message);
  game.reason = *why;
  raise_if(binding::copy_text("start_sfen", text("start_sfen", start_sfen), game.start_sfen));
}

void read_skills(const py::dict& skills, hook::EvaluationEvent& event) {
  for (const auto& [name, counts] : skills) {
    if (event.probe_count == hook::kMaxProbes) {
      raise_value(fmt::format("skills: {}, expected at most {}", skills.size(), hook::kMaxProbes));
    }
    if (PyTuple_Check(counts.ptr()) == 0 || PyTuple_GET_SIZE(counts.ptr()) != 2) {
      raise_type("skills", "a tuple of successes and trials", counts);
    }
    hook::ProbeResult& skill = event.probes[static_cast<std::size_t>(event.probe_count++)];
    raise_if(binding::copy_text("skills", text("skills", name), skill.name));
    skill.successes =
        small_integer("skills", to_integer("skills", PyTuple_GET_ITEM(counts.ptr(), 0)));
    skill.trials = small_integer("skills", to_integer("skills", PyTuple_GET_ITEM(counts.ptr(), 1)));
  }
}

}  // namespace keisei::python

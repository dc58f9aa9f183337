#include "training_hook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
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
    raise_if(binding::copy_usi("top", text("top", PyTuple_GET_ITEM(item.ptr(), 0)), move.usi));
    move.probability = static_cast<float>(number("top", PyTuple_GET_ITEM(item.ptr(), 1)));
  }
}

void fill_as_given(const Arguments<kMoveArguments>& arguments, MoveEvent& event) {
  arguments.expect_none(kLegalMask, kMove, "needs a policy");
  raise_if(binding::copy_usi("move", arguments.text(kMove), event.usi));
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

// Guarded by the GIL. Never freed: hooks may outlive static destruction.
std::set<TrainingHook*>& living() {
  static auto* const hooks = new std::set<TrainingHook*>;
  return *hooks;
}

}  // namespace

TrainingHook::TrainingHook(hook::HookOptions options, protocol::RunStarted run)
    : url_(options.url), run_id_(run.run_id) {
  hook_ = std::make_unique<binding::ForkSafeHook>(std::move(options), std::move(run));
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

void TrainingHook::emit_ppo_metrics(PyObject* const* given, std::size_t positional,
                                    PyObject* keywords) {
  if (streaming() == nullptr) return;
  const Arguments<4> arguments(metrics_signature(), given, positional, keywords);
  MetricsEvent event{.update = arguments.integer(1),
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
  raise_if(binding::check(event));
  // Asked again: an argument's own code may have closed the hook.
  if (hook::StreamingHook* hook = streaming()) hook->emit_ppo_metrics(event);
}

void TrainingHook::emit_move(PyObject* const* given, std::size_t positional, PyObject* keywords) {
  if (streaming() == nullptr) return;
  const Arguments<kMoveArguments> arguments(move_signature(), given, positional, keywords);
  move_.game_number = arguments.integer(kGameNumber);
  move_.ply = small_integer("ply", arguments.integer(kPly));
  move_.update = arguments.integer_or_zero(kUpdate);
  move_.value = arguments.figure(kValue);
  raise_if(binding::copy_sfen("sfen", arguments.text(kSfen), move_.sfen));
  if (arguments.get(kPolicy)) {
    fill_from_policy(arguments, move_);
  } else {
    fill_as_given(arguments, move_);
  }
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
  game_.winner = winner_of(winner);
  game_.move_count = 0;
  if (PyUnicode_Check(moves.ptr()) != 0) raise_type("moves", "a sequence of moves", moves);
  for (const py::handle move : py::iter(moves)) {
    if (game_.move_count == hook::kMaxGameMoves) {
      raise_value(fmt::format("moves: more than {0}, expected at most {0}", hook::kMaxGameMoves));
    }
    raise_if(binding::copy_usi("moves", text("moves", move),
                               game_.moves[static_cast<std::size_t>(game_.move_count++)]));
  }
  raise_if(binding::copy_reason(text("reason", reason), game_));
  raise_if(binding::copy_sfen("start_sfen", text("start_sfen", start_sfen), game_.start_sfen));
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
  for (const auto& [name, counts] : skills) {
    if (event.probe_count == hook::kMaxProbes) {
      raise_value(fmt::format("skills: {}, expected at most {}", skills.size(), hook::kMaxProbes));
    }
    if (PyTuple_Check(counts.ptr()) == 0 || PyTuple_GET_SIZE(counts.ptr()) != 2) {
      raise_type("skills", "a tuple of successes and trials", counts);
    }
    hook::ProbeResult& skill = event.probes[static_cast<std::size_t>(event.probe_count++)];
    raise_if(binding::copy_skill(text("skills", name), skill));
    skill.successes =
        small_integer("skills", to_integer("skills", PyTuple_GET_ITEM(counts.ptr(), 0)));
    skill.trials = small_integer("skills", to_integer("skills", PyTuple_GET_ITEM(counts.ptr(), 1)));
  }
  raise_if(binding::check(event));
  if (hook::StreamingHook* hook = streaming()) hook->emit_evaluation(event);
}

void TrainingHook::emit_checkpoint(std::int64_t update, std::int64_t global_step,
                                   const py::object& name, std::int64_t bytes) {
  if (streaming() == nullptr) return;
  hook::CheckpointEvent event{.update = update, .global_step = global_step, .bytes = bytes};
  raise_if(binding::copy_name(text("name", name), event));
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

#include "recording/lines.h"

#include <boost/json/parse.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/pfr/tuple_size.hpp>
#include <chrono>
#include <tuple>
#include <type_traits>
#include <utility>

#include "protocol/decode.h"
#include "protocol/encode.h"
#include "recording/described.h"
#include "recording/exactly.h"

namespace keisei::recording {
namespace {

using protocol::Failure;
using protocol::Json;
using std::chrono::duration_cast;
using std::chrono::microseconds;

// What of a memory comes as a list, in the order of the file.
constexpr auto kLists = std::make_tuple(&store::RunMemory::updates, &store::RunMemory::finished,
                                        &store::RunMemory::moves, &store::RunMemory::evaluations,
                                        &store::RunMemory::milestones);
static_assert(boost::pfr::tuple_size_v<store::RunMemory> == 5 + std::tuple_size_v<decltype(kLists)>,
              "a part of the memory would be forgotten");

// Every member is described, as in the codec.
template <class T>
constexpr bool kIsComplete =
    boost::pfr::tuple_size_v<T> == std::tuple_size_v<decltype(protocol::Description<T>::fields)>;
static_assert(kIsComplete<store::KeptRun> && kIsComplete<store::KeptUpdate> &&
              kIsComplete<store::KeptMove> && kIsComplete<store::KeptGame> &&
              kIsComplete<store::KeptEvaluation> && kIsComplete<store::KeptMilestone> &&
              kIsComplete<PromiseAnswered> && kIsComplete<Recalled>);

// `"telemetry":{…}`
template <class T>
void append_named(std::string& out, const T& value) {
  out += '"';
  out += protocol::Description<T>::type;
  out += "\":";
  write_exactly(out, value);
}

template <class T>
void append_line(std::string& out, const T& value) {
  out += '{';
  append_named(out, value);
  out += "}\n";
}

void append_recall(std::string& out, const Recall& recall) {
  const store::RunMemory* memory = recall.memory.get();
  Recalled recalled{.run_id = recall.run_id, .found = memory != nullptr, .segment = 0, .games = 0};
  if (memory != nullptr) {
    recalled.segment = memory->segment;
    recalled.games = memory->games;
    recalled.game_number = memory->game_number;
    recalled.whole = memory->is_whole;
  }
  if (recall.is_unreadable) recalled.unreadable = true;
  append_line(out, recalled);
  if (memory == nullptr) return;
  append_line(out, store::KeptRun{memory->run});
  const auto append_list = [&](const auto& list) {
    for (const auto& entry : list) append_line(out, entry);
  };
  std::apply([&](const auto... lists) { (append_list(memory->*lists), ...); }, kLists);
}

void append_cause(std::string& out, const Cause& cause) {
  const auto append = [&](const auto& what) {
    out += ',';
    append_named(out, what);
  };
  if (const auto* input = std::get_if<broker::Input>(&cause)) return std::visit(append, *input);
  if (const auto* answered = std::get_if<PromiseAnswered>(&cause)) append(*answered);
}

microseconds between(const Moment& before, const Moment& after) {
  return duration_cast<microseconds>(after.steady - before.steady);
}
// What the wall clock went forward beyond that.
microseconds shift_between(const Moment& before, const Moment& after) {
  return duration_cast<microseconds>(after.wall - before.wall) - between(before, after);
}

template <class T>
Result<T> read_as(const Json& json) {
  T value{};
  Failure failure;
  if (!protocol::read(json, value, protocol::Rule{}, failure)) {
    failure.in_field(protocol::Description<T>::type);
    return fail(failure.message());
  }
  return value;
}

Result<std::int64_t> read_time(const Json& json, std::string_view name) {
  constexpr auto kMost = static_cast<double>(kMostMicroseconds);
  std::int64_t value = 0;
  Failure failure;
  if (protocol::read(json, value, protocol::Rule{.min = -kMost, .max = kMost}, failure)) {
    return value;
  }
  failure.in_field(name);
  return fail(failure.message());
}

// The input of that type, if it is one.
Result<Cause> read_cause(std::string_view type, const Json& json) {
  Result<Cause> cause = fail("unknown kind " + protocol::quoted(type));
  const auto try_type = [&]<class T>(std::type_identity<T>, auto wrapped) {
    if (type != protocol::Description<T>::type) return;
    Result<T> read = read_as<T>(json);
    if (read) {
      cause = Cause(decltype(wrapped)(std::move(*read)));
    } else {
      cause = tl::unexpected(read.error());
    }
  };
  try_type(std::type_identity<PromiseAnswered>{}, PromiseAnswered{});
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, broker::Input>>(
      [&](auto kind) { try_type(kind, broker::Input{}); });
  return cause;
}

// Whether the line is one of those; adds it.
template <class List>
bool add_to(List& list, std::string_view type, const Json& json, Result<void>& result) {
  using Entry = std::decay_t<decltype(*list.begin())>;
  if (type != protocol::Description<Entry>::type) return false;
  Result<Entry> read = read_as<Entry>(json);
  if (read) {
    list.push_back(std::move(*read));
  } else {
    result = tl::unexpected(read.error());
  }
  return true;
}

}  // namespace

void LineWriter::append(std::string& out, const Turn& turn) {
  for (const Recall& recall : turn.recalls) append_recall(out, recall);
  out += R"({"after":)";
  protocol::append_integer(out, between(last_, turn.at).count());
  if (const auto shift = shift_between(last_, turn.at); shift.count() != 0) {
    out += R"(,"shift":)";
    protocol::append_integer(out, shift.count());
  }
  append_cause(out, turn.cause);
  out += "}\n";
  last_ = turn.at;
}

Result<std::optional<Turn>> LineReader::read(std::string_view line) {
  boost::json::error_code error;
  const Json json = boost::json::parse(boost::json::string_view(line.data(), line.size()), error);
  if (error || !json.is_object()) return fail("a line is no JSON object");
  const boost::json::object& object = json.get_object();
  if (!object.contains("after")) {
    if (const auto known = remember(object); !known) return tl::unexpected(known.error());
    return std::nullopt;
  }
  Turn turn{last_, Appointment{}};
  std::int64_t after = 0;
  std::int64_t shift = 0;
  for (const auto& entry : object) {
    const std::string_view key(entry.key().data(), entry.key().size());
    if (key == "after" || key == "shift") {
      const auto time = read_time(entry.value(), key);
      if (!time) return tl::unexpected(time.error());
      (key == "after" ? after : shift) = *time;
      continue;
    }
    auto cause = read_cause(key, entry.value());
    if (!cause) return tl::unexpected(cause.error());
    turn.cause = std::move(*cause);
  }
  const auto us = [](auto time) {
    return duration_cast<microseconds>(time.time_since_epoch()).count();
  };
  const auto at = moment_at(us(last_.steady) + after, us(last_.wall) + after + shift);
  if (!at) return fail("a turn is at a time at which no clock can be");
  last_ = turn.at = *at;
  recalled_.reset();
  turn.recalls = std::exchange(recalls_, {});
  return turn;
}

// Part of what was recalled.
Result<void> LineReader::remember(const boost::json::object& object) {
  if (object.size() != 1) return fail("a line tells no time and not one thing");
  const std::string_view type(object.begin()->key().data(), object.begin()->key().size());
  const Json& json = object.begin()->value();
  if (type == protocol::Description<Recalled>::type) {
    Result<Recalled> recalled = read_as<Recalled>(json);
    if (!recalled) return tl::unexpected(recalled.error());
    recalled_ = recalled->found ? std::make_shared<store::RunMemory>() : nullptr;
    if (recalled_) {
      recalled_->segment = recalled->segment;
      recalled_->games = recalled->games;
      // A recording of before does not say.
      recalled_->game_number = recalled->game_number.value_or(recalled->games);
      recalled_->is_whole = recalled->whole.value_or(true);
    }
    recalls_.push_back(
        {std::move(recalled->run_id), recalled_, recalled->unreadable.value_or(false)});
    return {};
  }
  if (!recalled_) return fail(protocol::quoted(type) + " belongs to nothing that was recalled");
  if (type == protocol::Description<store::KeptRun>::type) {
    Result<store::KeptRun> run = read_as<store::KeptRun>(json);
    if (!run) return tl::unexpected(run.error());
    recalled_->run = std::move(run->run);
    return {};
  }
  Result<void> result;
  const bool is_known = std::apply(
      [&](const auto... lists) { return (add_to((*recalled_).*lists, type, json, result) || ...); },
      kLists);
  if (!is_known) return fail("unknown kind " + protocol::quoted(type));
  return result;
}

}  // namespace keisei::recording

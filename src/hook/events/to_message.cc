#include "hook/events/to_message.h"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <map>
#include <optional>
#include <type_traits>
#include <vector>

#include "hook/events/matched_fields.h"

namespace keisei::hook {
namespace {

// How the fields of an event become those of a message.

protocol::Number known(double value) {
  return std::isfinite(value) ? protocol::Number(value) : std::nullopt;
}

template <class T>
void put(const T& from, T& to) {
  to = from;
}
template <std::floating_point From>
void put(From from, protocol::Number& to) {
  to = known(from);
}
template <std::size_t kSize>
void put(const Text<kSize>& from, std::string& to) {
  to = from.view();
}
void put(const Figures& from, std::map<std::string, protocol::Number>& to) {
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    to.emplace(row.trainer_key, known(from[row.metric]));
  }
}
template <Listed From, protocol::Described To>
void put(const From& from, To& to) {
  static_assert(matched_fields<From, To>() ==
                std::tuple_size_v<decltype(protocol::Description<To>::fields)>);
  each_matched_field<From, To>(
      [&](auto member, const auto& field) { put(from.*member, to.*field.member); });
}
template <class From, int kMost, class To>
void put(const List<From, kMost>& from, std::vector<To>& to) {
  to.reserve(from.size());
  for (const From& item : from) put(item, to.emplace_back());
}

// Whether a field holds a number that its message has no word for.

template <class From, class To>
bool fits(const From& from, const To*) {
  if constexpr (std::floating_point<From> && std::floating_point<To>) {
    return std::isfinite(from);
  } else {
    return true;
  }
}
inline bool fits(const BoardMap& from, const BoardMap*) {
  return std::all_of(from.begin(), from.end(), [](float value) { return std::isfinite(value); });
}
template <class From, int kMost, class To>
bool fits(const List<From, kMost>& from, const std::vector<To>*);
template <Listed From, protocol::Described To>
bool fits(const From& from, const To*) {
  bool all = true;
  each_matched_field<From, To>([&]<class Member>(auto member, const protocol::Field<To, Member>&) {
    all = all && fits(from.*member, static_cast<const Member*>(nullptr));
  });
  return all;
}
template <class From, int kMost, class To>
bool fits(const List<From, kMost>& from, const std::vector<To>*) {
  return std::all_of(from.begin(), from.end(),
                     [](const From& item) { return fits(item, static_cast<const To*>(nullptr)); });
}

template <class Message>
constexpr std::size_t filled_in_by_the_hook() {
  return (requires(Message message) { message.emitted_at; } ? 1 : 0) +
         (requires(Message message) { message.game_id; } ? 1 : 0);
}

}  // namespace

std::string game_id(const std::string& run_id, std::int64_t game_number) {
  return run_id + "-" + std::to_string(game_number);
}

template <HookEvent Event>
bool is_sound(const Event& event) {
  return fits(event, static_cast<const MessageOf<Event>*>(nullptr));
}

template <HookEvent Event>
MessageOf<Event> to_message(const Event& event, const std::string& run_id, double emitted_at) {
  using Message = MessageOf<Event>;
  Message message{};
  static_assert(matched_fields<Event, Message>() + filled_in_by_the_hook<Message>() ==
                    std::tuple_size_v<decltype(protocol::Description<Message>::fields)>,
                "nobody fills in one of the message's fields");
  each_matched_field<Event, Message>(
      [&](auto member, const auto& field) { put(event.*member, message.*field.member); });
  if constexpr (requires { message.emitted_at; }) message.emitted_at = emitted_at;
  if constexpr (requires { message.game_id; }) message.game_id = game_id(run_id, event.game_number);
  return message;
}

protocol::RunStarted to_message(const RunStartedEvent& event) { return to_message(event, {}, 0); }

namespace {

/// For every event of the list.
[[gnu::used]] const auto kConversions = []<class... Event>(std::tuple<Event...>*) {
  return std::tuple(&is_sound<Event>...,
                    static_cast<MessageOf<Event> (*)(const Event&, const std::string&, double)>(
                        &to_message<Event>)...);
}(static_cast<Events*>(nullptr));

}  // namespace
}  // namespace keisei::hook

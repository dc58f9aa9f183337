#include "hook/events/event_list.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <tuple>

#include "hook/events/to_message.h"
#include "protocol/codec.h"

namespace keisei::hook {
namespace {

/// visit(a default event) for every kind of the list.
template <class Visit>
void each_kind(Visit visit) {
  std::apply([&](const auto&... events) { (visit(events), ...); }, Events{});
}

TEST(EventList, MakesOfEveryKindAMessageThatAShowcaseTakes) {
  each_kind([]<class Event>(Event event) {
    if constexpr (requires { event.game_number; }) event.game_number = 1;
    EXPECT_TRUE(is_sound(event)) << kRowOf<Event>.name;
    const std::string text = protocol::encode(to_message(event, "r1", 5), 5, 1);
    const Result<protocol::Telemetry> message = protocol::decode_telemetry(text);
    ASSERT_TRUE(message) << kRowOf<Event>.name << ": " << message.error().message;
    EXPECT_TRUE(std::holds_alternative<MessageOf<Event>>(*message)) << text;
  });
}

TEST(EventList, GivesEveryKindANameOfItsOwnAndRoom) {
  std::set<std::string_view> names;
  const Rooms rooms;
  each_kind([&]<class Event>(const Event&) {
    EXPECT_TRUE(names.insert(name_of(kKindOf<Event>)).second) << kRowOf<Event>.name;
    EXPECT_GT(rooms.of<Event>().ring, 0U) << kRowOf<Event>.name;
    EXPECT_GT(rooms.of<Event>().backlog, 0U) << kRowOf<Event>.name;
  });
}

}  // namespace
}  // namespace keisei::hook

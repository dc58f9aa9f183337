// Every limit that the messages' descriptions document, tried at every field of every event: what
// is just inside is taken, what is just outside is refused by the field's name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "binding/event_checks.h"
#include "hook/events/matched_fields.h"

namespace keisei::binding {
namespace {

using protocol::Rule;
using ::testing::StartsWith;

constexpr double kMostExact = 9007199254740992.0;  // 2^53, docs/protocol.md

template <class T>
T sound() {
  T value{};
  if constexpr (requires { value.game_number; }) value.game_number = 1;
  if constexpr (requires { value.usi; }) value.usi = "7g7f";
  if constexpr (requires { value.sfen; }) value.sfen = hook::kStartSfen;
  if constexpr (requires { value.run_id; }) value.run_id = "run";
  if constexpr (requires { value.name; }) value.name = "a.pt";
  return value;
}

int tried = 0;

// limits_of(name, the event's field, the message's field, rule, with): `with(change)` gives what
// `check` says of a sound event whose field has been changed.

template <class Field, class With, class Value>
void expect_taken(const std::string& name, const With& with, Value value) {
  ++tried;
  EXPECT_EQ(with([&](Field& field) { field = value; }), "") << name << " = " << value;
}
template <class Field, class With, class Change>
void expect_refused(const std::string& name, const With& with, Change change) {
  ++tried;
  EXPECT_THAT(with([&](Field& field) { change(field); }), StartsWith(name));
}

template <std::integral Field, std::integral To, class With>
void limits_of(const std::string& name, const Field*, const To*, const Rule& rule, With with) {
  const double most = std::min(rule.max, kMostExact);
  const auto set = [](std::int64_t value) {
    return [value](Field& field) { field = static_cast<Field>(value); };
  };
  if (!std::isinf(rule.min)) {
    expect_refused<Field>(name + ": ", with, set(static_cast<std::int64_t>(rule.min) - 1));
  }
  if (std::in_range<Field>(static_cast<std::int64_t>(most) + 1)) {
    expect_refused<Field>(name + ": ", with, set(static_cast<std::int64_t>(most) + 1));
    expect_taken<Field>(name, with, static_cast<Field>(most));
  }
}

template <std::floating_point Field, class To, class With>
void limits_of(const std::string& name, const Field*, const To*, const Rule& rule, With with) {
  const auto set = [](double value) {
    return [value](Field& field) { field = static_cast<Field>(value); };
  };
  const bool bounded_below = !std::isinf(rule.min);
  const bool bounded_above = !std::isinf(rule.max);
  if (bounded_below) {
    expect_refused<Field>(name + ": ", with, set(rule.min - 0.001));
    expect_taken<Field>(name, with, static_cast<Field>(rule.min));
  }
  if (bounded_above) {
    expect_refused<Field>(name + ": ", with, set(rule.max + 0.001));
    expect_taken<Field>(name, with, static_cast<Field>(rule.max));
  }
  if constexpr (std::is_same_v<To, protocol::Number>) {
    expect_taken<Field>(name, with, std::numeric_limits<Field>::quiet_NaN());
  } else {
    expect_refused<Field>(name + ": ", with, set(std::nan("")));
    expect_refused<Field>(name + ": ", with, set(std::numeric_limits<double>::infinity()));
  }
}

template <std::size_t kSize, class With>
void limits_of(const std::string& name, const hook::Text<kSize>*, const std::string*,
               const Rule& rule, With with) {
  EXPECT_LE(kSize - 1, rule.max_size) << name;  // what fits into the event fits into the message
  expect_refused<hook::Text<kSize>>(name + ": ", with,
                                    [](hook::Text<kSize>& text) { text = "\xff"; });
}
template <class With>
void limits_of(const std::string& name, const hook::UsiText*, const std::string*, const Rule&,
               With with) {
  expect_refused<hook::UsiText>(name + ": ", with, [](hook::UsiText& usi) { usi = "7g7"; });
}
template <class With>
void limits_of(const std::string& name, const hook::SfenText*, const std::string*, const Rule&,
               With with) {
  expect_refused<hook::SfenText>(name + ": ", with, [](hook::SfenText& sfen) { sfen = "9/9"; });
}

template <class Enum, class With>
requires std::is_enum_v<Enum>
void limits_of(const std::string& name, const Enum*, const Enum*, const Rule&, With with) {
  expect_refused<Enum>(name + ": ", with,
                       [](Enum& value) { value = static_cast<Enum>(kEnumerators<Enum>); });
}
template <class Enum, class With>
void limits_of(const std::string& name, const std::optional<Enum>*, const std::optional<Enum>*,
               const Rule&, With with) {
  expect_refused<std::optional<Enum>>(name + ": ", with, [](std::optional<Enum>& value) {
    value = static_cast<Enum>(kEnumerators<Enum>);
  });
}

template <class With>
void limits_of(const std::string&, const hook::Figures*,
               const std::map<std::string, protocol::Number>*, const Rule&, With with) {
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    limits_of(std::string(row.trainer_key), static_cast<const double*>(nullptr),
              static_cast<const protocol::Number*>(nullptr), row.rule, [&](auto change) {
                return with([&](hook::Figures& figures) { change(figures[row.metric]); });
              });
  }
}
template <class With>
void limits_of(const std::string& name, const hook::BoardMap*, const hook::BoardMap*,
               const Rule& rule, With with) {
  limits_of(name + "[80]", static_cast<const float*>(nullptr), static_cast<const float*>(nullptr),
            rule, [&](auto change) { return with([&](hook::BoardMap& map) { change(map[80]); }); });
}

template <hook::Listed Part, protocol::Described To, class With>
void limits_of(const std::string& name, const Part*, const To*, const Rule&, With with);

template <class Item, int kMost, class To, class With>
void limits_of(const std::string& name, const hook::List<Item, kMost>*, const std::vector<To>*,
               const Rule& rule, With with) {
  using List = hook::List<Item, kMost>;
  EXPECT_LE(static_cast<std::size_t>(kMost), rule.max_size) << name;
  expect_refused<List>(name + ": ", with, [](List& list) { list.count = kMost + 1; });
  expect_refused<List>(name + ": ", with, [](List& list) { list.count = -1; });
  limits_of(name + "[0]", static_cast<const Item*>(nullptr), static_cast<const To*>(nullptr), rule,
            [&](auto change) {
              return with([&](List& list) {
                list = {};
                list.add(sound<Item>());
                change(list[0]);
              });
            });
}

template <class Struct, class Message, class With>
void limits_of_fields(const std::string& prefix, With with) {
  hook::each_matched_field<Struct, Message>(
      [&]<class Member>(auto member, const protocol::Field<Message, Member>& field) {
        using Field = std::remove_cvref_t<decltype(std::declval<Struct>().*member)>;
        limits_of(prefix + std::string(field.name), static_cast<const Field*>(nullptr),
                  static_cast<const Member*>(nullptr), field.rule,
                  [&](auto change) { return with([&](Struct& given) { change(given.*member); }); });
      });
}

template <hook::Listed Part, protocol::Described To, class With>
void limits_of(const std::string& name, const Part*, const To*, const Rule&, With with) {
  limits_of_fields<Part, To>(name + ".", with);
}

template <class Event>
void limits_of_event() {
  SCOPED_TRACE(hook::kRowOf<Event>.name);
  limits_of_fields<Event, hook::MessageOf<Event>>("", [](auto change) -> std::string {
    Event event = sound<Event>();
    change(event);
    const Result<void> result = check(event);
    return result ? "" : result.error().message;
  });
}

TEST(DocumentedLimits, HoldForEveryFieldOfEveryEvent) {
  [&]<class... Event>(std::tuple<Event...>*) {
    (limits_of_event<Event>(), ...);
  }(static_cast<hook::Events*>(nullptr));
  EXPECT_GT(tried, 120);
}

TEST(DocumentedLimits, EntropyIsNeverNegative) {
  hook::MetricsEvent event;
  event.metrics[hook::Metric::entropy] = -2.0;
  const Result<void> result = check(event);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "ppo/entropy: -2, expected at least 0");
}

TEST(DocumentedLimits, AMetricThatIsInfiniteIsUnknown) {
  hook::MetricsEvent event;
  event.metrics[hook::Metric::policy_loss] = std::numeric_limits<double>::infinity();
  event.metrics[hook::Metric::entropy] = -std::numeric_limits<double>::infinity();
  EXPECT_TRUE(check(event));
}

TEST(DocumentedLimits, GamesCountFromOne) {
  hook::MoveEvent move = sound<hook::MoveEvent>();
  move.game_number = 0;
  const Result<void> result = check(move);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "game_number: 0, expected at least 1");
}

}  // namespace
}  // namespace keisei::binding

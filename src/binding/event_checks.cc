#include "binding/event_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/utf8.h"
#include "binding/notation_forms.h"
#include "hook/events/matched_fields.h"

namespace keisei::binding {
namespace {

std::string expected(const protocol::Rule& rule) {
  if (std::isinf(rule.min) && std::isinf(rule.max)) return "a finite number";
  if (std::isinf(rule.max)) return fmt::format("at least {}", rule.min);
  if (std::isinf(rule.min)) return fmt::format("at most {}", rule.max);
  return fmt::format("{} to {}", rule.min, rule.max);
}

template <class Value>
Result<void> out_of_range(std::string_view argument, Value value, const protocol::Rule& rule) {
  return refuse(argument, fmt::format("{}, expected {}", value, expected(rule)));
}

// check_field(argument, value, what it becomes in the message, what that may hold). There is none
// for any type: an event with a field of a new one compiles when somebody has said what is checked.

/// JSON's readers hold whole numbers exactly up to here.
constexpr std::int64_t kMostExact = std::int64_t{1} << 53;

template <std::integral From, std::integral To>
Result<void> check_field(std::string_view argument, const From& value, const To*,
                         const protocol::Rule& rule) {
  if (value > kMostExact) {
    return refuse(argument, fmt::format("{}, expected at most {}", value, kMostExact));
  }
  const auto number = static_cast<double>(value);
  if (number >= rule.min && number <= rule.max) return {};
  return out_of_range(argument, value, rule);
}
template <class Enum>
requires std::is_enum_v<Enum> Result<void> check_field(std::string_view argument, const Enum& value,
                                                       const Enum*, const protocol::Rule&) {
  if (static_cast<std::size_t>(value) < kEnumerators<Enum>) return {};
  return refuse(argument, "none of its names");
}
template <class Enum>
Result<void> check_field(std::string_view argument, const std::optional<Enum>& value,
                         const std::optional<Enum>*, const protocol::Rule& rule) {
  return value ? check_field(argument, *value, static_cast<const Enum*>(nullptr), rule)
               : Result<void>();
}
template <std::size_t kSize>
Result<void> check_field(std::string_view argument, const hook::Text<kSize>& text,
                         const std::string*, const protocol::Rule& rule) {
  if (text.view().size() > rule.max_size) {
    return too_long(argument, text.view().size(), rule.max_size);
  }
  return is_utf8(text.view()) ? Result<void>() : refuse(argument, "expected UTF-8");
}
/// One that may be unknown: NaN passes.
template <std::floating_point From>
Result<void> check_field(std::string_view argument, const From& value, const protocol::Number*,
                         const protocol::Rule& rule) {
  if (std::isnan(value) || (value >= rule.min && value <= rule.max)) return {};
  return out_of_range(argument, value, rule);
}
template <std::floating_point From, std::floating_point To>
Result<void> check_field(std::string_view argument, const From& value, const To*,
                         const protocol::Rule& rule) {
  if (std::isfinite(value) && value >= rule.min && value <= rule.max) return {};
  return out_of_range(argument, value, rule);
}
template <class To>
Result<void> check_field(std::string_view argument, const hook::UsiText& text, const To*,
                         const protocol::Rule&) {
  if (has_form_of_usi(text.view())) return {};
  return refuse(argument, fmt::format("\"{}\", expected a move such as \"7g7f\", \"8h2b+\" or "
                                      "\"P*5e\"",
                                      text.view()));
}
template <class To>
Result<void> check_field(std::string_view argument, const hook::SfenText& text, const To*,
                         const protocol::Rule&) {
  if (has_form_of_sfen(text.view())) return {};
  return refuse(argument, fmt::format("\"{}\", expected an SFEN such as \"{}\"", text.view(),
                                      hook::kStartSfen));
}

/// Each metric as its row says. One that is infinite is unknown, as one that is NaN.
Result<void> check_field(std::string_view, const hook::Figures& figures,
                         const std::map<std::string, protocol::Number>*, const protocol::Rule&) {
  Result<void> result;
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    if (!result) break;
    const double figure = figures[row.metric];
    if (!std::isfinite(figure)) continue;
    result = check_field(row.trainer_key, figure, static_cast<const protocol::Number*>(nullptr),
                         row.rule);
  }
  return result;
}

template <class Struct, class Message>
Result<void> check_fields(std::string_view path, const Struct& given);

template <hook::Listed From, protocol::Described To>
Result<void> check_field(std::string_view argument, const From& part, const To*,
                         const protocol::Rule&) {
  return check_fields<From, To>(fmt::format("{}.", argument), part);
}
template <class Items, class To>
Result<void> check_items(std::string_view argument, const Items& items,
                         const protocol::Rule& rule) {
  std::size_t index = 0;
  for (const auto& item : items) {
    const Result<void> sound = check_field(fmt::format("{}[{}]", argument, index++), item,
                                           static_cast<const To*>(nullptr), rule);
    if (!sound) return sound;
  }
  return {};
}
Result<void> check_field(std::string_view argument, const hook::BoardMap& map,
                         const hook::BoardMap*, const protocol::Rule& rule) {
  return check_items<hook::BoardMap, float>(argument, map, rule);
}
template <class From, int kMost, class To>
Result<void> check_field(std::string_view argument, const hook::List<From, kMost>& list,
                         const std::vector<To>*, const protocol::Rule& rule) {
  const int most = std::min(kMost, static_cast<int>(rule.max_size));
  if (list.count < 0 || list.count > most) {
    return refuse(argument, fmt::format("{} items, expected 0 to {}", list.count, most));
  }
  return check_items<hook::List<From, kMost>, To>(argument, list, rule);
}

template <class Struct, class Message>
Result<void> check_fields(std::string_view path, const Struct& given) {
  Result<void> result;
  hook::each_matched_field<Struct, Message>(
      [&]<class Member>(auto member, const protocol::Field<Message, Member>& field) {
        if (!result) return;
        result = check_field(fmt::format("{}{}", path, field.name), given.*member,
                             static_cast<const Member*>(nullptr), field.rule);
      });
  return result;
}

// What no rule for one field can say.

template <class Event>
Result<void> check_rest(const Event&) {
  return {};
}
Result<void> check_rest(const hook::RunStartedEvent& event) {
  if (event.run_id.view().empty()) return refuse("run_id", "empty, expected 1 to 40 bytes");
  return {};
}
Result<void> check_rest(const hook::CheckpointEvent& event) {
  if (event.name.view().empty()) return refuse("name", "empty, expected the name of a file");
  return {};
}
Result<void> check_rest(const hook::EvaluationEvent& event) {
  for (const hook::Skill& skill : event.skills) {
    if (skill.successes <= skill.trials) continue;
    return refuse("skills", fmt::format("{} of {} in {}, expected 0 to as many as trials",
                                        skill.successes, skill.trials, skill.name.view()));
  }
  return {};
}

}  // namespace

template <hook::HookEvent Event>
Result<void> check(const Event& event) {
  Result<void> sound = check_fields<Event, hook::MessageOf<Event>>("", event);
  if constexpr (requires { event.game_number; }) {
    if (sound && event.game_number < 1) {
      sound = out_of_range("game_number", event.game_number, protocol::Rule{.min = 1});
    }
  }
  return sound ? check_rest(event) : sound;
}

namespace {

/// For every event of the list.
[[gnu::used]] const auto kChecks = []<class... Event>(std::tuple<Event...>*) {
  return std::tuple(&check<Event>...);
}(static_cast<hook::Events*>(nullptr));

}  // namespace

Result<void> refuse(std::string_view argument, const std::string& why) {
  return fail(ErrorCode::bad_field, std::string(argument), fmt::format("{}: {}", argument, why));
}

Result<void> too_long(std::string_view argument, std::size_t size, std::size_t most) {
  return refuse(argument, fmt::format("{} bytes, expected at most {}", size, most));
}

bool is_white_to_move(const hook::SfenText& sfen) {
  const std::string_view text = sfen.view();
  const std::size_t blank = text.find(' ');
  return blank != std::string_view::npos && text.substr(blank).starts_with(" w");
}

}  // namespace keisei::binding

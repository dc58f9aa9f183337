#include "binding/json_events.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "binding/event_checks.h"
#include "hook/events/matched_fields.h"

namespace keisei::binding {
namespace {

using Json = boost::json::value;

// take(argument, what was given, the event's field). Ranges are checked afterwards.

template <std::integral To>
Result<void> take(std::string_view argument, const Json& json, To& to) {
  if (!json.is_int64() || !std::in_range<To>(json.get_int64())) {
    return refuse(argument, "expected a whole number");
  }
  to = static_cast<To>(json.get_int64());
  return {};
}
/// null is unknown.
template <std::floating_point To>
Result<void> take(std::string_view argument, const Json& json, To& to) {
  if (json.is_null()) {
    to = hook::kUnknown;
    return {};
  }
  if (!json.is_number()) return refuse(argument, "expected a number");
  to = static_cast<To>(json.to_number<double>());
  return {};
}
template <std::size_t kSize>
Result<void> take(std::string_view argument, const Json& json, hook::Text<kSize>& to) {
  if (!json.is_string()) return refuse(argument, "expected a text");
  return copy_text(argument, json.get_string(), to);
}
template <class Enum>
requires std::is_enum_v<Enum> Result<void> take(std::string_view argument, const Json& json,
                                                Enum& to) {
  if (!json.is_string()) return refuse(argument, "expected a text");
  return choose(argument, json.get_string(), to);
}
template <class T>
Result<void> take(std::string_view argument, const Json& json, std::optional<T>& to) {
  to.reset();
  return json.is_null() ? Result<void>() : take(argument, json, to.emplace());
}
template <hook::Listed T>
Result<void> take(std::string_view argument, const Json& json, T& to);
template <class T>
Result<void> take_items(std::string_view argument, const boost::json::array& items, T* to) {
  Result<void> result;
  for (std::size_t i = 0; result && i < items.size(); ++i) {
    result = take(std::string(argument) + "[" + std::to_string(i) + "]", items[i], to[i]);
  }
  return result;
}
Result<void> take(std::string_view argument, const Json& json, hook::BoardMap& to) {
  if (!json.is_array() || json.get_array().size() != to.size()) {
    return refuse(argument, "expected a list of 81 numbers");
  }
  return take_items(argument, json.get_array(), to.data());
}
template <class T, int kMost>
Result<void> take(std::string_view argument, const Json& json, hook::List<T, kMost>& to) {
  if (!json.is_array() || json.get_array().size() > static_cast<std::size_t>(kMost)) {
    return refuse(argument, "expected a list of at most " + std::to_string(kMost));
  }
  to.count = static_cast<std::int32_t>(json.get_array().size());
  return take_items(argument, json.get_array(), to.items.data());
}

/// By the trainers' names, with or without what comes before the slash.
Result<void> take(std::string_view argument, const Json& json, hook::Figures& to) {
  if (!json.is_object()) return refuse(argument, "expected an object");
  for (const auto& [name, value] : json.get_object()) {
    const auto metric = protocol::metric_of(name);
    if (!metric) return refuse(argument, "\"" + std::string(name) + "\" is no metric");
    if (Result<void> taken = take(name, value, to[*metric]); !taken) return taken;
  }
  return {};
}

template <hook::Listed T>
Result<void> take(std::string_view argument, const Json& json, T& to) {
  if (!json.is_object()) {
    return refuse(argument.empty() ? "fields" : argument, "expected an object");
  }
  Result<void> result;
  std::size_t known = 0;
  boost::mp11::mp_for_each<hook::MembersOf<T>>([&](auto member) {
    const Json* value = json.get_object().if_contains(member.name);
    if (value == nullptr || !result) return;
    ++known;
    const std::string path = (argument.empty() ? "" : std::string(argument) + ".") + member.name;
    result = take(path, *value, to.*member.pointer);
  });
  if (!result || known == json.get_object().size()) return result;
  return refuse(argument.empty() ? "fields" : argument, "one of them is unknown");
}

template <class Event>
Result<void> emit_as(const Json& json, hook::Emitter& to) {
  Event event;
  Result<void> sound = take("", json, event);
  if (sound) sound = check(event);
  if (sound) to.emit(event);
  return sound;
}

}  // namespace

Result<void> emit_json(std::string_view name, std::string_view json, hook::Emitter& to) {
  boost::system::error_code error;
  const Json parsed = boost::json::parse(json, error);
  if (error) return refuse("json", error.message());
  Result<void> result = refuse("event", "\"" + std::string(name) + "\" is no kind of event");
  const auto try_kind = [&]<class Event>(Event*) {
    if (hook::kRowOf<Event>.name == name) result = emit_as<Event>(parsed, to);
  };
  [&]<class... Event>(std::tuple<Event...>*) {
    (try_kind(static_cast<Event*>(nullptr)), ...);
  }(static_cast<hook::Events*>(nullptr));
  return result;
}

}  // namespace keisei::binding

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/enum_names.h"
#include "base/result.h"
#include "binding/event_checks.h"
#include "hook/events/matched_fields.h"

/// From the structs of the C interface to events, member by member of the same name. A list is a
/// pointer or an array `moves` and its `move_count` there.
///
/// `fill` copies and checks what an event cannot hold; `check` (event_checks.h) does the rest.
namespace keisei::binding {

template <class Struct>
using Init = void (*)(Struct*, std::size_t) noexcept;

/// The caller's struct in today's layout: what an older header did not have keeps its default.
/// False for one whose `size` was never set.
template <class Struct>
bool read(const Struct* from, Init<Struct> init, Struct& to) {
  if (from == nullptr || from->size <= sizeof(std::size_t)) return false;
  init(&to, sizeof to);
  std::memcpy(&to, from, std::min(from->size, sizeof(Struct)));
  return true;
}

/// Writes as much of the defaults as the caller's struct has room for.
template <class Struct>
void write_defaults(Struct defaults, Struct* to, std::size_t size) noexcept {
  if (to == nullptr) return;
  defaults.size = std::min(size, sizeof defaults);
  std::memcpy(to, &defaults, defaults.size);
}

inline std::string_view text_of(const char* text) { return text == nullptr ? "" : text; }

/// What counts the list of that name: "move_count" of "moves".
constexpr bool is_count_of(std::string_view count, std::string_view list) {
  if (list.ends_with('s')) list.remove_suffix(1);
  return count.starts_with(list) && count.substr(list.size()) == "_count";
}

// take(argument, the caller's member, how many items if it is a list, the event's field).

template <class From, class To>
requires std::is_arithmetic_v<From> && std::is_arithmetic_v<To> Result<void> take(std::string_view,
                                                                                  From from,
                                                                                  std::int32_t,
                                                                                  To& to) {
  to = static_cast<To>(from);
  return {};
}
template <class From, std::size_t kSize>
Result<void> take(std::string_view argument, const From& from, std::int32_t,
                  hook::Text<kSize>& to) {
  if constexpr (std::is_array_v<From>) {
    return copy_text(argument, {from, strnlen(from, std::size(from))}, to);
  } else {
    return copy_text(argument, text_of(from), to);
  }
}
template <class Enum>
requires std::is_enum_v<Enum> Result<void> take(std::string_view argument, const char* from,
                                                std::int32_t, Enum& to) {
  return choose(argument, text_of(from), to);
}
inline Result<void> take(std::string_view argument, std::int32_t winner, std::int32_t,
                         std::optional<hook::Side>& to) {
  if (winner < -1 || winner > 1) return refuse(argument, "expected -1 to 1");
  to.reset();
  if (winner >= 0) to = static_cast<hook::Side>(winner);
  return {};
}
inline Result<void> take(std::string_view, const float* from, std::int32_t, hook::BoardMap& to) {
  if (from != nullptr) std::copy_n(from, to.size(), to.begin());
  return {};
}
template <hook::Listed From, hook::Listed To>
Result<void> take(std::string_view argument, const From& from, std::int32_t, To& to);
template <class From, class T, int kMost>
Result<void> take(std::string_view argument, const From& from, std::int32_t count,
                  hook::List<T, kMost>& to) {
  bool is_there = count == 0;
  if constexpr (std::is_array_v<From>) {
    is_there = true;
  } else {
    is_there = is_there || from != nullptr;
  }
  if (count < 0 || count > kMost || !is_there) {
    return refuse(argument, "expected 0 to " + std::to_string(kMost));
  }
  Result<void> result;
  for (std::size_t i = 0; result && i < static_cast<std::size_t>(count); ++i) {
    result = take(argument, from[i], 0, to.items[i]);
  }
  to.count = count;
  return result;
}

template <hook::Listed From, hook::Listed To>
Result<void> take(std::string_view argument, const From& from, std::int32_t, To& to) {
  namespace mp11 = boost::mp11;
  Result<void> result;
  mp11::mp_for_each<hook::MembersOf<To>>([&]<class Member>(Member) {
    std::int32_t count = 0;
    mp11::mp_for_each<hook::MembersOf<From>>([&]<class Given>(Given) {
      if constexpr (is_count_of(Given::name, Member::name)) count = from.*Given::pointer;
    });
    mp11::mp_for_each<hook::MembersOf<From>>([&]<class Given>(Given) {
      if constexpr (std::string_view(Given::name) == Member::name) {
        if (!result) return;
        const std::string_view name = argument.empty() ? Member::name : argument;
        result = take(name, from.*Given::pointer, count, to.*Member::pointer);
      }
    });
  });
  return result;
}

/// The default of an event's field, as the caller's struct has it.
template <class From, class To>
void give(const From& from, To& to) {
  if constexpr (std::is_arithmetic_v<From> && std::is_arithmetic_v<To>) to = from;
  if constexpr (std::is_same_v<From, std::optional<hook::Side>>) to = -1;
  if constexpr (std::is_same_v<To, const char*> && requires { from.data(); }) to = from.data();
}

/// A caller's struct with the defaults of the event.
template <class Event, class Struct>
Struct defaults_of() {
  static const Event kDefault{};
  Struct result{};
  boost::mp11::mp_for_each<hook::MembersOf<Event>>([&]<class Member>(Member) {
    boost::mp11::mp_for_each<hook::MembersOf<Struct>>([&]<class Given>(Given) {
      if constexpr (std::string_view(Given::name) == Member::name) {
        give(kDefault.*Member::pointer, result.*Given::pointer);
      }
    });
  });
  return result;
}

}  // namespace keisei::binding

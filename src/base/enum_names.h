#pragma once

#include <array>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

/// The names of enums made with BOOST_DEFINE_ENUM_CLASS whose values count from 0: they are what
/// messages, counters and content keys call them.
namespace keisei {

template <class Enum>
inline constexpr std::size_t kEnumerators =
    boost::mp11::mp_size<boost::describe::describe_enumerators<Enum>>::value;

/// The enumerators' names, in order.
template <class Enum>
constexpr std::array<std::string_view, kEnumerators<Enum>> enumerator_names() {
  std::array<std::string_view, kEnumerators<Enum>> names{};
  std::size_t i = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto enumerator) { names[i++] = enumerator.name; });
  return names;
}

/// All of them, in order.
template <class Enum>
constexpr std::array<Enum, kEnumerators<Enum>> enumerators() {
  std::array<Enum, kEnumerators<Enum>> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Enum>(i);
  return all;
}

/// The name of an enumerator: "beginner".
template <class Enum>
requires boost::describe::has_describe_enumerators<Enum>::value constexpr std::string_view
to_string(Enum value) {
  return enumerator_names<Enum>()[static_cast<std::size_t>(value)];
}

/// The one that is called so, if there is one.
template <class Enum>
constexpr std::optional<Enum> enumerator_of(std::string_view name) {
  for (const Enum value : enumerators<Enum>()) {
    if (to_string(value) == name) return value;
  }
  return std::nullopt;
}

}  // namespace keisei

#pragma once

#include <array>
#include <cstddef>

#include "protocol/describe.h"

namespace keisei::protocol {

/// A value for every enumerator. On the wire an object with all of their names as keys.
/// Trivially copyable if the values are.
template <class Enum, class T>
struct EnumMap {
  std::array<T, kEnumerators<Enum>> values{};

  T& operator[](Enum key) { return values[static_cast<std::size_t>(key)]; }
  const T& operator[](Enum key) const { return values[static_cast<std::size_t>(key)]; }
  friend bool operator==(const EnumMap&, const EnumMap&) = default;
};

/// What an entry of an EnumMap may hold: what the map's field may, unless a table knows better.
template <class Enum>
struct EntryRule {
  static constexpr const Rule& of(Enum, const Rule& field) { return field; }
};

}  // namespace keisei::protocol

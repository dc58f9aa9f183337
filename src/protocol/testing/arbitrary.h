#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "protocol/encode.h"

/// Any message that its description allows, from RapidCheck.
///
///     Heartbeat heartbeat{};
///     fill(heartbeat);
namespace keisei::protocol::testing {

/// The bound, or a limit of our own where the rule has none.
inline double least(const Rule& rule) { return std::max(rule.min, -1e6); }
inline double most(const Rule& rule) { return std::min(rule.max, 1e6); }

inline double number(const Rule& rule) {
  // One in a million is fine enough to need rounding at any number of digits.
  const double share = *rc::gen::inRange(0, 1000001) / 1e6;
  // Of times only the microseconds are kept, and of the parser's last digit nothing is known.
  if (rule.digits == kTimeDigits) return 1763848000 + share;
  return least(rule) + share * (most(rule) - least(rule));
}

inline std::size_t entries(const Rule& rule) {
  return *rc::gen::inRange<std::size_t>(0, std::min<std::size_t>(rule.max_size, 5) + 1);
}

inline std::string text(std::size_t max_bytes) {
  static const std::vector<std::string> kCharacters = {"a", "7", "\"", "\\", "\n", "é", "歩", "😀"};
  std::string out;
  for (const std::string& next :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kCharacters))) {
    if (out.size() + next.size() <= max_bytes) out += next;
  }
  return out;
}

inline void fill(bool& out, const Rule&) { out = *rc::gen::arbitrary<bool>(); }
inline void fill(double& out, const Rule& rule) { out = number(rule); }
inline void fill(float& out, const Rule& rule) { out = static_cast<float>(number(rule)); }
inline void fill(int& out, const Rule& rule) { out = static_cast<int>(std::round(number(rule))); }
inline void fill(std::int64_t& out, const Rule& rule) { out = std::llround(number(rule)); }
inline void fill(std::string& out, const Rule& rule) { out = text(rule.max_size); }
template <class T>
requires std::is_enum_v<T>
void fill(T& out, const Rule&) {
  out = static_cast<T>(*rc::gen::inRange<int>(0, static_cast<int>(kEnumerators<T>)));
}
inline void fill(BoardMap& out, const Rule& rule) {
  for (float& square : out) fill(square, rule);
}
template <class T>
void fill(std::optional<T>& out, const Rule& rule);
template <class T>
void fill(std::vector<T>& out, const Rule& rule);
template <Described T>
void fill(T& out, const Rule&);

inline void fill(Series& out, const Rule& rule) {
  out.resize(entries(rule));
  for (Number& point : out) fill(point, rule);
}
template <class T>
void fill(std::map<std::string, T>& out, const Rule& rule) {
  for (std::size_t i = entries(rule); i > 0; --i) fill(out[text(rule.item_max_size)], rule);
}
template <class Enum, class T>
void fill(EnumMap<Enum, T>& out, const Rule& rule) {
  for (const Enum key : enumerators<Enum>()) fill(out[key], EntryRule<Enum>::of(key, rule));
}
template <class T>
void fill(std::optional<T>& out, const Rule& rule) {
  out.reset();
  if (*rc::gen::arbitrary<bool>()) fill(out.emplace(), rule);
}
template <class T>
void fill(std::vector<T>& out, const Rule& rule) {
  Rule item = rule;
  item.max_size = rule.item_max_size;
  out.resize(entries(rule));
  for (T& element : out) fill(element, item);
}
template <Described T>
void fill(T& out, const Rule&) {
  std::apply([&](const auto&... field) { (fill(out.*field.member, field.rule), ...); },
             Description<T>::fields);
}

template <Described T>
void fill(T& out) {
  fill(out, Rule{});
}

}  // namespace keisei::protocol::testing

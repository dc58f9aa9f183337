#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "protocol/describe.h"
#include "protocol/enum_map.h"
#include "protocol/json_writer.h"
#include "protocol/series.h"

/// The encoder's templates; codec.cc instantiates them. Of a field's rule only its digits count:
/// they hold for the innermost items of lists and maps.
namespace keisei::protocol {

inline void write(std::string& out, bool value, const Rule&) { out += value ? "true" : "false"; }
inline void write(std::string& out, int value, const Rule&) { append_integer(out, value); }
inline void write(std::string& out, std::int64_t value, const Rule&) { append_integer(out, value); }
inline void write(std::string& out, double value, const Rule& rule) {
  append_number(out, value, rule.digits);
}
inline void write(std::string& out, float value, const Rule& rule) {
  append_number(out, static_cast<double>(value), rule.digits);
}
inline void write(std::string& out, const std::string& value, const Rule&) {
  append_text(out, value);
}
void write(std::string& out, const Series& series, const Rule& rule);

template <class T>
requires std::is_enum_v<T>
void write(std::string& out, T value, const Rule&) { append_text(out, to_string(value)); }
template <class T>
void write(std::string& out, const std::optional<T>& value, const Rule& rule);
template <class T>
void write(std::string& out, const std::vector<T>& list, const Rule& rule);
template <class T>
void write(std::string& out, const std::map<std::string, T>& map, const Rule& rule);
template <class Enum, class T>
void write(std::string& out, const EnumMap<Enum, T>& map, const Rule& rule);
template <Described T>
void write(std::string& out, const T& value, const Rule& = {});

template <class T>
void write(std::string& out, const std::optional<T>& value, const Rule& rule) {
  if (value.has_value()) {
    write(out, *value, rule);
  } else {
    out += "null";
  }
}

template <class T>
void write_list(std::string& out, std::span<const T> list, const Rule& rule) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    write(out, list[i], rule);
  }
  out += ']';
}

template <class T>
void write(std::string& out, const std::vector<T>& list, const Rule& rule) {
  write_list<T>(out, list, rule);
}

inline void write(std::string& out, const BoardMap& map, const Rule& rule) {
  write_list<float>(out, map, rule);
}

template <class T>
void write(std::string& out, const std::map<std::string, T>& map, const Rule& rule) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : map) {
    if (!first) out += ',';
    first = false;
    append_text(out, key);
    out += ':';
    write(out, value, rule);
  }
  out += '}';
}

template <class Enum, class T>
void write(std::string& out, const EnumMap<Enum, T>& map, const Rule& rule) {
  out += '{';
  for (const Enum key : enumerators<Enum>()) {
    if (key != Enum{}) out += ',';
    append_text(out, to_string(key));
    out += ':';
    write(out, map[key], EntryRule<Enum>::of(key, rule));
  }
  out += '}';
}

template <class T>
bool is_left_out(const T&) {
  return false;
}
template <class T>
bool is_left_out(const std::optional<T>& value) {
  return !value.has_value();
}

template <Described T>
void write(std::string& out, const T& value, const Rule&) {
  constexpr bool kMayLeaveOut = Description<T>::sender == Sender::client;
  out += '{';
  bool first = true;
  const auto write_field = [&](const auto& field) {
    const auto& member = value.*field.member;
    if (kMayLeaveOut && is_left_out(member)) return;
    if (!first) out += ',';
    first = false;
    out += '"';
    out += field.name;
    out += "\":";
    write(out, member, field.rule);
  };
  std::apply([&](const auto&... fields) { (write_field(fields), ...); }, Description<T>::fields);
  out += '}';
}

}  // namespace keisei::protocol

#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "protocol/describe.h"
#include "protocol/json_writer.h"
#include "protocol/types.h"

/// The encoder's templates; codec.cc instantiates them.
namespace keisei::protocol {

inline void write(std::string& out, bool value) { out += value ? "true" : "false"; }
inline void write(std::string& out, int value) { append_integer(out, value); }
inline void write(std::string& out, std::int64_t value) { append_integer(out, value); }
inline void write(std::string& out, double value) { append_double(out, value); }
inline void write(std::string& out, float value) { append_float(out, value, 6); }
inline void write(std::string& out, const std::string& value) { append_text(out, value); }

inline void write_list(std::string& out, const float* begin, std::size_t size) {
  out += '[';
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    append_float(out, begin[i], 4);
  }
  out += ']';
}
inline void write(std::string& out, const BoardMap& map) {
  write_list(out, map.data(), map.size());
}
inline void write(std::string& out, const std::vector<float>& list) {
  write_list(out, list.data(), list.size());
}

template <class T>
requires std::is_enum_v<T>
void write(std::string& out, T value) { append_text(out, to_string(value)); }
template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class T>
void write(std::string& out, const std::vector<T>& list);
template <class T>
void write(std::string& out, const std::map<std::string, T>& map);
template <Described T>
void write(std::string& out, const T& value);

template <class T>
void write(std::string& out, const std::optional<T>& value) {
  if (value.has_value()) {
    write(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
void write(std::string& out, const std::vector<T>& list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    write(out, list[i]);
  }
  out += ']';
}

template <class T>
void write(std::string& out, const std::map<std::string, T>& map) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : map) {
    if (!first) out += ',';
    first = false;
    append_text(out, key);
    out += ':';
    write(out, value);
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
void write(std::string& out, const T& value) {
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
    write(out, member);
  };
  std::apply([&](const auto&... fields) { (write_field(fields), ...); }, Description<T>::fields);
  out += '}';
}

}  // namespace keisei::protocol

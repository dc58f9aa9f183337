#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "protocol/describe.h"
#include "protocol/encode.h"

namespace keisei::recording {

/// As the codec writes it, but every number with as many digits as tell it from its neighbours:
/// what messages to viewers may round has to come back as it was.
template <class T>
void write_exactly(std::string& out, const T& value) {
  protocol::write(out, value, protocol::Rule{});
}
inline void write_exactly(std::string& out, double value) {
  constexpr int kDigits = 17;
  protocol::append_number(out, value, kDigits);
}
inline void write_exactly(std::string& out, float value) {
  write_exactly(out, static_cast<double>(value));
}
template <class T>
void write_exactly(std::string& out, const std::optional<T>& value);
template <class T>
void write_exactly(std::string& out, const std::vector<T>& list);
template <class T>
void write_exactly(std::string& out, const std::map<std::string, T>& map);
template <protocol::Described T>
void write_exactly(std::string& out, const T& value);

template <class T>
void write_exactly(std::string& out, const std::optional<T>& value) {
  if (!value) {
    out += "null";
    return;
  }
  write_exactly(out, *value);
}

template <class T>
void write_exactly(std::string& out, const std::vector<T>& list) {
  char before = '[';
  for (const T& item : list) {
    out += std::exchange(before, ',');
    write_exactly(out, item);
  }
  out += list.empty() ? "[]" : "]";
}

template <class T>
void write_exactly(std::string& out, const std::map<std::string, T>& map) {
  char before = '{';
  for (const auto& [key, value] : map) {
    out += std::exchange(before, ',');
    protocol::append_text(out, key);
    out += ':';
    write_exactly(out, value);
  }
  out += map.empty() ? "{}" : "}";
}

template <protocol::Described T>
void write_exactly(std::string& out, const T& value) {
  char before = '{';
  const auto write_field = [&](const auto& field) {
    out += std::exchange(before, ',');
    protocol::append_text(out, field.name);
    out += ':';
    write_exactly(out, value.*field.member);
  };
  std::apply([&](const auto&... fields) { (write_field(fields), ...); },
             protocol::Description<T>::fields);
  out += '}';
}

}  // namespace keisei::recording

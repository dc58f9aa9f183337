#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <string_view>

#include "base/result.h"
#include "shogi/record/csa_words.h"
#include "shogi/types.h"

/// What JKF's objects hold, or what is wrong with it.
namespace keisei::shogi::jkf {

namespace json = boost::json;

/// JKF writes what is not there as a missing field or as null.
inline const json::value* field(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

inline Result<const json::object*> object_at(const json::object& parent, std::string_view name) {
  const json::value* value = field(parent, name);
  if (value == nullptr || !value->is_object()) return fail(fmt::format("{} is no object", name));
  return &value->get_object();
}

inline Result<int> number_at(const json::object& object, std::string_view name, int low, int high) {
  const json::value* value = field(object, name);
  boost::system::error_code error;
  const int number = value == nullptr ? low - 1 : value->to_number<int>(error);
  if (error || number < low || number > high) {
    return fail(fmt::format("{} is no number from {} to {}", name, low, high));
  }
  return number;
}

inline Result<std::string_view> text_at(const json::object& object, std::string_view name) {
  const json::value* value = field(object, name);
  if (value == nullptr || !value->is_string()) return fail(fmt::format("{} is no text", name));
  return std::string_view(value->get_string());
}

inline Result<Square> square_at(const json::object& move, std::string_view name) {
  const auto place = object_at(move, name);
  if (!place) return tl::unexpected(place.error());
  const auto x = number_at(**place, "x", 1, 9), y = number_at(**place, "y", 1, 9);
  if (!x || !y) return fail(fmt::format("{} is no square", name));
  return Square(*x - 1, *y - 1);
}

inline Result<PieceType> piece_at(const json::object& object, std::string_view name) {
  const auto text = text_at(object, name);
  if (!text) return tl::unexpected(text.error());
  const auto type = csa::piece_type(*text);
  if (!type) return fail(fmt::format("{} is no piece", name));
  return *type;
}

inline Result<Color> color_at(const json::object& object, std::string_view name) {
  return number_at(object, name, 0, 1).map([](int number) {
    return number == 0 ? Color::black : Color::white;
  });
}

}  // namespace keisei::shogi::jkf

#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "protocol/describe.h"
#include "protocol/enum_map.h"
#include "protocol/series.h"
#include "protocol/types.h"

/// The decoder's templates; codec.cc instantiates them. Each `read` fills `out` or says false and
/// leaves the reason in `failure`.
namespace keisei::protocol {

/// The reason, and the path to the field as it grows while the readers return.
struct Failure {
  std::string path;
  std::string reason;

  bool because(std::string why) {
    reason = std::move(why);
    return false;
  }
  bool in_field(std::string_view name);
  bool in_item(std::size_t index);
  std::string message() const { return path.empty() ? reason : path + ": " + reason; }
};

using Json = boost::json::value;

/// For error messages: short and quoted, cut between characters.
std::string quoted(std::string_view text);
/// The same without quotes: a field that somebody else has named.
std::string shown_name(std::string_view name);

bool read(const Json& json, bool& out, const Rule& rule, Failure& failure);
bool read(const Json& json, int& out, const Rule& rule, Failure& failure);
bool read(const Json& json, std::int64_t& out, const Rule& rule, Failure& failure);
bool read(const Json& json, double& out, const Rule& rule, Failure& failure);
bool read(const Json& json, float& out, const Rule& rule, Failure& failure);
bool read(const Json& json, std::string& out, const Rule& rule, Failure& failure);
bool read(const Json& json, BoardMap& out, const Rule& rule, Failure& failure);
bool read(const Json& json, Series& out, const Rule& rule, Failure& failure);

/// Which of the names a text is; -1 with a reason if it is none.
int read_enumerator(const Json& json, const std::string_view* names, std::size_t count,
                    Failure& failure);
/// The list, if it is one and not too long.
const boost::json::array* read_list(const Json& json, const Rule& rule, Failure& failure);
/// The object; with `rule`, if it has not too many entries with not too long keys.
const boost::json::object* read_object(const Json& json, const Rule* rule, Failure& failure);

template <class T>
requires std::is_enum_v<T>
bool read(const Json& json, T& out, const Rule&, Failure& failure) {
  constexpr auto kNames = enumerator_names<T>();
  const int index = read_enumerator(json, kNames.data(), kNames.size(), failure);
  if (index < 0) return false;
  out = static_cast<T>(index);
  return true;
}
template <class T>
bool read(const Json& json, std::optional<T>& out, const Rule& rule, Failure& failure);
template <class T>
bool read(const Json& json, std::vector<T>& out, const Rule& rule, Failure& failure);
template <class T>
bool read(const Json& json, std::map<std::string, T>& out, const Rule& rule, Failure& failure);
template <class Enum, class T>
bool read(const Json& json, EnumMap<Enum, T>& out, const Rule& rule, Failure& failure);
template <Described T>
bool read(const Json& json, T& out, const Rule&, Failure& failure);

template <class T>
bool read(const Json& json, std::optional<T>& out, const Rule& rule, Failure& failure) {
  out.reset();
  return json.is_null() || read(json, out.emplace(), rule, failure);
}

template <class T>
bool read(const Json& json, std::vector<T>& out, const Rule& rule, Failure& failure) {
  const boost::json::array* list = read_list(json, rule, failure);
  if (list == nullptr) return false;
  Rule item = rule;
  item.max_size = rule.item_max_size;
  out.clear();
  out.reserve(list->size());
  for (const Json& element : *list) {
    if (!read(element, out.emplace_back(), item, failure)) return failure.in_item(out.size() - 1);
  }
  return true;
}

template <class T>
bool read(const Json& json, std::map<std::string, T>& out, const Rule& rule, Failure& failure) {
  const boost::json::object* object = read_object(json, &rule, failure);
  if (object == nullptr) return false;
  out.clear();
  for (const auto& entry : *object) {
    const std::string key(entry.key());
    if (!read(entry.value(), out[key], rule, failure)) return failure.in_field(key);
  }
  return true;
}

template <class Enum, class T>
bool read(const Json& json, EnumMap<Enum, T>& out, const Rule& rule, Failure& failure) {
  const boost::json::object* object = read_object(json, nullptr, failure);
  if (object == nullptr) return false;
  for (const Enum key : enumerators<Enum>()) {
    const Json* value = object->if_contains(to_string(key));
    const bool is_good = value == nullptr
                             ? failure.because("missing")
                             : read(*value, out[key], EntryRule<Enum>::of(key, rule), failure);
    if (!is_good) return failure.in_field(to_string(key));
  }
  for (const auto& entry : *object) {
    if (enumerator_of<Enum>(entry.key())) continue;
    failure.because("unknown field");
    return failure.in_field(entry.key());
  }
  return true;
}

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;

template <Described T>
bool read(const Json& json, T& out, const Rule&, Failure& failure) {
  constexpr bool kLenient = Description<T>::sender == Sender::client;
  const boost::json::object* object = read_object(json, nullptr, failure);
  if (object == nullptr) return false;
  std::size_t known = 0;
  const auto read_field = [&]<class M>(const Field<T, M>& field) {
    const Json* value = object->if_contains(field.name);
    if (value == nullptr) {
      if ((kLenient || field.rule.may_be_absent) && kIsOptional<M>) return true;
      if (field.rule.may_be_absent && kIsList<M>) return true;
      failure.because("missing");
      return failure.in_field(field.name);
    }
    ++known;
    return read(*value, out.*field.member, field.rule, failure) || failure.in_field(field.name);
  };
  const bool complete = std::apply(
      [&](const auto&... fields) { return (read_field(fields) && ...); }, Description<T>::fields);
  if (!complete) return false;
  if (kLenient || known == object->size()) return true;
  const auto is_known = [](std::string_view key) {
    return std::apply([&](const auto&... fields) { return ((fields.name == key) || ...); },
                      Description<T>::fields);
  };
  for (const auto& entry : *object) {
    if (is_known(entry.key())) continue;
    failure.because("unknown field");
    return failure.in_field(entry.key());
  }
  return true;
}

}  // namespace keisei::protocol

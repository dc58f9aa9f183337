#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.h"
#include "protocol/describe.h"
#include "protocol/types.h"

/// Reads what an address says behind its '?' as it is described (queries.h).
namespace keisei::protocol {

/// Names and values, decoded.
using Query = std::span<const std::pair<std::string, std::string>>;

/// An error that names the parameter.
tl::unexpected<Error> refuse_parameter(std::string_view name, std::string_view why);

namespace detail {

/// What a value has to be; empty if it is that, which is then in `out`.
std::string read_word(std::string_view text, std::span<const std::string_view> words, int& out);
std::string read_value(std::string_view text, std::int64_t& out, const Rule& rule);
std::string read_value(std::string_view text, double& out, const Rule& rule);
std::string read_value(std::string_view text, std::string& out, const Rule& rule);
/// "game,metrics": the entries, an empty one at a comma that separates nothing.
std::vector<std::string_view> entries_of(std::string_view text);

inline std::string read_value(std::string_view text, int& out, const Rule& rule) {
  std::int64_t wide = 0;
  std::string expected = read_value(text, wide, rule);
  out = static_cast<int>(wide);
  return expected;
}

template <class T>
requires std::is_enum_v<T> std::string read_value(std::string_view text, T& out, const Rule&) {
  constexpr auto kNames = enumerator_names<T>();
  int index = 0;
  std::string expected = read_word(text, kNames, index);
  out = static_cast<T>(index);
  return expected;
}

template <class T>
std::string read_value(std::string_view text, std::vector<T>& out, const Rule& rule) {
  out.clear();
  for (const std::string_view entry : entries_of(text)) {
    std::string expected = read_value(entry, out.emplace_back(), rule);
    if (!expected.empty()) return expected + ", with commas between them";
    if (out.size() > rule.max_size) return "at most " + std::to_string(rule.max_size) + " entries";
  }
  return {};
}

template <class T>
std::string read_value(std::string_view text, std::optional<T>& out, const Rule& rule) {
  return read_value(text, out.emplace(), rule);
}

template <class T>
inline constexpr bool kMayBeMissing = false;
template <class T>
inline constexpr bool kMayBeMissing<std::optional<T>> = true;

}  // namespace detail

/// The error names the parameter: one that is not described, given twice, missing, or with a value
/// that there is not.
template <Described Question>
Result<Question> read_query(Query query) {
  constexpr auto kFields = Description<Question>::fields;
  constexpr std::size_t kCount = std::tuple_size_v<decltype(kFields)>;
  Question question{};
  std::array<bool, kCount> given{};
  for (const auto& [name, value] : query) {
    bool is_known = false;
    std::string why;
    const auto take = [&](const auto& field, bool& was_given) {
      if (field.name != name) return;
      is_known = true;
      if (std::exchange(was_given, true)) {
        why = "it is given twice";
      } else if (std::string expected =
                     detail::read_value(value, question.*field.member, field.rule);
                 !expected.empty()) {
        why = "expected " + expected;
      }
    };
    std::size_t i = 0;
    std::apply([&](const auto&... fields) { (take(fields, given[i++]), ...); }, kFields);
    if (!is_known) why = "there is no such parameter";
    if (!why.empty()) return refuse_parameter(name, why);
  }
  std::string_view missing;
  std::size_t i = 0;
  const auto look = [&]<class M>(const Field<Question, M>& field) {
    if (!given[i++] && !detail::kMayBeMissing<M> && missing.empty()) missing = field.name;
  };
  std::apply([&](const auto&... fields) { (look(fields), ...); }, kFields);
  if (!missing.empty()) return refuse_parameter(missing, "it is missing");
  return question;
}

}  // namespace keisei::protocol

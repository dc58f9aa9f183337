#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/query.h"

/// What a question's address may say behind its '?'.
namespace keisei::http {

template <class Question>
struct Parameter {
  std::string_view name;
  std::string expected;                                     // what a value has to be
  std::function<bool(Question&, const std::string&)> read;  // whether it is that
};

/// None if it is no whole number, or beyond the bounds.
std::optional<std::int64_t> whole_in(std::string_view text, std::int64_t least, std::int64_t most);
/// Seconds since the epoch: none if it is no number, is written with an exponent, or no calendar
/// has it.
std::optional<double> time_in(std::string_view text);

inline tl::unexpected<Error> refuse_parameter(const std::string& name, const std::string& why) {
  return fail(ErrorCode::bad_field, name, name + ": " + why);
}

/// The error names the parameter: one that is not known, given twice, or with a value that there is
/// not.
template <class Question>
Result<Question> question_of(const Query& query, std::span<const Parameter<Question>> known) {
  Question question;
  std::vector<bool> given(known.size());
  for (const auto& [name, value] : query) {
    std::size_t i = 0;
    while (i < known.size() && known[i].name != name) ++i;
    if (i == known.size()) return refuse_parameter(name, "there is no such parameter");
    if (given[i]) return refuse_parameter(name, "it is given twice");
    given[i] = true;
    if (!known[i].read(question, value)) {
      return refuse_parameter(name, "expected " + known[i].expected);
    }
  }
  return question;
}

}  // namespace keisei::http

#pragma once

#include <string>

#include "http/parameters.h"

/// What more than one question to the archive may say.
namespace keisei::archive {

template <class Question>
http::Parameter<Question> run_parameter(std::string Question::*member) {
  constexpr std::size_t kLongestRun = 40;
  return {"run", "the id of a run", [member](Question& question, const std::string& value) {
            question.*member = value;
            return !value.empty() && value.size() <= kLongestRun;
          }};
}

template <class Question>
http::Parameter<Question> limit_parameter(int Question::*member, int most) {
  return {"limit", "a whole number from 1 to " + std::to_string(most),
          [member, most](Question& question, const std::string& value) {
            const auto limit = http::whole_in(value, 1, most);
            question.*member = static_cast<int>(limit.value_or(1));
            return limit.has_value();
          }};
}

}  // namespace keisei::archive

#include "past/past_question.h"

#include <array>
#include <string>
#include <string_view>

#include "http/parameters.h"

namespace keisei::past {
namespace {

using Parameter = http::Parameter<PastQuestion>;

Parameter time(std::string_view name, double PastQuestion::*member) {
  return {name, "seconds since the epoch",
          [member](PastQuestion& question, const std::string& value) {
            const auto time = http::time_in(value);
            if (time) question.*member = *time;
            return time.has_value();
          }};
}

template <class Enum>
Parameter word(std::string_view name, const char* expected, Enum PastQuestion::*member) {
  return {name, expected, [member](PastQuestion& question, const std::string& value) {
            const auto known = protocol::enumerator_of<Enum>(value);
            if (known) question.*member = *known;
            return known.has_value();
          }};
}

// "game,metrics".
bool read_channels(PastQuestion& question, const std::string& value) {
  question.channels = {};
  std::string_view rest = value;
  for (bool has_more = true; has_more;) {
    const std::size_t comma = rest.find(',');
    const auto wish = protocol::enumerator_of<protocol::ChannelWish>(rest.substr(0, comma));
    if (!wish) return false;
    question.channels.add(*wish);
    has_more = comma != std::string_view::npos;
    if (has_more) rest.remove_prefix(comma + 1);
  }
  return true;
}

bool read_yes_or_no(PastQuestion& question, const std::string& value) {
  question.with_present = value == "yes";
  return value == "yes" || value == "no";
}

}  // namespace

Result<PastQuestion> past_question_of(const http::Query& query) {
  const std::array<Parameter, 6> known = {
      time("from", &PastQuestion::from),
      time("to", &PastQuestion::to),
      word("level", "beginner, intermediate or advanced", &PastQuestion::level),
      word("language", "en or ja", &PastQuestion::language),
      Parameter{"channels", "names of channels with commas between them", read_channels},
      Parameter{"present", "yes or no", read_yes_or_no}};
  auto question = http::question_of<PastQuestion>(query, known);
  if (!question) return question;
  if (question->from < 0) return http::refuse_parameter("from", "it is missing");
  if (question->to < 0) return http::refuse_parameter("to", "it is missing");
  if (question->to < question->from) return http::refuse_parameter("to", "it is before from");
  if (question->to - question->from > static_cast<double>(PastQuestion::kMostSeconds)) {
    return http::refuse_parameter(
        "to", "it is more than " + std::to_string(PastQuestion::kMostSeconds) + " s after from");
  }
  return question;
}

}  // namespace keisei::past

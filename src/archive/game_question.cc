#include "archive/game_question.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/enum_names.h"
#include "http/parameters.h"

namespace keisei::archive {
namespace {

std::array<http::Parameter<GameQuestion>, 1> parameters() {
  return {http::Parameter<GameQuestion>{"ended_by", "seconds since the epoch",
                                        [](GameQuestion& question, const std::string& value) {
                                          question.ended_by = http::time_in(value);
                                          return question.ended_by.has_value();
                                        }}};
}

}  // namespace

Result<GameQuestion> game_question_of(const http::Request& request, std::string_view folder) {
  const auto query = http::query_of(request.target);
  if (!query)
    return fail(ErrorCode::bad_field, "ended_by", "a '%' of the query stands for nothing");
  auto question = http::question_of<GameQuestion>(*query, parameters());
  if (!question) return question;
  std::string_view rest = request.path().substr(folder.size());
  const std::string_view run = rest.substr(0, rest.find('/'));
  rest.remove_prefix(std::min(rest.size(), run.size() + 1));
  // A game whose id ends so has its dot written as %2E.
  const std::size_t dot = rest.rfind('.');
  if (dot != std::string_view::npos) {
    question->format = enumerator_of<Format>(rest.substr(dot + 1));
  }
  const auto run_id = http::percent_decoded(run);
  const auto game_id = http::percent_decoded(question->format ? rest.substr(0, dot) : rest);
  if (run.empty() || rest.empty() || rest.find('/') != std::string_view::npos || !run_id ||
      !game_id) {
    return fail("a game is at " + std::string(folder) + "{run}/{game}");
  }
  question->run_id = *run_id;
  question->game_id = *game_id;
  return question;
}

}  // namespace keisei::archive

#include "archive/game_question.h"

#include <algorithm>
#include <string_view>

#include "base/enum_names.h"
#include "http/query.h"
#include "protocol/queries.h"
#include "protocol/read_query.h"

namespace keisei::archive {

Result<GameQuestion> game_question_of(const http::Request& request, std::string_view folder) {
  const auto query = http::query_of(request.target);
  if (!query)
    return fail(ErrorCode::bad_field, "ended_by", "a '%' of the query stands for nothing");
  const auto asked = protocol::read_query<protocol::GameQuery>(*query);
  if (!asked) return tl::unexpected(asked.error());
  GameQuestion question{.ended_by = asked->ended_by};
  std::string_view rest = request.path().substr(folder.size());
  const std::string_view run = rest.substr(0, rest.find('/'));
  rest.remove_prefix(std::min(rest.size(), run.size() + 1));
  // A game whose id ends so has its dot written as %2E.
  const std::size_t dot = rest.rfind('.');
  if (dot != std::string_view::npos) {
    question.format = enumerator_of<Format>(rest.substr(dot + 1));
  }
  const auto run_id = http::percent_decoded(run);
  const auto game_id = http::percent_decoded(question.format ? rest.substr(0, dot) : rest);
  if (run.empty() || rest.empty() || rest.find('/') != std::string_view::npos || !run_id ||
      !game_id) {
    return fail("a game is at " + std::string(folder) + "{run}/{game}");
  }
  question.run_id = *run_id;
  question.game_id = *game_id;
  return question;
}

}  // namespace keisei::archive

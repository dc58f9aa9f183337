#include "record_json.h"

#include <boost/json.hpp>

#include "shogi/usi.h"

namespace {

namespace json = boost::json;
using keisei::shogi::Color;

void add_remarks(json::object& to, const keisei::shogi::SpentTime& time,
                 const std::string& comment) {
  if (time) to["ms"] = time->count();
  if (!comment.empty()) to["comment"] = comment;
}

json::array moves_of(const keisei::shogi::GameRecord& game) {
  json::array moves;
  for (const auto& played : game.moves) {
    json::object move{{"usi", keisei::shogi::to_usi(played.move)}};
    add_remarks(move, played.time, played.comment);
    moves.push_back(std::move(move));
  }
  return moves;
}

json::object end_of(const keisei::shogi::GameRecord& game) {
  json::object end{{"ending", to_string(game.end->ending)}};
  if (const auto won = winner(game)) end["winner"] = *won == Color::black ? "black" : "white";
  add_remarks(end, game.end->time, game.end->comment);
  return end;
}

}  // namespace

std::string to_json(const keisei::shogi::ReadGame& game) {
  json::array headings;
  for (const auto& [key, value] : game.headings) headings.push_back(json::array{key, value});
  json::array warnings;
  for (const auto& warning : game.warnings) {
    warnings.push_back(json::object{
        {"line", warning.line}, {"cause", warning.cause}, {"assumed", warning.assumed}});
  }
  json::object object{{"black", game.black},
                      {"white", game.white},
                      {"headings", std::move(headings)},
                      {"start", game.start.sfen()},
                      {"comment", game.comment},
                      {"moves", moves_of(game)},
                      {"variations", game.variations},
                      {"warnings", std::move(warnings)}};
  if (game.end) object["end"] = end_of(game);
  return json::serialize(object);
}

// keisei-bench-forecast: what the show's forecasts are worth, on games that they had not seen
// (docs/forecast.md).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "picture.h"

namespace {

void print_study(const std::vector<std::string>& files, const std::string& picture) {
  ForecastGames games;
  for (const std::string& file : files) {
    const auto more = read_games(file);
    if (!more) throw std::runtime_error(more.error().message);
    games.insert(games.end(), more->begin(), more->end());
  }
  const Study result = study(games);
  if (result.games == 0) throw std::runtime_error("too few games: 20 teach, the others are judged");
  fmt::print("{}", text_of(result));
  if (!picture.empty()) std::ofstream(picture) << picture_of(result);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Holds the show's forecasts against the results of games that they had not seen.");
  std::vector<std::string> files;
  std::string picture;
  app.add_option("--picture", picture, "Writes an SVG");
  app.add_option("FILE", files, "Stores (.db) or recordings (.rec), oldest first")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    print_study(files, picture);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-forecast: {}\n", error.what());
    return 1;
  }
}

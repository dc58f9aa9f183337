#include "usi/session.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

namespace keisei::usi {

using shogi::Game;

Session::Session(std::string name, const EngineOptions& options, ChosenNetwork::Load load,
                 Output& output, const Clock& clock, std::uint64_t seed)
    : name_(std::move(name)),
      defaults_(options),
      options_(options),
      output_(output),
      network_(std::move(load)),
      thinker_(output, clock, seed) {}

bool Session::handle(std::string_view line) {
  thread_.check();
  Words words(line);
  const std::string_view command = words.take();
  if (command == "usi") {
    introduce();
  } else if (command == "isready") {
    get_ready();
  } else if (command == "setoption") {
    set(words);
  } else if (command == "usinewgame") {
    position_ = "startpos";
  } else if (command == "position") {
    if (const auto game = read_position(words.rest(), rules())) {
      position_ = words.rest();
    } else {
      complain(game.error().message + "; the position before is kept");
    }
  } else if (command == "go") {
    go(words);
  } else if (command == "stop" || command == "gameover") {
    thinker_.stop();
  } else if (command == "ponderhit") {
    thinker_.ponder_hit(read_go(words).times);
  } else if (command == "quit") {
    return false;
  } else if (!command.empty()) {
    complain(fmt::format("unknown command \"{}\"", command.substr(0, 40)));
  }
  return true;
}

void Session::introduce() {
  output_.line("id name " + name_);
  output_.line("id author the Keisei Showcase authors");
  for (const std::string& line : option_lines(defaults_)) output_.line(line);
  output_.line("usiok");
}

void Session::get_ready() {
  if (!thinker_.is_thinking()) load();
  output_.line("readyok");
}

void Session::load() {
  if (!network_.differs(options_.checkpoint, options_.threads)) return;
  thinker_.finish();
  if (const auto chosen = network_.choose(options_.checkpoint, options_.threads)) {
    output_.say(*chosen);
  } else {
    complain(chosen.error().message);
  }
}

void Session::set(Words words) {
  if (!words.take("name")) return complain("setoption: name must follow");
  const std::string_view name = words.take();
  if (!words.take("value")) return complain(fmt::format("setoption: {} needs a value", name));
  if (auto done = set_option(options_, name, words.rest()); !done) {
    complain("setoption: " + done.error().message);
  }
}

shogi::Rules Session::rules() const {
  // Whether an entering king is declared is the players' choice, not the board's.
  return {
      .max_plies = options_.max_plies > 0 ? options_.max_plies : std::numeric_limits<int>::max(),
      .automatic_declaration = false};
}

void Session::go(Words words) {
  const GoCommand go = read_go(words);
  for (const std::string& complaint : go.complaints) complain(complaint);
  thinker_.finish();
  if (!network_.was_chosen() && !go.mate) load();
  const auto game = read_position(position_, rules());
  thinker_.think(*game, go, options_, network_.evaluator());
}

}  // namespace keisei::usi

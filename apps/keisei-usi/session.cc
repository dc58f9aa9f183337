#include "session.h"

#include <fmt/format.h>

#include <exception>
#include <limits>

using keisei::shogi::Game;

Session::Session(const EngineOptions& options, Output& output, const keisei::Clock& clock,
                 std::uint64_t seed)
    : defaults_(options), options_(options), output_(output), thinker_(output, clock, seed) {}

bool Session::handle(std::string_view line) {
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
  output_.line("id name Keisei Showcase " KEISEI_VERSION);
  output_.line("id author the Keisei Showcase authors");
  for (const std::string& line : option_lines(defaults_)) output_.line(line);
  output_.line("usiok");
}

void Session::get_ready() {
  if (!thinker_.is_thinking()) load();
  output_.line("readyok");
}

// What was loaded before stays if the new choice cannot be loaded.
void Session::load() {
  const std::string wanted = fmt::format("{} {}", options_.threads, options_.checkpoint);
  if (wanted == loaded_) return;
  loaded_ = wanted;
  if (options_.checkpoint.empty()) {
    complain("no checkpoint is chosen; set the option Checkpoint");
    return;
  }
  thinker_.finish();
  auto loaded = keisei::search::NetworkEvaluator::load(options_.checkpoint, options_.threads);
  if (!loaded) {
    complain(loaded.error().message + (evaluator_ ? "; the checkpoint before is kept" : ""));
    return;
  }
  evaluator_ = std::move(*loaded);
  output_.say(evaluator_->description());
}

void Session::set(Words words) {
  if (!words.take("name")) return complain("setoption: name must follow");
  const std::string_view name = words.take();
  if (!words.take("value")) return complain(fmt::format("setoption: {} needs a value", name));
  if (auto done = set_option(options_, name, words.rest()); !done) {
    complain("setoption: " + done.error().message);
  }
}

keisei::shogi::Rules Session::rules() const {
  // Whether an entering king is declared is the players' choice, not the board's.
  return {
      .max_plies = options_.max_plies > 0 ? options_.max_plies : std::numeric_limits<int>::max(),
      .automatic_declaration = false};
}

void Session::go(Words words) {
  const GoCommand go = read_go(words);
  for (const std::string& complaint : go.complaints) complain(complaint);
  thinker_.finish();
  if (loaded_.empty() && !go.mate) load();
  const auto game = read_position(position_, rules());
  thinker_.think(*game, go, options_, evaluator_.get());
}

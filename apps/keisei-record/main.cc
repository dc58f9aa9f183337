// keisei-record: reads game records of any format, sums them up or converts them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/printable.h"
#include "record_json.h"
#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_file.h"
#include "shogi/record/usi_game.h"

namespace {

using namespace keisei::shogi;
using keisei::printable;

constexpr int kUsageError = 2;

struct Target {
  const char* name;
  std::string (*write)(const ReadGame&);
  const char* between;  // two games of one file; null where a file holds one
};

constexpr std::array<Target, 6> kTargets = {{
    {"kif", [](const ReadGame& game) { return write_kif(game); }, nullptr},
    {"ki2", [](const ReadGame& game) { return write_ki2(game); }, nullptr},
    {"csa", [](const ReadGame& game) { return write_csa(game); }, "/\n"},
    {"jkf", [](const ReadGame& game) { return write_jkf(game) + "\n"; }, nullptr},
    {"usi", [](const ReadGame& game) { return write_usi_game(game) + "\n"; }, ""},
    {"json", [](const ReadGame& game) { return to_json(game) + "\n"; }, ""},
}};

const Target* target_of(const std::string& name) {
  for (const Target& target : kTargets) {
    if (target.name == name) return &target;
  }
  return nullptr;
}

std::string in_words(const ReadWarning& warning) {
  const std::string line = warning.line > 0 ? fmt::format("line {}: ", warning.line) : "";
  return printable(fmt::format("{}{} (assumed: {})", line, warning.cause, warning.assumed));
}

std::string result_of(const ReadGame& game) {
  if (!game.end) return "no end";
  const auto won = winner(game);
  return fmt::format("{}, {}", to_string(game.end->ending),
                     !won                   ? "nobody won"
                     : *won == Color::black ? "Black won"
                                            : "White won");
}

void sum_up(const std::string& path, const RecordFile& file) {
  for (const ReadGame& game : file.games) {
    fmt::print("{}: {}, {} moves, {}, Black: {}, White: {}\n", printable(path),
               to_string(file.format), game.moves.size(), result_of(game),
               game.black.empty() ? "-" : printable(game.black),
               game.white.empty() ? "-" : printable(game.white));
    for (const auto& warning : game.warnings) fmt::print("  {}\n", in_words(warning));
  }
}

/// Prints games one after the other, as one file of the target's format.
class Converter {
 public:
  explicit Converter(const Target& target) : target_(target) {}

  keisei::Result<void> convert(const std::string& path, const RecordFile& file) {
    if (target_.between == nullptr && games_ + file.games.size() > 1) {
      return keisei::fail(
          fmt::format("{}: {} {}, and a file of {} holds one", path, file.games.size(),
                      games_ > 0 ? "more after another file's" : "games", target_.name));
    }
    for (const ReadGame& game : file.games) {
      for (const auto& warning : game.warnings) {
        fmt::print(stderr, "{}: {}\n", printable(path), in_words(warning));
      }
      fmt::print("{}{}", games_++ > 0 ? target_.between : "", target_.write(game));
    }
    return {};
  }

 private:
  const Target& target_;
  std::size_t games_ = 0;
};

keisei::Result<void> treat(const std::string& path, std::optional<Converter>& converter,
                           Reading reading) {
  const auto bytes = keisei::read_file(path);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto file = read_record_file(*bytes, reading);
  if (!file) return keisei::fail(path + ": " + file.error().message);
  if (converter) return converter->convert(path, *file);
  sum_up(path, *file);
  return {};
}

struct Request {
  std::vector<std::string> paths;
  const Target* target = nullptr;  // null: to sum up
  Reading reading = Reading::lenient;
};

/// None, with the program's exit code, if there is nothing more to do.
std::optional<Request> read_command_line(int argc, char** argv, int& exit_code) {
  CLI::App app(
      "Reads game records in KIF, KI2, CSA, JKF and USI, sums them up or converts them. "
      "See docs/records.md.");
  Request request;
  std::string to;
  bool strict = false;
  app.add_option("FILE", request.paths, "Game records; the format is seen from what they hold")
      ->required();
  app.add_option("--to", to, "kif, ki2, csa, jkf, usi or json: print the games so")
      ->check([](const std::string& name) {
        return target_of(name) != nullptr ? "" : "not one of kif, ki2, csa, jkf, usi, json";
      });
  app.add_flag("--strict", strict, "Refuse what the format does not have, instead of warning");
  app.set_version_flag("--version", "keisei-record " KEISEI_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? 0 : kUsageError;
    return std::nullopt;
  }
  request.target = target_of(to);
  if (strict) request.reading = Reading::strict;
  return request;
}

/// The program's exit code.
int treat_all(const Request& request) {
  int status = 0;
  std::optional<Converter> converter;
  if (request.target != nullptr) converter.emplace(*request.target);
  for (const std::string& path : request.paths) {
    const auto treated = treat(path, converter, request.reading);
    if (treated) continue;
    fmt::print(stderr, "{}\n", printable(treated.error().message));
    status = 1;
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "standard output: {}\n", std::strerror(errno));
    status = 1;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    int exit_code = 0;
    const auto request = read_command_line(argc, argv, exit_code);
    return request ? treat_all(*request) : exit_code;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "keisei-record: %s\n", error.what());
    return 1;
  }
}

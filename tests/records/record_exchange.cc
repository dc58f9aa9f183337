// Lets another implementation of the record formats check ours and be checked.
//   record_exchange write FOLDER COUNT: random games as N.csa, N.jkf, N.kif, N.ki2 and N.usi
//   record_exchange read FILE...: what we read, as one line of JSON for each file
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_builders.h"
#include "shogi/record/usi_game.h"
#include "shogi/usi.h"

namespace {

using namespace keisei::shogi;

std::string escaped(std::string_view text) {
  std::string json;
  for (const char c : text) {
    if (c == '\n') {
      json += "\\n";
    } else {
      if (c == '"' || c == '\\') json += '\\';
      json += c;
    }
  }
  return json;
}

std::string to_json(const GameRecord& record) {
  std::string moves;
  for (const auto& [move, time, comment] : record.moves) {
    moves +=
        fmt::format("{}{{\"usi\":\"{}\",\"ms\":{},\"comment\":\"{}\"}}", moves.empty() ? "" : ",",
                    to_usi(move), time ? time->count() : 0, escaped(comment));
  }
  const auto won = winner(record);
  return fmt::format(
      "{{\"start\":\"{}\",\"black\":\"{}\",\"white\":\"{}\",\"comment\":\"{}\",\"moves\":[{}],"
      "\"ended\":{},\"winner\":\"{}\"}}",
      record.start.sfen(), escaped(record.black), escaped(record.white), escaped(record.comment),
      moves, record.end.has_value(),
      !won                   ? ""
      : *won == Color::black ? "black"
                             : "white");
}

void write(const std::string& folder, int count) {
  for (int i = 0; i < count; ++i) {
    const GameRecord record = keisei::shogi::testing::random_record(static_cast<std::uint64_t>(i));
    const std::string stem = fmt::format("{}/{}", folder, i);
    std::ofstream(stem + ".csa") << write_csa(record);
    std::ofstream(stem + ".jkf") << write_jkf(record);
    std::ofstream(stem + ".usi") << write_usi_game(record);
    std::ofstream(stem + ".kif") << write_kif(record);
    std::ofstream(stem + ".ki2") << write_ki2(record);
  }
}

keisei::Result<ReadGame> read_as_named(const std::string& file, std::string_view bytes) {
  if (file.ends_with(".csa")) return read_csa(bytes);
  if (file.ends_with(".jkf")) return read_jkf(bytes);
  if (file.ends_with(".usi")) return read_usi_game(bytes);
  return read_kif(bytes);
}

bool read(const std::string& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file).rdbuf();
  const auto record = read_as_named(file, bytes.str());
  if (!record) {
    std::cerr << file << ": " << record.error().message << '\n';
    return false;
  }
  std::cout << to_json(*record) << '\n';
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc > 2 ? argv[1] : "";
  if (verb == "write" && argc == 4) {
    write(argv[2], std::stoi(argv[3]));
    return 0;
  }
  if (verb != "read") return 2;
  bool good = true;
  for (int i = 2; i < argc; ++i) good = read(argv[i]) && good;
  return good ? 0 : 1;
}

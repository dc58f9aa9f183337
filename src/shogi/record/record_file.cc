#include "shogi/record/record_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/lines.h"
#include "shogi/record/text_cursor.h"
#include "shogi/record/usi_game.h"

namespace keisei::shogi {
namespace {

Result<std::vector<ReadGame>> read_usi_lines(std::string_view text, Reading reading) {
  std::vector<ReadGame> games;
  Lines lines(text);
  while (lines.next()) {
    if (trimmed(lines.line()).empty()) continue;
    auto game = read_usi_game(lines.line(), reading);
    if (!game) return fail(fmt::format("USI, line {}: {}", lines.number(), game.error().message));
    for (auto& warning : game->warnings) warning.line = lines.number();
    games.push_back(std::move(*game));
  }
  return games;
}

Result<std::vector<ReadGame>> only(Result<ReadGame> game) {
  if (!game) return tl::unexpected(game.error());
  return std::vector<ReadGame>{std::move(*game)};
}

Result<std::vector<ReadGame>> read_games(RecordFormat format, std::string_view bytes,
                                         Reading reading) {
  switch (format) {
    case RecordFormat::csa:
      return read_csa_games(bytes, reading);
    case RecordFormat::jkf:
      return only(read_jkf(bytes, reading));
    case RecordFormat::usi:
      return read_usi_lines(bytes, reading);
    case RecordFormat::kif:
      break;
  }
  return only(read_kif(bytes, reading));
}

bool begins_with_any(std::string_view line, const auto& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return line.starts_with(beginning); });
}

}  // namespace

std::string_view to_string(RecordFormat format) {
  constexpr std::array<std::string_view, 4> kNames = {"CSA", "JKF", "KIF", "USI"};
  return kNames[static_cast<std::size_t>(format)];
}

RecordFormat format_of(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr std::array<std::string_view, 3> kUsi = {"position", "startpos", "sfen"};
  // A heading of KIF may begin with a V too: "Venue".
  constexpr std::array<std::string_view, 20> kCsa = {"'",  "/",  "V1", "V2", "V3", "N+", "N-",
                                                     "$",  "PI", "P+", "P-", "P1", "P2", "P3",
                                                     "P4", "P5", "P6", "P7", "P8", "P9"};
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  if (bytes.starts_with('{')) return RecordFormat::jkf;
  if (begins_with_any(bytes, kUsi)) return RecordFormat::usi;
  if (begins_with_any(bytes, kCsa)) return RecordFormat::csa;
  return RecordFormat::kif;
}

Result<RecordFile> read_record_file(std::string_view bytes, Reading reading) {
  const RecordFormat format = format_of(bytes);
  auto games = read_games(format, bytes, reading);
  if (!games) return tl::unexpected(games.error());
  return RecordFile{format, std::move(*games)};
}

}  // namespace keisei::shogi

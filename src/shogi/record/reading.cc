#include "shogi/record/reading.h"

#include <algorithm>
#include <iterator>

#include "base/printable.h"
#include "shogi/record/text_encoding.h"

namespace keisei::shogi {

Result<void> Deviations::accept(int line, std::string cause, std::string assumed) {
  if (strict()) return fail(std::move(cause));
  warnings_.push_back({line, std::move(cause), std::move(assumed)});
  return {};
}

Result<void> Deviations::accept_start(int line, const Position& start) {
  auto playable = start.validate();
  if (playable) return {};
  if (auto drawable = start.validate(TwoPawns::allowed); !drawable) return drawable;
  return accept(line, playable.error().message, "a problem's diagram, not a position to play from");
}

std::vector<ReadWarning> Deviations::take(int last_line) {
  const auto by_line = [](const ReadWarning& a, const ReadWarning& b) { return a.line < b.line; };
  std::stable_sort(warnings_.begin(), warnings_.end(), by_line);
  const auto end =
      std::find_if(warnings_.begin(), warnings_.end(),
                   [&](const ReadWarning& warning) { return warning.line > last_line; });
  std::vector<ReadWarning> taken(std::make_move_iterator(warnings_.begin()),
                                 std::make_move_iterator(end));
  warnings_.erase(warnings_.begin(), end);
  return taken;
}

Result<void> end_by_foul(GameRecord& record, std::optional<Foul>& foul, Deviations& deviations,
                         std::string_view place) {
  if (deviations.strict()) return fail(foul->rule);
  auto accepted = deviations.accept(foul->line, std::string(place) + foul->rule,
                                    "the foul that ended the game");
  if (!accepted) return accepted;
  RecordedEnd end{Ending::foul, foul->time, foul->move + ": " + foul->rule};
  if (!foul->comment.empty()) end.comment += '\n' + foul->comment;
  record.end = std::move(end);
  foul.reset();
  return {};
}

void add_comment(GameRecord& record, std::optional<Foul>& foul, std::string_view line) {
  if (!foul) {
    record.add_comment(line);
    return;
  }
  if (!foul->comment.empty()) foul->comment += '\n';
  foul->comment += line;
}

Result<std::string> read_text(std::string_view bytes, Deviations& deviations) {
  auto text = to_utf8(bytes);
  if (text || deviations.strict()) return text;
  DecodedText decoded = decode(bytes);
  for (const int line : decoded.damaged_lines) {
    auto kept = deviations.accept(line, "bytes of no known encoding", "kept as \\xNN");
    if (!kept) return tl::unexpected(kept.error());
  }
  return std::move(decoded.text);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMostBytes = 60;
  return printable(text, kMostBytes);
}

}  // namespace keisei::shogi

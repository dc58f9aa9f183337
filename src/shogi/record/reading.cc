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

Result<RecordedEnd> Foul::end(Deviations& deviations, std::string_view place) const {
  if (deviations.strict()) return fail(rule);
  auto accepted =
      deviations.accept(line, std::string(place) + rule, "the foul that ended the game");
  if (!accepted) return tl::unexpected(accepted.error());
  RecordedEnd end{Ending::foul, time, move + ": " + rule};
  if (!comment.empty()) end.comment += '\n' + comment;
  return end;
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

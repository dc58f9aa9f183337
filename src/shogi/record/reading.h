#pragma once

#include <climits>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shogi/record/game_record.h"

namespace keisei::shogi {

/// How closely a reader of records keeps to its format; the same for every format.
//
/// Programs write much that their format does not have. Lenient reading, the default, takes what
/// has one plausible meaning, and returns the game with a warning for everything that had to be
/// assumed. Strict reading refuses the first such thing. So what is read without a warning is read
/// strictly too, and the same.
//
/// Neither guesses at moves. An illegal move refuses the file, with line and cause, unless it is
/// the foul that the file says the game ended by: then the game goes up to it, its maker lost, and
/// the comment of the end tells the move and the rule.
enum class Reading : std::uint8_t { lenient, strict };

/// Something that the format does not have, and what was made of it.
struct ReadWarning {
  int line = 0;         // from 1; 0 in JKF, where the cause tells the entry
  std::string cause;    // "an unknown end: 対局停止"
  std::string assumed;  // "an interruption, with the word as its comment"

  friend bool operator==(const ReadWarning&, const ReadWarning&) = default;
};

/// A game as it was read. Compared like a record: the warnings do not count.
struct ReadGame : GameRecord {
  std::vector<ReadWarning> warnings;  // by line; none after strict reading
};

/// What a reader meets outside its format.
class Deviations {
 public:
  explicit Deviations(Reading reading) : reading_(reading) {}

  bool strict() const { return reading_ == Reading::strict; }
  /// Under strict reading an error with the cause, otherwise a warning.
  Result<void> accept(int line, std::string cause, std::string assumed);
  /// Of a start position, two pawns on a file can be accepted and nothing else.
  Result<void> accept_start(int line, const Position& start);

  /// The warnings so far, by line, up to and including a line.
  std::vector<ReadWarning> take(int last_line = INT_MAX);

 private:
  Reading reading_;
  std::vector<ReadWarning> warnings_;
};

/// An illegal move while it is not known yet whether the game ended by it.
struct Foul {
  int line = 0;
  std::string move;  // as the file has it
  std::string rule;  // which it breaks
  SpentTime time;
  std::string comment;
};

/// The game ended by the foul that is in question, which then is none any more: its maker lost.
/// place: for the warning of a format without lines. After an error the foul stays in question.
Result<void> end_by_foul(GameRecord& record, std::optional<Foul>& foul, Deviations& deviations,
                         std::string_view place = {});

/// Another line about what came last, be it a foul that is in question.
void add_comment(GameRecord& record, std::optional<Foul>& foul, std::string_view line);

/// The file's text in UTF-8. Bytes of no encoding can be accepted: they are kept as "\xNN".
Result<std::string> read_text(std::string_view bytes, Deviations& deviations);

/// Foreign text for a warning: short, and of one line.
std::string quoted(std::string_view text);

}  // namespace keisei::shogi

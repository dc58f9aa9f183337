#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/record/kif_board.h"
#include "shogi/record/reading.h"

namespace keisei::shogi::kif {

/// Reads what stands before the first move, into a record: headings, names and the start position,
/// drawn or by the name of a handicap.
class Header {
 public:
  Header(GameRecord& record, Deviations& deviations) : record_(record), deviations_(deviations) {}

  Result<void> read(int number, std::string_view line);
  /// Sets the record's start, which is known when the first move, variation or end comes.
  Result<void> finish(int number);

  /// Whether any line was known for one of KIF's.
  bool any() const { return any_; }
  /// The first line that was not; 0 if there is none.
  int first_left_out() const { return first_left_out_; }

 private:
  Result<void> read_heading(int number, std::string_view key, std::string_view value);
  Result<bool> read_of_side(int number, std::string_view key, std::string_view value);
  Result<void> read_plain_line(int number, std::string_view line);
  Result<void> leave_out(int number, std::string cause);

  GameRecord& record_;
  Deviations& deviations_;
  BoardReader board_;
  std::string handicap_;
  bool names_handicap_sides_ = false;
  bool any_ = false;
  int first_left_out_ = 0;
};

}  // namespace keisei::shogi::kif

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "recording/blocks.h"
#include "recording/described.h"
#include "recording/lines.h"
#include "recording/turn.h"

namespace keisei::recording {

/// Why a recording ends where it does.
struct Ending {
  enum class How {
    closed,  // as it was meant to
    open,    // its maker was ended, or still writes
    damaged,
  };
  How how;
  std::uint64_t at;  // of the file: what lies before was read
  std::string why;   // for people
};

/// Reads a recording from its beginning, up to its end or to where it is cut off or damaged: what
/// it gives is always how a recording began. For one thread.
class Reader {
 public:
  /// Fails if it is no recording, of another format, or damaged before its first turn.
  static Result<Reader> open(const std::string& path);

  const Header& header() const { return header_; }
  /// The next turn; none at the end.
  std::optional<Turn> next();
  /// Valid when next() has given none.
  const Ending& ending() const { return *ending_; }

  /// When the last turn was taken. Of a recording that was not closed, up to a block earlier.
  Moment last_moment();
  /// From the index, or by going through all blocks where that is missing or damaged.
  std::vector<EntryPoint> entry_points();

 private:
  Reader(std::ifstream file, std::string path, Header header, std::size_t at);
  void read_block();
  void read_lines(std::string_view text);
  bool is_whole_end(std::size_t index_at, std::size_t end);
  // Of the index, where the trailer says that it is.
  std::optional<BlockHeader> index_header(std::size_t& at);
  template <class Visit>
  void visit_blocks(Visit visit);
  // As many as there are.
  std::string bytes(std::size_t at, std::size_t count);
  Result<BlockHeader> block_header(std::size_t at);
  void end(Ending::How how, const std::string& why);

  std::ifstream file_;
  std::string path_;
  Header header_;
  std::size_t first_block_;
  std::size_t at_;  // of the block that comes next
  LineReader lines_;
  Unpacker unpacker_;
  std::deque<Turn> turns_;  // read, not given yet
  std::optional<Ending> ending_;
};

}  // namespace keisei::recording

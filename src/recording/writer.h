#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/append_file.h"
#include "base/result.h"
#include "recording/blocks.h"
#include "recording/described.h"
#include "recording/lines.h"
#include "recording/turn.h"

namespace keisei::recording {

/// Writes a recording. A process that ends without finish(), or a disk that is full, leaves a file
/// that can be read up to there: each block is in it whole, or at its very end in part. For one
/// thread; after an error nothing more may be added.
class Writer {
 public:
  /// Fails with `unavailable` if there is a file already.
  static Result<Writer> create(const std::string& path, const Header& header,
                               int level = kLiveLevel);

  /// Writes what makes a block full.
  Result<void> add(const Turn& turn);
  /// Writes what was added and waits for more.
  Result<void> flush();
  /// Closes the file with an index.
  Result<void> finish();

  /// Of the file.
  std::size_t bytes() const { return file_.size(); }

 private:
  Writer(AppendFile file, const Moment& begin, int level);
  Result<void> write_turns(std::string_view text);
  Result<void> write(BlockHeader::Kind kind, const Moment& before, std::string_view text,
                     const Packer::Packed& packed);
  std::string index() const;

  AppendFile file_;
  LineWriter lines_;
  Packer packer_;
  Moment begin_;
  std::string text_;          // not written yet
  Moment before_text_;        // the turn before it
  bool splits_turn_ = false;  // the text begins within a turn
  std::vector<EntryPoint> entries_;
};

}  // namespace keisei::recording

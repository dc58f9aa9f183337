#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Game records come in UTF-8, in Shift_JIS as Windows writes it (code page 932) or in EUC-JP.
namespace keisei::shogi {

/// The text in UTF-8 without a byte order mark: as it is if it is valid UTF-8, otherwise read as
/// EUC-JP or Shift_JIS. What is valid in both is taken for EUC-JP, unless its first line names
/// Shift_JIS ("encoding=Shift_JIS"): in Shift_JIS it would be half-width katakana and rare kanji
/// alone. The error names the first byte that is none of them.
Result<std::string> to_utf8(std::string_view bytes);

/// A text of which some bytes could not be read.
struct DecodedText {
  std::string text;                // those bytes are kept as "\xNN"
  std::vector<int> damaged_lines;  // from 1, each once
};

/// Never fails: in the encoding that leaves the fewest bytes unread.
DecodedText decode(std::string_view bytes);

/// Fails at the first character that Shift_JIS lacks.
Result<std::string> to_shift_jis(std::string_view utf8);

}  // namespace keisei::shogi

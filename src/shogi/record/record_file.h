#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shogi/record/reading.h"

namespace keisei::shogi {

enum class RecordFormat : std::uint8_t { csa, jkf, kif, usi };

/// "CSA", "JKF", "KIF" (which stands for KI2 too), "USI".
std::string_view to_string(RecordFormat format);

/// By what the bytes begin with. What begins like none of the others is taken for KIF.
RecordFormat format_of(std::string_view bytes);

/// All games of a file, at least one.
struct RecordFile {
  RecordFormat format;
  std::vector<ReadGame> games;
};

/// Reads a file of any format. USI has a game on each line.
Result<RecordFile> read_record_file(std::string_view bytes, Reading reading = Reading::lenient);

}  // namespace keisei::shogi

#pragma once

#include <optional>
#include <string>

#include "archive/archive_file.h"
#include "protocol/queries.h"
#include "shogi/record/game_record.h"

/// A kept game in the formats that other programs read (docs/archive.md says what they hold).
namespace keisei::archive {

using Format = protocol::GameFormat;

struct ExportedFile {
  std::string name;
  std::string media_type;
  std::string text;  // UTF-8
};

ExportedFile exported(const KeptGame& kept, Format format);

/// The game with what the network thought in comments: in CSA also as floodgate's evaluations.
shogi::GameRecord record_of(const KeptGame& kept, Format format);

/// A value of Black's, from -1 to 1, on the scale of search engines' evaluations: the evaluation
/// whose usual meaning, 1 / (1 + exp(-evaluation / 600)) for Black's chance, is that of the value,
/// (value + 1) / 2. No search found it. At most 9999, below what stands for a mate.
int evaluation_of(double value);

}  // namespace keisei::archive

#pragma once

#include "shogi/fuzzing.h"
#include "shogi/record/reading.h"

/// What the fuzzers of record readers share.
namespace keisei::shogi::fuzzing {

using Reader = Result<ReadGame> (*)(std::string_view, Reading);

/// Reads leniently and strictly: strict reading takes what lenient reading takes without a
/// warning, and the same. The lenient one.
inline Result<ReadGame> read_both_ways(Reader read, std::string_view text) {
  auto lenient = read(text, Reading::lenient);
  const auto strict = read(text, Reading::strict);
  expect(strict.has_value() == (lenient && lenient->warnings.empty()));
  if (strict) expect(*strict == *lenient);
  return lenient;
}

/// What is written can be read strictly, unless nobody could play from its start, and is from then
/// on read the same.
inline ReadGame read_back(Reader read, std::string (*write)(const GameRecord&),
                          const GameRecord& record) {
  const auto again = read_both_ways(read, write(record));
  expect(again.has_value());
  expect(again->warnings.empty() == record.start.validate().has_value());
  expect(again->moves.size() == record.moves.size());
  expect(read(write(*again), Reading::lenient) == *again);
  return *again;
}

}  // namespace keisei::shogi::fuzzing

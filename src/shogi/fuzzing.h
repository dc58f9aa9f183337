#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "shogi/position.h"

/// What the fuzzers share. A broken promise aborts, so that libFuzzer keeps the input.
namespace keisei::shogi::fuzzing {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void expect(bool promise) {
  if (!promise) std::abort();
}

/// A quiet position, a sharp one for White and the one with the most moves.
inline const auto& positions() {
  static const Position kPositions[] = {
      Position::startpos(),
      Position::from_sfen("l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1")
          .value(),
      Position::from_sfen("R8/2K1S1SSk/4B4/9/9/9/9/9/1L1L1L3 b RBGSNLP3g3n17p 1").value()};
  return kPositions;
}

}  // namespace keisei::shogi::fuzzing

#include "shogi/fuzzing.h"
#include "shogi/western.h"

// A move that is read is legal and, written out, means itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  for (const Position& position : fuzzing::positions()) {
    const auto move = parse_western(fuzzing::text(data, size), position);
    if (!move) continue;
    fuzzing::expect(position.is_legal(*move));
    fuzzing::expect(parse_western(to_western(position, *move), position) == *move);
  }
  return 0;
}

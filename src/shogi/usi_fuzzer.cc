#include "shogi/fuzzing.h"
#include "shogi/usi.h"

// A move that is read is legal and is written back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto text = fuzzing::text(data, size);
  for (const Position& position : fuzzing::positions()) {
    const auto move = parse_usi(text, position);
    if (!move) continue;
    fuzzing::expect(position.is_legal(*move));
    fuzzing::expect(to_usi(*move) == text);
  }
  return 0;
}

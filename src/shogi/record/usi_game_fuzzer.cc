#include "shogi/fuzzing.h"
#include "shogi/record/usi_game.h"

// A game that is read is written such that it is read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto game = read_usi_game(fuzzing::text(data, size));
  if (game) fuzzing::expect(read_usi_game(write_usi_game(*game)) == *game);
  return 0;
}

#include "shogi/record/record_fuzzing.h"
#include "shogi/record/usi_game.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto game = fuzzing::read_both_ways(read_usi_game, fuzzing::text(data, size));
  if (game) fuzzing::read_back(read_usi_game, write_usi_game, *game);
  return 0;
}

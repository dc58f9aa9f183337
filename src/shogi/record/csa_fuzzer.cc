#include "shogi/record/csa.h"
#include "shogi/record/record_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto text = fuzzing::text(data, size);
  const auto record = fuzzing::read_both_ways(read_csa, text);
  const auto games = read_csa_games(text);
  fuzzing::expect(games.has_value() == record.has_value());
  if (!record) return 0;
  fuzzing::expect(games->front() == *record);
  for (const auto& game : *games) fuzzing::read_back(read_csa, write_csa, game);
  return 0;
}

#include "shogi/record/jkf.h"
#include "shogi/record/record_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto record = fuzzing::read_both_ways(read_jkf, fuzzing::text(data, size));
  if (!record) return 0;
  const ReadGame again = fuzzing::read_back(read_jkf, write_jkf, *record);
  fuzzing::expect(again.moves == record->moves);
  return 0;
}

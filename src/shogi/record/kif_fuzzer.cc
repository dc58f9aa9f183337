#include "shogi/record/kif.h"
#include "shogi/record/record_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto record = fuzzing::read_both_ways(read_kif, fuzzing::text(data, size));
  if (!record) return 0;
  fuzzing::read_back(read_kif, write_kif, *record);
  fuzzing::read_back(read_kif, write_ki2, *record);
  return 0;
}

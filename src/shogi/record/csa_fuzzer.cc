#include "shogi/fuzzing.h"
#include "shogi/record/csa.h"

// A record that is read and written is from then on read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto record = read_csa(fuzzing::text(data, size));
  if (!record) return 0;
  const auto again = read_csa(write_csa(*record));
  fuzzing::expect(again.has_value());
  fuzzing::expect(again->moves.size() == record->moves.size());
  fuzzing::expect(read_csa(write_csa(*again)) == *again);
  return 0;
}

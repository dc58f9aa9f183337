#include "shogi/fuzzing.h"
#include "shogi/record/jkf.h"

// A record that is read and written is from then on read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto record = read_jkf(fuzzing::text(data, size));
  if (!record) return 0;
  const auto again = read_jkf(write_jkf(*record));
  fuzzing::expect(again.has_value());
  fuzzing::expect(again->moves == record->moves);
  fuzzing::expect(read_jkf(write_jkf(*again)) == *again);
  return 0;
}

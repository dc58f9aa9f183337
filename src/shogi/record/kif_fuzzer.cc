#include "shogi/fuzzing.h"
#include "shogi/record/kif.h"

// A record that is read and written is from then on read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto record = read_kif(fuzzing::text(data, size));
  if (!record) return 0;
  const auto again = read_kif(write_kif(*record));
  fuzzing::expect(again.has_value());
  fuzzing::expect(again->moves.size() == record->moves.size());
  fuzzing::expect(read_kif(write_kif(*again)) == *again);
  const auto ki2 = read_kif(write_ki2(*record));
  fuzzing::expect(ki2.has_value());
  fuzzing::expect(ki2->moves.size() == record->moves.size());
  return 0;
}

#include "shogi/fuzzing.h"
#include "shogi/position.h"

// Whatever is read is written back the same, and its moves can be made and unmade.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto read = Position::from_sfen(fuzzing::text(data, size));
  if (!read) return 0;
  fuzzing::expect(Position::from_sfen(read->sfen()) == *read);
  Position position = *read;
  for (const Move move : read->legal_moves()) {
    const Undo undo = position.do_move(move);
    fuzzing::expect(position.validate().has_value());
    position.undo_move(move, undo);
    fuzzing::expect(position == *read);
  }
  return 0;
}

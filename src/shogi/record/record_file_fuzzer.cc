#include <algorithm>

#include "shogi/record/record_file.h"
#include "shogi/record/record_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::shogi;
  const auto bytes = fuzzing::text(data, size);
  const auto file = read_record_file(bytes, Reading::lenient);
  const auto strict = read_record_file(bytes, Reading::strict);
  const auto is_sure = [](const ReadGame& game) { return game.warnings.empty(); };
  fuzzing::expect(strict.has_value() ==
                  (file && std::all_of(file->games.begin(), file->games.end(), is_sure)));
  if (!file) return 0;
  fuzzing::expect(file->format == format_of(bytes) && !file->games.empty());
  if (strict) fuzzing::expect(strict->games == file->games);
  return 0;
}

#include "recording/pack.h"

#include "recording/writer.h"

namespace keisei::recording {

Result<Packed> pack(const std::string& from, const std::string& to) {
  auto reader = Reader::open(from);
  if (!reader) return tl::unexpected(reader.error());
  auto writer = Writer::create(to, reader->header(), kSmallestLevel);
  if (!writer) return tl::unexpected(writer.error());
  while (const auto turn = reader->next()) {
    if (const auto added = writer->add(*turn); !added) return tl::unexpected(added.error());
  }
  if (const auto finished = writer->finish(); !finished) return tl::unexpected(finished.error());
  return Packed{writer->bytes(), reader->ending()};
}

}  // namespace keisei::recording

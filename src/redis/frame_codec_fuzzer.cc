#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "redis/frame_codec.h"

/// Whatever another process sends: no crash, and what is read is written as what reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::redis;
  const auto decoded = decode_frames({reinterpret_cast<const char*>(data), size});
  if (!decoded) return 0;
  const std::string bytes = encode_frames(decoded->frames).bytes;
  const auto again = decode_frames(bytes);
  if (!again || again->unknown != 0 || encode_frames(again->frames).bytes != bytes) std::abort();
  return 0;
}

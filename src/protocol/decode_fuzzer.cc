#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "protocol/codec.h"

/// Whatever bytes a client or a trainer sends: no crash, and what is accepted is written as
/// something that is accepted again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace keisei::protocol;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const keisei::Result<Hello> hello = decode<Hello>(text)) {
    if (!decode<Hello>(encode(*hello, 0, 0))) std::abort();
  }
  if (const keisei::Result<Telemetry> telemetry = decode_telemetry(text)) {
    std::visit(
        []<class T>(const T& message) {
          if (!decode<T>(encode(message, 0, 0))) std::abort();
        },
        *telemetry);
  }
  (void)peek_type(text);
  return 0;
}

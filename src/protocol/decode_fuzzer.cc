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
  const auto is_accepted_again = []<class T>(const T& message) {
    if (!decode<T>(encode(message, 0, 0))) std::abort();
  };
  if (const keisei::Result<ClientMessage> said = decode_client(text)) {
    std::visit(is_accepted_again, *said);
  }
  if (const keisei::Result<Telemetry> telemetry = decode_telemetry(text)) {
    std::visit(is_accepted_again, *telemetry);
  }
  return 0;
}

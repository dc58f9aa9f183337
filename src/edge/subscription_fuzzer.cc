#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "edge/subscription.h"
#include "protocol/codec.h"

// Any text a viewer may send is a message, or is refused with a reason; a hello changes the
// subscription to a valid one, or is refused with a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using keisei::protocol::Hello;
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const auto said = keisei::protocol::decode_client(json);
  if (!said) {
    if (said.error().message.empty()) std::abort();
    return 0;
  }
  if (!std::holds_alternative<Hello>(*said)) return 0;
  const auto wish = keisei::edge::changed({}, std::get<Hello>(*said));
  if (!wish && (wish.error().field.empty() || wish.error().message.empty())) std::abort();
  if (wish && (wish->channels.empty() || wish->max_fps > 60)) std::abort();
  return 0;
}

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "edge/subscription.h"

// Any text a viewer may send changes its subscription to a valid one, or is refused with a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const auto outcome = keisei::edge::apply_hello(json, {});
  if (!outcome && (outcome.error().code.empty() || outcome.error().message.empty())) std::abort();
  if (outcome && (outcome->channels.empty() || outcome->max_fps > 60)) std::abort();
  return 0;
}

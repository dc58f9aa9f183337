#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "edge/websocket_frames.h"

namespace {

using keisei::edge::Incoming;
constexpr std::size_t kMaxMessage = 256;

void read(std::string_view bytes, const keisei::edge::MessageRules& rules) {
  keisei::edge::FrameReader whole(rules);
  std::vector<Incoming> expected;
  const auto error = whole.feed(bytes, expected);
  for (const Incoming& message : expected) {
    if (message.payload.size() > kMaxMessage) std::abort();
    if (message.kind == Incoming::Kind::text && !keisei::is_utf8(message.payload)) std::abort();
  }

  keisei::edge::FrameReader cut(rules);
  std::vector<Incoming> read;
  std::uint16_t cut_error = 0;
  for (std::size_t i = 0; i < bytes.size() && cut_error == 0; ++i) {
    cut_error = cut.feed(bytes.substr(i, 1), read);
  }
  if (read.size() != expected.size() || cut_error != error) std::abort();
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i].kind != expected[i].kind || read[i].payload != expected[i].payload) std::abort();
  }
}

}  // namespace

// Whatever a client sends, and however the network cuts it: nothing crashes, what is accepted is
// bounded and valid UTF-8, and the cuts make no difference to what is read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes, {.most_bytes = kMaxMessage, .binary = true});
  read(bytes, {.most_bytes = kMaxMessage, .binary = true, .deflated = true});
  return 0;
}

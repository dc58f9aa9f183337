#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "redis/reply.h"

namespace {

using keisei::redis::Reply;
using keisei::redis::ReplyReader;

constexpr std::size_t kMostElements = 1024;

std::size_t elements_of(const Reply& reply) {
  std::size_t elements = reply.list.size();
  for (const Reply& part : reply.list) elements += elements_of(part);
  return elements;
}

// How many replies are read, however the bytes are cut.
std::size_t read(std::string_view bytes, std::size_t piece) {
  ReplyReader reader({.bytes = 64UL * 1024, .elements = kMostElements});
  std::size_t replies = 0;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.feed(bytes.substr(at, piece));
    while (true) {
      const auto reply = reader.next();
      if (!reply) return replies;
      if (!*reply) break;
      if (elements_of(**reply) > kMostElements) std::abort();
      ++replies;
    }
  }
  return replies;
}

}  // namespace

/// Whatever a server answers, and however the network cuts it: no crash, what is read is bounded,
/// and the cuts make no difference.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostBytes = 4096;
  const std::string_view bytes(reinterpret_cast<const char*>(data), std::min(size, kMostBytes));
  if (read(bytes, kMostBytes) != read(bytes, 1)) std::abort();
  return 0;
}

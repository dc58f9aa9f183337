#include "frame_sizes.h"

namespace {

// RFC 6455, section 5.2, of a frame from a server.
std::size_t header_bytes(std::size_t payload) {
  if (payload < 126) return 2;
  return payload < 65536 ? 4 : 10;
}

std::string_view type_of(std::string_view message) {
  constexpr std::string_view kKey = R"({"type":")";
  if (!message.starts_with(kKey)) return "unknown";
  message.remove_prefix(kKey.size());
  return message.substr(0, message.find('"'));
}

}  // namespace

void FrameSizes::add(std::string_view payload) {
  const std::size_t bytes = header_bytes(payload.size()) + payload.size();
  sizes_[std::string(type_of(payload))].push_back(static_cast<double>(bytes));
}

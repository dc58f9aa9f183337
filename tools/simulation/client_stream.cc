#include "simulation/client_stream.h"

#include <cctype>

namespace keisei::simulation {
namespace {

unsigned byte_of(std::string_view bytes, std::size_t place) {
  return static_cast<unsigned char>(bytes[place]);
}

}  // namespace

std::uint16_t ClientStream::Frame::close_code() const {
  if (opcode != edge::Opcode::close || payload.size() < 2) return 0;
  return static_cast<std::uint16_t>((byte_of(payload, 0) << 8U) | byte_of(payload, 1));
}

std::string ClientStream::request(std::string_view target, std::string_view fields) {
  return "GET " + std::string(target) +
         " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
         std::string(fields) + "\r\n";
}

// A mask of zeros changes nothing.
std::string ClientStream::frame(edge::Opcode opcode, std::string_view payload) {
  std::string frame = edge::frame_bytes(opcode, payload);
  frame[1] = static_cast<char>(byte_of(frame, 1) | 0x80U);
  frame.insert(frame.size() - payload.size(), 4, '\0');
  return frame;
}

std::optional<int> ClientStream::status() {
  if (status_) return status_;
  const std::size_t end = unread_.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  constexpr std::string_view kBegin = "HTTP/1.1 ";
  status_ = 0;
  if (unread_.starts_with(kBegin)) {
    for (std::size_t i = kBegin.size(); std::isdigit(static_cast<unsigned char>(unread_[i])); ++i) {
      *status_ = 10 * *status_ + (unread_[i] - '0');
    }
  }
  unread_.erase(0, end + 4);
  return status_;
}

std::optional<ClientStream::Frame> ClientStream::next() {
  if (unread_.size() < 2) return std::nullopt;
  std::size_t size = byte_of(unread_, 1) & 0x7FU;
  std::size_t header = 2;
  if (size >= 126) {
    const std::size_t width = size == 126 ? 2 : 8;
    if (unread_.size() < header + width) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < width; ++i) size = (size << 8U) | byte_of(unread_, header + i);
    header += width;
  }
  if (unread_.size() < header + size) return std::nullopt;
  Frame frame{static_cast<edge::Opcode>(byte_of(unread_, 0) & 0x0FU), unread_.substr(header, size)};
  unread_.erase(0, header + size);
  return frame;
}

}  // namespace keisei::simulation

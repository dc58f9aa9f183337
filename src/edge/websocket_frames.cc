#include "edge/websocket_frames.h"

#include "base/utf8.h"

namespace keisei::edge {
namespace {

constexpr std::size_t kMaxControlPayload = 125;
constexpr std::size_t kCrumb = 64;

unsigned byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

bool is_sendable_close_code(unsigned code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

}  // namespace

std::string frame_bytes(Opcode opcode, std::string_view payload) {
  std::string out;
  out.reserve(payload.size() + 10);
  out.push_back(static_cast<char>(0x80U | static_cast<unsigned>(opcode)));
  const std::size_t size = payload.size();
  if (size < 126) {
    out.push_back(static_cast<char>(size));
  } else if (size <= 0xFFFF) {
    out.push_back(126);
    for (int shift = 8; shift >= 0; shift -= 8) out.push_back(static_cast<char>(size >> shift));
  } else {
    out.push_back(127);
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(size >> shift));
  }
  out.append(payload);
  return out;
}

std::string close_frame_bytes(std::uint16_t code, std::string_view reason) {
  std::string payload;
  payload.push_back(static_cast<char>(code >> 8));
  payload.push_back(static_cast<char>(code & 0xFF));
  payload.append(reason.substr(0, kMaxControlPayload - 2));
  return frame_bytes(Opcode::close, payload);
}

std::uint16_t FrameReader::feed(std::string_view bytes, std::vector<Incoming>& out) {
  if (failed_) return close_code::kProtocolError;
  std::string joined;
  if (!partial_.empty()) {
    joined = std::move(partial_);
    joined.append(bytes);
    bytes = joined;
    partial_ = {};
  }
  while (!bytes.empty()) {
    std::size_t used = 0;
    const std::uint16_t error = read_one(bytes, used, out);
    if (error != 0) {
      failed_ = true;
      return error;
    }
    if (used == 0) break;
    bytes.remove_prefix(used);
  }
  if (bytes.empty()) return 0;
  if (bytes.size() == joined.size()) {
    partial_ = std::move(joined);  // however small the pieces, a frame is copied once
  } else {
    partial_.assign(bytes);
  }
  return 0;
}

// used stays 0 when the frame is not complete yet. A frame too long is refused from its header, so
// that at most one message is ever kept.
std::uint16_t FrameReader::read_one(std::string_view bytes, std::size_t& used,
                                    std::vector<Incoming>& out) {
  if (bytes.size() < 2) return 0;
  const unsigned first = byte_at(bytes, 0);
  const unsigned second = byte_at(bytes, 1);
  const bool final_fragment = (first & 0x80U) != 0;
  const auto opcode = static_cast<Opcode>(first & 0x0FU);
  const bool control = (first & 0x08U) != 0;
  if ((first & 0x70U) != 0 || (second & 0x80U) == 0) return close_code::kProtocolError;

  std::uint64_t size = second & 0x7FU;
  std::size_t header = 2;
  if (size >= 126) {
    const std::size_t width = size == 126 ? 2 : 8;
    if (control) return close_code::kProtocolError;
    if (bytes.size() < header + width) return 0;
    size = 0;
    for (std::size_t i = 0; i < width; ++i) size = (size << 8) | byte_at(bytes, header + i);
    header += width;
    // The shortest form, and no more than 63 bits (§5.2).
    const std::uint64_t least = width == 2 ? 126 : 0x10000;
    if (size < least || (size >> 63) != 0) return close_code::kProtocolError;
  }
  switch (opcode) {
    case Opcode::text:
    case Opcode::binary:
      if (in_message_) return close_code::kProtocolError;
      if (opcode == Opcode::binary && !rules_.binary) return close_code::kUnsupported;
      break;
    case Opcode::continuation:
      if (!in_message_) return close_code::kProtocolError;
      break;
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      if (!final_fragment) return close_code::kProtocolError;
      break;
    default:
      return close_code::kProtocolError;
  }
  if (!control && size > rules_.most_bytes - fragments_.size()) return close_code::kTooBig;
  if (bytes.size() < header + 4 + size) return 0;

  std::string payload(bytes.substr(header + 4, static_cast<std::size_t>(size)));
  for (std::size_t i = 0; i < payload.size(); ++i) {
    payload[i] = static_cast<char>(byte_at(payload, i) ^ byte_at(bytes, header + i % 4));
  }
  used = header + 4 + static_cast<std::size_t>(size);
  if (control) return finish_control(opcode, std::move(payload), out);
  if (!final_fragment && size < kCrumb) ++crumbs_;

  if (opcode != Opcode::continuation) is_binary_ = opcode == Opcode::binary;
  fragments_ += payload;
  in_message_ = !final_fragment;
  if (!final_fragment) return 0;
  if (!is_binary_ && !is_utf8(fragments_)) return close_code::kBadText;
  out.push_back(
      {is_binary_ ? Incoming::Kind::binary : Incoming::Kind::text, std::move(fragments_), 0});
  fragments_ = {};
  return 0;
}

std::uint16_t FrameReader::finish_control(Opcode opcode, std::string payload,
                                          std::vector<Incoming>& out) {
  if (opcode == Opcode::ping) {
    out.push_back({Incoming::Kind::ping, std::move(payload), 0});
  } else if (opcode == Opcode::pong) {
    out.push_back({Incoming::Kind::pong, {}, 0});
  } else {
    if (payload.size() == 1) return close_code::kProtocolError;
    unsigned code = close_code::kNormal;
    if (payload.size() >= 2) {
      code = (byte_at(payload, 0) << 8) | byte_at(payload, 1);
      if (!is_sendable_close_code(code)) return close_code::kProtocolError;
      if (!is_utf8(std::string_view(payload).substr(2))) return close_code::kBadText;
    }
    out.push_back({Incoming::Kind::close, {}, static_cast<std::uint16_t>(code)});
  }
  return 0;
}

}  // namespace keisei::edge

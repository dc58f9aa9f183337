#include "edge/websocket_frames.h"

#include <algorithm>
#include <utility>

#include "edge/permessage_deflate.h"

namespace keisei::edge {
namespace {

constexpr std::size_t kMaxControlPayload = 125;
constexpr std::size_t kCrumb = 64;
constexpr unsigned kFinal = 0x80;
constexpr unsigned kDeflated = 0x40;  // RSV1

bool is_sendable_close_code(unsigned code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

std::string frame_of(unsigned first, std::string_view payload) {
  std::string out;
  out.reserve(payload.size() + 10);
  out.push_back(static_cast<char>(first));
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

}  // namespace

std::string frame_bytes(Opcode opcode, std::string_view payload) {
  return frame_of(kFinal | static_cast<unsigned>(opcode), payload);
}

std::string deflated_frame_bytes(Opcode opcode, std::string_view payload) {
  return frame_of(kFinal | kDeflated | static_cast<unsigned>(opcode), payload);
}

std::string close_frame_bytes(std::uint16_t code, std::string_view reason) {
  std::string payload;
  payload.push_back(static_cast<char>(code >> 8));
  payload.push_back(static_cast<char>(code & 0xFF));
  payload.append(reason.substr(0, kMaxControlPayload - 2));
  return frame_bytes(Opcode::close, payload);
}

std::size_t FrameReader::Header::length_bytes() const {
  const unsigned seven = bytes[1] & 0x7FU;
  return seven == 126 ? 2 : (seven == 127 ? 8 : 0);
}

std::uint64_t FrameReader::Header::length() const {
  const std::size_t width = length_bytes();
  if (width == 0) return bytes[1] & 0x7FU;
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < width; ++i) length = (length << 8) | bytes[2 + i];
  return length;
}

bool FrameReader::is_header_complete() const {
  return header_.size >= 2 && header_.size == 2 + header_.length_bytes() + 4;
}

std::uint16_t FrameReader::feed(std::string_view bytes, std::vector<Incoming>& out) {
  if (failed_) return close_code::kProtocolError;
  while (!bytes.empty()) {
    const std::uint16_t error = take(bytes, out);
    if (error == 0) continue;
    failed_ = true;
    return error;
  }
  return 0;
}

// The next byte of a header, or as much of a payload as there is.
std::uint16_t FrameReader::take(std::string_view& bytes, std::vector<Incoming>& out) {
  if (is_header_complete()) {
    if (const std::uint16_t error = take_payload(bytes); error != 0) return error;
  } else {
    header_.bytes[header_.size++] = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    if (header_.size == 2) {
      if (const std::uint16_t error = check_opening(); error != 0) return error;
    }
    if (header_.size >= 2 && header_.size == 2 + header_.length_bytes()) {
      if (const std::uint16_t error = check_length(); error != 0) return error;
    }
    if (!is_header_complete()) return 0;
  }
  return read_ == header_.length() ? end_frame(out) : 0;
}

std::uint16_t FrameReader::check_opening() {
  const Opcode opcode = header_.opcode();
  const bool is_first = opcode == Opcode::text || opcode == Opcode::binary;
  const unsigned allowed = is_first && rules_.deflated ? kDeflated : 0;
  if ((header_.reserved() & ~allowed) != 0 || !header_.is_masked()) {
    return close_code::kProtocolError;
  }
  switch (opcode) {
    case Opcode::text:
    case Opcode::binary:
      if (in_message_) return close_code::kProtocolError;
      if (opcode == Opcode::binary && !rules_.binary) return close_code::kUnsupported;
      is_binary_ = opcode == Opcode::binary;
      is_deflated_ = header_.reserved() != 0;
      text_ = {};
      return 0;
    case Opcode::continuation:
      return in_message_ ? 0 : close_code::kProtocolError;
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      return header_.is_final() && header_.length_bytes() == 0 ? 0 : close_code::kProtocolError;
  }
  return close_code::kProtocolError;
}

// A frame too long is refused from its header, so that at most one message is ever kept.
std::uint16_t FrameReader::check_length() const {
  const std::uint64_t length = header_.length();
  // The shortest form, and no more than 63 bits (§5.2).
  const std::size_t width = header_.length_bytes();
  const std::uint64_t least = width == 0 ? 0 : (width == 2 ? 126 : 0x10000);
  if (length < least || (length >> 63) != 0) return close_code::kProtocolError;
  if (header_.is_control()) return 0;
  const std::size_t most = is_deflated_ ? most_deflated(rules_.most_bytes) : rules_.most_bytes;
  return length > most - message_.size() ? close_code::kTooBig : 0;
}

std::uint16_t FrameReader::take_payload(std::string_view& bytes) {
  std::string& payload = header_.is_control() ? control_ : message_;
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(header_.length() - read_, bytes.size()));
  const std::size_t begin = payload.size();
  payload.append(bytes.substr(0, size));
  bytes.remove_prefix(size);
  const std::array mask = {header_.mask(read_), header_.mask(read_ + 1), header_.mask(read_ + 2),
                           header_.mask(read_ + 3)};
  for (std::size_t i = 0; i < size; ++i) {
    payload[begin + i] =
        static_cast<char>(static_cast<unsigned char>(payload[begin + i]) ^ mask[i % mask.size()]);
  }
  read_ += size;
  if (header_.is_control() || is_binary_ || is_deflated_) return 0;
  return text_.feed(std::string_view(payload).substr(begin)) ? 0 : close_code::kBadText;
}

std::uint16_t FrameReader::end_frame(std::vector<Incoming>& out) {
  const Header ended = std::exchange(header_, {});
  read_ = 0;
  if (ended.is_control()) return end_control(ended.opcode(), out);
  if (!ended.is_final() && ended.length() < kCrumb) ++crumbs_;
  in_message_ = !ended.is_final();
  return in_message_ ? 0 : end_message(out);
}

std::uint16_t FrameReader::end_message(std::vector<Incoming>& out) {
  std::string message = std::exchange(message_, {});
  if (is_deflated_) {
    auto inflated = inflate_message(message, rules_.most_bytes);
    if (!inflated) return inflated.error();
    message = std::move(*inflated);
    if (!is_binary_ && !is_utf8(message)) return close_code::kBadText;
  } else if (!is_binary_ && !text_.is_whole()) {
    return close_code::kBadText;
  }
  out.push_back({is_binary_ ? Incoming::Kind::binary : Incoming::Kind::text, std::move(message)});
  return 0;
}

std::uint16_t FrameReader::end_control(Opcode opcode, std::vector<Incoming>& out) {
  std::string payload = std::exchange(control_, {});
  if (opcode == Opcode::ping) {
    out.push_back({Incoming::Kind::ping, std::move(payload)});
  } else if (opcode == Opcode::pong) {
    out.push_back({Incoming::Kind::pong, {}});
  } else {
    if (payload.size() == 1) return close_code::kProtocolError;
    unsigned code = close_code::kNormal;
    if (payload.size() >= 2) {
      code = static_cast<unsigned char>(payload[0]) * 256U + static_cast<unsigned char>(payload[1]);
      if (!is_sendable_close_code(code)) return close_code::kProtocolError;
      if (!is_utf8(std::string_view(payload).substr(2))) return close_code::kBadText;
    }
    out.push_back({Incoming::Kind::close, {}, static_cast<std::uint16_t>(code)});
  }
  return 0;
}

}  // namespace keisei::edge

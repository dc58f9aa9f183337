#include "redis/frame_codec.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace keisei::redis {
namespace {

using broker::Bytes;
using broker::Frame;
using broker::FramePtr;

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMostViewer = 32;

void append_u8(std::string& out, std::size_t value) { out += static_cast<char>(value); }

void append_u32(std::string& out, std::size_t value) {
  for (int shift = 0; shift < 32; shift += 8) append_u8(out, (value >> shift) & 0xFFU);
}

void append_name(std::string& out, std::string_view name) {
  append_u8(out, name.size());
  out += name;
}

// The texts of a frame, each once, and which of them each variant is.
struct Texts {
  explicit Texts(const Frame& frame) {
    for (std::size_t i = 0; i < frame.variants.size(); ++i) which[i] = place_of(frame.variants[i]);
  }
  std::size_t place_of(const Bytes& text) {
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const std::string* known) {
      return known == text.get() || *known == *text;
    });
    if (found == texts.end()) {
      texts.push_back(text.get());
      return texts.size() - 1;
    }
    return static_cast<std::size_t>(found - texts.begin());
  }
  std::vector<const std::string*> texts;
  std::array<std::size_t, protocol::kVariants> which{};
};

void append_frame(std::string& out, const Frame& frame) {
  const Texts texts(frame);
  append_u8(out, kVersion);
  append_name(out, protocol::kMessageTable[frame.message].type);
  append_name(out, frame.viewer);
  append_u8(out, texts.which.size());
  append_u8(out, texts.texts.size());
  for (const std::size_t which : texts.which) append_u8(out, which);
  for (const std::string* text : texts.texts) {
    append_u32(out, text->size());
    out += *text;
  }
}

// Takes bytes from the front; after the first that are not there, `failed`.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}

  std::string_view bytes(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::size_t u8() { return number(1); }
  std::size_t u32() { return number(4); }
  std::string_view name() { return bytes(u8()); }

  bool failed() const { return failed_; }
  bool is_empty() const { return rest_.empty(); }

 private:
  std::size_t number(std::size_t size) {
    std::size_t value = 0;
    const std::string_view taken = bytes(size);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      value |= static_cast<std::size_t>(static_cast<std::uint8_t>(taken[i])) << (8 * i);
    }
    return value;
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::optional<std::size_t> message_called(std::string_view type) {
  for (std::size_t i = 0; i < protocol::kMessageTable.size(); ++i) {
    if (protocol::kMessageTable[i].type == type) return i;
  }
  return std::nullopt;
}

// Null for a frame of another build.
Result<FramePtr> decode_frame(Taker taker) {
  if (taker.u8() != kVersion && !taker.failed()) return nullptr;
  const std::string_view type = taker.name();
  const std::string_view viewer = taker.name();
  const std::size_t variants = taker.u8();
  const std::size_t texts = taker.u8();
  const std::string_view which = taker.bytes(variants);
  if (viewer.size() > kMostViewer) return fail("the viewer's id is too long");
  std::vector<Bytes> shared;
  for (std::size_t i = 0; i < texts && !taker.failed(); ++i) {
    shared.push_back(std::make_shared<const std::string>(taker.bytes(taker.u32())));
  }
  if (taker.failed()) return fail("ends too early");
  if (!taker.is_empty()) return fail("goes on after its end");
  const auto message = message_called(type);
  if (!message || variants != protocol::kVariants) return nullptr;
  Frame frame{*message, {}, std::string(viewer)};
  const bool is_for_one = frame.route().audience == protocol::Audience::viewer;
  if (is_for_one == viewer.empty()) return fail("is not for whom such messages are");
  for (std::size_t i = 0; i < variants; ++i) {
    const std::size_t text = static_cast<std::uint8_t>(which[i]);
    if (text >= shared.size()) return fail("a variant is a text that is not there");
    frame.variants[i] = shared[text];
  }
  return std::make_shared<const Frame>(std::move(frame));
}

}  // namespace

EncodedBatch encode_frames(const std::vector<FramePtr>& frames) {
  EncodedBatch batch;
  for (const FramePtr& frame : frames) {
    std::string body;
    append_frame(body, *frame);
    const std::size_t offset = batch.bytes.size();
    append_u32(batch.bytes, body.size());
    batch.bytes += body;
    if (!protocol::is_newest_only(frame->message)) continue;
    batch.slots.push_back(
        {protocol::kMessageTable[frame->message].type, offset, batch.bytes.size() - offset});
  }
  return batch;
}

Result<DecodedFrames> decode_frames(std::string_view bytes) {
  if (bytes.size() > kMostBatchBytes) return fail("a batch is too long");
  DecodedFrames decoded;
  Taker taker(bytes);
  for (std::size_t i = 0; !taker.is_empty(); ++i) {
    const std::string where = "frame " + std::to_string(i + 1) + " of a batch ";
    if (i == kMostFrames) return fail("a batch has too many frames");
    const Taker body(taker.bytes(taker.u32()));
    if (taker.failed()) return fail(where + "ends too early");
    auto frame = decode_frame(body);
    if (!frame) return fail(where + frame.error().message);
    if (*frame) {
      decoded.frames.push_back(std::move(*frame));
    } else {
      ++decoded.unknown;
    }
  }
  return decoded;
}

}  // namespace keisei::redis

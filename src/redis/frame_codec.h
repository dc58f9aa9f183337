#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "broker/frame.h"

/// Frames as bytes between processes that may be of different builds.
///
///     batch:  frame*
///     frame:  size of what follows (u32), version (u8), type, viewer (each u8 and bytes),
///             variants (u8), texts (u8), which text each variant is (u8 each),
///             the texts (each u32 and bytes)
///
/// Numbers are little-endian. A message goes by the name of its type, so that builds may number
/// theirs differently, and a text that several variants share is there once.
namespace keisei::redis {

/// More is no batch: a frame is at most 64 KiB in each variant, and a studio makes a few at a time.
inline constexpr std::size_t kMostBatchBytes = 8UL * 1024 * 1024;
inline constexpr std::size_t kMostFrames = 1024;

struct EncodedBatch {
  /// Where in the bytes the newest of a message that replaces its older selves is; these bytes
  /// alone are a batch too.
  struct Slot {
    std::string_view type;
    std::size_t offset;
    std::size_t size;
  };

  std::string bytes;
  std::vector<Slot> slots;
};
EncodedBatch encode_frames(const std::vector<broker::FramePtr>& frames);

struct DecodedFrames {
  std::vector<broker::FramePtr> frames;
  std::size_t unknown = 0;  // left out: of another build, which has other messages or variants
};
/// The frames, or what is wrong and where.
Result<DecodedFrames> decode_frames(std::string_view bytes);

}  // namespace keisei::redis

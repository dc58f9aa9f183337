#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "broker/newest_frames.h"
#include "past/frame_block.h"
#include "past/past_question.h"
#include "protocol/session_messages.h"

namespace keisei::past {

struct FrameLogOptions {
  std::size_t most_bytes = 64UL * 1024 * 1024;  // packed; then the oldest goes
  std::chrono::seconds block{20};               // so much lies in one
  std::size_t most_block_bytes = 4UL * 1024 * 1024;
};

/// What was on air, in blocks that stand alone: each begins with all that was on air when it began,
/// so that one can look from any moment on. Bounded. One thread adds; any may read.
///
/// Of one studio: what another begins is another show. A batch is of one moment, in whole
/// milliseconds, and no two are of the same: whoever asks on from where they were gets all of it
/// once. A clock that is set back stands nearly still until it has caught up.
class FrameLog {
 public:
  /// An answer is no longer than this.
  static constexpr std::size_t kMostAnswerBytes = 8UL * 1024 * 1024;

  explicit FrameLog(const FrameLogOptions& options);

  void add(const broker::FrameBatch& batch);

  /// None before the first frame. Waits for nobody.
  std::optional<protocol::PastRange> range() const;
  /// A message a line. The error's code is `unavailable` where `from` is not in the range, and
  /// `too_large` where it would be too long.
  Result<std::string> read(const PastQuestion& question) const;
  /// Of all blocks, packed.
  std::size_t bytes() const;

 private:
  void forget();
  // These three under the mutex.
  void keep(std::shared_ptr<const FrameBlock> block);
  void begin_block(std::int64_t moment);
  void put(const broker::Frame& frame, bool is_present, std::int64_t moment);

  const FrameLogOptions options_;
  // Of the thread that adds. Moments are milliseconds since the epoch.
  broker::Epoch epoch_ = 0;
  broker::NewestFrames on_air_;

  // What can be read; 0: nothing.
  std::atomic<std::int64_t> oldest_{0};
  std::atomic<std::int64_t> newest_{0};

  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<const FrameBlock>> blocks_;
  std::size_t bytes_ = 0;
  std::string text_;        // of the block that is not closed; only the thread that adds changes it
  std::int64_t begin_ = 0;  // of it
};

}  // namespace keisei::past

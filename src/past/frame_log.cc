#include "past/frame_log.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "past/excerpt.h"
#include "protocol/codec.h"

namespace keisei::past {
namespace {

static_assert(protocol::kMessageTable.size() <= 256 && protocol::kVariants <= 8,
              "an entry has no room for them");

// What a replay says of itself is not of the show.
bool is_kept(const broker::FramePtr& frame) {
  return frame->route().audience == protocol::Audience::viewers &&
         frame->message != protocol::message_index<protocol::Replay>();
}

std::int64_t moment_of(const broker::FramePtr& frame) {
  return milliseconds(protocol::timestamp_of(*frame->variants.front()));
}

}  // namespace

// The text has its room from the start: it would keep that of the busiest block there has been.
FrameLog::FrameLog(const FrameLogOptions& options) : options_(options) {
  if (options_.most_bytes > 0)
    text_.reserve(options_.most_block_bytes + options_.most_block_bytes / 8);
}

void FrameLog::add(const broker::FrameBatch& batch) {
  if (std::exchange(epoch_, batch.epoch) != batch.epoch) forget();
  std::vector<broker::FramePtr> frames;
  std::int64_t moment = newest_ + 1;
  for (const broker::FramePtr& frame : batch.frames) {
    if (!is_kept(frame)) continue;
    frames.push_back(frame);
    moment = std::max(moment, moment_of(frame));
  }
  if (frames.empty()) return;
  const bool is_first = newest_ == 0;
  const bool is_full = moment - begin_ >= std::chrono::milliseconds(options_.block).count() ||
                       text_.size() >= options_.most_block_bytes;
  // This thread alone changes the text, and so may read it without the mutex: packing takes long.
  std::shared_ptr<const FrameBlock> closed;
  if (is_full && !is_first) closed = pack(begin_, text_);
  {
    const std::lock_guard lock(mutex_);
    // At once, so that whoever reads finds each moment in one block or the other.
    if (closed) keep(std::move(closed));
    if (is_full || is_first) begin_block(moment);
    for (const broker::FramePtr& frame : frames) {
      // Viewers get it when they join, and not when it comes.
      if (!protocol::is_for_joining(frame->message)) put(*frame, false, moment);
    }
    oldest_ = blocks_.empty() ? begin_ : blocks_.front()->begin;
    newest_ = moment;
  }
  on_air_.take({batch.epoch, std::move(frames)});
}

void FrameLog::forget() {
  const std::lock_guard lock(mutex_);
  newest_ = 0;
  oldest_ = 0;
  blocks_.clear();
  bytes_ = 0;
  text_.clear();
  on_air_ = {};
}

void FrameLog::keep(std::shared_ptr<const FrameBlock> block) {
  bytes_ += block->packed.size();
  blocks_.push_back(std::move(block));
  text_.clear();
  while (bytes_ > options_.most_bytes && !blocks_.empty()) {
    bytes_ -= blocks_.front()->packed.size();
    blocks_.pop_front();
  }
}

void FrameLog::begin_block(std::int64_t moment) {
  begin_ = moment;
  for (const broker::FramePtr& frame : on_air_.all().frames) put(*frame, true, moment);
}

void FrameLog::put(const broker::Frame& frame, bool is_present, std::int64_t moment) {
  unsigned int left = (1U << protocol::kVariants) - 1;
  for (std::size_t i = 0; i < frame.variants.size(); ++i) {
    unsigned int alike = 0;
    for (std::size_t j = i; j < frame.variants.size(); ++j) {
      if (frame.variants[j] == frame.variants[i]) alike |= 1U << j;
    }
    if ((left & alike & (1U << i)) == 0) continue;
    left &= ~alike;
    append(text_, {is_present, static_cast<std::uint32_t>(moment - begin_),
                   static_cast<std::uint8_t>(frame.message), static_cast<std::uint8_t>(alike),
                   *frame.variants[i]});
  }
}

std::optional<protocol::PastRange> FrameLog::range() const {
  const std::int64_t oldest = oldest_;
  const std::int64_t newest = newest_;
  if (oldest == 0 || newest == 0) return std::nullopt;
  return protocol::PastRange{seconds(oldest), seconds(newest)};
}

std::size_t FrameLog::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

Result<std::string> FrameLog::read(const PastQuestion& question) const {
  const std::int64_t from = milliseconds(question.from);
  std::vector<std::shared_ptr<const FrameBlock>> blocks;
  std::string open;
  std::int64_t open_begin = 0;
  {
    const std::lock_guard lock(mutex_);
    if (newest_ == 0 || from < oldest_ || from > newest_) {
      return fail(ErrorCode::unavailable, "from", "from: the past that is kept is not of then");
    }
    const std::int64_t to = std::min<std::int64_t>(milliseconds(question.to), newest_);
    // The last that begins before, then those that begin within.
    auto block = std::upper_bound(
        blocks_.begin(), blocks_.end(), from,
        [](std::int64_t moment, const auto& other) { return moment < other->begin; });
    if (block != blocks_.begin()) --block;
    const bool is_in_open = from >= begin_;
    for (; !is_in_open && block != blocks_.end() && (*block)->begin <= to; ++block) {
      blocks.push_back(*block);
    }
    if (begin_ <= to) {
      open = text_;
      open_begin = begin_;
    }
  }
  Excerpt excerpt(question);
  for (const auto& block : blocks) {
    excerpt.add(block->begin, unpack(*block));
    if (excerpt.size() > kMostAnswerBytes) {
      return fail(ErrorCode::too_large, "to",
                  "to: so much was on air that less is to be asked for");
    }
  }
  if (!open.empty()) excerpt.add(open_begin, open);
  return std::move(excerpt).lines();
}

}  // namespace keisei::past

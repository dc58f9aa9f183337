#include "edge/outbox.h"

#include <bit>
#include <utility>

namespace keisei::edge {
namespace {

iovec vector_of(const std::string& bytes, std::size_t offset = 0) {
  return {const_cast<char*>(bytes.data()) + offset, bytes.size() - offset};
}

}  // namespace

bool Outbox::put_latest(std::size_t slot, broker::Bytes bytes) {
  const protocol::SlotMask bit = protocol::SlotMask{1} << slot;
  const bool replaced = (pending_ & bit) != 0;
  if (!latest_) latest_ = std::make_unique<Latest>();
  (*latest_)[slot] = std::move(bytes);
  pending_ |= bit;
  return replaced;
}

bool Outbox::put_queued(broker::Bytes bytes) {
  if (!queue_) queue_ = std::make_unique<std::deque<broker::Bytes>>();
  if (queue_->size() >= kMaxQueue) return false;
  queue_->push_back(std::move(bytes));
  return true;
}

void Outbox::drop_latest() {
  for (protocol::SlotMask left = pending_ & ~protocol::kJoiningSlots; left != 0; left &= left - 1) {
    (*latest_)[static_cast<std::size_t>(std::countr_zero(left))].reset();
  }
  pending_ &= protocol::kJoiningSlots;
  if (pending_ == 0) latest_.reset();
}

std::size_t Outbox::gather(std::span<iovec, kMaxVectors> vectors, bool include_latest) const {
  std::size_t count = 0;
  if (partial_) vectors[count++] = vector_of(*partial_, partial_offset_);
  if (queue_) {
    for (const broker::Bytes& bytes : *queue_) {
      if (count == kMaxVectors) return count;
      vectors[count++] = vector_of(*bytes);
    }
  }
  if (!include_latest) return count;
  for (protocol::SlotMask left = pending_; left != 0; left &= left - 1) {
    if (count == kMaxVectors) return count;
    vectors[count++] = vector_of(*(*latest_)[static_cast<std::size_t>(std::countr_zero(left))]);
  }
  return count;
}

void Outbox::sent(std::size_t bytes, bool include_latest) {
  if (partial_) {
    const std::size_t left = partial_->size() - partial_offset_;
    if (bytes < left) {
      partial_offset_ += bytes;
      return;
    }
    bytes -= left;
    partial_.reset();
  }
  // Takes the message out of its place; what is not wholly sent becomes the partial one.
  const auto take = [&](broker::Bytes& place) {
    broker::Bytes message = std::move(place);
    place.reset();
    if (bytes < message->size()) {
      partial_offset_ = bytes;
      partial_ = std::move(message);
      bytes = 0;
    } else {
      bytes -= message->size();
    }
  };
  while (bytes > 0 && queue_ && !queue_->empty()) {
    take(queue_->front());
    queue_->pop_front();
  }
  if (queue_ && queue_->empty()) queue_.reset();
  if (!include_latest) return;
  for (protocol::SlotMask left = pending_; left != 0 && bytes > 0; left &= left - 1) {
    const int slot = std::countr_zero(left);
    take((*latest_)[static_cast<std::size_t>(slot)]);
    pending_ &= ~(protocol::SlotMask{1} << slot);
  }
  if (pending_ == 0) latest_.reset();
}

}  // namespace keisei::edge

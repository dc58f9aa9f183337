#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/counters.h"
#include "broker/broker.h"
#include "broker/newest_frames.h"
#include "http/clerk.h"
#include "http/router.h"
#include "past/frame_log.h"

namespace keisei::past {

/// `GET /api/v1/frames` and `/range`: what was on air before, for viewers who look back while the
/// others stay live (docs/looking-back.md). Listens to the broker as an edge does; a thread of its
/// own packs what it hears, and a clerk answers.
class Past {
 public:
  /// Batches that may wait to be packed; of more, only what is on air is kept.
  static constexpr std::size_t kMostWaiting = 1024;

  /// With room for nothing, nothing is kept. `counters` outlives it.
  Past(const FrameLogOptions& options, Counters& counters);
  Past(const Past&) = delete;
  Past& operator=(const Past&) = delete;
  ~Past() { close(); }

  /// The routes refer to this object, and refuse while it is not open.
  void add_routes(http::Router& router);
  /// The broker outlives close().
  void open(broker::EdgeSide& broker);
  void close();
  /// What can be looked back at; none while there is nothing. Thread-safe.
  std::optional<protocol::PastRange> range() const { return log_.range(); }
  /// Returns when all that was heard can be looked back at.
  void settle();

 private:
  bool keeps_anything() const { return most_bytes_ > 0; }
  void take(const broker::FrameBatch& batch);
  void work();
  http::Response respond(const http::Request& request, const PastQuestion& question) const;

  const std::size_t most_bytes_;
  Gauge& bytes_;
  Counter& gaps_;
  FrameLog log_;
  http::Clerk clerk_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<broker::FrameBatch> waiting_;
  broker::NewestFrames on_air_;  // of what waits, too
  bool is_open_ = false;
  bool is_busy_ = false;

  std::thread packer_;
  std::unique_ptr<broker::EdgeSide::Attachment> attachment_;
};

}  // namespace keisei::past

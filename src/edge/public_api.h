#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/thread_check.h"
#include "broker/newest_frames.h"
#include "http/router.h"
#include "protocol/public_api.h"

namespace keisei::edge {

/// `GET /api/v1/<name>`: the `data` of a message's newest frame, for programs that want to know how
/// things are and not to be told (protocol/public_api.h). `?level=` and `?language=` choose a
/// variant, with a hello's defaults. For one thread.
class PublicApi {
 public:
  /// Everything that the studio sends.
  void take(const broker::FrameBatch& batch);
  /// The routes refer to this object.
  void add_routes(http::Router& router);

 private:
  // What a frame's variant is over HTTP; made when somebody asks, and kept while it is the newest.
  struct Page {
    broker::Bytes of;
    std::shared_ptr<const std::string> body;
    std::string etag;
  };

  http::Response respond(std::size_t message, const http::Request& request);

  broker::NewestFrames newest_;
  std::array<std::array<Page, protocol::kVariants>, protocol::kSlots> pages_;
  ThreadChecker thread_;
};

}  // namespace keisei::edge

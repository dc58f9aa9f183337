#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "edge/connection.h"
#include "edge/framed.h"
#include "edge/permessage_deflate.h"
#include "edge/subscription.h"
#include "http/rate_limit.h"

namespace keisei::edge {

class Viewer;

/// How to speak with a viewer.
struct Speech {
  Framing framing = Framing::plain;
  bool reads_deflated = false;  // what the viewer says may be compressed

  static Speech websocket(const std::optional<DeflateTerms>& terms) {
    const bool is_shared = terms && terms->takes_shared_frames();
    return {is_shared ? Framing::deflated : Framing::plain, terms.has_value()};
  }
  static Speech events() { return {Framing::events}; }
};

/// What a viewer's connection needs from the hub that serves it.
class ViewerHost {
 public:
  virtual ~ViewerHost() = default;
  /// A message within the limits of rate and size.
  virtual void on_said(Viewer& viewer, std::string_view json) = 0;
  /// The connection is over. Called once.
  virtual void on_gone(Viewer& viewer, Leaving why) = 0;
};

/// One viewer: what it wants to see, and how often it may speak. Runs on the hub's thread.
class Viewer final : public Connection {
 public:
  Viewer(http::Accepted connection, const Speech& speech, ViewerHost& host, const Clock& clock,
         const EdgeCounters& counters);

  // For the hub only: where it keeps the viewer, and the last round that need not come to it.
  std::size_t place = 0;
  std::uint32_t round = 0;

  /// 128 random bits in hexadecimal.
  const std::string& id() const { return id_; }
  const Subscription& subscription() const { return subscription_; }
  Framing framing() const { return framing_; }
  /// Whether it has said hello: until then it is sent nothing.
  bool greeted() const { return greeted_; }
  void subscribe(const Subscription& subscription);
  /// Whether it has not been given this edition in the slot, which is one of those given on
  /// joining. From now on it has.
  bool begin_edition(std::size_t slot, std::uint32_t edition) {
    const protocol::SlotMask before = (protocol::SlotMask{1} << slot) - 1;
    const int index = std::popcount(protocol::kJoiningSlots & before);
    return std::exchange(editions_[static_cast<std::size_t>(index)], edition) != edition;
  }

  /// Queues a message made here.
  template <class Message>
  void reply(const Message& message);
  /// Queues an `error`.
  void refuse(const Error& error);
  /// The show ends here: tells it when to come back.
  void send_away();

 private:
  void on_text(std::string text) override;
  void on_conflated() override { counters_.conflated.add(); }
  void on_gone(Leaving why) override { host_.on_gone(*this, why); }
  bool within_rate();

  ViewerHost& host_;
  const EdgeCounters& counters_;
  std::string id_;
  Subscription subscription_;
  std::array<std::uint32_t, std::popcount(protocol::kJoiningSlots)> editions_{};
  http::RateLimit rate_;
  bool greeted_ = false;
  Framing framing_;
};

}  // namespace keisei::edge

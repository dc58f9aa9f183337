#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/routing.h"
#include "simulation/client_stream.h"
#include "simulation/digest.h"
#include "simulation/judge.h"
#include "simulation/network.h"
#include "simulation/played.h"
#include "simulation/watched_broker.h"

namespace keisei::simulation {

/// A browser that watches the show, comes back whenever it is cut off, and minds what it is shown.
class ViewerClient {
 public:
  /// What it asks for.
  struct Wish {
    protocol::Level level = protocol::Level::intermediate;
    protocol::Language language = protocol::Language::en;
    std::optional<int> max_fps{};
    bool low_quality = false;
  };
  struct Parts {
    Schedule& schedule;
    Network& network;
    const OnAir& on_air;
    const Played& played;
    Judge& judge;
    const Story& story;
    Digest& digest;
    std::string operator_token;
  };

  /// All parts outlive it. `door`: of its edge. `is_attentive`: it reads what it gets, and does not
  /// only look whether that was sent.
  ViewerClient(std::string name, std::size_t door, bool is_attentive, Random random,
               const Parts& parts);
  ~ViewerClient();

  void come();
  void leave();
  /// It wants something else from now on.
  void wish(const Wish& wish);
  void set_quality(const WireQuality& quality) { quality_ = quality; }
  /// It stops reading for so long.
  void dawdle(std::chrono::milliseconds time);
  /// The operator's word, from this page.
  void say(protocol::Command command);

  /// When nothing is on its way any more: it is there and has the newest of everything.
  void check_newest() const;

 private:
  struct Seen {
    std::uint64_t place = 0;
    std::string text;
  };

  void connect();
  void come_again();
  void watch();
  void receive(std::string_view bytes);
  void say_hello();
  void hear(const ClientStream::Frame& frame);
  void see(const std::string& text);
  void see_milestone(std::uint64_t place);
  /// Whether no milestone was left out before that place.
  void check_milestones(std::uint64_t place) const;
  void read(std::size_t message, const std::string& text);

  const std::string name_;
  const std::size_t door_;
  const bool is_attentive_;
  Random random_;
  Parts parts_;
  WireQuality quality_;
  Wish wish_;
  std::shared_ptr<Wire> wire_;
  ClientStream stream_;
  std::array<Seen, protocol::kMessageTable.size()> newest_;  // by message
  std::uint64_t since_ = 0;      // what was published later is for this connection
  std::uint64_t milestone_ = 0;  // place of its latest; 0: none
  SteadyTime heard_{};           // when something came last, or it began to wait
  bool is_here_ = false;
  bool is_open_ = false;
  bool is_greeted_ = false;
  Life life_;
};

}  // namespace keisei::simulation

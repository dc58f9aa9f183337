#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/notices.h"
#include "studio/segment.h"

namespace keisei::studio {

/// Tells people here, and the trainer for people there, what of its telemetry comes to nothing and
/// why: otherwise a game that breaks is only missing. Tells people here also why the operator's
/// word was not followed.
class Complaints final : public Segment {
 public:
  /// Between two words to the trainer about the same.
  static constexpr std::chrono::seconds kInterval{1};

  explicit Complaints(Notices& notices);

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override;

 private:
  struct Complaint {
    Topic* topic;
    std::string why{};       // of the latest
    std::int64_t times = 0;  // not told to the trainer yet
    SteadyTime next = SteadyTime::min();
  };

  std::array<Complaint, kEnumerators<protocol::Unusable>> complaints_;
  Topic& operator_;
  std::optional<broker::Session> trainer_;
  std::string run_;  // its name
};

}  // namespace keisei::studio

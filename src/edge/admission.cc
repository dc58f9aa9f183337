#include "edge/admission.h"

#include <algorithm>
#include <utility>

#include "http/counted_address.h"

namespace keisei::edge {

Capacity capacity(const AdmissionOptions& options, std::size_t descriptors) {
  constexpr std::size_t kForOthers = 128;
  constexpr std::size_t kNoViewers = 64;
  // Nobody needs more: who asks for a page is answered and gone.
  constexpr std::size_t kMostAtThePage = 1024;
  const std::size_t left = descriptors - std::min(kForOthers, descriptors / 2);
  const std::size_t connections =
      std::min(left, std::min(options.max_viewers, left) + kMostAtThePage);
  const std::size_t viewers = connections - std::min(kNoViewers, connections / 2);
  return {connections, std::min(options.max_viewers, viewers)};
}

std::optional<NoRoom> Admission::refusal(const http::Client& client) const {
  if (closed_) return NoRoom::shutting_down;
  if (taken_ >= options_.max_viewers) return NoRoom::full;
  if (client.address.is_loopback() && !client.is_forwarded) return std::nullopt;
  const auto found = per_address_.find(http::counted_address(client.address));
  if (found != per_address_.end() && found->second >= options_.max_viewers_per_address) {
    return NoRoom::full_for_address;
  }
  return std::nullopt;
}

Admission::Seat::Seat(Admission& admission, const boost::asio::ip::address& address)
    : admission_(&admission), address_(http::counted_address(address)) {
  ++admission_->taken_;
  ++admission_->per_address_[address_];
}

Admission::Seat::~Seat() {
  if (admission_ == nullptr) return;
  --admission_->taken_;
  const auto found = admission_->per_address_.find(address_);
  if (--found->second == 0) admission_->per_address_.erase(found);
}

Admission::Seat::Seat(Seat&& other) noexcept
    : admission_(std::exchange(other.admission_, nullptr)), address_(std::move(other.address_)) {}

Admission::Seat& Admission::Seat::operator=(Seat&& other) noexcept {
  std::swap(admission_, other.admission_);
  std::swap(address_, other.address_);
  return *this;
}

}  // namespace keisei::edge

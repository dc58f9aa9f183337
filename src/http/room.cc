#include "http/room.h"

#include "http/counted_address.h"

namespace keisei::http {

tl::expected<Room::Place, NoPlace> Room::enter(const boost::asio::ip::address& peer,
                                               bool is_exempt) {
  const auto address = counted_address(peer);
  if (!is_exempt) {
    const auto found = per_address_.find(address);
    if (found != per_address_.end() && found->second >= options_.places_per_address) {
      return tl::unexpected(NoPlace::full_for_address);
    }
  }
  if (taken_ >= options_.places && !send_one_away()) return tl::unexpected(NoPlace::full);
  Place place;
  place.room_ = shared_from_this();
  ++taken_;
  if (!is_exempt) {
    place.address_ = &*per_address_.try_emplace(address, 0).first;
    ++place.address_->second;
  }
  return place;
}

bool Room::send_one_away() {
  if (guests_.empty()) return false;
  ++sent_away_;
  guests_.front()->leave();
  return true;
}

Room::Place::Place(Place&& other) noexcept
    : room_(std::move(other.room_)),
      address_(std::exchange(other.address_, nullptr)),
      where_(other.where_),
      is_guest_(std::exchange(other.is_guest_, false)) {}

Room::Place& Room::Place::operator=(Place&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  room_ = std::move(other.room_);
  address_ = std::exchange(other.address_, nullptr);
  where_ = other.where_;
  is_guest_ = std::exchange(other.is_guest_, false);
  return *this;
}

void Room::Place::begin(Guest& guest) {
  if (!room_) return;
  keep();
  where_ = room_->guests_.insert(room_->guests_.end(), &guest);
  is_guest_ = true;
}

void Room::Place::keep() {
  if (std::exchange(is_guest_, false)) room_->guests_.erase(where_);
}

void Room::Place::give_back() {
  if (!room_) return;
  keep();
  --room_->taken_;
  if (address_ != nullptr && --address_->second == 0) room_->per_address_.erase(address_->first);
  address_ = nullptr;
  room_.reset();
}

}  // namespace keisei::http

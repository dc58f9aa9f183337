#include "http/room.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace keisei::http {
namespace {

boost::asio::ip::address ip(const char* text) { return boost::asio::ip::make_address(text); }

// None if it is a place.
std::optional<NoPlace> refusal_of(const tl::expected<Room::Place, NoPlace>& given) {
  return given ? std::nullopt : std::optional(given.error());
}

// Somebody with a request that takes its time.
struct SlowGuest final : Guest {
  explicit SlowGuest(Room::Place given) : place(std::move(given)) { place.begin(*this); }
  void leave() override {
    has_left = true;
    place = {};
  }
  Room::Place place;
  bool has_left = false;
};

TEST(Room, SendsWhoeverHasBeenLongestAtItsRequestAwayForANewcomer) {
  const auto room = Room::make({.places = 2});
  SlowGuest first(room->enter(ip("192.0.2.1"), false).value());
  SlowGuest second(room->enter(ip("192.0.2.2"), false).value());
  first.place.begin(first);  // its next one
  EXPECT_TRUE(room->enter(ip("192.0.2.3"), false));
  EXPECT_FALSE(first.has_left);
  EXPECT_TRUE(second.has_left);
  EXPECT_EQ(room->sent_away(), 1u);
}

TEST(Room, SendsNobodyAwayWhoIsToStay) {
  const auto room = Room::make({.places = 1});
  SlowGuest guest(room->enter(ip("192.0.2.1"), false).value());
  guest.place.keep();
  EXPECT_EQ(refusal_of(room->enter(ip("192.0.2.2"), false)), NoPlace::full);
  EXPECT_FALSE(guest.has_left);
}

TEST(Room, HasFewerPlacesForOneAddress) {
  const auto room = Room::make({.places = 9, .places_per_address = 1});
  const auto one = room->enter(ip("192.0.2.1"), false);
  EXPECT_EQ(refusal_of(room->enter(ip("192.0.2.1"), false)), NoPlace::full_for_address);
  EXPECT_TRUE(room->enter(ip("192.0.2.2"), false));
}

TEST(Room, TakesTheAddressesOfOneNetworkOfIpv6ForOne) {
  const auto room = Room::make({.places = 9, .places_per_address = 1});
  const auto one = room->enter(ip("2001:db8:0:1::1"), false);
  EXPECT_EQ(refusal_of(room->enter(ip("2001:db8:0:1:ffff::2"), false)), NoPlace::full_for_address);
  EXPECT_TRUE(room->enter(ip("2001:db8:0:2::1"), false));
}

TEST(Room, CountsTheExemptAmongAllButNotByAddress) {
  const auto room = Room::make({.places = 2, .places_per_address = 1});
  const auto one = room->enter(ip("127.0.0.1"), true);
  const auto other = room->enter(ip("127.0.0.1"), true);
  EXPECT_TRUE(other);
  EXPECT_EQ(refusal_of(room->enter(ip("127.0.0.1"), true)), NoPlace::full);
}

TEST(Room, GivesAPlaceToTheNextWhenSomeoneHasGone) {
  const auto room = Room::make({.places = 1, .places_per_address = 1});
  {
    Room::Place place = room->enter(ip("192.0.2.1"), false).value();
    const Room::Place moved = std::move(place);
    EXPECT_EQ(room->taken(), 1u);
  }
  EXPECT_EQ(room->taken(), 0u);
  EXPECT_TRUE(room->enter(ip("192.0.2.1"), false));
}

TEST(Room, LastsAsLongAsItsPlaces) {
  auto room = Room::make({});
  Room::Place place = room->enter(ip("192.0.2.1"), false).value();
  room.reset();
  place = {};
}

}  // namespace
}  // namespace keisei::http

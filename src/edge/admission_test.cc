#include "edge/admission.h"

#include <gtest/gtest.h>

#include <vector>

namespace keisei::edge {
namespace {

boost::asio::ip::address ip(const char* text) { return boost::asio::ip::make_address(text); }

TEST(Admission, HasSoManyPlaces) {
  Admission admission({.max_viewers = 2, .max_viewers_per_address = 64});
  const Admission::Seat first(admission, ip("192.0.2.1"));
  EXPECT_FALSE(admission.refusal({ip("192.0.2.1")}));
  const Admission::Seat second(admission, ip("192.0.2.2"));
  EXPECT_EQ(admission.refusal({ip("192.0.2.3")}), NoRoom::full);
}

TEST(Capacity, IsWhatIsAskedForWhereDescriptorsAllowIt) {
  const Capacity room = capacity({.max_viewers = 500}, 20'000);
  EXPECT_EQ(room.viewers, 500u);
  EXPECT_EQ(room.connections, 1524u);
}

TEST(Capacity, KeepsDescriptorsForTrainerAndOperatorWhereTheyAreFew) {
  for (const std::size_t descriptors : {16u, 256u, 1024u, 4096u}) {
    const Capacity room = capacity({.max_viewers = 15'000}, descriptors);
    EXPECT_LT(room.viewers, room.connections) << descriptors;
    EXPECT_LT(room.connections, descriptors) << descriptors;
    EXPECT_GT(room.viewers, 0u) << descriptors;
  }
}

TEST(Admission, HasFewerForOneAddress) {
  Admission admission({.max_viewers = 100, .max_viewers_per_address = 1});
  const Admission::Seat seat(admission, ip("192.0.2.1"));
  EXPECT_EQ(admission.refusal({ip("192.0.2.1")}), NoRoom::full_for_address);
  EXPECT_FALSE(admission.refusal({ip("192.0.2.2")}));
}

TEST(Admission, TakesTheAddressesOfOneNetworkOfIpv6ForOne) {
  Admission admission({.max_viewers = 100, .max_viewers_per_address = 1});
  const Admission::Seat seat(admission, ip("2001:db8::1"));
  EXPECT_EQ(admission.refusal({ip("2001:db8::2")}), NoRoom::full_for_address);
  EXPECT_FALSE(admission.refusal({ip("2001:db8:0:1::1")}));
}

TEST(Admission, ExemptsThisMachine) {
  Admission admission({.max_viewers = 100, .max_viewers_per_address = 1});
  const Admission::Seat seat(admission, ip("127.0.0.1"));
  EXPECT_FALSE(admission.refusal({ip("127.0.0.1")}));
}

TEST(Admission, ExemptsNobodyWhoIsSaidToBeOnThisMachine) {
  Admission admission({.max_viewers = 100, .max_viewers_per_address = 1});
  const Admission::Seat seat(admission, ip("127.0.0.1"));
  EXPECT_EQ(admission.refusal({ip("127.0.0.1"), true}), NoRoom::full_for_address);
}

TEST(Admission, GivesAPlaceToTheNextWhenSomeoneHasGone) {
  Admission admission({.max_viewers = 100, .max_viewers_per_address = 1});
  {
    Admission::Seat seat(admission, ip("192.0.2.1"));
    const Admission::Seat moved(std::move(seat));
    EXPECT_TRUE(admission.refusal({ip("192.0.2.1")}));
  }
  EXPECT_FALSE(admission.refusal({ip("192.0.2.1")}));
}

TEST(Admission, MovesSeatsWithoutLosingOne) {
  Admission admission({.max_viewers = 2, .max_viewers_per_address = 64});
  std::vector<Admission::Seat> seats;
  seats.emplace_back(admission, ip("192.0.2.1"));
  seats.emplace_back(admission, ip("192.0.2.2"));
  seats[0] = std::move(seats[1]);
  seats.pop_back();
  const Admission::Seat other(admission, ip("192.0.2.3"));
  EXPECT_EQ(admission.refusal({ip("192.0.2.4")}), NoRoom::full);
}

TEST(Admission, TurnsEveryoneAwayOnceItIsClosed) {
  Admission admission({});
  admission.close();
  EXPECT_EQ(admission.refusal({ip("127.0.0.1")}), NoRoom::shutting_down);
}

}  // namespace
}  // namespace keisei::edge

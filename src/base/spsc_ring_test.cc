#include "base/spsc_ring.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <random>
#include <thread>

namespace keisei {
namespace {

/// Wide enough to be torn by a missing barrier.
struct Wide {
  std::array<std::uint64_t, 16> words;
};

Wide wide(std::uint64_t value) {
  Wide result{};
  result.words.fill(value);
  return result;
}

bool push(SpscRing<int>& ring, int value) {
  int* slot = ring.prepare();
  if (slot == nullptr) return false;
  *slot = value;
  ring.publish();
  return true;
}

TEST(SpscRing, GivesBackInOrder) {
  SpscRing<int> ring(4);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(push(ring, i));
  for (int i = 0; i < 3; ++i) {
    ASSERT_NE(ring.front(), nullptr);
    EXPECT_EQ(*ring.front(), i);
    ring.pop();
  }
  EXPECT_EQ(ring.front(), nullptr);
}

TEST(SpscRing, RefusesTheNewcomerWhenFull) {
  SpscRing<int> ring(4);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(push(ring, i));
  EXPECT_FALSE(push(ring, 4));
  EXPECT_EQ(*ring.front(), 0);
  ring.pop();
  EXPECT_TRUE(push(ring, 5));
}

TEST(SpscRing, RoundsItsCapacityUpToAPowerOfTwo) {
  EXPECT_EQ(SpscRing<int>(5).capacity(), 8U);
  EXPECT_EQ(SpscRing<int>(1).capacity(), 1U);
}

TEST(SpscRing, DoesNotShowWhatIsNotPublished) {
  SpscRing<int> ring(2);
  *ring.prepare() = 1;
  EXPECT_EQ(ring.front(), nullptr);
}

/// Both sides pause at random, so that the ring runs empty and full many times. Run it under TSan.
class SpscRingInterleaving : public testing::TestWithParam<std::uint32_t> {};

TEST_P(SpscRingInterleaving, LosesExactlyWhatItRefused) {
  constexpr std::uint64_t kOffers = 50'000;
  SpscRing<Wide> ring(8);
  std::uint64_t refused = 0;
  std::atomic<bool> done = false;
  const auto dawdle = [](std::mt19937& random) {
    if (random() % 4096 == 0) std::this_thread::yield();
    std::uint32_t spin = random() % 32;
    while (spin > 0) std::atomic_ref(spin).fetch_sub(1, std::memory_order_relaxed);
  };

  std::thread producer([&] {
    std::mt19937 random(GetParam());
    for (std::uint64_t i = 1; i <= kOffers; ++i) {
      if (Wide* slot = ring.prepare()) {
        *slot = wide(i);
        ring.publish();
      } else {
        ++refused;
      }
      dawdle(random);
    }
    done = true;
  });

  std::mt19937 random(GetParam() + 1);
  std::uint64_t received = 0;
  std::uint64_t last = 0;
  bool ordered = true;
  bool whole = true;
  while (true) {
    const bool was_done = done;
    const Wide* front = ring.front();
    if (front == nullptr) {
      if (was_done) break;
      continue;
    }
    ordered = ordered && front->words[0] > last;
    whole = whole && front->words == wide(front->words[0]).words;
    last = front->words[0];
    ring.pop();
    ++received;
    dawdle(random);
  }
  producer.join();
  EXPECT_TRUE(ordered);
  EXPECT_TRUE(whole);
  EXPECT_EQ(received + refused, kOffers);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SpscRingInterleaving, testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace keisei

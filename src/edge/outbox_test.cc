#include "edge/outbox.h"

#include <gmock/gmock.h>

#include <string>

namespace keisei::edge {
namespace {

broker::Bytes bytes(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// Sends at most `most` bytes and returns them.
std::string send(Outbox& outbox, std::size_t most, bool include_latest = true) {
  std::array<iovec, Outbox::kMaxVectors> vectors;
  const std::size_t count = outbox.gather(vectors, include_latest);
  std::string sent;
  for (std::size_t i = 0; i < count; ++i) {
    sent.append(static_cast<const char*>(vectors[i].iov_base), vectors[i].iov_len);
  }
  sent.resize(std::min(most, sent.size()));
  outbox.sent(sent.size(), include_latest);
  return sent;
}

TEST(Outbox, KeepsOnlyTheNewestFrameOfAType) {
  Outbox outbox;
  EXPECT_FALSE(outbox.put_latest(3, bytes("old")));
  EXPECT_TRUE(outbox.put_latest(3, bytes("new")));
  outbox.put_latest(1, bytes("other "));
  EXPECT_EQ(send(outbox, 100), "other new");
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, CompletesAFrameThatWasSentInPartEvenIfANewerOneCame) {
  Outbox outbox;
  outbox.put_latest(0, bytes("first"));
  EXPECT_EQ(send(outbox, 2), "fi");
  outbox.put_latest(0, bytes("second"));
  EXPECT_EQ(send(outbox, 100), "rstsecond");
}

TEST(Outbox, ResumesAfterAnyNumberOfBytes) {
  const std::string all = "queued one.queued two.latest a.latest b.";
  for (std::size_t step = 1; step <= all.size(); ++step) {
    Outbox outbox;
    outbox.put_latest(4, bytes("latest b."));
    outbox.put_latest(2, bytes("latest a."));
    outbox.put_queued(bytes("queued one."));
    outbox.put_queued(bytes("queued two."));
    std::string sent;
    while (!outbox.empty()) sent += send(outbox, step);
    EXPECT_EQ(sent, all);
  }
}

TEST(Outbox, HoldsStateBackForThePaceButNotWhatMustNotBeLost) {
  Outbox outbox;
  outbox.put_latest(0, bytes("state"));
  outbox.put_queued(bytes("milestone"));
  EXPECT_EQ(send(outbox, 100, false), "milestone");
  EXPECT_FALSE(outbox.empty());
  EXPECT_EQ(send(outbox, 100, true), "state");
}

TEST(Outbox, DropsAllFramesButWhatIsGivenOnJoining) {
  constexpr std::size_t kHistory =
      protocol::slot_of(protocol::message_index<protocol::MetricsHistory>());
  Outbox outbox;
  outbox.put_latest(0, bytes("for a beginner"));
  outbox.put_latest(kHistory, bytes("for all"));
  outbox.drop_latest();
  EXPECT_EQ(send(outbox, 100), "for all");
  outbox.drop_latest();
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, RefusesMoreThanItsBound) {
  Outbox outbox;
  for (std::size_t i = 0; i < Outbox::kMaxQueue; ++i) EXPECT_TRUE(outbox.put_queued(bytes("x")));
  EXPECT_FALSE(outbox.put_queued(bytes("x")));
}

TEST(Outbox, SendsMoreThanFitsOneSystemCall) {
  Outbox outbox;
  for (int i = 0; i < 30; ++i) outbox.put_queued(bytes("ab"));
  outbox.put_latest(0, bytes("end"));
  std::string sent;
  while (!outbox.empty()) sent += send(outbox, 1000);
  EXPECT_EQ(sent.size(), 63u);
  EXPECT_TRUE(sent.ends_with("end"));
}

}  // namespace
}  // namespace keisei::edge
